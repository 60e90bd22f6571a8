"""Webhooks of a province: the list, one with its log, made and changed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.decorators import in_province
from accounts.models import Delivery, Webhook
from accounts.refusals import Refused
from accounts.trail import changes_in
from accounts.webhooks import steps
from accounts.webhooks.announcing import write_test
from accounts.webhooks.delivering import PAUSED_AFTER, send_again
from accounts.webhooks.files import FIELDS
from accounts.webhooks.forms import ChangeWebhookForm, DeliveryFilter, WebhookForm
from communes.models import Province
from communes.scope import Action

ROWS = 50
SHOWN_SECRET = "webhook_secret"  # in the session: of which webhook, until it is noted down
to_administrators = in_province(Action.ADMINISTER)


@to_administrators
def webhooks(request, province):
    found = Webhook.objects.visible_to(request.user).filter(province=province).with_counts()
    context = {"province": province, "trail": trail_of(province)[:-1], "webhooks": found}
    return render(request, "accounts/webhooks/list.html", context)


@to_administrators
def webhook(request, province, pk):
    found = one_or_404(request, province, pk)
    form = DeliveryFilter(request.GET)
    pages = Paginator(form.narrow(found.deliveries.all()), ROWS)
    context = {
        "province": province,
        "trail": trail_of(province),
        "webhook": found,
        "form": form,
        "chips": form.chips(request.path),
        "page": pages.get_page(request.GET.get("page")),
        "changes": changes_in(found.history.all(), FIELDS),
        "days": PAUSED_AFTER.days,
    }
    return render(request, "accounts/webhooks/webhook.html", context)


@to_administrators
def add(request, province):
    with transaction.atomic():
        form = WebhookForm(request.POST or None, instance=_new(request, province))
        if request.method == "POST" and form.is_valid():
            made = steps.make(form.instance, by=request.user)
            return _show_secret(request, made)
    context = {"province": province, "trail": trail_of(province), "form": form}
    return render(request, "accounts/webhooks/form.html", context)


@to_administrators
def change(request, province, pk):
    with transaction.atomic():
        if request.method == "POST":
            _lock(province)
        found = one_or_404(request, province, pk)
        form = ChangeWebhookForm(request.POST or None, instance=found)
        if request.method == "POST" and form.is_valid():
            steps.save(form.instance, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The changes are saved."))
            return redirect(found)
    context = {
        "province": province,
        "trail": trail_of(province, found),
        "form": form,
        "webhook": found,
    }
    return render(request, "accounts/webhooks/form.html", context)


@to_administrators
@never_cache
def secret(request, province, pk):
    """The secret, shown to whoever had it made until it is said to be noted down."""
    found = one_or_404(request, province, pk)
    is_theirs = request.session.get(SHOWN_SECRET) == pk
    if request.method == "POST":
        if is_theirs:
            del request.session[SHOWN_SECRET]
        messages.success(request, _("The secret is noted down; it is not shown any more."))
        return redirect(found)
    context = {
        "province": province,
        "trail": trail_of(province, found),
        "webhook": found,
        "secret": found.open_secret if is_theirs else "",
    }
    return render(request, "accounts/webhooks/secret.html", context)


@to_administrators
@require_POST
def test(request, province, pk):
    """Send a message now, and say what came of it."""
    found = one_or_404(request, province, pk)
    return _tried(request, write_test(found))


@to_administrators
def delivery(request, province, pk, delivery):
    found = _delivery_or_404(request, province, pk, delivery)
    trail = trail_of(province, found.webhook)
    context = {"province": province, "trail": trail, "delivery": found}
    return render(request, "accounts/webhooks/delivery.html", context)


@to_administrators
@require_POST
def again(request, province, pk, delivery):
    return _tried(request, _delivery_or_404(request, province, pk, delivery))


def _tried(request, delivery: Delivery):
    """Try a delivery once and go to its webhook, which lists how it went."""
    if not send_again(delivery):
        messages.info(request, _("This message is being sent just now. Look again in a minute."))
    elif delivery.state == Delivery.State.DELIVERED:
        messages.success(request, _("The message has arrived."))
    else:
        said = " ".join(str(part) for part in [delivery.status, delivery.answer] if part)
        messages.error(request, _("The message did not arrive. Answer: %(said)s") % {"said": said})
    return redirect(delivery.webhook)


def _show_secret(request, webhook: Webhook):
    request.session[SHOWN_SECRET] = webhook.pk
    return redirect("webhook_secret", province=webhook.province.code, pk=webhook.pk)


def attempt(request, webhook: Webhook, step, done: str, reason: str):
    """Take a step, say how it went, and go where its outcome is seen."""
    try:
        step(webhook, by=request.user, reason=reason)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(webhook)
    if step is steps.renew:
        return _show_secret(request, webhook)
    messages.success(request, done)
    return redirect(webhook)


def one_or_404(request, province: Province, pk: int) -> Webhook:
    seen = Webhook.objects.visible_to(request.user).select_related("province", "made_by")
    return get_object_or_404(seen, province=province, pk=pk)


def _delivery_or_404(request, province: Province, pk: int, delivery: int) -> Delivery:
    seen = Delivery.objects.visible_to(request.user).select_related("webhook__province")
    return get_object_or_404(seen, webhook=pk, webhook__province=province, pk=delivery)


def _new(request, province: Province) -> Webhook:
    return Webhook(province=_lock(province) if request.method == "POST" else province)


def _lock(province: Province) -> Province:
    """Of two who save at once, the second sees what the first did."""
    return Province.objects.select_for_update().get(pk=province.pk)


def trail_of(province: Province, webhook: Webhook | None = None) -> list[tuple]:
    """What lies above a page, from the top."""
    place = {"province": province.code}
    above = [
        (_("Registers"), reverse("registers", kwargs=place)),
        (_("Webhooks"), reverse("webhooks", kwargs=place)),
    ]
    return [*above, (webhook, webhook.get_absolute_url())] if webhook else above
