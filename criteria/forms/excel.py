"""What is asked of a template, and what is sent back."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from criteria.excel.agreeing import AboutStale, Agreed
from criteria.excel.template import Arrangement
from criteria.forms.part import PartForm
from criteria.models import WorkbookImport


class TemplateForm(PartForm):
    """Which assessments the template holds, and how they lie in it."""

    arrangement = forms.ChoiceField(
        label=_("Arrangement"),
        choices=Arrangement,
        widget=forms.RadioSelect,
    )

    def __init__(self, data, *, assessments: QuerySet):
        usual = {"arrangement": Arrangement.TABLE.value}
        super().__init__(usual | data.dict(), assessments=assessments)

    def of(self, assessments: QuerySet) -> QuerySet:
        """The assessments that are asked for, of a form that is valid."""
        found = assessments.filter(period=self.period, criteria_set=self.set)
        district = self.cleaned_data["district"]
        return found.filter(commune__district__code=district) if district else found


class UploadForm(forms.Form):
    """A filled template."""

    file = forms.FileField(
        label=_("Filled template"),
        max_length=WorkbookImport._meta.get_field("filename").max_length,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.xls,.ods"}),
        help_text=_("Nothing is saved before you have seen what would change."),
        error_messages={"required": _("Choose the file that you filled in first.")},
    )


class AgreeForm(forms.Form):
    """What somebody agrees to who looked at a plan."""

    seen = forms.CharField(widget=forms.HiddenInput)
    leaves_out = forms.BooleanField(required=False)
    about_stale = forms.ChoiceField(choices=AboutStale, required=False)

    @property
    def agreed(self) -> Agreed:
        """The answers of a form that is valid."""
        asked = self.cleaned_data
        return Agreed(
            asked["seen"],
            asked["leaves_out"],
            asked["about_stale"],
            self.data.getlist("mine"),
        )
