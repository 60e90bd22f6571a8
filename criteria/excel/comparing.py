"""What a summary workbook claims of criteria beside what their indicators give."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from communes.models import Commune
from criteria.excel.planning import assessments_of
from criteria.excel.summary import Claim
from criteria.grid.reading import read_grid
from criteria.models import Verdict, WorkbookImport
from criteria.sheets import criterion_verdicts

MOST_SHOWN = 100


@dataclass(frozen=True)
class Difference:
    """A criterion that the workbook says came out otherwise."""

    commune: Commune
    code: str
    claimed: str
    computed: str


@dataclass
class Comparison:
    """How many claims agree or find nothing to agree with, and those that are contradicted."""

    same: int = 0
    unassessed: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(workbook: WorkbookImport, claims: Iterable[Claim], user) -> Comparison:
    """Lay claims beside the findings of the assessments that the user may fill in.

    The queries of `read_grid`, none without claims.
    """
    found = Comparison()
    claims = list(claims)
    if not claims:
        return found
    asked = {claim.assessment for claim in claims}
    grid = read_grid(assessments_of(workbook, user).filter(pk__in=asked))
    rows = {row.assessment.pk: row for row in grid.rows}
    computed = {pk: _verdicts(row) for pk, row in rows.items()}
    for claim in claims:
        if claim.assessment not in rows:
            continue
        verdict = computed[claim.assessment].get(claim.code)
        if verdict is None:
            found.unassessed += 1
        elif verdict == claim.verdict:
            found.same += 1
        else:
            commune = rows[claim.assessment].commune
            shown = (_label(claim.verdict), _label(verdict))
            found.differences.append(Difference(commune, claim.code, *shown))
    return found


def _verdicts(row) -> dict[str, str | None]:
    lines = list(row.lines.values())
    verdicts = {line.key: row.found(line).verdict for line in lines}
    return {str(c.number): verdict for c, verdict in criterion_verdicts(lines, verdicts).items()}


def _label(verdict: str) -> str:
    return str(Verdict(verdict).label)
