"""Recognitions registered and revoked by programs: under the same checks as the forms."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.api.idempotency import once
from communes.api.asked import ProvinceQuery, province_asked
from communes.models import Commune, District, Province
from communes.scope import Action
from criteria.api import examples
from criteria.api.recognitions import Recognitions
from criteria.forms.decisions import FORMS
from criteria.forms.recognitions import RevocationForm
from criteria.models import Grade, Origin, Recognition
from criteria.recognising import acts
from ntm_tracker.web.api.problems import Problem
from ntm_tracker.web.api.reading import read
from ntm_tracker.web.api.views import ApiView

Kind = Recognition.Kind


class NewDecision(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Kind.choices)
    decision = serializers.CharField(max_length=50, help_text="Number of the decision.")
    decided_on = serializers.DateField()
    year = serializers.IntegerField(help_text="The year it counts for.")
    grade = serializers.ChoiceField(
        choices=Grade.choices, required=False, help_text="Of communes and districts."
    )
    field = serializers.CharField(
        required=False, allow_blank=True, help_text="What a model commune is model in."
    )
    communes = serializers.ListField(
        child=serializers.CharField(max_length=10),
        required=False,
        max_length=500,
        help_text="Codes of the communes; for areas and gardens the one that they lie in.",
    )
    districts = serializers.ListField(
        child=serializers.CharField(max_length=10), required=False, max_length=100
    )
    places = serializers.ListField(
        child=serializers.CharField(max_length=150),
        required=False,
        max_length=500,
        help_text="Names of the residential areas or gardens.",
    )
    note = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="Where there are warnings: why it is right all the same.",
    )
    seen = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="What the refusal with the warnings gave, to say that they were read.",
    )


class RecordedAct(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    commune = serializers.CharField(allow_null=True)
    district = serializers.CharField(allow_null=True)
    place = serializers.CharField()
    grade = serializers.ChoiceField(choices=Grade.choices)
    year = serializers.IntegerField()
    decision = serializers.CharField()
    decided_on = serializers.DateField(allow_null=True)
    revoked_on = serializers.DateField(allow_null=True)
    revocation = serializers.CharField()


class Acts(serializers.Serializer):
    recognitions = RecordedAct(many=True)


class Revocation(serializers.Serializer):
    on = serializers.DateField(help_text="From which day.")
    decision = serializers.CharField(max_length=50, help_text="Number of the revoking decision.")
    reason = serializers.CharField(max_length=2000)


class Recording:
    """The POST of the list of recognitions."""

    write_query = ProvinceQuery

    @extend_schema(request=NewDecision, responses={201: Acts}, examples=examples.RECORD)
    @once
    def post(self, request):
        """Register a decision with all its recognitions.

        What speaks against one refuses the whole. Warnings are refused once, with `seen`: send
        it again with a note that says why it is right all the same.
        """
        province = province_asked(request)
        if not request.user.may(Action.DECIDE, province):
            raise PermissionDenied
        asked = read(NewDecision, request.data)
        province = acts.lock(province)
        form = FORMS[asked["kind"]](
            _as_typed(province, asked),
            instance=Recognition(province=province, kind=asked["kind"]),
            user=request.user,
            on=asked["decided_on"],
        )
        if not form.is_acceptable():
            raise _why_not(form)
        rows = form.rows()
        note = form.cleaned_data["note"]
        acts.record(province, rows, by=request.user, reason=note, origin=Origin.API)
        return Response({"recognitions": [act_of(row) for row in rows]}, 201)


class Revoke(ApiView):
    """Revoke a recognition."""

    @extend_schema(request=Revocation, responses=RecordedAct, examples=examples.REVOKE)
    @once
    def post(self, request, pk):
        """Revoke a recognition by a decision.

        It stays in the register and no longer counts from that day on.
        """
        row = _decidable_or_refused(request.user, pk)
        acts.lock(row.province)
        row.refresh_from_db()
        asked = read(Revocation, request.data)
        form = RevocationForm(asked, row=row)
        if not form.is_valid():
            raise ValidationError(form.errors)
        acts.revoke(row, by=request.user, origin=Origin.API, **form.cleaned_data)
        return Response(act_of(row))


def act_of(row: Recognition) -> dict:
    return {
        "id": row.pk,
        "kind": row.kind,
        "commune": row.commune and row.commune.code,
        "district": row.district and row.district.code,
        "place": row.place,
        "grade": row.grade,
        "year": row.year,
        "decision": row.decision,
        "decided_on": row.decided_on,
        "revoked_on": row.revoked_on,
        "revocation": row.revocation,
    }


def _decidable_or_refused(user, pk: int) -> Recognition:
    rows = Recognition.objects.select_related("commune", "district", "province")
    row = rows.filter(pk__in=Recognition.objects.visible_to(user), pk=pk).first()
    if row is None:
        raise Http404
    if not Recognition.objects.editable_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    return row


def _as_typed(province: Province, asked: dict) -> dict:
    """What was sent as the form of the pages takes it."""
    typed = {name: asked[name] for name in asked if name not in ("communes", "districts")}
    day = asked["decided_on"]
    communes = _units(Commune, province, day, asked.get("communes", []), "communes")
    districts = _units(District, province, day, asked.get("districts", []), "districts")
    typed |= {"communes_given": communes, "districts_given": districts}
    typed["places"] = "\n".join(" ".join(name.split()) for name in asked.get("places", []))
    if len(communes) == 1:
        typed["commune_of"] = communes[0]
    return typed


def _units(model, province: Province, day, codes: list[str], field: str) -> list[int]:
    """Primary keys of units in force on the day of the decision, in the order of the codes."""
    found = model.objects.filter(province=province, code__in=codes).in_force(day)
    pks = dict(found.values_list("code", "pk"))
    faults = [
        _("There is no unit “%(code)s” on that day.") % {"code": code}
        for code in codes
        if code not in pks
    ]
    if faults:
        raise ValidationError({field: faults})
    return [pks[code] for code in codes]


SENT_AS = {
    "communes_given": "communes",
    "commune_of": "communes",
    "districts_given": "districts",
    "upload": "decision",
}


def _why_not(form) -> Exception:
    """The form's errors by what was sent, the state of the register, or warnings not read yet."""
    of_fields = {
        SENT_AS.get(name, name): list(texts)
        for name, texts in form.errors.items()
        if name != "__all__"
    }
    if of_fields:
        return ValidationError(of_fields)
    if texts := form.non_field_errors():
        return Problem("refused", " ".join(texts))
    texts = [finding.text for finding in form.warnings]
    return Problem("refused", " ".join(texts), warnings=texts, seen=form.data["seen"])


class Register(Recording, Recognitions):
    __doc__ = Recognitions.__doc__
