"""The tables of the pages about webhooks as files."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.files import changes_table, taken_by
from accounts.models import Webhook
from accounts.trail import Told, changes_in
from accounts.webhooks.forms import DeliveryFilter
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import moment

FIELDS = {
    "name": None,
    "url": None,
    "events": Told(
        gettext_lazy("What it is told"), lambda row: ", ".join(Webhook.events_in_words.fget(row))
    ),
    "is_active": None,
    "secret_made_at": Told(gettext_lazy("Secret made"), lambda row: moment(row.secret_made_at)),
}


def webhooks_table(request, province) -> Table:
    found = Webhook.objects.visible_to(request.user).filter(province=province).with_counts()
    return Table(
        name=f"webhooks-{province.code}",
        title=_("Webhooks of %(name)s") % {"name": province.full_name},
        header=[
            _("Name"),
            _("Address"),
            _("What it is told"),
            _("State"),
            _("Waiting"),
            _("Given up"),
        ],
        rows=[
            [
                row.name,
                row.url,
                "; ".join(row.events_in_words),
                row.state_in_words,
                row.waiting,
                row.given_up,
            ]
            for row in found
        ],
        notes=[taken_by(request.user)],
    )


def deliveries_table(request, webhook: Webhook) -> Table:
    """All that the filters leave, not only the page that is shown."""
    form = DeliveryFilter(request.GET)
    return Table(
        name=f"webhook-{webhook.pk}-messages",
        title=_("Messages to %(webhook)s") % {"webhook": webhook},
        header=[
            _("Written"),
            _("Event"),
            _("State"),
            _("Attempts"),
            _("Last attempt"),
            _("Next attempt"),
            _("Status of the answer"),
            _("Answer"),
            _("Duration in ms"),
            _("Number of the message"),
        ],
        rows=[
            [
                moment(row.made_at),
                row.get_event_display(),
                row.get_state_display(),
                row.attempts,
                moment(row.tried_at) if row.tried_at else "",
                moment(row.next_try_at) if row.next_try_at else "",
                row.status,
                row.answer,
                row.milliseconds,
                str(row.key),
            ]
            for row in form.narrow(webhook.deliveries.all())
        ],
        notes=[*(words for _name, words in form.in_words), taken_by(request.user)],
    )


def history_table(request, webhook: Webhook) -> Table:
    title = _("History: %(what)s") % {"what": webhook}
    changes = changes_in(webhook.history.all(), FIELDS)
    return changes_table(f"webhook-{webhook.pk}-history", title, changes, request.user)
