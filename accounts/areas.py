"""The areas that a role can be given in, and those that roles are held in, as form choices."""

from datetime import date

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Membership, Role, User
from communes.models import Commune, District, Province
from communes.scope import EVERYWHERE, Action, AreaScope

PROVINCE_WIDE = {Role.ADMINISTRATOR, Role.PROVINCIAL_OFFICER}


def administered_by(user: User) -> QuerySet[Province]:
    return Province.objects.filter(user.scope(Action.ADMINISTER).provinces_q())


def key_of(area) -> str:
    """How a form names an area: `district-7`."""
    return f"{area._meta.model_name}-{area.pk}"


class Areas:
    """Areas under headings: the choices of a select, and what each stands for."""

    def __init__(self, groups):
        groups = [(title, list(areas)) for title, areas in groups]
        self.by_key = {key_of(area): area for _title, areas in groups for area in areas}
        self.choices = [
            (title, [(key_of(area), _label(area)) for area in areas])
            for title, areas in groups
            if areas
        ]


def places_of(area) -> dict:
    """The fields of a row about a province, a district or a commune."""
    return {
        "province": area if isinstance(area, Province) else area.province,
        "district": area if isinstance(area, District) else None,
        "commune": area if isinstance(area, Commune) else None,
    }


def offered_in(province: Province, on: date, within: AreaScope = EVERYWHERE) -> Areas:
    """The province, its districts and communes in force; of districts, else the last ones.

    `within` leaves out those districts and communes that lie outside.
    """
    districts = province.districts.in_force(on)
    if not districts.exists():
        last = province.districts.aggregate(day=Max("valid_to"))["day"]
        districts = province.districts.filter(valid_to=last)
    communes = province.communes.in_force(on).filter(within.communes_q())
    return _grouped(
        [province],
        districts.filter(within.districts_q()),
        communes.select_related("district"),
    )


def held_under(user: User) -> Areas:
    """The areas of all roles that `user` sees."""
    held = Membership.objects.visible_to(user)
    return _grouped(
        administered_by(user).filter(pk__in=held.values("province")),
        District.objects.filter(pk__in=held.values("district")),
        Commune.objects.filter(pk__in=held.values("commune")).select_related("district"),
    )


def misfit(role: str, area) -> str:
    """What is wrong with a role in an area; empty when nothing is."""
    if role in PROVINCE_WIDE and not isinstance(area, Province):
        return _("This role covers the whole province. Choose the province as the area.")
    if role == Role.DISTRICT_STAFF and not isinstance(area, District):
        return _("District staff work in a district. Choose one as the area.")
    if role == Role.COMMUNE_STAFF and not isinstance(area, Commune):
        return _("Commune staff work in a commune. Choose one as the area.")
    return ""


def _grouped(provinces, districts, communes) -> Areas:
    return Areas(
        [
            (_("Whole province"), provinces),
            (_("Districts"), districts),
            (pgettext("units", "Communes"), communes),
        ]
    )


def _label(area) -> str:
    district = getattr(area, "district", None)
    return f"{area} ({district})" if district else str(area)
