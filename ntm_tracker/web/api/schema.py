"""How the views of `ntm_tracker.web.api` describe themselves in OpenAPI.

A view's docstring is its summary (the first line) and description; a method's own comes before
it. Parameters come from the forms that read them.
"""

from inspect import cleandoc

from django import forms
from django.utils.functional import Promise
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from ntm_tracker.web.api.problems import CONTENT_TYPE, KINDS
from ntm_tracker.web.api.query import READS

# Refusals that any address may answer with, and those that depend on the method.
OFTEN = ["invalid-input", "not-authenticated", "not-allowed", "not-found", "not-acceptable"]
OFTEN += ["too-many-requests"]
OF_WRITES = ["refused", "too-large", "wrong-media-type"]
ONCE = OpenApiParameter(
    name="Idempotency-Key",
    location=OpenApiParameter.HEADER,
    type={"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[!-~]{8,200}$"},
    description=(
        "A key of your choice for this request, such as a UUID. Sent again within 24 hours under "
        "the same key, the request does nothing more and gives the first answer, with the header "
        "Idempotency-Replayed: true."
    ),
)
PROBLEM = {
    "type": "object",
    "description": "An error as RFC 9457 describes it.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {
            "type": "string",
            "description": "Which kind of error; never changes.",
            "examples": ["urn:ntm-tracker:problem:invalid-input"],
        },
        "title": {"type": "string", "description": "The kind in words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What happened, and what to do."},
        "instance": {"type": "string", "description": "What was asked for."},
        "errors": {
            "type": "array",
            "description": "What is wrong with single fields or parameters.",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {
                    "field": {"type": "string", "description": "Name, or path by slashes."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


class Schema(AutoSchema):
    """Takes the words from docstrings, the parameters from forms, the errors from `KINDS`."""

    def get_summary(self) -> str:
        return super().get_summary() or self._doc().partition("\n")[0].rstrip(".")

    def get_description(self) -> str:
        first, _blank, rest = self._doc().partition("\n\n")
        return rest or first

    def _doc(self) -> str:
        handler = getattr(self.view, self.method.lower())
        return cleandoc(handler.__doc__ or type(self.view).__doc__ or "")

    def get_override_parameters(self) -> list:
        view = type(self.view)
        if self.method not in READS:
            return self._parameters_of_writes(view)
        known = {"format": one_of([kind.format for kind in view.renderer_classes])}
        if self._is_list_view():
            known["ordering"] = one_of([name for name, _word in view.ordering_choices()])
            known["fields"] = {
                "type": "array",
                "items": one_of(list(view.serializer_class().fields)),
            }
        found = view.parameters()
        return [parameter(name, field, known.get(name)) for name, field in found.items()]

    def _parameters_of_writes(self, view) -> list:
        found = view.parameters(self.method)
        asked = [parameter(name, field) for name, field in found.items() if name != "format"]
        handler = getattr(view, self.method.lower())
        return asked + ([ONCE] if getattr(handler, "is_once", False) else [])

    def _is_list_view(self, serializer=None) -> bool:
        if hasattr(self.view, "orderings") and self.method == "GET":
            return True
        return super()._is_list_view(serializer)

    def get_operation(self, *args, **kwargs):
        operation = super().get_operation(*args, **kwargs)
        if operation:
            self._add_refusals(operation["responses"])
            if self.method == "GET":
                operation["responses"]["304"] = {"description": "Nothing changed."}
        return operation

    def _add_refusals(self, responses: dict):
        kinds = OFTEN if self.method in READS else OFTEN + OF_WRITES
        for kind in kinds + list(getattr(self.view, "problems", [])):
            status, title = KINDS[kind]
            responses.setdefault(
                str(status),
                {
                    "description": str(title),
                    "content": {
                        CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}
                    },
                },
            )

    def _get_response_for_code(
        self, serializer, status_code, media_types=None, direction="response"
    ):
        found = super()._get_response_for_code(serializer, status_code, media_types, direction)
        for kind, content in found.get("content", {}).items():
            if kind != "application/json":
                content["schema"] = {"type": "string"}
        return found


def one_of(names: list[str]) -> dict:
    return {"type": "string", "enum": names}


def parameter(name: str, field: forms.Field, known: dict | None = None) -> OpenApiParameter:
    """What OpenAPI says of a field of a query; `known` is the schema where the view decides it."""
    words = field.help_text or field.label or ""
    return OpenApiParameter(
        name=name,
        type=known or field_schema(field),
        # several values are separated by commas
        explode=False if known and known["type"] == "array" else None,
        required=field.required,
        description=str(words) if isinstance(words, Promise) else words,
    )


def field_schema(field: forms.Field) -> dict:
    """The JSON schema of what a form's field takes."""
    if isinstance(field, (forms.NullBooleanField, forms.BooleanField)):
        return {"type": "boolean"}
    if isinstance(field, forms.IntegerField):
        limits = {"minimum": field.min_value, "maximum": field.max_value}
        return {"type": "integer"} | {k: v for k, v in limits.items() if v is not None}
    if isinstance(field, forms.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    choices = [key for key, _word in getattr(field, "choices", []) if key != ""]
    if choices and not isinstance(field, forms.ModelChoiceField):
        return {"type": "string", "enum": choices}
    longest = getattr(field, "max_length", None)
    return {"type": "string", "minLength": 1} | ({"maxLength": longest} if longest else {})


def add_shared(result: dict, generator, request, public: bool) -> dict:
    """A step of drf-spectacular: the component that every error refers to."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    return result
