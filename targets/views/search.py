"""Search: communes and districts by name, with or without diacritics, or by code."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.decorators import dashboard
from communes.models import Commune, District, Province
from communes.names import search_key
from targets.search import day_to_open, last_days, narrow, read
from targets.state import with_query
from targets.unit_wording import validity

MOST_SHOWN = 50


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or code"), max_length=100, required=False)


@dashboard
def search_page(request):
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
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


def found(user, text: str, provinces: dict[int, Province]) -> list[dict]:
    """The communes and the districts that fit, each at most `MOST_SHOWN`, with their number."""
    asked = read(text)
    communes = narrow(Commune.objects.visible_to(user).select_related("district"), asked)
    districts = narrow(District.objects.visible_to(user), asked)
    ends = last_days(provinces)

    def listed(units, title, name):
        return {
            "title": title,
            "count": units.count(),
            "is_of_communes": name == "commune",
            "rows": [row_of(unit, name, provinces, ends) for unit in units[:MOST_SHOWN]],
        }

    return [
        listed(communes, _("Communes, towns and wards"), "commune"),
        listed(districts, _("Districts"), "district"),
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
