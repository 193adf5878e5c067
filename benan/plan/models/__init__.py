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
from benan.plan.models.work import PriorityArea, Progress, TypedFigure, YearFigure

__all__ = (
    "AgencyGroup", "Clause", "ClauseAgency", "ClauseKind", "Plan", "PlanDeadline", "PriorityArea", "Progress", "Recurrence",
    "ReportRule", "Section", "TypedFigure", "YearFigure",
)  # fmt: skip
