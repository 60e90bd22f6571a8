"""What communes are measured by, what was found, and what was recognised."""

from criteria.models.assessments import (
    Assessment,
    CriterionResult,
    Evidence,
    ReportingPeriod,
    Score,
    Verdict,
)
from criteria.models.recognitions import Recognition
from criteria.models.sets import CriteriaSet, Criterion, Grade, Indicator, Threshold

__all__ = [
    "Assessment",
    "CriteriaSet",
    "Criterion",
    "CriterionResult",
    "Evidence",
    "Grade",
    "Indicator",
    "Recognition",
    "ReportingPeriod",
    "Score",
    "Threshold",
    "Verdict",
]
