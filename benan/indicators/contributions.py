"""What this app contributes to others: the measures that a plan can name."""

from benan.audit.events import EVENTS
from benan.core import figures
from benan.indicators.events import FigureEvent
from benan.indicators.measures import MEASURES

EVENTS.add(FigureEvent)
figures.measures.add(*MEASURES)
