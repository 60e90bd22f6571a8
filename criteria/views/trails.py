"""What lies above a page: pairs of text and address for `_parts/breadcrumb.html`."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communes.models import Province
from criteria.models import Assessment, ReportingPeriod


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


def below_period(period: ReportingPeriod) -> list[tuple]:
    return [*below_periods(period.province), (period, period.get_absolute_url())]
