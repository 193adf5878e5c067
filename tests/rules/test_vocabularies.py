"""The lists that the law sets: by day, refused once an entry has ended, told for old codes, faults by their line."""

import datetime as dt
from pathlib import Path

import pytest

from benan.accounts.policy import Held
from benan.core.refusals import Refused
from benan.protection.actions import measures
from benan.protection.policy import deciding_seats
from benan.protection.vocabulary import measures_decided_by
from benan.rules import vocabularies
from benan.rules.forms import choices_of_the_law
from benan.rules.models import Certainty
from benan.rules.refusals import Unreadable
from benan.verification import actions as verification
from tests.cast import TODAY, words

TOMORROW = TODAY + dt.timedelta(days=1)
STAY_BEFORE, STAY_SINCE = dt.date(2021, 6, 30), dt.date(2021, 7, 1)
ONE = """lists:
  - key: one
    name: Một danh mục
    citation: Điều 1
    certainty: sourced
    in_force: {from: 01/01/2012}
    entries:
      - {key: a, label: Mục a}
"""


@pytest.fixture
def changes_tomorrow(settings, tmp_path):
    """The same lists, but from tomorrow a place of refuge is no measure and shelters decide on none."""
    text = Path(settings.VOCABULARIES).read_text(encoding="utf-8")
    start = text.index("  - key: protection_measures")
    end = text.index("  - key: stay_grounds")
    ending = text[start:end].replace("{from: 10/10/2012}", f"{{from: 10/10/2012, to: {TODAY:%d/%m/%Y}}}")
    later = text[start:end].replace("from: 10/10/2012", f"from: {TOMORROW:%d/%m/%Y}").replace("shelter, ", "")
    later = later.replace("key: refuge", "key: refuge_of_tomorrow").replace(
        "Giữ bí mật thông tin về đời tư", "Giữ kín đời tư"
    )
    file = tmp_path / "vocabularies.yaml"
    file.write_text(text[:start] + ending + later + text[end:], encoding="utf-8")
    settings.VOCABULARIES = file


@pytest.fixture
def read(settings, tmp_path):
    """Lists from the text of a file."""

    def lists(text):
        file = tmp_path / "tep.yaml"
        file.write_text(text, encoding="utf-8")
        settings.VOCABULARIES = file
        return vocabularies.lists()

    return lists


def test_every_list_is_in_force_without_end():
    by_key = {one.key: one for one in sorted(vocabularies.lists(), key=lambda one: one.in_force.lower)}
    assert set(by_key) == {
        "victim_grounds", "evidence_sources", "complexity", "issuers", "protection_measures", "stay_grounds", "paper_kinds",
        "support_programmes",
    }  # fmt: skip
    assert all(one.in_force.upper is None and one.entries for one in by_key.values())


def test_a_list_is_the_one_in_force_on_the_day():
    before, since = (vocabularies.entries("stay_grounds", day)[-1] for day in (STAY_BEFORE, STAY_SINCE))
    assert (before.key, before.certainty, before.unverified) == ("urgent", Certainty.MEMORY_MEDIUM, True)
    assert (since.citation, since.unverified) == ("Nghị định 20/2021, Điều 28 khoản 2", False)
    assert vocabularies.entries("stay_grounds", dt.date(2011, 12, 31)) == ()


def test_a_list_that_no_file_has_is_an_error_and_not_an_empty_list():
    with pytest.raises(KeyError):
        vocabularies.entries("measures", TODAY)
    with pytest.raises(KeyError):
        vocabularies.label("protection_measures", "hug")


def test_a_field_offers_what_is_in_force_when_the_form_is_built(settings):
    offered = choices_of_the_law("stay_grounds")
    settings.BENAN_TODAY = STAY_BEFORE.isoformat()
    assert offered()[-1][1].hint == "chưa kiểm chứng"
    settings.BENAN_TODAY = STAY_SINCE.isoformat()
    assert offered()[-1] == ("urgent", "Cần bảo vệ khẩn cấp, cần nơi an toàn ngay")


def test_the_civil_offices_decide_on_four_measures_and_the_police_on_all_but_the_trial():
    civil = {"secret_evidence", "secret_life", "limit_contact", "refuge"}
    for kind in ("commune", "police_commune", "labour_office", "shelter"):
        assert set(measures_decided_by(kind, TODAY)) == civil
    for kind in ("police_district", "police_province"):
        assert set(measures_decided_by(kind, TODAY)) == civil | {"guard", "relocate", "deter"}
    assert measures_decided_by("womens_union", TODAY) == {}


@pytest.mark.django_db
def test_a_measure_that_ended_is_refused_from_its_day_and_told_where_it_was_used(
    cast, hanh, as_hanh, settings, changes_tomorrow
):
    case = cast.notified(cast.screened(danger="yes"))
    measures.start(by=hanh, case=case, on=TODAY, kind="refuge", consented=True)
    settings.BENAN_TODAY = TOMORROW.isoformat()
    with pytest.raises(Refused, match="Chọn biện pháp bảo vệ"):
        measures.start(by=hanh, case=case, on=TOMORROW, kind="refuge", consented=True)
    form = as_hanh.get(f"/ho-so/{case.code}/bao-ve/ap-dung/").content.decode()
    assert 'value="refuge_of_tomorrow"' in form and 'value="refuge"' not in form
    measures.start(by=hanh, case=case, on=TODAY, kind="secret_life", consented=True)  # written later, of the day before
    page = words(as_hanh.get(f"/ho-so/{case.code}/bao-ve/"))
    assert "Bố trí nơi tạm lánh" in page and "Giữ bí mật thông tin về đời tư" in page and "Giữ kín đời tư" not in page


@pytest.mark.django_db
def test_who_decides_changes_with_the_list(cast, settings, changes_tomorrow):
    held = Held(cast.officer("hoa").seats)
    assert deciding_seats(held)
    settings.BENAN_TODAY = TOMORROW.isoformat()
    assert not deciding_seats(held)


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "sentence"), [("grounds", "Căn cứ “x”"), ("sources", "Nguồn “x”")])
def test_a_code_of_no_list_is_refused_in_a_finding(cast, field, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        verification.draft_finding(
            by=cast.officer("dung"), case=cast.verifying(), outcome="not_victim", **{field: ["x"]}
        )
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ONE.replace("sourced", "sure"), "dòng 5: không có mức chắc chắn nào là «sure»"),
        (ONE.replace("label", "lable"), "dòng 8: thiếu mục «label»"),
        (ONE.replace("a}", "a, decided_by: [army]}"), "dòng 8: không có loại cơ quan nào là «army»"),
        (ONE + "      - {key: a, label: Mục a nữa}\n", "dòng 9: mã «a» được ghi hai lần"),
        (ONE.replace("01/01/2012", "31/02/2012"), "dòng 6: không có ngày 31/02/2012"),
        (
            ONE + ONE.removeprefix("lists:\n").replace("2012", "2020"),
            "dòng 13: danh mục «one» đã có cho những ngày này",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(read, text, fault):
    with pytest.raises(Unreadable, match=f"tep.yaml, {fault}"):
        read(text)


def test_two_periods_of_one_list_stand_one_after_the_other(read):
    ended = ONE.replace("{from: 01/01/2012}", "{from: 01/01/2012, to: 31/12/2019}")
    read(ended + ONE.removeprefix("lists:\n").replace("2012", "2020").replace("Mục a", "Mục a mới"))
    assert [each.label for each in vocabularies.entries("one", dt.date(2019, 12, 31))] == ["Mục a"]
    assert [each.label for each in vocabularies.entries("one", dt.date(2020, 1, 1))] == ["Mục a mới"]
    assert vocabularies.label("one", "a", dt.date(2019, 1, 1)) == "Mục a"
    assert vocabularies.label("one", "a") == "Mục a mới"
