"""What the law by day contributes to the navigation."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EVENTS
from benan.core.navigation import PLACES, Place
from benan.rules.events import RulesEvent

EVENTS.add(RulesEvent)
PLACES.add(Place("rules:law", _("Luật và ngày nghỉ"), "law", place=70, group=2, on_phone=60))
