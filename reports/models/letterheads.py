"""What a province puts around the text of its reports."""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import Province
from reports.content import Letter

AGENCY = "VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI"
POSITION = "CHÁNH VĂN PHÒNG"
RECIPIENTS = "Ủy ban nhân dân tỉnh (để báo cáo);\nLưu: VT."


class Letterhead(models.Model):
    """Agencies, number, place, signer and recipients under Nghị định 30/2020/NĐ-CP."""

    province = models.OneToOneField(Province, models.PROTECT, related_name="letterhead")
    parent_agency = models.CharField(
        _("agency above"),
        max_length=150,
        blank=True,
        help_text=_("In capitals, as it is printed. May stay empty."),
    )
    agency = models.CharField(
        _("agency that reports"), max_length=150, help_text=_("In capitals, as it is printed.")
    )
    symbol = models.CharField(
        _("symbol after the number"), max_length=40, help_text=_("For example BC-VPĐP.")
    )
    place = models.CharField(_("place of signing"), max_length=60)
    authority = models.CharField(
        _("on whose behalf it is signed"),
        max_length=150,
        blank=True,
        help_text=_("For example TM. BAN CHỈ ĐẠO. May stay empty."),
    )
    position = models.CharField(_("position of the signer"), max_length=150)
    signer = models.CharField(_("name of the signer"), max_length=100, blank=True)
    recipients = models.TextField(
        _("recipients"), max_length=1000, help_text=_("One a line, as they are printed.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")

    def __str__(self):
        return self.agency

    @classmethod
    def of(cls, province: Province) -> "Letterhead":
        """The province's own, else one that is not saved yet with what most provinces print."""
        found = cls.objects.filter(province=province).first()
        if found:
            return found
        with translation.override("vi"):
            above = f"ỦY BAN NHÂN DÂN {province.full_name.upper()}"
        return cls(
            province=province,
            parent_agency=above,
            agency=AGENCY,
            symbol="BC-VPĐP",
            place=province.name,
            position=POSITION,
            recipients=RECIPIENTS,
        )

    @property
    def letter(self) -> Letter:
        lines = (line.strip() for line in self.recipients.splitlines())
        return Letter(
            parent_agency=self.parent_agency,
            agency=self.agency,
            symbol=self.symbol,
            place=self.place,
            authority=self.authority,
            position=self.position,
            signer=self.signer,
            recipients=tuple(line for line in lines if line),
        )
