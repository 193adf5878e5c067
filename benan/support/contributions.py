"""What this app contributes to others, after every change of a case: the law's answers to needs, and who is told of danger."""

from benan.cases import changes
from benan.support.actions.danger import tell
from benan.support.actions.needs import answer_by_law

changes.register(answer_by_law)
changes.register(tell)
