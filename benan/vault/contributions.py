"""What the vault contributes: the events of the trail that it records."""

from benan.audit.events import EVENTS
from benan.vault.events import VaultEvent

EVENTS.add(VaultEvent)
