"""The acts of a procedure that belong to receiving somebody."""

from benan.cases.actions import minors, receptions
from benan.cases.acts import Act, ActGroup

ACTS = (
    Act("receive", receptions.receive),
    Act("notify_labour", receptions.notify_labour, page="cases:review"),
    Act(
        "child_protection_told", minors.tell_child_protection, page="cases:child_protection",
        listed=False,  # offered by `families.minor_panel` while a deadline waits for it
    ),
)  # fmt: skip
GROUP = ActGroup(page="", home="cases:case", acts=ACTS)
