"""Codes and keys of the second step of signing in, in the words of this site."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from cryptography.exceptions import InvalidSignature
from django.utils.translation import gettext_lazy as _

from accounts.forms.sign_in import say

# allauth lets these through, of what fido2 raises for an answer that no browser made
DAMAGED = (AttributeError, InvalidSignature, KeyError, TypeError, ValueError)


class _Code:
    """A code typed from an app or from the list of recovery codes."""

    label = _("Code")
    hint = _("From the authenticator app, or one of your recovery codes.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, code=self.label)
        self.fields["code"].help_text = self.hint
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CodeForm(_Code, base_forms.AuthenticateForm):
    pass


class ConfirmCodeForm(_Code, base_forms.ReauthenticateForm):
    pass


class ActivateAppForm(_Code, totp_forms.ActivateTOTPForm):
    label = _("Code that the app shows")
    hint = _("Six digits; a new one every half minute.")


class _Key:
    """What a browser says of a key; a damaged answer is refused like a wrong one."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except DAMAGED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class KeySignInForm(_Key, webauthn_forms.LoginWebAuthnForm):
    pass


class KeyForm(_Key, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class ConfirmKeyForm(_Key, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A name for the key, and whether it signs in on its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, name=_("Name of the key"), passwordless=_("Sign in with this key alone"))
        self.fields["credential"].label = _("Security key")
        self.fields["name"].help_text = _("So that you know it again, for example “Telephone”.")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "A passkey: your fingerprint, face or PIN then replaces the password. Leave it out "
            "for a plain security key."
        )

    def clean(self):
        try:
            return super().clean()
        except DAMAGED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, name=_("Name of the key"))
