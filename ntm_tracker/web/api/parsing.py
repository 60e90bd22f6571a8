"""What programs send as JSON, read exactly or refused."""

import json
from decimal import Decimal

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from ntm_tracker.web.api.problems import Problem

MEGABYTE = 1024 * 1024


class ExactJson(BaseParser):
    """JSON in UTF-8; numbers with a point become decimals as they are written, no floats."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return read_json(stream.read())
        except (ValueError, RecursionError) as error:
            raise ParseError(_("This is no JSON in UTF-8: %s") % error) from error


def refuse_too_large(request, most_bytes: int):
    """Raise a Problem before anything is read. No more is read than a request says it sends."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes:
        text = _("More than %(most)d MB were sent at once. Send it in parts.")
        raise Problem("too-large", text % {"most": most_bytes // MEGABYTE})


def read_json(content: bytes):
    """Raises ValueError, or RecursionError for what is nested without end."""
    text = content.decode("utf-8-sig")
    found = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    if "\\u" in text:
        # Half of a pair is no character, and nothing can keep it.
        json.dumps(found, ensure_ascii=False, default=str).encode()
    return found


def _refuse_constant(name: str):
    raise ValueError(name)
