"""How the criteria of a set answer to those of another one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from communes.scope import Action
from criteria.crosswalk import counterparts, save_links
from criteria.forms.crosswalk import CrosswalkForm
from criteria.views.sets import known_set
from criteria.views.trails import below_set


@in_province(Action.DECIDE)
def crosswalk_page(request, province, pk, other):
    criteria_set, other_set = known_set(province, pk), known_set(province, other)
    if criteria_set == other_set or criteria_set.level != other_set.level:
        raise Http404
    form = CrosswalkForm(
        request.POST or None,
        criteria=list(criteria_set.criteria.all()),
        others=list(other_set.criteria.all()),
        found=counterparts(province, pk, other),
    )
    if request.method == "POST" and form.is_valid():
        save_links(criteria_set, other_set, form.links, province=province)
        messages.success(request, _("How the two sets answer to each other was saved."))
        return redirect("criteria:crosswalk", province=province.code, pk=pk, other=other)
    context = {
        "province": province,
        "trail": below_set(criteria_set, province),
        "set": criteria_set,
        "other": other_set,
        "form": form,
    }
    return render(request, "criteria/crosswalk.html", context)
