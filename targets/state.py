"""The state of a page in its address: read, carried on, taken away piece by piece."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from ntm_tracker.web.numbers import day
from targets.forms import DashboardForm, Standpoint
from targets.snapshot import Snapshot

CARRIED = ["as_of", "plan", "boundaries", "district", "border", "band"]


def state_of(request, snapshot: Snapshot, *, without=()) -> tuple[DashboardForm, Standpoint]:
    """The filter form as it was asked for, and where that puts the reader.

    Filters named in `without` are not offered on the page.
    """
    form = DashboardForm(request.GET, snapshot=snapshot)
    for name in without:
        del form.fields[name]
    at = form.standpoint
    filled = request.GET.copy()
    filled.setdefault("as_of", at.as_of.isoformat())
    form.data = filled
    return form, at


def query_of(request) -> dict[str, str]:
    """The filters that are set, to be carried to the next page."""
    return {name: request.GET[name] for name in CARRIED if request.GET.get(name)}


def with_query(path: str, query: dict) -> str:
    return f"{path}?{urlencode(query)}" if query else path


@lru_cache(maxsize=8192)
def address(page: str, /, **arguments: str | int) -> str:
    """Django's `reverse`, remembered: a page asks for the same hundreds of addresses each time."""
    return reverse(page, kwargs=arguments)


def commune_url(snapshot: Snapshot, code: str, query: dict) -> str:
    """The page of the commune with a code, on the day that is looked at."""
    kept = {name: value for name, value in query.items() if name in {"as_of", "plan"}}
    return with_query(address("commune", province=snapshot.province.code, commune=code), kept)


def district_url(snapshot: Snapshot, code: str, query: dict) -> str:
    """The page of a district; the filter by district is left behind."""
    kept = {name: value for name, value in query.items() if name != "district"}
    return with_query(address("district", province=snapshot.province.code, district=code), kept)


def criterion_url(snapshot: Snapshot, number: int, query: dict) -> str:
    return with_query(address("criterion", province=snapshot.province.code, number=number), query)


def matrix_url(snapshot: Snapshot, query: dict) -> str:
    return with_query(address("matrix", province=snapshot.province.code), query)


def published_url(snapshot: Snapshot, query: dict) -> str:
    return with_query(address("published", province=snapshot.province.code), query)


def chips_of(request, form: DashboardForm) -> list[tuple[str, str]]:
    """Each filter that is set, in words, with the address of the page without it."""
    query = query_of(request)
    chips = []
    for name in query:
        if name in form.errors or name not in form.fields:
            continue
        rest = {other: value for other, value in query.items() if other != name}
        chips.append((_in_words(form, name), with_query(request.path, rest)))
    return chips


def _in_words(form: DashboardForm, name: str) -> str:
    field = form.fields[name]
    value = form.cleaned_data.get(name)
    if name == "border":
        return str(field.label)
    if name == "as_of":
        return _("%(label)s: %(value)s") % {"label": field.label, "value": day(value)}
    return _("%(label)s: %(value)s") % {
        "label": field.label,
        "value": dict(field.choices).get(value, value),
    }
