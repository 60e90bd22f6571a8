"""What stands around the text of a province's reports."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import in_province
from communes.models import Province
from communes.scope import Action
from reports.forms import LetterheadForm
from reports.models import Letterhead


@require_http_methods(["GET", "POST"])
@in_province(Action.DECIDE)
def letterhead(request, province):
    with transaction.atomic():
        # one at a time: what the form compares with is what is stored
        Province.objects.select_for_update().get(pk=province.pk)
        stored = Letterhead.of(province)
        form = LetterheadForm(request.POST or None, instance=stored)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Saved. Documents asked for from now on carry it."))
            return redirect("reports:documents", province=province.code)
    documents = reverse("reports:documents", kwargs={"province": province.code})
    context = {"province": province, "form": form, "trail": [(_("Reports"), documents)]}
    status = 422 if form.errors else 200
    return render(request, "reports/letterhead.html", context, status=status)
