"""The way in to what a province keeps up itself."""

from django.shortcuts import render

from accounts.decorators import in_province
from communes.scope import Action


@in_province(Action.DECIDE)
def registers_page(request, province):
    may_administer = request.user.may(Action.ADMINISTER, province)
    context = {"province": province, "may_administer": may_administer}
    return render(request, "targets/registers.html", context)
