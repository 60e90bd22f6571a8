"""Sentences about one commune or one criterion, as officers would write them."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communes.models import Commune
from criteria.models import Criterion
from criteria.rules import Verdict
from ntm_tracker.web.numbers import day, moment, number
from targets.forms import EARLIEST
from targets.standing import Sheet, Standing


def grade_names() -> list[str]:
    """What a commune of each rank is: 0 not recognised, 4 modern."""
    return [_("not recognised"), _("NTM"), _("advanced NTM"), _("model NTM"), _("modern NTM")]


def commune_headline(
    commune: Commune, standing: Standing | None, rank: int, *, is_known: bool, was_revoked: bool
) -> str:
    """The one line that answers: where does the commune stand?

    `is_known` is false where too few recognitions are known to say that there is none.
    """
    unit = commune.full_name
    if not commune.is_in_programme:
        return _("%(unit)s stands outside the programme, which is for communes") % {"unit": unit}
    if standing is None:
        criteria = _("%(unit)s has no verified assessment up to this day") % {"unit": unit}
    else:
        criteria = _("%(unit)s meets %(met)s of %(total)s criteria") % {
            "unit": unit,
            "met": number(standing.counted),
            "total": number(standing.total),
        }
    return f"{criteria}, {_recognition(rank, is_known=is_known, was_revoked=was_revoked)}"


def _recognition(rank: int, *, is_known: bool, was_revoked: bool) -> str:
    if rank:
        return _("is recognised as %(grade)s") % {"grade": grade_names()[rank]}
    if was_revoked:
        return _("its recognition was revoked")
    return _("is not recognised yet") if is_known else _("no recognition of it is known")


def age_line(sheet: Sheet) -> str:
    """How old a verified assessment is on the day that is looked at, and when it was approved."""
    return _("%(age)s; approved at %(at)s") % {
        "age": _age(sheet.standing),
        "at": moment(sheet.approved_at),
    }


def _age(standing: Standing) -> str:
    if standing.age_days == 0:
        return _("verified for the period to %(end)s") % {"end": day(standing.period_end)}
    return ngettext(
        "verified for the period to %(end)s, %(days)s day old",
        "verified for the period to %(end)s, %(days)s days old",
        standing.age_days,
    ) % {"end": day(standing.period_end), "days": number(standing.age_days)}


def not_in_force_line(commune: Commune, asked: date) -> str:
    """Why another day is shown than the one asked for; empty where it is the same."""
    words = {"unit": commune.full_name, "asked": day(asked)}
    if asked < commune.valid_from:
        return _(
            "%(unit)s did not exist on %(asked)s: it came into force on %(first)s. "
            "Shown as of that day."
        ) % (words | {"first": day(commune.valid_from)})
    if commune.valid_to and asked > commune.valid_to:
        return _(
            "%(unit)s no longer existed on %(asked)s: its last day was %(last)s. "
            "Shown as of that day."
        ) % (words | {"last": day(commune.valid_to)})
    return ""


def validity(first: date, last: date | None) -> str:
    """From when to when a unit was in force."""
    words = {"first": day(first), "last": day(last)}
    if first <= EARLIEST and last:
        return _("%(first)s or earlier to %(last)s") % words
    if first <= EARLIEST:
        return _("since %(first)s or earlier") % words
    return _("%(first)s to %(last)s") % words if last else _("since %(first)s") % words


def set_line(criteria_set) -> str:
    """The decision a criteria set stands in, with what amended it."""
    words = {
        "decision": criteria_set.decision,
        "day": day(criteria_set.decided_on),
        "amended": criteria_set.amended_by,
    }
    if criteria_set.amended_by:
        return _("Decision %(decision)s of %(day)s, amended by %(amended)s") % words
    return _("Decision %(decision)s of %(day)s") % words


def what_is_next(rank: int, sheets: dict[str, Sheet], *, basically_counts: bool) -> list[dict]:
    """What a commune lacks for the next grade, as blocks: heading, criteria, sentence.

    A recognised commune that falls short of a set now in force has a block for that too.
    """
    blocks = []
    standard = sheets.get("standard")
    lacking = standard.missing(basically_counts=basically_counts) if standard else []
    if rank == 0 or lacking:
        blocks.append(_standard_block(rank, standard, lacking))
    advanced = sheets.get("advanced")
    lacking = advanced.missing(basically_counts=basically_counts) if advanced else []
    if rank == 1 or (rank > 1 and lacking):
        blocks.append(_advanced_block(rank, advanced, lacking))
    if rank == 2:
        text = _(
            "The conditions for model NTM are a list and are not scored criterion by criterion; "
            "the system holds no finding on them."
        )
        blocks.append({"heading": _("For model NTM"), "rows": [], "text": text})
    if rank == 3:
        text = _("It holds the highest grade; there is none above it.")
        blocks.append({"heading": _("For a further grade"), "rows": [], "text": text})
    return blocks


def _standard_block(rank: int, sheet: Sheet | None, lacking: list) -> dict:
    heading = _("For NTM") if rank == 0 else _("To keep the standard now in force")
    text = ""
    if sheet is None:
        text = _("Nothing can be said before an assessment is verified.")
    elif not lacking:
        text = _("Every criterion is met; what is missing is the decision that recognises it.")
    return {"heading": heading, "rows": lacking, "anchor": "c", "text": text}


def _advanced_block(rank: int, sheet: Sheet | None, lacking: list) -> dict:
    heading = _("For advanced NTM") if rank == 1 else _("To keep the advanced set now in force")
    text = ""
    if sheet is None:
        text = _("Its advanced criteria have not been assessed.")
    elif not lacking:
        text = _(
            "Every advanced criterion is met; what is missing is the decision that recognises it."
        )
    return {"heading": heading, "rows": lacking, "anchor": "a", "text": text}


def criterion_headline(criterion: Criterion, counts: dict, *, basically_counts: bool) -> str:
    """The one line that answers: how many communes meet the criterion?

    `counts` are communes by verdict. Communes to which it does not apply are not in the base.
    """
    met, basically = counts.get(Verdict.MET, 0), counts.get(Verdict.BASICALLY, 0)
    base = met + basically + counts.get(Verdict.NOT_MET, 0)
    words = {"number": criterion.number, "title": criterion.local_name}
    if not base:
        return _("Criterion %(number)s %(title)s: no commune has a verified assessment") % words
    words |= {"met": number(met + basically * basically_counts), "base": number(base)}
    return (
        ngettext(
            "Criterion %(number)s %(title)s: met by %(met)s of %(base)s commune",
            "Criterion %(number)s %(title)s: met by %(met)s of %(base)s communes",
            base,
        )
        % words
    )
