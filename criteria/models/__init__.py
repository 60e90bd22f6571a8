"""What communes are measured by, what was found, and what was recognised."""

from criteria.models.assessments import (
    Assessment,
    AssessmentStep,
    CriterionResult,
    Origin,
    ReturnReason,
)
from criteria.models.crosswalk import CriterionLink, Relation
from criteria.models.imports import Proposal, WorkbookImport, Written
from criteria.models.notices import Notice
from criteria.models.periods import (
    EntryLimits,
    PeriodException,
    ReportingPeriod,
    WhoEnters,
)
from criteria.models.recognitions import DecisionFile, Recognition
from criteria.models.scores import Comment, Evidence, Mention, Score
from criteria.models.sets import CriteriaSet, Criterion, Grade, Indicator, Verdict
from criteria.models.summaries import SummaryMapping
from criteria.models.thresholds import Threshold, Verification

__all__ = [
    "Assessment",
    "AssessmentStep",
    "Comment",
    "CriteriaSet",
    "Criterion",
    "CriterionLink",
    "CriterionResult",
    "DecisionFile",
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
    "Relation",
    "ReportingPeriod",
    "ReturnReason",
    "Score",
    "SummaryMapping",
    "Threshold",
    "Verdict",
    "Verification",
    "WhoEnters",
    "WorkbookImport",
    "Written",
]
