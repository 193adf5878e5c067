"""The end of a case, as verbs hand it to the parts of other apps."""

import datetime as dt
from dataclasses import dataclass, field

from benan.cases.models import Case
from benan.cases.steps import Change

End = Case.Closing
# Reasons for which a case may end with work still unfinished.
ABRUPT = frozenset({End.DIED, End.LEFT, End.ERROR, End.DECLINED})


@dataclass(frozen=True)
class Closing:
    """A case about to end: the reason, the legal day, and the present stage of each of its tracks by kind.

    `needs_gone`: the person no longer has any of the needs that are open. `words` are sealed with the last step.
    """

    change: Change
    on: dt.date
    reason: str
    needs_gone: bool = False
    words: str = ""
    stages: dict[str, str] = field(default_factory=dict)

    @property
    def waits_for_nothing(self) -> bool:
        """Whether the case may end with work still unfinished."""
        return self.reason in ABRUPT | {End.TRANSFERRED, End.IMMIGRATION}
