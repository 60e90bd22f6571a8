"""Making an access token, and finding those of people."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.areas import Areas, offered_in
from accounts.forms.people import AreaField, ProvinceForm
from accounts.models import User
from accounts.models.tokens import LONGEST_LIFE
from communes.models import Province
from communes.scope import Action

RIGHTS = [
    ("read", _("Read only")),
    ("write", _("Read and write, as far as I may myself")),
]


class WhichProvinceForm(ProvinceForm):
    """Which of the provinces that somebody may read; its areas are offered."""

    offered_to = staticmethod(Province.objects.visible_to)


class TokenForm(forms.Form):
    """What a token is called and what it is for."""

    name = forms.CharField(
        label=pgettext_lazy("token", "Name"),
        max_length=60,
        help_text=_("What it is for, for example: nightly pull of the province's portal."),
    )
    rights = forms.ChoiceField(
        label=_("What it may do"), choices=RIGHTS, initial="read", widget=forms.RadioSelect
    )
    area = AreaField(
        label=_("Area"),
        required=False,
        help_text=_("Narrower is safer. Official figures are those of the whole province."),
    )
    days = forms.IntegerField(
        label=_("Days until it expires"),
        min_value=1,
        max_value=LONGEST_LIFE,
        initial=90,
        help_text=_("1 to 366. Make a new one before it expires."),
    )

    def __init__(self, *args, user: User, province: Province | None, **kwargs):
        super().__init__(*args, **kwargs)
        own = user.scope(Action.FOLLOW)
        areas = offered_in(province, timezone.localdate(), own) if province else Areas([])
        self.fields["area"].offer(areas, _("All areas that I have"))

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    @property
    def chosen(self) -> dict:
        asked = self.cleaned_data
        return {name: asked[name] for name in ("name", "area", "days")} | {
            "may_write": asked["rights"] == "write"
        }


class TokensFilter(forms.Form):
    """The query string of the list of people's tokens."""

    q = forms.CharField(label=_("Name, user name or e-mail"), required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("token", "State"),
        required=False,
        choices=[
            ("", _("All")),
            ("living", pgettext_lazy("token", "In use")),
            ("ended", _("Expired or revoked")),
        ],
    )

    def narrow(self, tokens):
        if not self.is_valid():
            return tokens.none()
        if text := self.cleaned_data["q"]:
            tokens = tokens.filter(user__in=User.objects.search(text))
        living = tokens.living()
        state = self.cleaned_data["state"]
        if state == "ended":
            return tokens.exclude(pk__in=living.values("pk"))
        return living if state else tokens

    def chips(self):
        """What is set, each with the name of its field."""
        shown = self.cleaned_data if self.is_valid() else {}
        words = dict(self.fields["state"].choices)
        return [
            (name, f"{self.fields[name].label}: {words.get(value, value)}")
            for name, value in shown.items()
            if value
        ]
