"""Setting a password with a one-time link."""

from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from accounts.forms.sign_in import SetPasswordForm


class SetPassword(PasswordResetConfirmView):
    """Django keeps the token in the session and out of the address while the form is open."""

    form_class = SetPasswordForm
    template_name = "account/set_password.html"
    success_url = reverse_lazy("account_login")

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form):
        messages.success(self.request, _("Your password is set. Sign in with it now."))
        return super().form_valid(form)
