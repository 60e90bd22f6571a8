"""Steps of the workflow that programs take for people: the same as the buttons of the pages."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from accounts.api.idempotency import once
from accounts.refusals import Refused
from criteria import steps
from criteria.api import examples
from criteria.api.scores import IF_MATCH, has_etag
from criteria.api.sheets import Sheet, etag_of, sheet_answer, sheet_of
from criteria.models import Assessment, Origin
from criteria.sheets import layout_of
from criteria.typed import LONGEST_TEXT, read_text, read_text_of
from criteria.views.access import locked_or_404, locked_or_refused
from ntm_tracker.web.api.problems import Problem
from ntm_tracker.web.api.reading import read
from ntm_tracker.web.api.views import ApiView

VERSION = {
    "required": False,
    "min_value": 1,
    "max_value": 2**31 - 1,
    "help_text": "Version of the assessment as it was read; or send If-Match.",
}


class Seen(serializers.Serializer):
    version = serializers.IntegerField(**VERSION)


class Decision(Seen):
    reason = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=LONGEST_TEXT
    )


class Return(Decision):
    reasons = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_TEXT),
        required=False,
        default=dict,
        help_text="What is to be mended, by code of the indicator. Or one `reason` for all.",
    )


class Step(ApiView):
    """A step on an assessment; `needs_version` where it follows from what was read."""

    serializer_class = Sheet
    body: type = Seen
    needs_version = False
    problems = ["stale", "precondition-required"]

    def take_step(self, request, pk):
        assessment = self.locked(request.user, pk)
        asked = read(self.body, request.data)
        self._refuse_unseen(request, assessment, asked.pop("version", None))
        self.step(assessment, **asked)
        assessment.refresh_from_db(fields=["changed_at"])
        return sheet_answer(request, assessment)

    def locked(self, user, pk) -> Assessment:
        """The assessment, locked, where `user` may take the step."""
        return locked_or_404(Assessment.objects.editable_by(user), pk)

    def step(self, assessment: Assessment, **asked):
        raise NotImplementedError

    def _refuse_unseen(self, request, assessment: Assessment, version: int | None):
        etag = request.headers.get("If-Match")
        if self.needs_version and version is None and not etag:
            text = _("Say which version was read: send If-Match with the ETag, or “version”.")
            raise Problem("precondition-required", text)
        is_other = etag not in (None, "*") and not has_etag(
            etag, etag_of(sheet_of(assessment, request.user))
        )
        if is_other or version not in (None, assessment.version):
            text = _("%(assessment)s has changed since you opened it. Look at it again.")
            theirs = {"version": assessment.version, "state": assessment.state}
            raise Problem(
                "stale",
                text % {"assessment": assessment},
                yours={"version": version},
                theirs=theirs,
            )

    @property
    def who(self) -> dict:
        return {"by": self.request.user, "origin": Origin.API}


def described(body: type, **sent):
    """The schema of a step that takes `body`, such as `sent`."""
    return extend_schema(
        request=body,
        responses=Sheet,
        parameters=[IF_MATCH],
        examples=[examples.sent(sent), *examples.SHEETS],
    )


class Submit(Step):
    @described(Seen, version=3)
    @once
    def post(self, request, pk):
        """Submit an assessment.

        It is complete, and every warning is explained in a note; else it is refused.
        """
        return self.take_step(request, pk)

    def step(self, assessment):
        steps.submit(assessment, **self.who)


class Withdraw(Step):
    @described(Seen, version=3)
    @once
    def post(self, request, pk):
        """Take back what was submitted and nobody has acted on.

        The assessment is as it was before. In a closed period nothing is taken back.
        """
        return self.take_step(request, pk)

    def step(self, assessment):
        steps.withdraw(assessment, **self.who)


class Deciding(Step):
    body = Decision
    needs_version = True

    def step(self, assessment, *, reason):
        self.take(assessment, version=assessment.version, reason=read_text(reason), **self.who)


class Verify(Deciding):
    take = staticmethod(steps.check)

    def locked(self, user, pk):
        return locked_or_refused(user, Assessment.objects.checkable_by(user), pk)

    @described(Decision, version=4, reason="Đã đối chiếu hồ sơ")
    @once
    def post(self, request, pk):
        """Verify an assessment for the district.

        What its communes submitted, in periods with that step. Nobody verifies what they entered.
        """
        return self.take_step(request, pk)


class Approve(Deciding):
    take = staticmethod(steps.approve)

    def locked(self, user, pk):
        return locked_or_refused(user, Assessment.objects.decidable_by(user), pk)

    @described(Decision, version=4, reason="Đã đối chiếu hồ sơ")
    @once
    def post(self, request, pk):
        """Approve an assessment for the province.

        Nobody approves what they entered or submitted themselves.
        """
        return self.take_step(request, pk)


class SendBack(Step):
    body = Return
    needs_version = True

    def locked(self, user, pk):
        return locked_or_refused(user, Assessment.objects.reviewable_by(user), pk)

    @described(Return, version=4, reasons={"2.1": "Thiếu biên bản nghiệm thu"})
    @once
    def post(self, request, pk):
        """Return an assessment to be mended.

        With a reason for each indicator, or one for all. The district returns only what waits
        for it.
        """
        return self.take_step(request, pk)

    def step(self, assessment, *, reason, reasons):
        decidable = Assessment.objects.decidable_by(self.request.user)
        only = None if decidable.filter(pk=assessment.pk).exists() else [steps.State.SUBMITTED]
        steps.send_back(
            assessment,
            _by_line(assessment, reasons),
            version=assessment.version,
            reason=read_text(reason),
            sources=only,
            **self.who,
        )


def _by_line(assessment: Assessment, reasons: dict[str, str]) -> dict:
    lines = {line.code: line for line in layout_of(assessment).lines(assessment.commune)}
    found = {}
    for code, text in reasons.items():
        if code not in lines:
            text = _("“%(heading)s” is no indicator of this set.") % {"heading": code}
            raise ValidationError({"reasons": {code: [text]}})
        try:
            found[lines[code]] = read_text_of(code, text)
        except Refused as refusal:
            raise ValidationError({"reasons": {code: [str(refusal)]}}) from refusal
    return {line: text for line, text in found.items() if text}
