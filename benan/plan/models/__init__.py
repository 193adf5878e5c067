from benan.plan.models.agency_plans import Activity, AgencyPlan, AgencyPlanStep
from benan.plan.models.carried import CarriedDuty
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
    "Activity", "AgencyGroup", "AgencyPlan", "AgencyPlanStep", "CarriedDuty", "Clause", "ClauseAgency", "ClauseKind", "Plan",
    "PlanDeadline", "PriorityArea", "Progress", "Recurrence", "ReportRule", "Section", "TypedFigure", "YearFigure",
)  # fmt: skip
