"""The body of a write, read by a serializer."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError


def read(serializer_class: type, sent) -> dict:
    """What was sent, checked. Raises ValidationError naming each field; unknown ones too."""
    serializer = serializer_class(data=sent)
    known = serializer.fields
    faults = {}
    if isinstance(sent, dict):
        faults = {
            name: [_("There is no such field here. These are known: %s.") % ", ".join(known)]
            for name in sent
            if name not in known
        }
    if not serializer.is_valid() or faults:
        raise ValidationError(dict(serializer.errors) | faults)
    return serializer.validated_data
