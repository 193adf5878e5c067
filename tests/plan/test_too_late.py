"""Whoever comes to a step that is over, by an old tab or by going back, is led to the page that shows what happened."""

import pytest

from benan.plan import queries
from benan.plan.actions import agency_plans as verbs
from benan.plan.actions import progress
from benan.plan.models import Activity, PriorityArea
from tests.cast import PLAN, TODAY, Officer, agency_of, day, words

PAGE = f"/ke-hoach/{PLAN}/don-vi/procuracy/ke-hoach/2017/"
CLAUSE = f"/ke-hoach/{PLAN}/muc/V.5/"
PROGRESS = f"{CLAUSE}tien-do/procuracy/tep/"
SENT = {"clause": "V.5", "what": "Chọn án điểm", "first": "01/03/2017", "last": "31/03/2017", "people": "Phòng 2"}


@pytest.fixture
def head(cast):
    return cast.appoint("vien_truong", "Viện trưởng (dữ liệu giả lập)", "head", "procuracy")


@pytest.fixture
def drafted(demo, cast):
    """The procuracy's plan for 2017 with one activity under V.5."""
    by, plan = cast.officer("son"), queries.by_slug(PLAN)
    made = verbs.draft(by=by, plan=plan, agency=agency_of("procuracy"), year=2017)
    verbs.add_activity(
        by=by, agency_plan=made, clause=queries.clause(plan, "V.5"), what="Kiểm sát tin báo", first=day("01/02/2017"),
        last=day("30/11/2017"), people="Phòng 2",
    )  # fmt: skip
    return made


def put(cast, made):
    return verbs.put_before_head(by=cast.officer("son"), agency_plan=made)


def led(browser, address, to, sentence):
    """Whether who opens an address is led to a page that says something."""
    answer = browser.get(address)
    assert (answer.status_code, answer.get("Location")) == (302, to), words(answer)[-600:]
    return sentence in words(browser.get(to))


def test_a_head_who_decided_and_goes_back_reads_what_was_decided(drafted, cast, head, as_son, as_lan):
    as_head = Officer(head)
    verbs.send_back(by=head, agency_plan=put(cast, drafted), words="Bổ sung.")
    for step in ("duyet/", "tra-lai/"):
        assert led(as_head, PAGE + step, PAGE, "Thủ trưởng đã trả lại kế hoạch này để sửa, ngày 09/11/2017.")
    assert as_lan.get(f"{PAGE}duyet/").status_code == 403
    assert led(as_son, f"{PAGE}van-ban/", PAGE, "Thủ trưởng đã trả lại kế hoạch này")
    verbs.approve(by=head, agency_plan=put(cast, drafted))
    for browser, step in ((as_head, "duyet/"), (as_son, "tra-lai/"), (as_lan, "duyet/")):
        assert led(browser, PAGE + step, PAGE, "Kế hoạch này đã được duyệt ngày 09/11/2017.")


def test_who_drafts_is_led_to_the_plan_that_is_no_longer_drafted(drafted, cast, head, as_son):
    activity = drafted.activities.get()
    put(cast, drafted)
    for step in ("hoat-dong/", f"hoat-dong/{activity.pk}/"):
        assert led(as_son, PAGE + step, PAGE, "Kế hoạch này đã trình thủ trưởng ngày 09/11/2017, đang chờ duyệt.")
    verbs.approve(by=head, agency_plan=drafted, paper_no="45/KH-VKS", paper_on=TODAY)
    assert led(as_son, f"{PAGE}van-ban/", PAGE, "đã được duyệt, kèm theo văn bản số 45/KH-VKS ngày 09/11/2017.")
    answer = as_son.post(f"{PAGE}van-ban/", {"paper_no": "46/KH-VKS", "paper_on": "09/11/2017"})
    assert answer.status_code == 422 and "đã ghi văn bản 45/KH-VKS" in words(answer)


def test_an_activity_that_a_colleague_took_out_stays_out_and_what_was_typed_is_given_back(drafted, cast, as_son):
    activity = drafted.activities.get()
    address = f"{PAGE}hoat-dong/{activity.pk}/"
    verbs.remove_activity(by=cast.officer("son"), activity=Activity.objects.get(pk=activity.pk))
    gone = "Hoạt động này không còn trong bản kế hoạch đang lập"
    assert led(as_son, address, PAGE, gone)
    answer = as_son.post(address, SENT)
    assert answer.status_code == 422 and gone in words(answer) and SENT["what"] in words(answer)
    answer = as_son.post(f"{address}bo/")
    assert answer.status_code == 422 and gone in words(answer)
    assert not drafted.activities.exists()


def test_progress_of_an_activity_or_instead_of_a_line_that_is_over(drafted, cast, head, as_son):
    made = verbs.approve(by=head, agency_plan=put(cast, drafted))
    activity = made.activities.get()
    opened = f"{PROGRESS}?hoat-dong={activity.pk}"
    assert as_son.get(opened).status_code == 200
    about = {"by": cast.officer("son"), "clause": activity.clause, "agency": made.agency, "on": TODAY, "words": "Xong."}
    line = progress.record_progress(**about, state="done", activity=activity)
    assert led(as_son, opened, CLAUSE, "Hoạt động này đã hoàn thành hoặc không còn trong kế hoạch đã duyệt.")
    told = {"on": "09/11/2017", "state": "done", "words": "Xong lần nữa.", "activity": activity.pk}
    answer = as_son.post(opened, told)
    assert answer.status_code == 422 and "Hoạt động này đã hoàn thành hoặc không còn" in words(answer)
    assert "Xong lần nữa." in words(answer)
    progress.record_progress(**about, state="under_way", instead_of=line)
    assert led(as_son, f"{PROGRESS}?thay={line.pk}", CLAUSE, "Lần ghi này đã được thay bằng lần ghi khác.")
    answer = as_son.post(f"{PROGRESS}?thay={line.pk}", told | {"activity": ""})
    assert answer.status_code == 422 and "đã được thay" in words(answer) and "Xong lần nữa." in words(answer)


def test_a_figure_is_not_typed_where_no_indicator_asks_for_it(demo, as_son):
    address = f"{CLAUSE}so-lieu/procuracy/"
    assert led(as_son, address, CLAUSE, "Mục V.5 không có chỉ tiêu mà đơn vị ghi số liệu.")
    told = {"first": "01/01/2017", "last": "09/11/2017", "numerator": "1", "denominator": "2", "words": "Sổ."}
    assert as_son.post(address, told).status_code == 422


def test_an_area_is_ended_once(demo, cast, as_thu):
    thu, plan = cast.officer("thu"), queries.by_slug(PLAN)
    area = progress.mark_area(by=thu, plan=plan, unit_code="26263", why="border", since=day("01/11/2017"))
    address, areas = f"/ke-hoach/{PLAN}/dia-ban/{area.pk}/", f"/ke-hoach/{PLAN}/dia-ban/"
    assert as_thu.post(address, {"until": "08/11/2017"}).status_code == 302
    assert led(as_thu, address, areas, "Dấu ưu tiên của địa bàn này đã bỏ, có hiệu lực đến hết 08/11/2017.")
    assert as_thu.post(address, {"until": "09/11/2017"}).status_code == 422
    assert PriorityArea.objects.get(pk=area.pk).until == day("08/11/2017")
