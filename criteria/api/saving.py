"""Many findings at once: checked against what stands, then written, all of them or each."""

from collections import Counter

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from criteria.api.items import FINDING, PLACE, Item
from criteria.entry import last_scores_of, limits_of, row_of
from criteria.grid.reading import Row, read_grid
from criteria.models import Assessment, Origin
from criteria.scoring import save_scores
from criteria.wording import why_warned
from ntm_tracker.web.api.problems import Problem

SAVED, UNCHANGED, REFUSED, STALE = "saved", "unchanged", "refused", "stale"
OUTCOMES = [SAVED, UNCHANGED, REFUSED, STALE]
ANYTHING = "*"


def locked_rows(assessments: QuerySet) -> list[Row]:
    """The rows of assessments, locked in one order for all; a few queries a period and set."""
    mine = list(assessments.order_by("pk").select_for_update(of=["self"]).only("pk"))
    found = Assessment.objects.filter(pk__in=[row.pk for row in mine])
    groups = found.order_by().values_list("commune__province", "period", "criteria_set")
    return [
        row
        for province, period, criteria_set in groups.distinct()
        for row in read_grid(
            found.filter(commune__province=province, period=period, criteria_set=criteria_set)
        ).rows
    ]


def plan(items: list[Item], row_at):
    """Work out what each item would change; `row_at(item)` finds its row."""
    met = set()
    for item in items:
        if item.refusal:
            continue
        item.plan(row_at(item))
        if item.line:
            _refuse_second(item, met)


def _refuse_second(item: Item, met: set):
    key = (item.row.key, item.line.code)
    if key in met:
        item.refuse(_("%(code)s: this cell is given twice.") % {"code": item.line.code})
    met.add(key)


def mark_stale(items: list[Item]):
    """Mark what was not made from the version that stands. Raises a Problem where none is said."""
    changing = [item for item in items if item.change]
    if any(item.sent.get("version") is None for item in changing):
        raise Problem(
            "precondition-required",
            _(
                "Say from which version each score was made: “version”, 0 for what nobody has "
                "written yet; or send If-Match."
            ),
        )
    for item in changing:
        item.is_stale = item.sent["version"] != item.was.version


def refuse_unless_clean(items: list[Item]):
    """Raise a Problem with everything that speaks against writing all the items."""
    refused = [item for item in items if item.refusal]
    stale = [item for item in items if item.is_stale]
    errors = [(f"scores/{item.index}", item.refusal) for item in refused]
    if stale:
        text = ngettext(
            "%(count)d score was changed by somebody meanwhile. Nothing was saved.",
            "%(count)d scores were changed by somebody meanwhile. Nothing was saved.",
            len(stale),
        )
        both = both_values(stale)
        raise Problem(
            "stale", text % {"count": len(stale)}, errors=errors, stale=list(both.values())
        )
    if refused:
        is_shut = all(item.is_shut for item in refused)
        kind = "refused" if is_shut else "invalid-input"
        raise Problem(kind, refused[0].refusal if is_shut else "", errors=errors)


def write(items: list[Item], *, by):
    """Save the changes that are neither refused nor stale, and note what is odd about them."""
    changing = [item for item in items if item.change and not item.is_stale]
    if not changing:
        return
    stored = save_scores([item.change for item in changing], by=by, origin=Origin.API)
    assessments = {item.row.assessment.pk: item.row.assessment for item in changing}
    last = last_scores_of(assessments.values())
    limits = {pk: limits_of(of.commune.province) for pk, of in assessments.items()}
    for item in changing:
        of, key = item.row.assessment, item.line.key
        before, score = last.get(of.pk, {}).get(key), stored[of.pk][key]
        odd = row_of(of, item.line, score, before, limits[of.pk]).warnings
        item.warnings = [why_warned(warn, item.line, score, before) for warn in odd]


def results(items: list[Item]) -> dict:
    """What became of the items, one by one and counted."""
    both = both_values([item for item in items if item.is_stale])
    rows = [_result(item) | both.get(item.index, {}) for item in items]
    counts = Counter(row["outcome"] for row in rows)
    return {outcome: counts[outcome] for outcome in OUTCOMES} | {"results": rows}


def _result(item: Item) -> dict:
    outcome = _outcome(item)
    now = item.change if outcome == SAVED else item.line and item.was
    version = None if item.line is None else item.was.version + (outcome == SAVED)
    return _named(item) | {
        "outcome": outcome,
        "value": now.value if now else None,
        "verdict": now.verdict if now else None,
        "version": version,
        "reason": item.refusal or None,
        "warnings": item.warnings,
    }


def _outcome(item: Item) -> str:
    if item.refusal:
        return REFUSED
    if item.is_stale:
        return STALE
    return SAVED if item.change else UNCHANGED


def _named(item: Item) -> dict:
    """Which item it is, as far as it can be told from what was sent."""
    texts = {name: item.sent.get(name) for name in (*PLACE, "code") if name in item.sent}
    return {"index": item.index} | {
        name: text if isinstance(text, str) else None for name, text in texts.items()
    }


def both_values(stale: list[Item]) -> dict[int, dict]:
    """What was sent beside what stands, and whose that is; one query if there is any."""
    names = User.objects.in_bulk({item.was.entered_by_id for item in stale}) if stale else {}
    return {
        item.index: _named(item)
        | {
            "yours": {name: getattr(item.change, name) for name in FINDING}
            | {"version": item.sent.get("version")},
            "theirs": {name: getattr(item.was, name) for name in FINDING}
            | {
                "version": item.was.version,
                "by": str(names.get(item.was.entered_by_id, "")),
                "at": item.was.entered_at,
            },
        }
        for item in stale
    }
