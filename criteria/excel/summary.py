"""A province's summary workbook as an import: understood, corrected, turned into proposals."""

from dataclasses import dataclass, field

from django.db import transaction

from accounts.refusals import Refused
from criteria.cells import KEPT, read_cell
from criteria.excel import summary_words
from criteria.models import Assessment, Proposal, SummaryMapping, WorkbookImport
from criteria.opening import communes_of
from criteria.sheets import Layout
from criteria.summary.known import Known, Target, Unit
from criteria.summary.reading import Reading, read
from criteria.summary.roles import Corrections, Finding
from ntm_tracker.web.uploaded.reading import read_tables
from ntm_tracker.web.uploaded.refusals import BadUpload
from ntm_tracker.web.uploaded.sheets import Sheet

State = WorkbookImport.State
MAPPED = (State.MAPPING, State.PREVIEWED)


@dataclass
class Claim:
    """What a workbook says of a criterion with several indicators: compared, never written."""

    assessment: int
    code: str
    verdict: str


@dataclass
class Asked:
    """What the readings of a workbook ask for; `faults` are sentences."""

    proposals: list[Proposal] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def sheets_of(file, name: str) -> list[Sheet]:
    """The sheets of a file. Raises Refused for one that is not read."""
    try:
        return read_tables(file, name)
    except BadUpload as fault:
        raise Refused(str(fault)) from fault


def known_for(workbook: WorkbookImport) -> Known:
    """The communes of the period and the criteria of the set."""
    communes = list(communes_of(workbook.period).select_related("district"))
    units = [
        Unit(row.pk, row.name, row.district.name if row.district else "", row.code)
        for row in communes
    ]
    layout = Layout(workbook.criteria_set, workbook.province, workbook.period.ends_on)
    return Known(units, _targets(layout.lines(communes[0])) if communes else [])


def stored_sheets(workbook: WorkbookImport) -> list[Sheet]:
    """The sheets of the file as it was sent."""
    with workbook.file.open() as file:
        return sheets_of(file, workbook.filename)


def understood(sheets: list[Sheet], known: Known, said: Corrections) -> list[Reading]:
    """What the sheets in view say. Raises Refused where none of them names communes."""
    readings = read([sheet for sheet in sheets if not sheet.is_hidden], known, said)
    if not readings:
        raise Refused(summary_words.no_communes())
    return readings


def said_for(workbook: WorkbookImport) -> Corrections:
    """What is remembered for the province and the set."""
    return mappings_of(workbook).values_list("said", flat=True).first() or {}


def mappings_of(workbook: WorkbookImport):
    return SummaryMapping.objects.filter(
        province=workbook.province, criteria_set=workbook.criteria_set
    )


@transaction.atomic
def remember(workbook: WorkbookImport, changes: dict[str, str], *, by) -> Corrections:
    """Keep what was said for the workbooks to come; a blank takes it back."""
    mappings_of(workbook).get_or_create(
        defaults={"province": workbook.province, "criteria_set": workbook.criteria_set}
    )
    mapping = mappings_of(workbook).select_for_update().get()
    said = mapping.said | changes
    mapping.said = {key: value for key, value in said.items() if value}
    mapping.changed_by = by
    mapping.save()
    return mapping.said


def propose(workbook: WorkbookImport, asked: Asked) -> bool:
    """Have the import looked at with what is asked for now; False if it was applied meanwhile."""
    rows = [list(proposal) for proposal in asked.proposals]
    found = {"proposals": rows, "faults": asked.faults, "agreed": {}, "refusal": ""}
    return any(workbook.move(state, State.PREVIEWED, **found) for state in MAPPED)


def asked_by(workbook: WorkbookImport, readings: list[Reading], known: Known) -> Asked:
    """Proposals, claims, and sentences about all that is neither."""
    rows = Assessment.objects.filter(period=workbook.period, criteria_set=workbook.criteria_set)
    assessments = dict(rows.values_list("commune", "pk"))
    asked = Asked()
    for reading in readings:
        asked.faults += summary_words.not_understood(reading)
        missing = {f.unit for f in reading.findings} - assessments.keys()
        asked.faults += [
            summary_words.no_assessment(known.units[unit].name) for unit in sorted(missing)
        ]
        for finding in reading.findings:
            if finding.unit in assessments:
                _sort(asked, assessments[finding.unit], finding, reading.sheet, known)
    return asked


def _sort(asked: Asked, assessment: int, finding: Finding, sheet: Sheet, known: Known) -> None:
    target = known.targets[finding.code]
    at = (sheet.name, finding.row, finding.column)
    if target.line:
        text = finding.text
        asked.proposals.append(Proposal(assessment, target.line, text, None, None, *at))
        return
    verdict = read_cell(finding.text).verdict
    if verdict is KEPT or verdict is None:
        asked.faults.append(summary_words.no_claim(*at, finding))
    else:
        asked.claims.append(Claim(assessment, finding.code, verdict))


def _targets(lines) -> list[Target]:
    by_criterion = {}
    for line in lines:
        by_criterion.setdefault(line.criterion, []).append(line)
    found = []
    for criterion, of_it in by_criterion.items():
        only = of_it[0] if len(of_it) == 1 else None
        indicators = [line.indicator for line in of_it if line.indicator]
        found.append(
            Target(
                str(criterion.number),
                criterion.name,
                only.code if only else "",
                only.indicator.unit if only and only.indicator else "",
                only.indicator.name if only and only.indicator else "",
            )
        )
        found += [
            Target(row.code, row.name, row.code, row.unit)
            for row in indicators
            if row.code != str(criterion.number)
        ]
    return found
