"""Taking a list of cases out of the program, which is a disclosure."""

from django.db import transaction
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.models import CASES
from benan.cases import listing
from benan.cases.access_log import in_rows
from benan.cases.events import CaseEvent
from benan.cases.listing import ListQuestion
from benan.core.refusals import Refused

MOST = 5_000


@transaction.atomic
def export_list(*, by: User, asked: ListQuestion) -> bytes:
    """The cases of a list as a workbook. Raises Refused where there are more than MOST, or none."""
    policy.require_right(by, P.CASE_VIEW)
    cases = list(listing.cases_listed(by, asked).select_related("reception")[: MOST + 1])
    if not cases:
        raise Refused(_("Không có hồ sơ nào để tải về."))
    if len(cases) > MOST:
        raise Refused(_("Mỗi lần tải về nhiều nhất 5.000 hồ sơ. Hãy lọc danh sách theo địa bàn hoặc giai đoạn."))
    made = listing.as_workbook(cases)
    for codes in in_rows(cases):
        trail.record(by=by, event=CaseEvent.EXPORTED, data={"where": "cases:list", CASES: codes})
    return made
