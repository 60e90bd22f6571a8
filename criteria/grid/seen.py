"""What somebody has seen, carried through the page signed, so that a change can be told."""

from hashlib import sha256

from django.core import signing

from criteria.grid.planning import Block
from criteria.grid.reading import Row
from criteria.planned import Plan, Seen
from criteria.sheets import Line

SALT = "criteria.grid"


def seal_preview(plan: Plan, block: Block) -> str:
    """What a preview showed: which text, and the versions its changes were made from."""
    return _seal({"of": _digest(block), "versions": _nested(plan.versions)})


def assessments_in(sealed: str) -> list[int]:
    """The assessments whose changes a preview showed."""
    return sorted(map(int, _open(sealed).get("versions", {})))


def open_preview(sealed: str, block: Block) -> Seen | None:
    """The versions that were seen; None if it was another text or is no seal of ours."""
    found = _open(sealed)
    return _flat(found["versions"]) if found.get("of") == _digest(block) else None


def seal_inputs(rows: list[Row], columns: list[Line]) -> str:
    """The versions and texts of the inputs of a page."""
    shown = {
        (row.assessment.pk, line.code): [row.found(line).version, row.text(line)]
        for row in rows
        if not row.shut
        for line in (row.lines[column.code] for column in columns)
    }
    return _seal({"inputs": _nested(shown)})


def open_inputs(sealed: str) -> dict[tuple[int, str], list]:
    """Versions and texts by assessment and code."""
    return _flat(_open(sealed).get("inputs", {}))


def _seal(content: dict) -> str:
    return signing.dumps(content, salt=SALT, compress=True)


def _open(sealed: str) -> dict:
    try:
        return signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return {}


def _digest(block: Block) -> str:
    rows = ",".join(row.key for row in block.shown)
    dots = sorted((code, meant.value) for code, meant in block.dots.items())
    parts = [block.text, rows, block.first_commune, block.first_line, str(dots)]
    return sha256("\0".join(parts).encode()).hexdigest()


def _nested(found: dict) -> dict:
    nested = {}
    for (pk, code), content in found.items():
        nested.setdefault(pk, {})[code] = content
    return nested


def _flat(nested: dict) -> dict:
    return {
        (int(pk), code): content for pk, row in nested.items() for code, content in row.items()
    }
