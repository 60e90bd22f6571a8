"""Answers as JSON, and lists as CSV or NDJSON, which are streamed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

from ntm_tracker.web.tables import PIECE, csv_lines


class Encoder(JSONEncoder):
    """Decimals as exact text without idle zeros; moments in the time zone of the country."""

    def default(self, value):
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, datetime):
            return moment(value)
        return super().default(value)


class Json(JSONRenderer):
    encoder_class = Encoder


class _Streamed(BaseRenderer):
    """A kind of file that a list is streamed as; nothing else comes in it."""

    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        raise NotImplementedError("Lists stream this kind themselves.")


class Csv(_Streamed):
    media_type, format = "text/csv", "csv"

    @staticmethod
    def pieces(names: Sequence[str], rows: Iterable[Sequence]) -> Iterator[str]:
        return csv_lines(names, (map(_cell, row) for row in rows))


class Ndjson(_Streamed):
    """One JSON object a line."""

    media_type, format = "application/x-ndjson", "ndjson"

    @staticmethod
    def pieces(names: Sequence[str], rows: Iterable[Sequence]) -> Iterator[str]:
        encode = json.JSONEncoder(ensure_ascii=False, default=Encoder().default).encode
        lines, size = [], 0
        for row in rows:
            lines.append(encode(dict(zip(names, row, strict=True))))
            size += len(lines[-1])
            if size > PIECE:
                yield "\n".join(lines) + "\n"
                lines, size = [], 0
        if lines:
            yield "\n".join(lines) + "\n"


STREAMED = [Csv, Ndjson]


def moment(value: datetime) -> str:
    """ISO 8601 with the zone."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.isoformat()


def _cell(value):
    if type(value) is str or value is None:  # most cells by far
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return moment(value) if isinstance(value, datetime) else value
