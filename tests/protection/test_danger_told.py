"""Who is told of a danger without being on the team, and the office that must not know."""

import pytest

from benan.cases import access_log
from benan.cases.actions import corrections
from benan.core.refusals import Refused
from benan.protection.actions import danger, measures
from benan.protection.models import DangerNotice
from benan.support.actions import screening
from tests.cast import CAME, COMMUNE, OTHER_COMMUNE, TODAY, again, agency_of, words


@pytest.fixture
def told(cast):
    """Lan finds danger at night; nobody was notified yet. Gives the case and how the police of the district see it."""
    cast.officer("dung"), cast.officer("hanh")
    return cast.screened(danger="yes", wanted=[])


def test_who_is_told_sees_alias_danger_place_and_whom_to_call_and_no_words(cast, as_dung):
    cast.officer("dung")
    case = cast.received(identity={"full_name": "Nguyễn Thị Hoà"}, sex="female", nationality="citizen")
    screening.screen(by=cast.officer("lan"), case=case, on=CAME, danger="yes", needs=["food"], words="anh rể tìm")
    notice = DangerNotice.objects.of(case).get(agency=agency_of("police-737"))
    said = words(as_dung.open("protection:notice", notice.pk))
    assert case.alias in said and "Có nguy hiểm, từ 06/11/2017" in said
    assert [word for word in ("Nguyễn Thị Hoà", "anh rể", "Ăn, uống", "Nữ") if word in said] == []
    assert "Phạm Văn Dũng" in str([line["who"] for line in access_log.lines(case, access_log.rows(case))])


def test_a_notice_stands_until_the_danger_is_over_or_the_office_joins_the_team(told, cast, as_dung, as_hanh, lan):
    notice = DangerNotice.objects.of(told).get(agency=agency_of("police-737"))
    labour = DangerNotice.objects.of(told).get(agency=agency_of("labour-737"))
    cast.notified(told)
    assert as_hanh.open("protection:notice", labour.pk).status_code == 404
    assert as_dung.open("protection:notice", notice.pk).status_code == 200
    measures.start(by=lan, case=told, on=TODAY, kind="refuge", consented=True)
    said = words(as_dung.open("protection:notice", notice.pk))
    assert "113" in said and "Đã có biện pháp bảo vệ; chưa có đơn vị nào ghi đã hết nguy hiểm" in said
    assert "Đang có nguy hiểm 1" in words(as_dung.open("shell:home"))


def test_who_was_told_sees_how_it_ended_and_nothing_else(told, as_dung, lan, on_day):
    notice = DangerNotice.objects.of(told).get(agency=agency_of("police-737"))
    measures.start(by=lan, case=told, on=TODAY, kind="refuge", consented=True)
    measures.say_danger(by=lan, case=told, on=TODAY, stands=False)
    said = words(as_dung.open("protection:notice", notice.pk))
    assert told.alias in said and "người ấy không còn nguy hiểm" in said
    assert [word for word in ("Sông Trầu", "113", "Có nguy hiểm") if word in said] == []
    assert "Đã kết thúc cảnh báo nguy hiểm 1" in words(as_dung.open("shell:home"))
    on_day("15/12/2017")
    assert as_dung.open("protection:notice", notice.pk).status_code == 404


def test_an_office_kept_from_the_case_is_not_told_how_it_ended(told, as_dung, lan):
    notice = DangerNotice.objects.of(told).get(agency=agency_of("police-737"))
    measures.decline(by=lan, case=told, on=TODAY, paper_no="1", paper_on=TODAY, words="đã rõ")
    assert as_dung.open("protection:notice", notice.pk).status_code == 200
    screening.screen(by=lan, case=again(told), on=TODAY, danger="yes", needs=[])
    danger.keep_from_agency(by=lan, case=told, agency=agency_of("police-737"), on=TODAY)
    assert as_dung.open("protection:notice", notice.pk).status_code == 404
    assert told.alias not in words(as_dung.open("shell:home"))


def test_where_nobody_uses_the_program_the_superior_office_is_told(cast):
    cast.officer("minh")
    case = cast.screened(danger="yes")
    notice = DangerNotice.objects.of(case).get(agency=agency_of("police_province"))
    assert notice.instead_of == agency_of("police-737")


def test_an_office_on_the_team_that_is_the_danger_leaves_it_and_cannot_come_back(cast, hanh, as_dung):
    case = cast.requested(cast.screened(danger="yes"))
    danger.keep_from_agency(by=hanh, case=case, agency=agency_of("police-737"), on=TODAY)
    assert as_dung.open("cases:case", case.code).status_code == 404
    with pytest.raises(Refused, match="không được chia sẻ hồ sơ này"):
        corrections.assign(by=hanh, case=case, part="supports", agency=agency_of("police-737"))


def test_the_office_that_is_the_danger_does_not_learn_by_searching_that_the_person_is_known(cast, lan, as_quyen):
    who = {"full_name": "Nguyễn Thị Hoà", "birth": "1995"}
    case = cast.screened(danger="yes", identity=who)
    assert "Đọc mã đề nghị" in words(as_quyen.send("cases:search", **who))
    danger.keep_from_agency(by=lan, case=case, agency=agency_of(f"commune-{OTHER_COMMUNE}"), on=TODAY)
    assert "Đọc mã đề nghị" not in words(as_quyen.send("cases:search", **who))


def test_where_the_labour_office_is_the_danger_the_commune_keeps_the_case(cast, hanh, as_lan, as_thu):
    case = cast.notified(cast.screened(danger="yes"))
    cast.officer("thu")
    danger.keep_from_agency(by=cast.officer("lan"), case=case, agency=agency_of("labour-737"), on=TODAY)
    assert again(case).agency == agency_of(f"commune-{COMMUNE}")
    assert as_lan.open("shell:home").context["dangers"]["listed"][0].case == case
    assert case.alias in words(as_thu.open("shell:home"))
