"""Addresses that a province wants told of official changes, and what was sent to them."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.webhooks.secrets import decrypted
from communes.models import Province
from communes.scope import Action, scope_of

LONGEST_URL = 500
LONGEST_ANSWER = 500


class WebhookEvent(models.TextChoices):
    ASSESSMENT_APPROVED = "assessment.approved", _("An assessment was approved")
    RECOGNITION_RECORDED = "recognition.recorded", _("Recognitions were recorded")
    DATA_VERSION_CHANGED = "data_version.changed", _("Official data changed")
    TEST = "test", _("Test")


# What can be chosen; a test is sent by hand.
SUBSCRIBED = [event for event in WebhookEvent if event != WebhookEvent.TEST]


class WebhookQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the provinces that `user` administers: they are settings of the province."""
        return self.filter(scope_of(user, Action.ADMINISTER).provinces_q("province"))

    editable_by = visible_to

    def active(self):
        return self.filter(is_active=True)

    def with_counts(self):
        """Bring along how many deliveries wait and how many were given up."""
        state = Delivery.State
        waiting = Q(deliveries__state__in=[state.WAITING, state.FAILED])
        given_up = Q(deliveries__state=state.GIVEN_UP)
        return self.annotate(
            waiting=Count("deliveries", filter=waiting),
            given_up=Count("deliveries", filter=given_up),
        )


class Webhook(models.Model):
    """An address that is sent a signed message at each of the events it chose."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="webhooks")
    name = models.CharField(_("name"), max_length=100)
    url = models.CharField(_("address"), max_length=LONGEST_URL)
    events = models.JSONField(_("events"))
    secret = models.TextField(editable=False)
    secret_made_at = models.DateTimeField(_("secret made at"), editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    failing_since = models.DateTimeField(null=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = WebhookQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["secret", "failing_since"])

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "name"],
                name="webhook_name_once_in_a_province",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        place = {"province": self.province.code, "pk": self.pk}
        return reverse("webhook", kwargs=place)

    @property
    def open_secret(self) -> str:
        """The secret as the receiver knows it. Raises Refused where it cannot be read."""
        return decrypted(self.secret)

    @property
    def state_in_words(self) -> str:
        if not self.is_active:
            return gettext("Paused")
        return gettext("Failing") if self.failing_since else gettext("Switched on")

    @property
    def events_in_words(self) -> list[str]:
        return [str(event.label) for event in SUBSCRIBED if event in self.events]


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user, Action.ADMINISTER).provinces_q("webhook__province"))

    editable_by = visible_to

    def due(self):
        """Those whose time has come, the oldest first; a paused webhook's wait."""
        return self.filter(
            state__in=[Delivery.State.WAITING, Delivery.State.FAILED],
            next_try_at__lte=timezone.now(),
            webhook__is_active=True,
        ).order_by("made_at", "pk")

    def forget_old(self, days: int) -> int:
        """Delete those that are over and older; how many."""
        over = self.exclude(state__in=[Delivery.State.WAITING, Delivery.State.FAILED])
        return over.filter(made_at__lt=timezone.now() - timedelta(days=days)).delete()[0]


class Delivery(models.Model):
    """One message to one webhook, and how its attempts went."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed, will be tried again")
        GIVEN_UP = "given_up", _("Given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    event = models.CharField(_("event"), max_length=30, choices=WebhookEvent)
    body = models.TextField(_("message"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), null=True, default=timezone.now)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    tried_at = models.DateTimeField(_("last attempt"), null=True)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True)
    answer = models.CharField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    milliseconds = models.PositiveIntegerField(_("duration in ms"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["waiting", "failed"]),
                name="delivery_due",
            ),
            models.Index(fields=["webhook", "-made_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_waits_until_it_is_over",
                condition=Q(state__in=["waiting", "failed"], next_try_at__isnull=False)
                | Q(state__in=["delivered", "given_up"], next_try_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.event} {self.key}"
