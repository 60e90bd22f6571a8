"""Search: communes and districts by name, with or without diacritics, or by code."""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import dashboard
from communes.models import Commune, District, Province
from communes.names import search_key
from communes.search import nearest_first, read
from ntm_tracker.web.downloads import Table, answer
from ntm_tracker.web.numbers import day, number
from targets.search import day_to_open, last_days
from targets.state import with_query
from targets.unit_wording import validity

MOST_SHOWN = 50
MOST_IN_FILE = 10_000
KINDS = {"communes", "districts"}


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name or code"), max_length=100, required=False)


@dashboard
def search_page(request):
    form = SearchForm(request.GET)
    text = text_of(form)
    provinces = list(Province.objects.visible_to(request.user))
    lists = found(request.user, text, {p.pk: p for p in provinces}) if search_key(text) else []
    context = {
        "form": form,
        "text": text,
        "province": provinces[0] if len(provinces) == 1 else None,
        "names_provinces": len(provinces) > 1,
        "lists": [units for units in lists if units["count"]],
        "most": MOST_SHOWN,
    }
    return render(request, "targets/search.html", context)


@dashboard
def search_table(request, table, kind):
    """All units of a kind that fit, as a file; nothing where no text was asked for."""
    if table not in KINDS:
        raise Http404
    text = text_of(SearchForm(request.GET))
    provinces = {p.pk: p for p in Province.objects.visible_to(request.user)}
    units = fitting(request.user, text)[table][:MOST_IN_FILE] if search_key(text) else []
    made = Table(
        name=table,
        title=_("Communes and districts found for “%(text)s”") % {"text": text},
        header=[_("Code"), _("Name"), _("District"), _("Province"), _("From"), _("Until")],
        rows=[
            [
                unit.code,
                unit.full_name,
                district.full_name if (district := getattr(unit, "district", None)) else "",
                provinces[unit.province_id].full_name,
                unit.valid_from,
                unit.valid_to,
            ]
            for unit in units
        ],
        notes=[
            _("At most %(most)s rows; taken on %(day)s.")
            % {"most": number(MOST_IN_FILE), "day": day(timezone.localdate())}
        ],
    )
    return answer(made, kind)


def text_of(form: SearchForm) -> str:
    return form.cleaned_data["q"] if form.is_valid() else ""


def fitting(user, text: str) -> dict:
    """The communes and the districts that a text fits."""
    asked = read(text)
    return {
        "communes": nearest_first(
            Commune.objects.visible_to(user).select_related("district"), asked
        ),
        "districts": nearest_first(District.objects.visible_to(user), asked),
    }


def found(user, text: str, provinces: dict[int, Province]) -> list[dict]:
    """The communes and the districts that fit, each at most `MOST_SHOWN`, with their number."""
    units_of = fitting(user, text)
    ends = last_days(provinces)

    def listed(file, title, name):
        units = units_of[file]
        return {
            "file": file,
            "title": title,
            "count": units.count(),
            "is_of_communes": name == "commune",
            "rows": [row_of(unit, name, provinces, ends) for unit in units[:MOST_SHOWN]],
        }

    return [
        listed("communes", _("Communes, towns and wards"), "commune"),
        listed("districts", _("Districts"), "district"),
    ]


def row_of(unit, name: str, provinces: dict[int, Province], ends: dict) -> dict:
    province = provinces[unit.province_id]
    on = day_to_open(unit, ends.get(province.pk), timezone.localdate())
    address = reverse(name, kwargs={"province": province.code, name: unit.code})
    district = getattr(unit, "district", None)
    return {
        "name": unit.full_name,
        "url": with_query(address, {"as_of": on.isoformat()}),
        "district": district.full_name if district else "",
        "province": province.full_name,
        "code": unit.code,
        "is_former": unit.valid_to is not None,
        "until": unit.valid_to,
        "validity": validity(unit.valid_from, unit.valid_to),
    }
