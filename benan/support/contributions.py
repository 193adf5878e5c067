"""What this app contributes to others: the law's answers to needs, asked again after every change of a case."""

from benan.cases import changes
from benan.support.actions.needs import answer_by_law

changes.register(answer_by_law)
