"""What communes are measured by, what was found, and what was recognised."""

from criteria.models.assessments import (
    Assessment,
    AssessmentStep,
    CriterionResult,
    Origin,
    ReturnReason,
)
from criteria.models.imports import Proposal, WorkbookImport, Written
from criteria.models.notices import Notice
from criteria.models.periods import (
    EntryLimits,
    PeriodException,
    ReportingPeriod,
    WhoEnters,
)
from criteria.models.recognitions import Recognition
from criteria.models.scores import Comment, Evidence, Mention, Score
from criteria.models.sets import CriteriaSet, Criterion, Grade, Indicator, Threshold, Verdict
from criteria.models.summaries import SummaryMapping

__all__ = [
    "Assessment",
    "AssessmentStep",
    "Comment",
    "CriteriaSet",
    "Criterion",
    "CriterionResult",
    "EntryLimits",
    "Evidence",
    "Grade",
    "Indicator",
    "Mention",
    "Notice",
    "Origin",
    "PeriodException",
    "Proposal",
    "Recognition",
    "ReportingPeriod",
    "ReturnReason",
    "Score",
    "SummaryMapping",
    "Threshold",
    "Verdict",
    "WhoEnters",
    "WorkbookImport",
    "Written",
]
