"""Plans from files: read first and then loaded, written again as files, moved to another period, compared."""

import base64
import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from benan.core.refusals import Refused
from benan.plan import comparing, document, next_period, numbering, queries, written
from benan.plan.actions import loading
from benan.plan.comparing import Difference
from benan.plan.models import Plan
from tests.cast import PLAN, Officer, agency_of, day, words

ROOT = Path(__file__).resolve().parents[2]
OURS = (ROOT / "plans/12089-KH-UBND.yaml").read_bytes()
HEALTH, ELSEWHERE = (
    (ROOT / f"tests/plan/plans/{name}.yaml").read_bytes() for name in ("so-y-te-2026", "tinh-khac-2026")
)
HEALTH_SLUG, ELSEWHERE_SLUG = "15-KH-UBND-2026", "tinh-72-15-KH-UBND-2026"


@pytest.fixture
def as_yen(cast):
    """An officer of Sở Y tế, which follows up the plan of 2026."""
    return Officer(cast.appoint("yen", "Phan Hải Yến (dữ liệu giả lập)", "department", "health_department"))


def upload(browser, source):
    """The page that says what a file would change."""
    return browser.post("/ke-hoach/nap/tep/", {"file": SimpleUploadedFile("ke-hoach.yaml", source)})


def confirmed(browser, page, **more):
    """Confirm what a page says."""
    source = page.content.decode()
    told = dict(re.findall(r'name="(source|seen)" value="([^"]*)"', source))
    return browser.post("/ke-hoach/nap/xac-nhan/", told | more)


def load(source):
    return loading.load(by=None, source=source, path="mau.yaml").plan


@pytest.mark.parametrize("source", [OURS, HEALTH, ELSEWHERE], ids=["12089", "health", "elsewhere"])
def test_a_plan_is_written_as_it_was_read_and_loading_that_changes_nothing(demo, source):
    file = document.read(source, "mau.yaml")
    plan = load(source)
    again = written.as_yaml(written.as_file(plan)).encode()
    loaded = loading.load(by=None, source=again, path="mau.yaml")
    assert (loaded.frame, loaded.added, loaded.changed, loaded.kept) == ([], [], [], [])
    assert (
        comparing.compare(file, document.read(again, "mau.yaml")).of(Difference.SAME)
        and document.read(written.as_yaml(file).encode(), "mau.yaml") == file
    )


PERIODS = st.tuples(
    st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.integers(0, 4000)
).map(lambda each: (each[0], min(each[0] + dt.timedelta(days=each[1]), dt.date(2099, 12, 31))))  # fmt: skip
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]) | st.sampled_from("\n'\"#:-{}[]>|&*!%@` "),
    min_size=1, max_size=300,
)  # fmt: skip


@examples(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(period=PERIODS, title=TEXTS, wording=TEXTS, source=st.sampled_from([OURS, HEALTH, ELSEWHERE]))
def test_a_plan_moved_to_any_period_reads_as_it_was_written(period, title, wording, source):
    file = document.read(source, "mau.yaml")
    kept_words = [written.Text(words) for words in map(document.yaml_source.clean, (title, wording))]
    if all(kept_words):
        file.title, file.clauses[0].wording = kept_words
    moved = next_period.moved(file, number="01/KH-UBND", issued_on=period[0], first=period[0], last=period[1])
    assert document.read(written.as_yaml(moved).encode(), "mau.yaml") == moved
    assert [entry.number for entry in moved.clauses] == [entry.number for entry in file.clauses]


def test_the_next_plan_has_its_own_years_and_follows_the_one_before(demo, as_thu):
    told = {"number": "45/KH-UBND", "issued_on": "05/01/2021", "first": "01/01/2021", "last": "31/12/2025"}
    page = as_thu.post(f"/ke-hoach/{PLAN}/sao-chep/", told)
    assert page.headers["Content-Disposition"] == 'attachment; filename="45-KH-UBND-2021.yaml"'
    plan = load(page.content)
    assert (plan.follows, plan.period.lower, plan.last_day) == ("12089/KH-UBND", day("01/01/2021"), day("31/12/2025"))
    years = {rule.key: (rule.first_year, rule.last_year) for rule in queries.clause(plan, "V.1.k").deadlines.all()}
    assert years == {"annual_review": (2021, 2025), "final_review": (2025, 2025)}
    reports = queries.clause(plan, "VI.1").reports.values_list("key", "first_year", "last_year")
    assert set(reports) == {("6-thang", 2021, 2025), ("nam", 2021, 2025)}
    comments = page.content.decode().partition("number:")[0]
    assert (
        "# Có ngay từ năm đầu 2021: Sơ kết việc thực hiện kế hoạch trong năm; Báo cáo 6 tháng đầu năm 2021; Báo cáo năm 2021."
        in comments
    )
    assert "Kế hoạch trước ban hành ngày 12/12/2016 nên năm đầu 2016 không có." in comments
    refused = as_thu.post(f"/ke-hoach/{PLAN}/sao-chep/", told | {"number": "12089/KH-UBND", "issued_on": "12/12/2016"})
    assert refused.status_code == 422 and "Kế hoạch mới phải có số khác" in words(refused)
    refused = as_thu.post(f"/ke-hoach/{PLAN}/sao-chep/", told | {"number": "ủ/ấ"})
    assert refused.status_code == 422 and "phải có chữ cái không dấu hoặc chữ số" in words(refused)


def test_what_fell_in_the_last_year_falls_in_the_last_year_of_a_shorter_period():
    moved = next_period.moved(
        document.read(OURS, "mau.yaml"), number="45/KH-UBND", issued_on=day("05/01/2021"), first=day("01/01/2021"),
        last=day("31/12/2023"),
    )  # fmt: skip
    rules = {rule.key: (rule.first_year, rule.last_year) for entry in moved.clauses for rule in entry.deadlines}
    assert (rules["annual_review"], rules["final_review"]) == ((2021, 2023), (2023, 2023))


@pytest.mark.parametrize(
    ("issued_on", "first_years"),
    [("13/05/2021", (2021, 2021)), ("15/05/2021", (2022, 2021)), ("12/12/2021", (2022, 2022))],
)
def test_reports_begin_with_the_first_that_may_still_be_given_after_the_plan_was_issued(issued_on, first_years):
    file = document.read(OURS, "mau.yaml")
    moved = next_period.moved(
        file, number="45/KH-UBND", issued_on=day(issued_on), first=day("01/01/2021"), last=day("31/12/2025")
    )
    years = {rule.key: rule.first_year for entry in moved.clauses for rule in entry.reports}
    assert (years["6-thang"], years["nam"]) == first_years
    assert ("Báo cáo năm 2021" in next_period.note(file, moved)) == (first_years[1] == 2021)


def test_nothing_is_loaded_before_it_is_confirmed_and_the_same_file_twice_changes_nothing(demo, as_yen):
    page = upload(as_yen, HEALTH)
    assert page.status_code == 200, words(page)[-1500:]
    assert "Kế hoạch 15/KH-UBND: 7 điểm thêm mới, 0 điểm thay đổi" in words(page)
    assert "Chỉ tiêu I.3 chưa có cách đếm" in words(page) and not Plan.objects.filter(slug=HEALTH_SLUG).exists()
    assert confirmed(as_yen, page)["Location"] == f"/ke-hoach/{HEALTH_SLUG}/muc/"
    assert "Đã nạp kế hoạch 15/KH-UBND: 7 điểm thêm mới, 0 điểm thay đổi." in words(as_yen.get("/ke-hoach/tat-ca/"))
    again = words(upload(as_yen, HEALTH))
    assert "Kế hoạch 15/KH-UBND: tệp không thay đổi gì" in again and "Nạp kế hoạch từ tệp" in again


def test_what_would_change_is_shown_old_beside_new(demo, as_yen):
    load(HEALTH)
    changed = HEALTH.replace("Tuyên truyền tại xã, phường.".encode(), "Tuyên truyền tại mọi xã, phường.".encode())
    changed = changed.replace(b"target: 95", b"target: 90").replace(b"lead: [communes]", b"lead: [districts]")
    page = upload(as_yen, changed)
    text = page.content.decode()
    assert "2 điểm thay đổi" in words(page) and re.search(r"<ins>.*?mọi</ins>", text, re.DOTALL)
    assert "95% (victims_supported)" in text and "90% (victims_supported)" in text
    assert "UBND các huyện, thị xã, thành phố" in text and "5 điểm giữ nguyên" in words(page)
    without = HEALTH.replace(HEALTH[HEALTH.index(b"  - number: I.4") : HEALTH.index(b"  - number: II.1")], b"").replace(
        b"serves: [I.1, I.4]", b"serves: [I.1]"
    )
    assert "1 điểm không còn trong tệp, được giữ lại" in words(upload(as_yen, without))


def test_a_confirmation_of_what_is_no_longer_so_is_refused_and_shown_anew(demo, as_yen):
    page = upload(as_yen, HEALTH.replace(b"target: 95", b"target: 90"))
    load(HEALTH)
    refused = confirmed(as_yen, page)
    assert refused.status_code == 422 and "Kế hoạch đã được nạp hoặc sửa từ lúc mở trang." in words(refused)
    assert "1 điểm thay đổi" in words(refused)
    assert confirmed(as_yen, refused).status_code == 302
    assert queries.clause(queries.by_slug(HEALTH_SLUG), "I.2").target == 90


def test_a_plan_of_another_province_is_asked_about(demo, as_thu, as_son):
    page = upload(as_thu, ELSEWHERE)
    assert "Kế hoạch này của tỉnh khác; nạp để đọc, không tính số liệu." in words(page)
    refused = confirmed(as_thu, page)
    assert refused.status_code == 422 and "Nếu muốn nạp để đọc thì đánh dấu ô này." in words(refused)
    assert confirmed(as_thu, page, elsewhere="on").status_code == 302
    listed = words(as_son.get("/ke-hoach/tat-ca/"))
    assert "Của tỉnh khác" in listed and "Nạp kế hoạch từ tệp" not in listed


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("follow_up: health_department", "follow_up: so_y_te", r"Dòng 8: “so_y_te” không phải khóa đơn vị"),
        ("    lead: [communes]\n", "", r"Dòng 48, điểm II.2: trách nhiệm phải có đơn vị chủ trì"),
        ("first: 01/01\n", "first: 01/11 năm trước\n        cut_offs: {ai: {first: 01/01, last: 30/11}}\n", "“ai” không phải khóa"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_lines(demo, as_thu, old, new, problem):
    page = upload(as_thu, HEALTH.decode().replace(old, new, 1).encode())
    assert page.status_code == 422 and re.search(problem, words(page)), words(page)[400:2500]
    assert not Plan.objects.filter(slug=HEALTH_SLUG).exists()


@pytest.mark.parametrize("source", [b"\xff\xfe\x00", b"", b"a: [", b"x" * 600_000, OURS[:5000]])
def test_what_is_no_plan_file_is_answered_in_sentences(demo, as_thu, source):
    assert upload(as_thu, source).status_code == 422


def test_only_who_may_load_plans_does(demo, cast, as_son):
    assert as_son.get("/ke-hoach/nap/tep/").status_code == 403
    with pytest.raises(PermissionDenied):
        loading.load(by=cast.officer("son"), source=HEALTH, path="mau.yaml")
    with pytest.raises(Refused, match="tỉnh khác"):
        loading.load(by=cast.officer("thu"), source=ELSEWHERE, path="mau.yaml")


def test_a_plan_is_changed_by_the_agency_that_follows_it_up_alone(demo, cast, on_day, as_yen):
    taken = OURS.replace(b"follow_up: labour_department", b"follow_up: health_department").replace(
        b"target: 100", b"target: 50"
    )
    refused = upload(as_yen, taken)
    sentence = "do Sở Lao động - Thương binh và Xã hội theo dõi; chỉ đơn vị ấy nạp lại được kế hoạch này."
    assert refused.status_code == 422 and sentence in words(refused) and "Xác nhận" not in words(refused)
    sent = as_yen.post("/ke-hoach/nap/xac-nhan/", {"source": base64.b64encode(taken).decode(), "seen": ""})
    assert sent.status_code == 422 and words(sent).count(sentence) == 1
    assert queries.by_slug(PLAN).follow_up == "labour_department"
    loading.load(by=cast.officer("thu"), source=OURS, path="mau.yaml")
    on_day("15/03/2026")  # the department ended; Sở Y tế is one of its successors
    assert loading.load(by=as_yen.user, source=OURS, path="mau.yaml").changed == []
    for by in (cast.officer("thu"), as_yen.user):
        loading.load(by=by, source=ELSEWHERE, path="mau.yaml", elsewhere=True)


def test_a_number_that_gives_the_address_of_another_plan_is_refused(demo, cast):
    other = OURS.replace(b"number: 12089/KH-UBND", b"number: 12089-KH.UBND", 1)
    for by in (None, cast.officer("thu")):
        with pytest.raises(Refused, match="12089-KH.UBND trùng địa chỉ với kế hoạch 12089/KH-UBND"):
            loading.load(by=by, source=other, path="mau.yaml")
    assert queries.by_slug(PLAN).number == "12089/KH-UBND"


@pytest.mark.parametrize("number", ["ủ/ấ", "Đ", "01/KH-UBND", "٣/٤", "ấ1ủ", "ﬃ" * 12, "-/-", "ıſ"])
def test_a_number_is_refused_or_pages_lead_to_its_plan(demo, as_son, number):
    source = OURS.replace(b"number: 12089/KH-UBND", f'number: "{number}"'.encode(), 1)
    try:
        slug = load(source).slug
    except Refused as refused:
        assert "phải có chữ cái không dấu hoặc chữ số" in str(refused) and "mau.yaml, dòng " in str(refused)
        with pytest.raises(IntegrityError, match="a_plan_can_be_named"), transaction.atomic():
            Plan.objects.filter(slug=PLAN).update(slug=numbering.slug(number, 2016, "75"))
        return
    assert numbering.is_slug(slug)
    for address in ("/", "/lich/", "/ke-hoach/tat-ca/", f"/ke-hoach/{slug}/", f"/ke-hoach/{slug}/muc/"):
        assert as_son.get(address, follow=True).status_code == 200


def test_two_plans_are_compared_clause_by_clause(demo, as_son):
    load(HEALTH), load(ELSEWHERE)
    page = as_son.open("plan:compare_with", HEALTH_SLUG, ELSEWHERE_SLUG)
    said = words(page)
    assert "0 điểm giống nhau, 3 điểm khác nhau, 4 điểm chỉ có ở kế hoạch thứ nhất, 0 điểm chỉ có" in said
    assert "Kế hoạch kia có cùng lời văn ở điểm II.1" in said and "95% (victims_supported)" in said
    assert re.search(r"<ins>.*?ở biên giới\.</ins>", page.content.decode(), re.DOTALL)
    assert "15/KH-UBND" in words(as_son.open("plan:compare", HEALTH_SLUG))


def test_duties_of_2026_find_their_agencies(demo, on_day, as_thu):
    on_day("15/03/2026")
    load(HEALTH)
    page = words(as_thu.open("plan:clause", HEALTH_SLUG, "II.2"))
    assert "UBND xã" in page and "UBND huyện" not in page
    assert "Sở Y tế" in words(as_thu.open("plan:clause", HEALTH_SLUG, "III.1"))


def test_an_indicator_without_a_measure_is_typed_by_its_owner(demo, on_day, cast, as_thu):
    on_day("15/06/2026")
    load(HEALTH)
    assert "chưa có cách đếm" in words(as_thu.open("plan:clause", HEALTH_SLUG, "I.4"))
    owner = type(as_thu)(cast.appoint("y_te", "Cán bộ Sở Y tế (dữ liệu giả lập)", "member", "health_department"))
    told = {
        "first": "01/01/2026",
        "last": "31/05/2026",
        "numerator": "60",
        "denominator": "95",
        "words": "Báo cáo của các xã.",
    }
    assert owner.post(f"/ke-hoach/{HEALTH_SLUG}/muc/I.4/so-lieu/health_department/", told).status_code == 302
    assert "60/95" in words(as_thu.open("plan:clause", HEALTH_SLUG, "I.4"))


BETWEEN = re.compile(r"/(?:so-sanh|chuyen-tiep)/|/muc/$")  # pages on which one plan leads to another


@pytest.mark.parametrize("slug", [HEALTH_SLUG, ELSEWHERE_SLUG])
def test_every_page_of_a_plan_opens_and_its_links_stay_in_it(demo, on_day, as_thu, slug):
    on_day("15/03/2026")
    load(HEALTH), load(ELSEWHERE)
    seen, waiting, strays = set(), [f"/ke-hoach/{slug}/", f"/ke-hoach/{slug}/muc/"], []
    while waiting and len(seen) < 120:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        page = as_thu.get(address, follow=True)
        assert page.status_code == 200, address
        address = page.redirect_chain[-1][0] if page.redirect_chain else address
        main = page.content.decode().partition("<main")[2].partition("</main>")[0]
        links = {link.partition("#")[0].partition("?")[0] for link in re.findall(r'href="(/ke-hoach/[^"]+)"', main)}
        waiting += sorted(link for link in links if link.startswith(f"/ke-hoach/{slug}/"))
        others = {link for link in links if not link.startswith(f"/ke-hoach/{slug}/") and link != "/ke-hoach/tat-ca/"}
        if others and not BETWEEN.search(address):
            strays.append((address, others))
    assert len(seen) > 11 and strays == []


def test_an_agency_of_2026_plans_under_its_plan(demo, on_day, cast, as_thu):
    on_day("15/03/2026")
    load(HEALTH)
    owner = type(as_thu)(cast.appoint("y_te", "Cán bộ Sở Y tế (dữ liệu giả lập)", "member", "health_department"))
    address = f"/ke-hoach/{HEALTH_SLUG}/don-vi/health_department/ke-hoach/2026/"
    assert owner.post(f"{address}lap/").status_code == 302
    assert "2 trên 2 việc chủ trì chưa có hoạt động" in words(owner.get(address))
    assert agency_of("health_department").key in owner.get(f"/ke-hoach/{HEALTH_SLUG}/ke-hoach-don-vi/").content.decode()
