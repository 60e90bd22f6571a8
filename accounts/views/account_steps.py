"""Steps with an account that first say what will happen and ask why."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from accounts import steps
from accounts.decorators import administrators_only
from accounts.forms.reason import ReasonForm
from accounts.models import User
from accounts.refusals import Refused
from accounts.views.people import attempt, hand_over_link


@dataclass(frozen=True)
class Step:
    """What the page asks and says, and what it does."""

    do: Callable
    title: str
    consequence: str
    button: str
    done: str = ""


CLOSE = Step(
    do=steps.close,
    title=_("Close the account of %(person)s?"),
    consequence=_(
        "The person is signed out everywhere and can sign in no more, and their access tokens "
        "end. What they entered stays. The account can be opened again, without the tokens."
    ),
    button=_("Close the account"),
    done=_("The account is closed."),
)
OPEN = Step(
    do=steps.open_again,
    title=_("Open the account of %(person)s again?"),
    consequence=_("The person can sign in as before, with the same roles."),
    button=_("Open the account"),
    done=_("The account is open again."),
)
RESET_FACTOR = Step(
    do=steps.reset_second_factor,
    title=_("Remove the second step of %(person)s?"),
    consequence=_(
        "For somebody who lost the telephone or the key. Make sure that it is really them who "
        "ask: afterwards the password alone signs in, until they set up a second step again."
    ),
    button=_("Remove the second step"),
    done=_("The second step is removed."),
)
RESET_PASSWORD = Step(
    do=steps.reset_password,
    title=_("Make a new link for %(person)s to set a password?"),
    consequence=_(
        "The old password, all older links and all access tokens end at once, and the person is "
        "signed out everywhere. You get a link to hand over; it also goes to the person's e-mail."
    ),
    button=_("Make a link"),
)


@administrators_only
def account_step(request, pk, step):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if step is RESET_PASSWORD:
            return _reset_password(request, person, form.cleaned_data["reason"])
        return attempt(request, person, step.done, step.do, person, **form.cleaned_data)
    context = {
        "form": form,
        "person": person,
        "step": step,
        "title": step.title % {"person": person},
        "passkey_stays": step is RESET_PASSWORD and person.has_passkey,
    }
    return render(request, "account/people/step.html", context)


def _reset_password(request, person, reason):
    try:
        person = steps.reset_password(person, by=request.user, reason=reason)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("accounts:person", pk=person.pk)
    return hand_over_link(request, person)
