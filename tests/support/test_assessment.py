"""The table of an assessment: what was asked about, what is needed, and what is not."""

import re

import pytest

from benan.needs.models import Assessment, Need
from benan.support.actions import screening
from tests.cast import GROUPS, TODAY, answers_sent, day, words


def last(case):
    """The last assessment of a case."""
    return Assessment.objects.of(case).latest("pk")


def standing(case):
    """The kinds of the needs that stand."""
    rows = Need.objects.of(case).filter(met_on=None, refused_on=None, gone_on=None)
    return set(rows.values_list("kind", flat=True))


def test_a_group_with_an_answer_was_asked_about(notified, screened, as_hanh):
    case = notified(screened(wanted=[]))
    sent = {"answers-medical": "yes", "answers-loan": "no", "answers-psych_advice": "no", "on": TODAY}
    assert as_hanh.send("support:assess", case.code, **sent).status_code == 302
    row = last(case)
    assert (row.groups, row.advice_asked, row.safety_asked) == (["job", "medical"], True, False)
    assert standing(case) == {"medical"}


def test_everything_asked_about_is_every_group_of_the_indicator(notified, screened, as_hanh):
    case = notified(screened(wanted=[]))
    as_hanh.send("support:assess", case.code, **answers_sent("vocational"), danger="no", on=TODAY)
    row = last(case)
    assert (row.groups, row.advice_asked, row.safety_asked) == (sorted(GROUPS), True, True)


def test_a_page_opened_for_the_first_time_answers_nothing(notified, as_hanh):
    page = as_hanh.open("support:assess", notified().code).content.decode()
    chosen = re.findall(r'<input type="radio"[^>]*value="([^"]*)"[^>]* checked', page)
    assert chosen and set(chosen) == {""}, "only “Chưa hỏi” is chosen"


def test_what_was_asked_before_is_shown_as_such(assessed, as_hanh):
    said = words(as_hanh.open("support:assess", assessed().code))
    assert "Học nghề Lần trước: Đang cần, ghi ngày 09/11/2017" in said
    assert "Vay vốn Lần trước: Đã hỏi ngày 09/11/2017, không ghi nhu cầu" in said
    assert "Giấy tờ tùy thân, hộ khẩu Cần" in said, "no assessment says whether this was asked about"


def test_a_need_that_is_no_longer_there_ends_with_the_answer(assessed, as_hanh):
    case = assessed()
    as_hanh.send("support:assess", case.code, **{"answers-vocational": "no"}, on=TODAY)
    row = Need.objects.of(case).get(kind="vocational")
    assert row.gone_on == TODAY and standing(case) == {"food", "lodging", "psychological"}


def test_a_need_cannot_end_before_it_was_recorded(assessed, as_hanh):
    case = assessed()
    page = as_hanh.send("support:assess", case.code, **{"answers-vocational": "no"}, on=day("08/11/2017"))
    assert page.status_code == 422 and "Nhu cầu “Học nghề” được ghi ngày 09/11/2017, sau ngày 08/11/2017" in words(page)
    assert "vocational" in standing(case)


def test_answers_and_words_stay_where_the_page_is_refused(notified, as_hanh):
    case = notified()
    page = as_hanh.send("support:assess", case.code, **answers_sent("legal_aid"), on="30/02/2017", words="muốn về quê")
    html = page.content.decode()
    assert page.status_code == 422 and not Assessment.objects.of(case).exists()
    assert re.search(r'name="answers-legal_aid" value="yes" checked', re.sub(r"\s+", " ", html))
    assert re.search(r'name="answers-loan" value="no" checked', re.sub(r"\s+", " ", html))
    assert "muốn về quê" in html


def test_an_answer_that_is_no_column_is_refused(notified, as_hanh):
    page = as_hanh.send("support:assess", notified().code, **{"answers-loan": "maybe"}, on=TODAY)
    assert page.status_code == 422 and "không có trong bảng" in words(page)


@pytest.mark.parametrize("kind", ["loan", "papers"])
def test_every_radio_is_named_by_its_row_and_its_column(notified, as_hanh, kind):
    html = as_hanh.open("support:assess", notified().code).content.decode()
    ids = set(re.findall(r' id="([^"]+)"', html))
    for named in re.findall(r'aria-labelledby="(id_answers\S* \S+)"', html):
        assert set(named.split()) <= ids
    assert f'name="answers-{kind}"' in html


def test_an_assessment_by_the_verb_ends_what_is_not_needed(assessed, hanh):
    case = assessed()
    screening.assess(by=hanh, case=case, on=TODAY, needs=[], not_needed=["psychological"], groups=["counselling"],
                     safety_asked=False, advice_asked=False)  # fmt: skip
    assert "psychological" not in standing(case) and case.steps.filter(key="need_gone").count() == 1
