"""The tables of the dashboards as files.

A page names its tables: for each a function from the snapshot and the standpoint to a
`downloads.Table`. What every file must say beside them is added here.
"""

from dataclasses import replace

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ntm_tracker.web.downloads import Table, answer, builder_or_404
from targets.forms import Standpoint
from targets.pages import of_province
from targets.snapshot import Snapshot, snapshot_of
from targets.state import chips_of
from targets.wording import boundary_line, illustrative_word, standing_line


def table_file_of(builders: dict, state_of_page):
    """The view that answers with one of a page's tables, `builders` by the name in the address.

    `state_of_page(request, snapshot, **of_the_address)` gives the filter form and the
    standpoint, as for the page itself.
    """

    @of_province
    def table_file(request, province, table, kind, **named):
        build = builder_or_404(builders, table)
        snapshot = snapshot_of(province)
        form, at = state_of_page(request, snapshot, **named)
        filters = [words for words, _url in chips_of(request, form)]
        made = build(snapshot, at)
        where = [str(value) for value in named.values()]
        return answer(with_frame(made, snapshot, at, filters=filters, where=where), kind)

    return table_file


def with_frame(table: Table, snapshot: Snapshot, at: Standpoint, *, filters=(), where=()) -> Table:
    """The table with what the page around it says: the day, boundaries, filters, the mark."""
    frame = [
        standing_line(snapshot.province, at),
        boundary_line(snapshot, at),
        _("Filters: %(filters)s") % {"filters": "; ".join(filters)} if filters else "",
    ]
    notes = [*frame, *table.notes, illustrative_word(snapshot)]
    name = [slugify(snapshot.province.name), *where, table.name, at.as_of.isoformat()]
    return replace(table, name="-".join(name), notes=[note for note in notes if note])
