"""Webhooks as they are typed, and the filters of the delivery log."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.reason import LONGEST_REASON
from accounts.forms.stale import StaleCheck
from accounts.models import SUBSCRIBED, Delivery, Webhook, WebhookEvent
from accounts.webhooks.addresses import fault_in
from ntm_tracker.web.narrowing import NarrowingForm

ALL = ("", gettext_lazy("All"))


class WebhookForm(StaleCheck):
    """For use while the province is locked."""

    events = forms.MultipleChoiceField(
        label=gettext_lazy("What it is told"),
        choices=[(event.value, event.label) for event in SUBSCRIBED],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "events"]
        labels = {"name": gettext_lazy("Name"), "url": gettext_lazy("Address")}
        help_texts = {
            "name": gettext_lazy("What it is for, for example “Data portal of the province”."),
            "url": gettext_lazy(
                "Where the other system receives the messages; it begins with https://."
            ),
        }

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = Webhook.objects.filter(province=self.instance.province).exclude(
            pk=self.instance.pk
        )
        if others.filter(name=name).exists():
            raise forms.ValidationError(_("Another webhook of the province has this name."))
        return name

    def clean_url(self):
        url = self.cleaned_data["url"]
        if fault := fault_in(url):
            raise forms.ValidationError(fault)
        return url

    def _said(self, name):
        return (
            ", ".join(self.instance.events_in_words) if name == "events" else super()._said(name)
        )


class ChangeWebhookForm(WebhookForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason (may be left out)"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Kept in the history."),
    )


class DeliveryFilter(NarrowingForm):
    """The query string of a webhook's page."""

    event = forms.ChoiceField(
        label=gettext_lazy("Event"), required=False, choices=[ALL, *WebhookEvent.choices]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[ALL, *Delivery.State.choices]
    )

    def narrow(self, deliveries):
        if not self.is_valid():
            return deliveries.none()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return deliveries.filter(**asked)
