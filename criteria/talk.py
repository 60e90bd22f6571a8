"""What is filed and said about the lines of an assessment."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from criteria.models import Assessment, Comment, Evidence, Mention, Notice
from criteria.notices import tell
from criteria.scoring import why_not_writable
from criteria.sheets import Line

REPEAT_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Counts:
    """How much there is about a line; mentions are open until whoever is asked answers."""

    files: int = 0
    comments: int = 0
    open_mentions: int = 0


@dataclass
class Thread:
    """A comment and its answers, each with who was asked."""

    first: Comment
    answers: list[Comment] = field(default_factory=list)

    @property
    def comments(self) -> list[Comment]:
        return [self.first, *self.answers]


@dataclass(frozen=True)
class Talk:
    """All about one line, for one reader. `why_not` says why files cannot be added or removed."""

    assessment: Assessment
    line: Line
    files: list[Evidence]
    removed: list[Evidence]
    threads: list[Thread]
    may_edit: bool
    why_not: str


def counts(assessment: Assessment) -> dict[tuple, Counts]:
    """How much there is about each line that has something, by key; two queries."""
    files = _by_key(Evidence.objects.present(), assessment, files=Count("pk"))
    unanswered = Q(mentions__isnull=False, mentions__answered_at__isnull=True)
    said = _by_key(
        Comment.objects,
        assessment,
        comments=Count("pk", distinct=True),
        open_mentions=Count("mentions", filter=unanswered),
    )
    return {key: Counts(**files.get(key, {}), **said.get(key, {})) for key in files | said}


def read_talk(assessment: Assessment, line: Line, user) -> Talk:
    """All about a line of an assessment read `with_names`.

    Four queries; one more in a closed period.
    """
    about = {"assessment": assessment, **line.ids}
    files = Evidence.objects.filter(**about).select_related("uploaded_by", "removed_by")
    present, removed = [], []
    for evidence in files:
        (removed if evidence.removed_at else present).append(evidence)
    return Talk(
        assessment,
        line,
        present,
        removed,
        _threads(Comment.objects.filter(**about)),
        may_edit=Assessment.objects.editable_by(user).filter(pk=assessment.pk).exists(),
        why_not=why_not_writable([assessment]).get(assessment.pk, ""),
    )


@transaction.atomic
def say(assessment: Assessment, line: Line, text: str, *, by, asked=(), answer_to=None) -> Comment:
    """Comment on a line of an assessment that is locked, or answer a comment on it.

    An answer to an answer joins its thread, and settles what `by` was asked in the thread. The
    same words of the same person, sent again within minutes, are taken as a repeat.
    """
    first = answer_to and (answer_to.parent or answer_to)
    words = {"assessment": assessment, **line.ids, "parent": first, "by": by, "text": text}
    recent = timezone.now() - REPEAT_WITHIN
    if repeated := Comment.objects.filter(**words, at__gt=recent).first():
        return repeated
    comment = Comment.objects.create(**words)
    Mention.objects.bulk_create(Mention(comment=comment, user=user) for user in asked)
    _settle(comment)
    about = {"assessment": assessment, "comment": comment}
    tell(asked, Notice.Kind.MENTIONED, f"mention:{comment.pk}", **about)
    return comment


def _settle(comment: Comment):
    """Whoever comments has answered what was asked of them in the thread, and knows of it."""
    at = timezone.now()
    thread = Comment.objects.in_thread_of(comment)
    Mention.objects.filter(comment__in=thread, user=comment.by, answered_at=None).update(
        answered_at=at
    )
    Notice.objects.unread().filter(comment__in=thread, user=comment.by).update(read_at=at)


def _by_key(rows, assessment, **numbers) -> dict[tuple, dict]:
    """Numbers of the rows of each line that has some."""
    found = rows.filter(assessment=assessment).order_by()
    return {
        (row.pop("indicator_id"), row.pop("criterion_id")): row
        for row in found.values("indicator_id", "criterion_id").annotate(**numbers)
    }


def _threads(comments) -> list[Thread]:
    asked = Prefetch("mentions", Mention.objects.select_related("user").order_by("pk"))
    rows = list(comments.select_related("by").prefetch_related(asked))
    threads = {row.pk: Thread(row) for row in rows if row.parent_id is None}
    for row in rows:
        if row.parent_id:
            threads[row.parent_id].answers.append(row)
    return list(threads.values())
