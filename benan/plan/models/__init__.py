from benan.plan.models.plans import (
    AgencyGroup,
    Clause,
    ClauseAgency,
    ClauseKind,
    Plan,
    PlanDeadline,
    Recurrence,
    ReportRule,
    Section,
)
from benan.plan.models.work import PriorityArea, Progress, TypedFigure

__all__ = (
    "AgencyGroup", "Clause", "ClauseAgency", "ClauseKind", "Plan", "PlanDeadline", "PriorityArea", "Progress", "Recurrence",
    "ReportRule", "Section", "TypedFigure",
)  # fmt: skip
