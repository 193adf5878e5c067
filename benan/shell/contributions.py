"""The desk as a place of the navigation, and as a page on which cases are listed."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EVENTS
from benan.cases.extensions import LISTS, ListPage
from benan.core.explanations import EXPLANATIONS, Explanation
from benan.core.navigation import PLACES, Place
from benan.shell.events import DemoEvent

EVENTS.add(DemoEvent)
PLACES.add(Place("shell:home", _("Bàn việc"), "desk", place=10, group=0, on_phone=10))
EXPLANATIONS.add(
    Explanation(
        "shell:home",
        _(
            "Bàn việc liệt kê việc của đơn vị mình: việc quá hạn đứng trước, rồi đến việc hôm nay. Nút ở cuối dòng mở đúng trang để làm việc ấy."
        ),
    )
)
LISTS.add(ListPage("shell:home", _("Bàn việc")))
