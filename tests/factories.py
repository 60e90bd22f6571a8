"""Makers of rows for tests: keyword-only, each test names only what it is about."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from accounts.areas import places_of
from accounts.models import AccessToken, Membership, Role, User
from communes.models import AreaGroup, AreaUpload, BoundaryChange, Commune, District, Province
from criteria.models import (
    Assessment,
    AssessmentStep,
    CriteriaSet,
    Criterion,
    CriterionResult,
    Indicator,
    Recognition,
    ReportingPeriod,
    Score,
    Threshold,
)
from targets.models import Plan, Target

_next = count(1)
LONG_AGO = date(2011, 1, 1)


def make_region(*, code="TDMNPB"):
    return AreaGroup.objects.get_or_create(
        scheme=AreaGroup.Scheme.REGION, code=code, defaults={"name": f"Vùng {code}"}
    )[0]


def make_province(*, code=None, name="Tỉnh thử", **fields):
    fields = {"valid_from": LONG_AGO, "region": make_region()} | fields
    return Province.objects.create(code=code or f"9{next(_next):03}", name=name, **fields)


def make_district(*, province=None, code=None, name="Huyện thử", **fields):
    fields = {"valid_from": LONG_AGO} | fields
    return District.objects.create(
        province=province or make_province(),
        code=code or f"8{next(_next):03}",
        name=name,
        **fields,
    )


def make_commune(*, province=None, district=None, code=None, name="Xã thử", **fields):
    province = province or (district.province if district else make_province())
    fields = {"valid_from": LONG_AGO} | fields
    return Commune.objects.create(
        province=province,
        district=district,
        code=code or f"7{next(_next):05}",
        name=name,
        **fields,
    )


def make_change(*, province, effective_on, parts=(), resolution="1/NQ"):
    """A boundary change; `parts` are (old, new, is_whole)."""
    change = BoundaryChange.objects.create(
        province=province, effective_on=effective_on, resolution=resolution
    )
    for old, new, is_whole in parts:
        change.parts.create(old=old, new=new, is_whole=is_whole, kind="merged_into_new")
    return change


def make_area_upload(*, province, by, areas=None, on=LONG_AGO, **fields):
    """A file of areas that was read and not yet applied."""
    fields = {"source": "Bản đồ thử", "file_name": "xa.geojson", "code_property": "code"} | fields
    corners = {"corners_before": 10, "corners_after": 5}
    return AreaUpload.objects.create(
        province=province, uploaded_by=by, areas=areas or {}, on=on, **corners, **fields
    )


def make_user(*, role=None, province=None, district=None, commune=None, **fields):
    number = next(_next)
    user = User.objects.create_user(
        username=fields.pop("username", f"user{number}"),
        password=fields.pop("password", "mat-khau-thu-nghiem"),
        full_name=fields.pop("full_name", f"Người dùng {number}"),
        **fields,
    )
    if role:
        area = commune or district
        Membership.objects.create(
            user=user,
            role=Role(role),
            province=area.province if area else (province or make_province()),
            district=district,
            commune=commune,
        )
    return user


def make_criteria_set(*, criteria=19, code=None, grade="standard", level="commune", **fields):
    fields = {
        "valid_from": LONG_AGO,
        "name": "Bộ tiêu chí thử",
        "decision": "1/QĐ",
        "source": "thử nghiệm",
    } | fields
    made = CriteriaSet.objects.create(
        code=code or f"SET_{next(_next)}", grade=grade, level=level, **fields
    )
    Criterion.objects.bulk_create(
        Criterion(criteria_set=made, number=number, name=f"Tiêu chí {number}")
        for number in range(1, criteria + 1)
    )
    return made


def make_indicator(*, criterion, code=None, kind="percent", name="Chỉ tiêu thử", **fields):
    position = criterion.indicators.count() + 1
    fields = {"position": position, "direction": "" if kind == "verdict" else "at_least"} | fields
    return Indicator.objects.create(
        criterion=criterion,
        code=code or f"{criterion.number}.{position}",
        kind=kind,
        name=name,
        **fields,
    )


def make_threshold(*, indicator, value=None, area_group=None, **fields):
    fields = {"valid_from": LONG_AGO, "source": "thử nghiệm"} | fields
    return Threshold.objects.create(
        indicator=indicator, area_group=area_group or make_region(), value=value, **fields
    )


def make_score(*, assessment, indicator, verdict="met", value=None):
    return Score.objects.create(
        assessment=assessment, indicator=indicator, verdict=verdict, value=value
    )


def make_period(*, province, year=2024, quarter=4, **fields):
    first_month = 3 * quarter - 2
    ends_on = date(year, first_month + 2, {1: 31, 2: 30, 3: 30, 4: 31}[quarter])
    fields = {
        "starts_on": date(year, first_month, 1),
        "ends_on": ends_on,
        "due_on": ends_on,
    } | fields
    return ReportingPeriod.objects.get_or_create(
        province=province, year=year, quarter=quarter, defaults=fields
    )[0]


def make_assessment(*, commune, criteria_set, period, met=None, **fields):
    """An assessment; with `met`, an approved one that meets the first `met` criteria."""
    if met is None:
        return Assessment.objects.create(
            commune=commune, criteria_set=criteria_set, period=period, **fields
        )
    criteria = list(criteria_set.criteria.all())
    assessment = Assessment.objects.create(
        commune=commune,
        criteria_set=criteria_set,
        period=period,
        state=Assessment.State.APPROVED,
        decided_at=f"{period.ends_on}T12:00:00Z",
        criteria_met=met,
        criteria_basically=0,
        criteria_applicable=len(criteria),
        **fields,
    )
    CriterionResult.objects.bulk_create(
        CriterionResult(
            assessment=assessment,
            criterion=criterion,
            verdict="met" if criterion.number <= met else "not_met",
        )
        for criterion in criteria
    )
    return assessment


def make_step(*, assessment, action="approve", before="submitted", after="approved", **fields):
    fields = {"at": timezone.now(), "by": fields.get("by") or make_user()} | fields
    return AssessmentStep.objects.create(
        assessment=assessment, action=action, before=before, after=after, **fields
    )


def make_recognition(*, commune=None, district=None, year=2020, **fields):
    holder = commune or district
    kind = "commune" if commune else "district"
    fields = {"kind": kind, "province": holder.province, "source": "thử nghiệm"} | fields
    return Recognition.objects.create(commune=commune, district=district, year=year, **fields)


def make_plan(*, province, first_year=2021, last_year=2025, targets=(), **fields):
    """A plan; `targets` are dicts of Target fields."""
    fields = {
        "code": f"plan-{next(_next)}",
        "name": "Kế hoạch thử",
        "baseline_on": date(first_year - 1, 12, 31),
        "document": "1/KH",
        "source": "thử nghiệm",
    } | fields
    plan = Plan.objects.create(
        province=province, first_year=first_year, last_year=last_year, **fields
    )
    for target in targets:
        Target.objects.create(plan=plan, **({"source": "thử nghiệm"} | target))
    return plan


def make_token(*, user, days=90, name=None, area=None, **fields):
    """An access token and what a program sends: `client.get(…, headers=bearer)`."""
    places = places_of(area) if area else {}
    name = name or f"Mã {next(_next)}"
    made, text = AccessToken.objects.create(
        user, timedelta(days=days), name=name, **places, **fields
    )
    return made, {"Authorization": f"Bearer {text}"}
