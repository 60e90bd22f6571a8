"""One line of an assessment's form: its verdict while one types, and saving it."""

from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.refusals import Refused
from criteria.answers import read_answer
from criteria.entry import Row, last_score, limits_of, read_entry, row_of, summary_of
from criteria.form_lines import FormLine, form_lines
from criteria.models import Assessment
from criteria.refusals import Conflicts
from criteria.sheets import layout_of
from criteria.talk import counts
from criteria.views.access import line_or_404, locked_or_404
from criteria.views.entry import save_answers


@require_http_methods(["GET", "POST"])
def score(request, pk, code):
    """Save the line and answer with what is to be said of it; on GET, the line as stored."""
    if request.method == "GET":
        return stored_line(request, pk, code)
    answer = None
    try:
        with transaction.atomic():
            assessment = locked_or_404(Assessment.objects.editable_by(request.user), pk)
            answer = read_answer(line_or_404(assessment, code), request.POST)
            scores = save_answers(assessment, [answer], request.user)[assessment.pk]
    except Refused as refusal:
        return refused(request, assessment, answer, refusal)
    line = answer.line
    last = last_score(assessment, line)
    limits = limits_of(assessment.commune.province)
    row = row_of(assessment, line, scores.get(line.key), last, limits)
    lines = layout_of(assessment).lines(assessment.commune)
    context = {
        "assessment": assessment,
        "form_line": FormLine(row),
        "summary": summary_of(assessment, lines, scores),
        "criterion": line.criterion,
        "is_saved": True,
    }
    context["verdict"] = context["summary"].verdicts[line.criterion]
    return render(request, "criteria/_line_saved.html", context)


def refused(request, assessment, answer, refusal: Refused):
    """What was typed stays, with why it was not taken; a conflict with the other's finding."""
    is_conflict = isinstance(refusal, Conflicts)
    theirs = refusal.pairs[0][1] if is_conflict else None
    row = Row(answer.line, theirs)
    context = {
        "assessment": assessment,
        "form_line": FormLine(row, answer, theirs),
        "fault": answer.fault or str(refusal),
    }
    status = 409 if is_conflict else 422
    return render(request, "criteria/_line_result.html", context, status=status)


def stored_line(request, pk, code):
    """One line anew, as it is stored now."""
    assessment = get_object_or_404(
        Assessment.objects.editable_by(request.user).with_names(), pk=pk
    )
    line_or_404(assessment, code)
    blocks = form_lines(read_entry(assessment)).blocks
    found = next(each for of in blocks.values() for each in of if each.line.code == code)
    context = {
        "assessment": assessment,
        "address": assessment.get_absolute_url(),
        "rows": [found],
        "is_alone": True,
        "counts": counts(assessment),
    }
    return render(request, "criteria/_lines.html", context)


@require_GET
def verdict(request, pk, code):
    """The verdict on what is being typed, by the rule that a save would use."""
    assessment = get_object_or_404(
        Assessment.objects.editable_by(request.user).with_names(), pk=pk
    )
    answer = read_answer(line_or_404(assessment, code), request.GET)
    change = answer.change(assessment)
    context = {"form_line": FormLine(Row(answer.line), answer)}
    context["verdict"] = "" if answer.fault else change.verdict
    return render(request, "criteria/_line_preview.html", context)
