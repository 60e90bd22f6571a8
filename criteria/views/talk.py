"""What is filed and said about one line of an assessment."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from criteria.evidence import expected
from criteria.file_kinds import ENDINGS
from criteria.forms.talk import CommentForm
from criteria.models import Assessment, Comment
from criteria.people import people_concerned
from criteria.talk import read_talk, say
from criteria.views.access import line_or_404, locked_or_404
from criteria.views.trails import below_work
from ntm_tracker.web.htmx import render_part


def line_talk(request, pk, code):
    """Files and comments of a line: a page, and the part of it that htmx opens in a form."""
    followed = Assessment.objects.followed_by(request.user).with_names()
    assessment = get_object_or_404(followed, pk=pk)
    line = line_or_404(assessment, code)
    return _page(request, assessment, line, _people(request, assessment))


@require_POST
def comment_add(request, pk, code):
    """Comment on a line, in any state of the assessment."""
    with transaction.atomic():
        assessment = locked_or_404(Assessment.objects.followed_by(request.user), pk)
        line = line_or_404(assessment, code)
        people = _people(request, assessment)
        form = CommentForm(request.POST, people=people, line=line)
        if form.is_valid():
            _say(request, assessment, line, **form.cleaned_data)
            messages.success(request, _("Your comment is kept."))
            return redirect("criteria:line_talk", pk=pk, code=code)
    return _page(request, assessment, line, people, form, status=422)


def _say(request, assessment, line, *, text, asked, answer_to):
    if answer_to is not None:
        ours = Comment.objects.filter(assessment=assessment, **line.ids)
        answer_to = get_object_or_404(ours.select_related("parent"), pk=answer_to)
    say(assessment, line, text, by=request.user, asked=asked, answer_to=answer_to)


def _people(request, assessment):
    people = people_concerned(assessment.commune)
    return {user: role for user, role in people.items() if user != request.user}


def _page(request, assessment, line, people, refused=None, *, status=200):
    """The page, with a comment that was refused as it was typed."""

    def form(first=None):
        answered = first and first.pk
        if refused and refused.name == CommentForm.name_of(line, answered):
            return refused
        return CommentForm(people=people, line=line, initial={"answer_to": answered})

    talk = read_talk(assessment, line, request.user)
    context = {
        "province": assessment.commune.province,
        "trail": [
            *below_work(),
            (assessment, f"{assessment.get_absolute_url()}#line-{line.slug}"),
        ],
        "assessment": assessment,
        "line": line,
        "talk": talk,
        "threads": [(thread, form(thread.first)) for thread in talk.threads],
        "form": form(),
        "expected": expected(),
        "endings": ",".join(ENDINGS),
    }
    return render_part(
        request, "criteria/talk.html", "criteria/_talk.html", context, status=status
    )
