"""What lies above a page: pairs of text and address for `_parts/breadcrumb.html`."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communes.models import Province
from criteria.models import Assessment, Recognition, ReportingPeriod
from criteria.recognising.checks import holder_name


def below_work() -> list[tuple]:
    return [(_("My work"), reverse("criteria:work"))]


def below_excel(province: Province) -> list[tuple]:
    address = reverse("criteria:excel", kwargs={"province": province.code})
    return [*below_work(), (_("Excel"), address)]


def below_assessment(assessment: Assessment) -> list[tuple]:
    return [*below_work(), (assessment, assessment.get_absolute_url())]


def below_periods(province: Province) -> list[tuple]:
    address = reverse("criteria:periods", kwargs={"province": province.code})
    return [*below_work(), (_("Reporting periods"), address)]


def below_registers(province: Province) -> list[tuple]:
    return [(_("Registers"), reverse("registers", kwargs={"province": province.code}))]


def below_thresholds(province: Province) -> list[tuple]:
    address = reverse("criteria:thresholds", kwargs={"province": province.code})
    return [*below_registers(province), (_("Thresholds"), address)]


def below_sets(province: Province) -> list[tuple]:
    address = reverse("criteria:criteria_sets", kwargs={"province": province.code})
    return [*below_registers(province), (_("Criteria sets"), address)]


def below_set(criteria_set, province: Province) -> list[tuple]:
    place = {"province": province.code, "pk": criteria_set.pk}
    address = reverse("criteria:criteria_set", kwargs=place)
    return [*below_sets(province), (criteria_set.decision, address)]


def below_period(period: ReportingPeriod) -> list[tuple]:
    return [*below_periods(period.province), (period, period.get_absolute_url())]


def register_url(province: Province) -> str:
    return reverse("criteria:recognitions", kwargs={"province": province.code})


def below_recognitions(province: Province) -> list[tuple]:
    above = reverse("province", kwargs={"province": province.code})
    return [(province.name, above), (_("Recognitions"), register_url(province))]


def below_recognition(row: Recognition) -> list[tuple]:
    return [*below_recognitions(row.province), (holder_name(row), row.get_absolute_url())]
