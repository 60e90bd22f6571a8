"""What axe finds wrong with a page, for WCAG 2.2 AA and good practice."""

from axe_playwright_python.sync_playwright import Axe

_axe = Axe()
# what passes is not told in full, which takes most of the time
OPTIONS = {"resultTypes": ["violations"]}


def faults(page) -> list[str]:
    """One line a fault: the rule, the element, what to do."""
    found = _axe.run(page, options=OPTIONS).response["violations"]
    return [
        f"{fault['id']}: {' '.join(map(str, node['target']))}: {node.get('failureSummary', '')}"
        for fault in found
        for node in fault["nodes"]
    ]


def assert_accessible(page):
    """Fail with all that axe finds on the page as it is shown now."""
    found = faults(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
