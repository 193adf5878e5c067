"""A database without plans."""

from benan.plan.models import (
    Activity,
    AgencyPlan,
    AgencyPlanStep,
    CarriedDuty,
    Clause,
    ClauseAgency,
    Plan,
    PlanDeadline,
    PriorityArea,
    Progress,
    ReportRule,
    Section,
    TypedFigure,
    YearFigure,
)


def remove_plans():
    """Delete every plan, within the test's transaction."""
    Clause.serves.through.objects.all().delete()
    for model in (
        YearFigure,
        CarriedDuty,
        Progress,
        Activity,
        AgencyPlanStep,
        AgencyPlan,
        TypedFigure,
        PriorityArea,
        PlanDeadline,
        ReportRule,
        ClauseAgency,
        Clause,
        Section,
        Plan,
    ):
        model.objects.all().delete()
