"""What this app contributes to others: the measures that a plan can name, and what is stored when a case changes."""

from benan.audit.events import EVENTS
from benan.cases.extensions import EXTENSIONS, CaseExtension
from benan.core import figures
from benan.indicators import standings
from benan.indicators.events import FigureEvent
from benan.indicators.measures import MEASURES

EVENTS.add(FigureEvent)
figures.measures.add(*MEASURES)
EXTENSIONS.add(CaseExtension("indicators", after_change=standings.bring_up_to_date))
