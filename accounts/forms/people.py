"""Forms that an administrator fills in about people."""

from django import forms
from django.contrib.auth.forms import UsernameField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.areas import Areas, administered_by, held_under, misfit, offered_in
from accounts.forms.reason import ReasonForm
from accounts.models import Membership, Role, User
from communes.models import District, Province


class AreaField(forms.ChoiceField):
    """One of the areas it was given; its value is the area itself."""

    default_error_messages = {
        "invalid_choice": _(
            "This area is not one of the province's units in force. Choose one from the list."
        )
    }

    def offer(self, areas: Areas, first: str):
        self.areas = areas
        self.choices = [("", first), *areas.choices]

    def clean(self, value):
        return self.areas.by_key.get(super().clean(value))


class RoleForm(forms.Form):
    """A role and where it is held, in one province."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])
    area = AreaField(label=_("Area"))

    def __init__(self, *args, province: Province, **kwargs):
        super().__init__(*args, **kwargs)
        areas = offered_in(province, timezone.localdate())
        self.fields["area"].offer(areas, _("Choose an area"))

    def clean(self):
        cleaned = super().clean()
        if {"role", "area"} <= cleaned.keys() and (why := misfit(**self.chosen)):
            self.add_error("area", why)
        return cleaned

    @property
    def chosen(self):
        return {name: self.cleaned_data[name] for name in ("role", "area")}


class GiveRoleForm(ReasonForm, RoleForm):
    field_order = ["role", "area", "reason"]


class PersonForm(forms.ModelForm):
    """The name and the address of somebody who has an account."""

    class Meta:
        model = User
        fields = ["full_name", "email"]
        labels = {"full_name": _("Full name"), "email": _("E-mail")}
        help_texts = {
            "email": _(
                "Invitations, links and reminders go there. Leave it empty if nobody reads it."
            )
        }


class ChangePersonForm(PersonForm):
    """Refused when somebody else saved meanwhile: both values are shown, nothing is lost."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, instance: User, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.stored = f"{instance.full_name}, {instance.email or '–'}"
        self.fields["seen"].initial = self.stored

    def clean_seen(self):
        if self.cleaned_data["seen"] != self.stored:
            self.data = self.data.copy()
            self.data["seen"] = self.stored
            self.add_error(
                None,
                _("Somebody saved other values meanwhile: %(stored)s. Save again to replace them.")
                % {"stored": self.stored},
            )

    @property
    def typed(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class InviteForm(RoleForm, PersonForm):
    """Somebody new, with a first role."""

    field_order = ["full_name", "username", "email", "role", "area"]

    class Meta(PersonForm.Meta):
        fields = ["username", *PersonForm.Meta.fields]
        field_classes = {"username": UsernameField}
        labels = PersonForm.Meta.labels | {"username": _("Username")}
        help_texts = PersonForm.Meta.help_texts | {
            "username": _("Letters without blanks, for example ntanh. It is not changed later.")
        }

    def clean_username(self):
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("This user name is taken. Choose another."))
        return username


class ProvinceForm(forms.Form):
    """Which of several provinces is meant; asked only of who administers more than one."""

    province = forms.ModelChoiceField(
        Province.objects.none(), label=_("Province"), empty_label=None
    )

    offered_to = staticmethod(administered_by)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["province"].queryset = self.offered_to(user)

    def province_or_first(self) -> Province:
        chosen = self.cleaned_data["province"] if self.is_valid() else None
        return chosen or self.fields["province"].queryset.first()


STATES = [
    ("", _("All")),
    ("open", pgettext_lazy("account", "Open")),
    ("waiting", _("No password yet")),
    ("closed", pgettext_lazy("account", "Closed")),
]


class PeopleFilter(forms.Form):
    """The query string of the list of people."""

    q = forms.CharField(label=_("Name, user name or e-mail"), required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("All")), *Role.choices], required=False
    )
    area = AreaField(label=_("Area"), required=False)
    state = forms.ChoiceField(label=_("Account"), choices=STATES, required=False)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["area"].offer(held_under(user), _("All"))

    def narrow(self, people):
        if not self.is_valid():
            return people.none()
        asked = self.cleaned_data
        if asked["q"]:
            people = people.search(asked["q"])
        if asked["role"] or asked["area"]:
            people = people.filter(pk__in=self._memberships().values("user"))
        return people.in_state(asked["state"]) if asked["state"] else people

    def _memberships(self):
        """Roles as asked for; those in a district's communes count for the district."""
        held = Membership.objects.visible_to(self.user)
        if role := self.cleaned_data["role"]:
            held = held.filter(role=role)
        area = self.cleaned_data["area"]
        if isinstance(area, District):
            return held.filter(district=area) | held.filter(commune__district=area)
        return held.filter(**{area._meta.model_name: area}) if area else held

    def chips(self):
        """What is set, each with the name of its field."""
        shown = self.cleaned_data if self.is_valid() else {}
        return [(name, str(self._in_words(name))) for name, value in shown.items() if value]

    def _in_words(self, name):
        value = self.cleaned_data[name]
        field = self.fields[name]
        words = dict(field.choices).get(value, value) if name in ("role", "state") else value
        return f"{field.label}: {words}"
