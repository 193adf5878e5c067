"""What this app contributes to others, after every change of a case: the law's answers to needs, and who is told of
danger; and what follows a person into another file of theirs."""

from benan.cases import changes, joining
from benan.support.actions.danger import tell
from benan.support.answers import answer_by_law
from benan.support.joining import follow, stays

changes.register(answer_by_law)
changes.register(tell)
joining.register(follow, stays)
