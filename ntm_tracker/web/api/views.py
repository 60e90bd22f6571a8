"""The views that those of the API are made from."""

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, StreamingHttpResponse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import MethodNotAllowed, NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from ntm_tracker.web.api import validators
from ntm_tracker.web.api.pages import Pages
from ntm_tracker.web.api.parsing import MEGABYTE, ExactJson, refuse_too_large
from ntm_tracker.web.api.query import (
    PAGE_SIZE,
    READS,
    AnyQuery,
    ListQuery,
    NoFilters,
    cleaned,
    refuse_unknown,
)
from ntm_tracker.web.api.rendering import STREAMED


class ApiView(APIView):
    """Any address of the API. `query_form` reads the query string; nothing else is taken.

    `write_query` reads that of a write, which takes at most `most_bytes`.
    """

    query_form: type = NoFilters
    write_query: type = NoFilters
    common_query: type = AnyQuery
    parser_classes = [ExactJson]
    most_bytes = MEGABYTE

    @classmethod
    def parameters(cls, method: str = "GET") -> dict:
        """The fields behind the question mark by name, for checking and for the schema."""
        if method in READS:
            return cls.query_form.base_fields | cls.common_query.base_fields
        return cls.write_query.base_fields | AnyQuery.base_fields

    def get_renderers(self):
        """Kinds of files are for lists that are read; what was written is told in JSON."""
        renderers = super().get_renderers()
        return renderers if self.request.method in READS else renderers[:1]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(request.method)
        refuse_unknown(request.query_params, self.parameters(request.method))
        if request.method not in READS:
            cleaned(AnyQuery(request.query_params))
            refuse_too_large(request, self.most_bytes)
        elif not issubclass(self.common_query, ListQuery):
            cleaned(self.common_query(request.query_params))

    def finalize_response(self, request, response, *args, **kwargs):
        """Give every read its validators: of its content, where the view has not said better."""
        response = super().finalize_response(request, response, *args, **kwargs)
        is_read = request.method in READS and response.status_code == 200
        if is_read and isinstance(response, Response) and "ETag" not in response:
            response.add_post_render_callback(self._validate)
        return response

    def _validate(self, response):
        etag = validators.etag_of_content(response.content)
        same = validators.unchanged(self.request, etag)
        return validators.mark(self.request, same or response, etag, self.changed_at())

    def changed_at(self):
        """When what is read here last changed; None where nobody knows."""


class Rows(serializers.Serializer):
    # Its docstring would stand in the schema. What a row of a list holds: each field's `source`
    # is a path of the query set; `?fields=` may leave any of them out.

    def get_fields(self):
        fields = super().get_fields()
        for field in fields.values():
            field.read_only, field.required = True, False
        return fields

    def paths(self, names) -> list[str]:
        return [self.fields[name].source.replace(".", "__") for name in names]


class Listing(ApiView):
    """A list that is filtered, ordered and cut to some fields, each by what is allowed.

    JSON comes by pages, CSV and NDJSON as a whole, streamed. `orderings` names each order and
    its paths, the first is used unless another is asked for. `query_form` narrows the rows.
    """

    common_query = ListQuery
    serializer_class: type[Rows]
    orderings: dict[str, list[str]]
    renderer_classes = [*api_settings.DEFAULT_RENDERER_CLASSES, *STREAMED]
    pagination_class = Pages

    def get_queryset(self):
        raise NotImplementedError

    def make_filter(self):
        return self.query_form(self.request.query_params)

    def get(self, request, **kwargs):
        narrowing, common = self.make_filter(), self._common_form()
        asked = cleaned(narrowing, common)
        names = self._names(asked["fields"])
        rows = self._ordered(narrowing.narrow(self.get_queryset()), asked["ordering"])
        rows = rows.values_list(*self.serializer_class().paths(names))
        if request.accepted_renderer.format in {kind.format for kind in STREAMED}:
            return self._streamed(rows, names)
        return self._page(rows, names, asked["page"] or 1, asked["page_size"] or PAGE_SIZE)

    def _common_form(self):
        form = self.common_query(self.request.query_params)
        form.fields["ordering"].choices = self.ordering_choices()
        return form

    @classmethod
    def ordering_choices(cls) -> list[tuple[str, str]]:
        return [(f"{sign}{name}", name) for name in cls.orderings for sign in ("", "-")]

    def _names(self, asked: str) -> list[str]:
        known = list(self.serializer_class().fields)
        chosen = [name.strip() for name in asked.split(",")] if asked else known
        chosen = list(dict.fromkeys(chosen))
        for name in chosen:
            if name not in known:
                text = _("There is no field “%(name)s”. These are known: %(known)s.")
                text %= {"name": name, "known": ", ".join(known)}
                raise ValidationError({"fields": [text]})
        return chosen

    def _ordered(self, rows, asked: str):
        name = asked.lstrip("-") or next(iter(self.orderings))
        paths = [*self.orderings[name], "pk"]
        if asked.startswith("-"):
            paths = [path[1:] if path.startswith("-") else f"-{path}" for path in paths]
        return rows.order_by(*paths)

    def _page(self, rows, names, number: int, size: int) -> Response:
        pages = Paginator(rows, size)
        try:
            page = pages.page(number)
        except EmptyPage as error:
            text = _("The last page is %(last)d.") % {"last": pages.num_pages}
            raise NotFound(text) from error
        results = [dict(zip(names, row, strict=True)) for row in page.object_list]
        return Response(Pages.body(self.request, page, results))

    def _streamed(self, rows, names):
        renderer = self.request.accepted_renderer
        etag, changed_at = self.stream_validators(rows)
        if same := validators.unchanged(self.request, etag):
            return validators.mark(self.request, same, etag, changed_at)
        kind = f"{renderer.media_type}; charset=utf-8"
        pieces = renderer.pieces(names, rows.iterator(chunk_size=2000))
        response = StreamingHttpResponse(pieces, content_type=kind)
        return validators.mark(self.request, response, etag, changed_at)

    def stream_validators(self, rows):
        """ETag and moment of the last change of a whole list, found without reading it twice."""
        raise NotImplementedError


class Detail(ApiView):
    """One row, by what the address names. `get_queryset` gives the rows that may be seen."""

    serializer_class: type[Rows]

    def get_queryset(self):
        raise NotImplementedError

    def get(self, request, **kwargs):
        names = list(self.serializer_class().fields)
        row = self.get_queryset().values_list(*self.serializer_class().paths(names)).first()
        if row is None:
            raise Http404
        return Response(dict(zip(names, row, strict=True)))
