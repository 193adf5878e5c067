"""A database without plans."""

from benan.plan.models import Clause, ClauseAgency, Plan, PlanDeadline, Section


def remove_plans():
    """Delete every plan, within the test's transaction."""
    Clause.serves.through.objects.all().delete()
    for model in (PlanDeadline, ClauseAgency, Clause, Section, Plan):
        model.objects.all().delete()
