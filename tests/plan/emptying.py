"""A database without plans."""

from benan.plan.models import (
    Activity,
    AgencyPlan,
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
    """Delete every plan, within the test's transaction; steps of agencies' plans, which are only added to, lead nowhere then."""
    AgencyPlan.objects.all()._raw_delete("default")
    Clause.serves.through.objects.all().delete()
    for model in (
        YearFigure,
        Progress,
        Activity,
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
