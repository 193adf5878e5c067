"""What documents contribute to the navigation and to the trail, and who reads the scans of papers."""

from django.utils.translation import gettext_lazy as _

from benan.accounts.roles import P
from benan.audit.events import EVENTS
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place
from benan.documents import policy
from benan.documents.events import DocumentEvent
from benan.documents.readers import FILE_READERS

EVENTS.add(DocumentEvent)
FILE_READERS.add(policy.scans_of_own_registers)
PLACES.add(Place("documents:register", _("Sổ văn bản"), "paper", place=65, group=1, permissions=(P.WORK_RECORD,)))
PAGES_OF_PLACES.add(("documents:", "documents:register"))
