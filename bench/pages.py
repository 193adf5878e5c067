"""What is measured: pages, who asks for them, and the same question of each as one statement written by hand."""

from dataclasses import dataclass, field
from pathlib import Path

from django.urls import reverse

from benan.accounts.models import User
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.places import queries as places
from benan.vault.tracing import ComparedIdentity, tokens
from bench import names

ASKED_FOR = ComparedIdentity(names=(names.name(4321),), years=(1996, 1996))
INDICATORS = Path(__file__).with_name("indicators.sql")
STATEMENTS = {
    "desk": """
        SELECT d.*, f.code, f.alias, f.kind, f.recognised_on FROM cases_deadline d JOIN cases_case f ON f.id = d.case_id
        WHERE d.agency_id = ANY(%(agencies)s) AND d.met_on IS NULL AND d.ended_on IS NULL AND d.governs
        AND f.closed_on IS NULL AND (d.due_on <= %(today)s + 14 OR d.due_on IS NULL)
        ORDER BY d.due_on NULLS LAST, d.id LIMIT 120""",
    "list": """
        SELECT f.*, r.came_on FROM cases_case f JOIN cases_reception r ON r.id = f.reception_id
        WHERE f.closed_on IS NULL
        AND f.team_id IN (SELECT team_id FROM accounts_teammember WHERE agency_id = ANY(%(agencies)s) AND until IS NULL)
        ORDER BY f.opened_on DESC, f.id DESC LIMIT 30""",
    "list of all": """
        SELECT f.*, r.came_on FROM cases_case f JOIN cases_reception r ON r.id = f.reception_id
        ORDER BY f.opened_on DESC, f.id DESC LIMIT 30 OFFSET 6000""",
    "alias": """
        SELECT f.*, r.came_on FROM cases_case f JOIN cases_reception r ON r.id = f.reception_id
        WHERE f.alias IN ('Gạo') OR f.alias LIKE 'Gạo %%' ORDER BY f.closed_on, f.opened_on DESC LIMIT 30""",
    "search": """
        SELECT person_id, count(*) FROM vault_token WHERE value = ANY(%(tokens)s)
        GROUP BY person_id ORDER BY count(*) DESC, person_id LIMIT 50""",
    "case": """
        SELECT s.*, u.full_name FROM cases_step s JOIN accounts_user u ON u.id = s.by_id
        WHERE s.case_id = %(case)s ORDER BY s."on" DESC, s.id DESC""",
}


@dataclass(frozen=True)
class Page:
    """One page: who asks for it, how, and which statement stands beside it."""

    name: str
    username: str
    path: str
    statement: str
    form: dict = field(default_factory=dict)


def pages() -> list[Page]:
    """The pages measured, with a case and a name of this population."""
    code = _case().code
    return [
        Page("Bàn việc, Phòng LĐ-TB&XH", "hanh", "/", "desk"),
        Page("Bàn việc, Sở", "thu", "/", "desk"),
        Page("Hồ sơ đang mở, Phòng LĐ-TB&XH", "hanh", reverse("cases:list"), "list"),
        Page("Mọi hồ sơ của tỉnh, trang 200", "thu", reverse("cases:list") + "?trang-thai=tat-ca&trang=200", "list of all"),
        Page("Tìm theo bí danh, cả tỉnh", "thu", reverse("cases:find") + "?q=gao", "alias"),
        Page("Tìm trước khi tạo, theo tên", "lan", reverse("cases:search"), "search",
             {"full_name": ASKED_FOR.names[0], "birth": "1996"}),
        Page("Một hồ sơ", "hanh", reverse("cases:case", args=[code]), "case"),
        Page("Kế hoạch với năm chỉ tiêu, Sở", "thu", reverse("plan:overview"), "indicators"),
        Page("Kế hoạch, lãnh đạo tỉnh", "bao", reverse("plan:overview"), "indicators"),
        Page("Báo cáo kỳ, Sở", "thu", reverse("reports:report"), "indicators"),
    ]  # fmt: skip


def parameters(page) -> dict:
    """What the statement beside a page is asked with."""
    user = User.objects.get(username=page.username)
    return {
        "agencies": [seat.agency_id for seat in user.seats], "today": legal_day(), "case": _case().pk,
        "tokens": sorted(tokens(ASKED_FOR, question=True)),
    }  # fmt: skip


def indicator_statements() -> dict[str, str]:
    """The hand-written statement of each indicator, by its number."""
    parts = INDICATORS.read_text().split("\n-- II.2.")[1:]
    return {f"II.2.{part[0]}": part[1:].strip().rstrip(";") for part in parts}


def _case():
    """A case of Hạnh's district with much history."""
    rows = Case.objects.unscoped(reason="the bench asks for one case")
    area = places.within("737", places.EVER)
    return rows.filter(area_code__in=area, recognised_on__isnull=False, closed_on=None).order_by("pk").last()
