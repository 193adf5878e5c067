"""Economic and social programmes that somebody takes part in: recorded, ended, taken back, listed, and no support given."""

import pytest
from django.core.exceptions import PermissionDenied

from benan.audit.models import Event
from benan.cases import history
from benan.cases.actions import closing, identities
from benan.core.figures import every_row
from benan.core.refusals import Refused
from benan.indicators.models import CaseStanding
from benan.needs.models import Provision
from benan.rules import vocabularies
from benan.support.actions import programmes, referrals
from benan.support.models import Enrolment
from tests.cast import ARRIVED, CAME, TODAY, again, agency_of, day, words

BANK = "Ngân hàng Chính sách xã hội"
POVERTY = "Chương trình mục tiêu quốc gia giảm nghèo bền vững 2016–2020"


def join(case, by, programme="job_loan", on=TODAY, **more):
    """The person takes part in a programme, at the social bank unless said otherwise."""
    more = {"consent": "written", "office": agency_of("social_bank")} | more
    return programmes.join_programme(by=by, case=case, programme=programme, on=on, **more)


def end(row, by, outcome="finished", on=TODAY):
    return programmes.end_programme(by=by, enrolment=again(row), outcome=outcome, on=on)


def take_back(row, by, why="Ghi nhầm người."):
    return programmes.take_programme_back(by=by, enrolment=again(row), words=why)


def standing(case):
    """The programmes that a person is in, by the day on which each was joined."""
    return {row.programme: row.joined_on for row in Enrolment.objects.of(case) if row.stands}


def standings():
    """All standings in measures, without their ids."""
    columns = [each.attname for each in CaseStanding._meta.concrete_fields if not each.primary_key]
    return sorted(every_row(CaseStanding).values_list(*columns), key=repr)


@pytest.fixture
def case(at_home):
    """Somebody back home."""
    return at_home()


def test_somebody_is_in_several_programmes_at_a_time(case, as_hanh, as_lan):
    at = agency_of("social_bank").pk
    fields = {"programme": "job_loan", "on": TODAY, "office": at, "paper_no": "12/hđ", "consent": "spoken"}
    assert as_hanh.send("support:join_programme", case.code, **fields).status_code == 302
    fields = {"programme": "poverty_reduction", "on": TODAY, "place": "Thôn Hai", "consent": "written", "words": "Hộ nghèo."}  # fmt: skip
    assert as_lan.send("support:join_programme", case.code, **fields).status_code == 302
    said = words(as_hanh.open("support:reintegration", case.code))
    assert "Vay vốn Quỹ quốc gia về việc làm qua Ngân hàng Chính sách xã hội từ 09/11/2017" in said
    assert "số 12/HĐ" in said and "đồng ý, bằng lời" in said and POVERTY in said
    assert "nơi khác, tên được hạn chế tiếp cận" in said and "Thôn Hai" not in said
    told = words(as_hanh.open("cases:case", case.code))
    assert f"Tham gia chương trình kinh tế, xã hội {POVERTY}" in told and "Thôn Hai" not in told


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"office": None}, "office"),
        ({"place": "Thôn Hai"}, "office"),
        ({"consent": "refused"}, "consent"),
        ({"programme": "lottery"}, "programme"),
        ({"on": day("10/11/2017")}, "on"),
        ({"on": day("01/01/2017")}, "on"),
        ({"paper_no": "Lê Thị Mận"}, "paper_no"),
    ],
)
def test_what_is_refused(case, hanh, more, field):
    with pytest.raises(Refused) as refused:
        join(case, hanh, **more)
    assert refused.value.field == field and not Enrolment.objects.of(case).exists()


def test_a_programme_is_joined_once_at_a_time(case, hanh):
    row = join(case, hanh)
    with pytest.raises(Refused, match="đang tham gia chương trình này từ ngày 09/11/2017"):
        join(case, hanh)
    end(row, hanh)
    assert join(case, hanh).stands


def test_a_case_that_ended_takes_no_programme(cast, case, hanh):
    row = join(case, hanh)
    closing.close(by=hanh, case=again(case), on=TODAY, closing="left", needs_gone=True)
    with pytest.raises(Refused, match="đã kết thúc"):
        join(case, hanh, "poverty_reduction")
    with pytest.raises(Refused, match="đã kết thúc"):
        end(row, hanh)
    assert take_back(row, hanh).taken_back


def test_how_and_when_it_ended_is_recorded(case, hanh, as_hanh):
    row = join(case, hanh, on=CAME)
    with pytest.raises(Refused) as refused:
        end(row, hanh, outcome="died")
    assert refused.value.field == "outcome"
    answer = as_hanh.send("support:end_programme", case.code, row.pk, outcome="moved", on=ARRIVED, words="Về quê mẹ.")
    assert answer.status_code == 302 and again(row).ended_on == ARRIVED
    assert f"chuyển đi nơi khác {ARRIVED:%d/%m/%Y}" in words(as_hanh.open("support:reintegration", case.code))
    with pytest.raises(Refused, match="đã kết thúc ngày"):
        end(row, hanh)


def test_it_does_not_end_before_it_began(case, hanh):
    with pytest.raises(Refused) as refused:
        end(join(case, hanh), hanh, on=CAME)
    assert refused.value.field == "on"


def test_what_was_recorded_last_by_mistake_is_taken_back_and_the_old_line_stays(case, hanh, as_hanh):
    row = end(join(case, hanh), hanh)
    with pytest.raises(Refused, match="lý do"):
        take_back(row, hanh, " ")
    assert as_hanh.send("support:take_programme_back", case.code, row.pk, words="Chưa xong.").status_code == 302
    assert again(row).stands
    assert take_back(row, hanh).taken_back
    assert [line.key for line in history.current(case).order_by("pk")][-4:] == [
        "programme_joined", "programme_ended", "programme_end_taken_back", "programme_taken_back",
    ]  # fmt: skip
    for again_ in (lambda: take_back(row, hanh), lambda: end(row, hanh)):
        with pytest.raises(Refused, match="đã được rút"):
            again_()
    assert "(đã rút)" in words(as_hanh.open("support:reintegration", case.code))


def test_an_end_is_not_taken_back_while_the_programme_was_joined_again(case, hanh):
    first = end(join(case, hanh), hanh)
    join(case, hanh)
    with pytest.raises(Refused, match="đang tham gia"):
        take_back(first, hanh)


def test_only_who_records_support_on_the_case_may(case, cast, hanh, lan):
    row = join(case, lan)
    for name in ("dung", "thu", "quang"):
        with pytest.raises(PermissionDenied):
            join(case, cast.officer(name), "poverty_reduction")
        with pytest.raises(PermissionDenied):
            end(row, cast.officer(name))
    with pytest.raises(PermissionDenied):
        take_back(row, lan)


def test_it_is_neither_a_need_nor_support_and_no_standing_changes(case, hanh):
    before, given = standings(), Provision.objects.of(case).count()
    row = join(case, hanh, on=CAME)
    end(row, hanh)
    take_back(row, hanh)
    assert standings() == before != [] and Provision.objects.of(case).count() == given


def test_each_change_is_on_the_trail_without_words(case, hanh):
    row = join(case, hanh, words="Lê Thị Mận vay trồng nấm.")
    end(row, hanh)
    take_back(row, hanh)
    rows = list(Event.objects.filter(subject=case.trail_subject).order_by("pk"))[-3:]
    assert [each.data["step"] for each in rows] == ["programme_joined", "programme_ended", "programme_end_taken_back"]
    assert "nấm" not in str([each.data for each in rows])


# The list.


def test_the_list_says_who_is_in_which_programme_without_identities(cast, at_home, hanh, as_hanh):
    one, other = at_home(), at_home()
    join(one, hanh)
    join(one, hanh, "poverty_reduction")
    join(other, hanh)
    gone = end(join(other, hanh, "new_countryside"), hanh)
    page = as_hanh.open("support:programmes")
    said = words(page)
    assert "2 người đang tham gia chương trình kinh tế, xã hội." in said
    assert one.alias in said and other.alias in said and "Ngân hàng Chính sách xã hội" in said
    assert [(kind["key"], kind["people"]) for kind in page.context["kinds"]] == [
        ("job_loan", 2),
        ("poverty_reduction", 1),
    ]
    narrowed = as_hanh.open("support:programmes", **{"chuong-trinh": "poverty_reduction"})
    assert [each["row"].case_id for each in narrowed.context["rows"]] == [one.pk]
    assert len(as_hanh.open("support:programmes", **{"chuong-trinh": "x"}).context["rows"]) == 3
    looked = Event.objects.filter(event="cases_listed", by="hanh").latest("pk")
    assert looked.data["where"] == "support:programmes"
    assert gone.ended_on and sorted(looked.data["cases"]) == sorted([one.code, other.code])


def test_the_list_is_of_the_cases_that_one_may_see(cast, case, hanh):
    join(case, hanh)
    assert case.alias in words(cast.browser("thu").open("support:programmes"))
    stranger = cast.browser("quang").open("support:programmes")
    assert case.alias not in words(stranger) and "Chưa ghi ai" in words(stranger)


def test_the_list_has_pages(monkeypatch, case, at_home, hanh, as_hanh):
    monkeypatch.setattr("benan.support.queries.ENROLMENTS_PER_PAGE", 1)
    other = at_home()
    join(case, hanh, on=CAME)
    join(other, hanh)
    first, second = (as_hanh.open("support:programmes", trang=n) for n in (1, 2))
    assert [page.context["rows"][0]["row"].case_id for page in (first, second)] == [other.pk, case.pk]
    assert "Trang 1 trên 2" in words(first)
    narrowed = as_hanh.open("support:programmes", **{"chuong-trinh": "job_loan"})
    assert "?chuong-trinh=job_loan&amp;trang=2" in narrowed.content.decode()


# Two cases of one person.


def test_programmes_follow_a_person_into_the_case_that_goes_on_and_back(cast, hanh):
    goes_on, ends = cast.at_home(), cast.at_home()
    join(goes_on, hanh)
    join(ends, hanh, on=CAME)
    join(ends, hanh, "poverty_reduction")
    identities.join(by=hanh, case=again(goes_on), other=again(ends))
    assert standing(goes_on) == {"job_loan": CAME, "poverty_reduction": TODAY} and standing(ends) == {}
    identities.unjoin(by=hanh, case=again(ends), words="Hai người.")
    assert standing(goes_on) == {"job_loan": TODAY}
    assert standing(ends) == {"job_loan": CAME, "poverty_reduction": TODAY}


def test_of_two_records_the_later_is_set_aside(cast, hanh):
    goes_on, ends = cast.at_home(), cast.at_home()
    join(goes_on, hanh, on=CAME)
    join(ends, hanh)
    identities.join(by=hanh, case=again(goes_on), other=again(ends))
    assert standing(goes_on) == {"job_loan": CAME}


def test_a_record_set_aside_does_not_come_back_beside_a_later_one(cast, hanh):
    goes_on, ends = cast.at_home(), cast.at_home()
    join(goes_on, hanh)
    earlier = join(ends, hanh, on=CAME)
    identities.join(by=hanh, case=again(goes_on), other=again(ends))
    moved = Enrolment._base_manager.select_related("case").get(pk=earlier.pk)
    programmes.end_programme(by=hanh, enrolment=moved, outcome="left", on=TODAY)
    join(goes_on, hanh)
    identities.unjoin(by=hanh, case=again(ends), words="Hai người.")
    assert [row.stands for row in Enrolment.objects.of(goes_on)] == [True]


# The list of programmes.


def test_programmes_of_the_day_with_their_certainty(case, as_hanh, on_day):
    known = {entry.key: entry for entry in vocabularies.entries("support_programmes", TODAY)}
    assert not known["job_loan"].unverified and known["poverty_reduction"].unverified
    page = words(as_hanh.open("support:join_programme", case.code))
    assert f"{POVERTY} chưa kiểm chứng" in page and BANK in page
    later = {entry.key for entry in vocabularies.entries("support_programmes", day("01/01/2021"))}
    assert known.keys() - later == {"rural_vocational"}


def test_an_office_that_was_referred_to_learns_nothing_by_it(cast, case, hanh):
    """Recording where a programme is run puts nobody on the team."""
    before = set(case.team.members.values_list("agency", flat=True))
    join(case, hanh)
    assert set(case.team.members.values_list("agency", flat=True)) == before
    assert referrals.Referral.objects.of(case).count() == 0
