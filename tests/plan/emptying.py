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
from benan.reports.models import Cell, Narrative, Period, Return, ReturnStep


def remove_plans():
    """Delete every plan, within the test's transaction."""
    Clause.serves.through.objects.all().delete()
    # What was submitted can be deleted by nobody.
    Return.objects.update(state=Return.State.DRAFT, frozen_at=None)
    for model in (
        ReturnStep,
        Cell,
        Narrative,
        Return,
        Period,
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
