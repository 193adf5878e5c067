"""What notices contribute to the navigation and to the desk."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EVENTS
from benan.core.desk import PARTS
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place
from benan.notices import desk
from benan.notices.events import NoticeEvent

EVENTS.add(NoticeEvent)
PLACES.add(Place("notices:calendar", _("Lịch việc"), "calendar", place=15, group=0))
PAGES_OF_PLACES.add(("notices:", "notices:calendar"))
PARTS.add(desk.desk_part)
