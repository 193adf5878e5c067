"""What is chosen from lists on the way home."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from benan.accounts.models import TeamMember
from benan.agencies.kinds import AgencyKind
from benan.rules import vocabularies
from benan.rules.vocabularies import VocabularyEntry
from benan.support.models import Referral

Part = TeamMember.Part
NO_ASSESSMENT = _(
    "Cha, mẹ, người giám hộ hoặc người thân là người gây hại: cần số và ngày bản đánh giá an toàn trước khi về."
)
# Lists of vocabularies.yaml.
STAY_GROUNDS = "stay_grounds"
PROGRAMMES = "support_programmes"
RECEIVERS: dict[str, set[AgencyKind]] = {
    Referral.Kind.SHELTER: {AgencyKind.SHELTER},
    Referral.Kind.RESIDENCE: {AgencyKind.LABOUR_OFFICE, AgencyKind.OUTSIDE},
    Referral.Kind.SERVICE: {
        AgencyKind.SHELTER,
        AgencyKind.WOMENS_UNION,
        AgencyKind.CHILD_PROTECTION,
        AgencyKind.BANK,
        AgencyKind.PARTNER,
        AgencyKind.OUTSIDE,
    },
}
PARTS: dict[str, Part] = {
    Referral.Kind.SHELTER: Part.SHELTERS,
    Referral.Kind.RESIDENCE: Part.MANAGES,
    Referral.Kind.SERVICE: Part.SUPPORTS,
}


def stay_grounds(referral: Referral, day: dt.date) -> tuple[VocabularyEntry, ...]:
    """The grounds on which somebody may stay at a shelter from a day; urgency is one only in an emergency."""
    known = vocabularies.entries(STAY_GROUNDS, day)
    return tuple(entry for entry in known if entry.key != "urgent" or referral.emergency)


def programmes() -> dict[str, str]:
    """Every programme that the list ever had, by code, in the latest words."""
    found = [entry for one in vocabularies.lists() if one.key == PROGRAMMES for entry in one.entries]
    return {entry.key: vocabularies.label(PROGRAMMES, entry.key) for entry in found}
