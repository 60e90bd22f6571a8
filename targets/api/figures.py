"""What all figures worked out have alike: what they are of, validators, remembered answers."""

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from django.http import HttpResponse

from communes.api.asked import ProvinceQuery, province_asked
from ntm_tracker.web.api import validators
from ntm_tracker.web.api.query import cleaned
from ntm_tracker.web.api.rendering import Csv, Json
from ntm_tracker.web.api.views import ApiView
from targets import tables
from targets.api.asked import FiguresForm, described
from targets.forms import Standpoint
from targets.pages import address_of, remembered
from targets.snapshot import Snapshot, snapshot_of


class Figures(ApiView):
    """Figures of one province on one day.

    `filters` names the fields of the filter bar that change the answer; `query_form` reads what
    else may be asked. An answer is worked out once for a data version and then remembered.
    """

    query_form: type = ProvinceQuery
    filters: tuple[str, ...]

    @classmethod
    def parameters(cls, method: str = "GET") -> dict:
        return super().parameters(method) | described(cls.filters)

    def get(self, request, **named):
        province = province_asked(request)
        kind = request.accepted_renderer.format
        address = address_of(request, province)
        etag = validators.etag_of(*address, kind, request.user.is_authenticated)
        answer = validators.unchanged(request, etag)
        if answer is None:
            made = remembered(request, province, lambda: self._made(province, named), kind=kind)
            kind_of_content = f"{request.accepted_renderer.media_type}; charset=utf-8"
            answer = HttpResponse(made, content_type=kind_of_content)
        return validators.mark(request, answer, etag, province.data_changed_at)

    def _made(self, province, named: dict) -> bytes:
        snapshot = snapshot_of(province)
        query = self.request.query_params
        form = FiguresForm(query, snapshot=snapshot, names=self.filters)
        asked = cleaned(self.query_form(query), form)
        return self.written(snapshot, form.standpoint, asked | named)

    def written(self, snapshot: Snapshot, at: Standpoint, asked: dict) -> bytes:
        return Json().render(self.answer(snapshot, at, asked))

    def answer(self, snapshot: Snapshot, at: Standpoint, asked: dict) -> dict:
        """What is sent; `asked` are the words of `query_form` and of the address."""
        raise NotImplementedError


class FigureList(Figures):
    """Figures in rows; in CSV each row says for itself what it is of."""

    renderer_classes = [Json, Csv]
    row_serializer: type

    def written(self, snapshot, at, asked):
        if self.request.accepted_renderer.format != Csv.format:
            return super().written(snapshot, at, asked)
        rows = self.rows(snapshot, at, asked)
        around = envelope(snapshot, at)
        names = list(dict.fromkeys([*self.columns(snapshot, at), *around]))
        flat = (around | self.flat(row) for row in rows)
        cells = ([_cell(row[name]) for name in names] for row in flat)
        return "".join(Csv.pieces(names, cells)).encode()

    def answer(self, snapshot, at, asked):
        return envelope(snapshot, at) | {"results": self.rows(snapshot, at, asked)}

    def rows(self, snapshot: Snapshot, at: Standpoint, asked: dict) -> list[dict]:
        raise NotImplementedError

    def columns(self, snapshot: Snapshot, at: Standpoint) -> list[str]:
        """The headings of the CSV file that come from the rows."""
        return list(self.row_serializer().fields)

    def flat(self, row: dict) -> dict:
        """A row without rows inside."""
        return row


def envelope(snapshot: Snapshot, at: Standpoint) -> dict:
    """What an answer is of: nobody should have to ask again to know which figure it is."""
    sets = dict(zip(snapshot.sets["set_id"].tolist(), snapshot.sets["code"], strict=True))
    return {
        "province": snapshot.province.code,
        "as_of": at.as_of,
        "boundary_day": tables.boundary_day(at),
        "plan": at.plan.code if at.plan else None,
        "criteria_set": sets.get(tables.current_set(snapshot, at)),
        "data_version": snapshot.province.data_version,
        "is_illustrative": snapshot.is_illustrative,
    }


def plain(value):
    """A cell as JSON has it: what is missing is None, numbers are Python's, days are days."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value != value:  # NaN and NaT are unlike themselves
        return None
    return value.date() if isinstance(value, datetime) else value


def picked(row, names: Iterable[str]) -> dict:
    """Some attributes of a row as plain cells."""
    return {name: plain(getattr(row, name)) for name in names}


def _cell(value):
    return "; ".join(map(str, value)) if isinstance(value, list) else value
