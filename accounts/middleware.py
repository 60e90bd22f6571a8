"""What is asked of people after they have signed in."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from ntm_tracker.web.api import problems

# What somebody may open who has yet to set up the second step that is required of them.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "set_language",
    "set_theme",
}
NEEDS_SECOND_STEP = _("Your role asks for a second step of signing in. Set it up on the pages.")


class SecondStepMiddleware:
    """Leads those of whom a second step is required to set it up, before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.resolver_match.view_name in OPEN:
            return None
        if not getattr(request.user, "lacks_second_factor", False):
            return None
        if problems.is_asked(request):
            return problems.answer(request, "not-allowed", NEEDS_SECOND_STEP)
        answer = redirect("mfa_index")
        return HttpResponseClientRedirect(answer.url) if request.htmx else answer
