"""Pages of one's own access tokens, and of those of the people one administers."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from accounts.decorators import administrators_only
from accounts.files import taken_by
from accounts.forms.reason import ReasonForm
from accounts.models import AccessToken
from accounts.refusals import Refused
from accounts.tokens import steps
from accounts.tokens.forms import TokenForm, TokensFilter, WhichProvinceForm
from accounts.views.people import without
from ntm_tracker.web.downloads import Table, answer, builder_or_404
from ntm_tracker.web.numbers import moment

TOKENS_PER_PAGE = 50


def tokens(request):
    own = list(_own(request))
    editable = {token.pk for token in own if token.is_living}
    return render(request, "account/tokens/mine.html", {"tokens": own, "editable": editable})


def tokens_table(request, table, kind):
    build = builder_or_404({"tokens": _table}, table)
    return answer(build(request, _own(request), "tokens", _("Access tokens")), kind)


@administrators_only
def people_tokens(request):
    form = TokensFilter(request.GET)
    pages = Paginator(_of_people(request, form), TOKENS_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    editable = AccessToken.objects.editable_by(request.user).living()
    editable = editable.filter(pk__in=[token.pk for token in page])
    context = {
        "form": form,
        "page": page,
        "editable": set(editable.values_list("pk", flat=True)),
        "chips": [(text, without(request, name)) for name, text in form.chips()],
    }
    return render(request, "account/tokens/of_people.html", context)


@administrators_only
def people_tokens_table(request, table, kind):
    build = builder_or_404({"tokens": _table}, table)
    form = TokensFilter(request.GET)
    found = _of_people(request, form)
    title, notes = _("Access tokens of people"), [text for _name, text in form.chips()]
    return answer(build(request, found, "people-tokens", title, notes), kind)


@reauthentication_required
@never_cache
@sensitive_variables("text")
def make_token(request):
    """The token is shown in the answer to the form, this once: it is kept nowhere."""
    where = WhichProvinceForm(request.GET, user=request.user)
    form = TokenForm(request.POST or None, user=request.user, province=where.province_or_first())
    if request.method == "POST" and form.is_valid():
        try:
            token, text = steps.make(by=request.user, **form.chosen)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return render(request, "account/tokens/made.html", {"token": token, "text": text})
    return render(request, "account/tokens/make.html", {"form": form, "where": where})


def revoke_token(request, pk):
    found = AccessToken.objects.editable_by(request.user).with_names().filter(pk=pk).first()
    if found is None:
        raise Http404
    is_own = found.user == request.user
    form = ReasonForm(request.POST or None, is_needed=not is_own)
    back = "accounts:tokens" if is_own else "accounts:people_tokens"
    if request.method == "POST" and form.is_valid():
        try:
            steps.revoke(found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The token “%(name)s” is revoked.") % {"name": found})
        return redirect(back)
    context = {"form": form, "token": found, "is_own": is_own, "back": back}
    return render(request, "account/tokens/revoke.html", context)


def _own(request):
    own = AccessToken.objects.filter(user=request.user)
    return own.with_names().order_by("-created")


def _of_people(request, form):
    seen = form.narrow(AccessToken.objects.visible_to(request.user))
    return seen.with_names().order_by("user__sort_key", "user__username", "-created")


def _table(request, found, name: str, title: str, notes=()) -> Table:
    return Table(
        name=name,
        title=title,
        header=[
            _("Full name"),
            _("Token"),
            _("Begins with"),
            pgettext("token", "State"),
            _("What it may do"),
            _("Area"),
            pgettext("token", "Made"),
            pgettext("token", "Expires"),
            _("Last used"),
            _("Last used from"),
            _("Revoked by"),
            _("Reason"),
        ],
        rows=[
            [
                str(token.user),
                token.name,
                token.beginning,
                token.state,
                token.rights,
                str(token.area or _("All areas of its owner")),
                moment(token.created),
                moment(token.expiry),
                moment(token.last_used_at) if token.last_used_at else "",
                token.last_used_from or "",
                str(token.revoked_by or ""),
                token.revoked_because,
            ]
            for token in found
        ],
        notes=[*notes, taken_by(request.user)],
    )
