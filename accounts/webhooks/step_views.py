"""Steps that ask for a reason and say what will happen."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms.reason import ReasonForm
from accounts.webhooks import steps
from accounts.webhooks.views import attempt, one_or_404, to_administrators, trail_of


@dataclass(frozen=True)
class Step:
    take: object
    title: Promise
    question: Promise
    consequence: Promise
    button: Promise
    done: Promise


PAUSE = Step(
    take=steps.pause,
    title=_("Pause"),
    question=_("Pause “%(webhook)s”?"),
    consequence=_(
        "Nothing is sent to it any more, and what happens meanwhile is not written down for it. "
        "What waits now is kept and sent when it is switched on again."
    ),
    button=_("Pause"),
    done=_("It is paused."),
)
RESUME = Step(
    take=steps.resume,
    title=_("Switch on again"),
    question=_("Switch “%(webhook)s” on again?"),
    consequence=_("It is told of what happens from now on. What has waited is sent first."),
    button=_("Switch on again"),
    done=_("It is switched on."),
)
RENEW = Step(
    take=steps.renew,
    title=_("Renew the secret"),
    question=_("Renew the secret of “%(webhook)s”?"),
    consequence=_(
        "The old secret signs nothing from now on: the receiver refuses messages until it has the "
        "new one. What is refused is sent again later."
    ),
    button=_("Renew the secret"),
    done=_("The secret is renewed."),
)


@to_administrators
def webhook_step(request, province, pk, step):
    webhook = one_or_404(request, province, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return attempt(request, webhook, step.take, step.done, **form.cleaned_data)
    context = {
        "province": province,
        "trail": trail_of(province, webhook),
        "webhook": webhook,
        "step": step,
        "question": step.question % {"webhook": webhook},
        "form": form,
    }
    return render(request, "accounts/webhooks/step.html", context)
