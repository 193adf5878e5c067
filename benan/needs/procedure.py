"""The acts of an application for support (benan/rules/data/procedures)."""

from functools import partial

from benan.cases.acts import Act, ActGroup
from benan.cases.models import Case, Status
from benan.needs import queries
from benan.needs.actions import applications
from benan.needs.forms import ApplicationForm, ApplyForm
from benan.needs.kinds import APPLICATION, APPLIED, following


def _is_next(key: str, case: Case) -> bool:
    """Whether an act of the application may be recorded now."""
    last = queries.last_application_event(case)
    return key in following(last.event if last else None)


ACTS = (
    Act(
        APPLIED, applications.apply_for_support, ApplyForm, page="needs:apply",
        when=lambda case: case.status == Status.Kind.VICTIM,
    ),
    *(
        Act(key, partial(applications.move_application, act=key), ApplicationForm, when=partial(_is_next, key))
        for key in APPLICATION
    ),
)  # fmt: skip
GROUP = ActGroup(page="needs:application", home="needs:overview", acts=ACTS)
