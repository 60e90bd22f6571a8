"""Sign-in and password forms, in the words of this site."""

from allauth.account import forms as allauth_forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from accounts.models import UserStep


class SignInForm(allauth_forms.LoginForm):
    """Name and password; what is typed as the name stays when the password is wrong."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, login=_("Username"), password=_("Password"), remember=_("Stay signed in"))
        self.fields["password"].help_text = _(
            "Forgotten? Ask your province's administrator for a new one."
        )
        self.fields["remember"].help_text = _("Only on a computer that nobody else uses.")


class PasswordChangeForm(allauth_forms.ChangePasswordForm):
    """The current password, then a new one twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(
            self,
            oldpassword=_("Current password"),
            password1=_("New password"),
            password2=_("New password, once more"),
        )
        self.fields["password1"].help_text = lazystr(password_validators_help_text_html())


class ConfirmPasswordForm(allauth_forms.ReauthenticateForm):
    """The password again, before something that guards the account is changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, password=_("Password"))
        self.fields["password"].help_text = ""


class SetPasswordForm(auth_forms.SetPasswordForm):
    """The first password, or the one after a reset, twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, new_password1=_("New password"), new_password2=_("New password, once more"))

    def save(self):
        self.user.set_password(self.cleaned_data["new_password1"])
        self.user.save_step(UserStep.PASSWORD_SET, by=self.user)
        return self.user


def say(form, **labels):
    """Give fields of allauth's forms our labels, and take their placeholders away."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        # a placeholder would vanish with the first letter; the label above it stays
        field.widget.attrs.pop("placeholder", None)
