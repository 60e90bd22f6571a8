"""Which province is asked about."""

from django import forms
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError

from communes.models import Province


class ProvinceQuery(forms.Form):
    """For whatever is about one province."""

    province = forms.CharField(
        required=False,
        max_length=10,
        help_text="Code of the province; may be left out where you may read only one.",
    )


def province_asked(request) -> Province:
    """The province that the query names, or the only one that the reader sees; one query.

    Raises NotFound when there is none, ValidationError when there are several and none is named.
    """
    code = request.query_params.get("province")
    seen = Province.objects.visible_to(request.user).order_by("code", "valid_from")
    found = {row.code: row for row in seen if code in {None, "", row.code}}
    if len(found) == 1:
        return found.popitem()[1]
    if found:
        text = _("Say which province: %s.") % ", ".join(found)
        raise ValidationError({"province": [text]})
    if code:
        raise NotFound(_("There is no province “%s” that you may read.") % code)
    raise NotFound(_("You may not read any province yet."))
