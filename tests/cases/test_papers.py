"""Numbers of papers and issuers stand in clear for offices that open no identity: a name finds no place in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benan.cases.models import Step
from benan.core import papers
from benan.core.refusals import Refused
from benan.core.text import fold
from benan.rules import vocabularies
from benan.support.models import Referral
from benan.verification.models import Finding
from bench import names
from tests.cast import TODAY, again, words

NAME = "Nguyễn Thị Hoà 1995"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("214/LĐTBXH", "214/LĐTBXH"), ("90/cah", "90/CAH"), (" 12 / GXN - CAH ", "12/GXN-CAH"), ("77", "77"),
        ("KH-0117", "KH-0117"), ("45/2017/HS-ST", "45/2017/HS-ST"), ("01/2014/TTLT-BCA-BQP-BLĐTBXH-BNG",) * 2,
        ("1254 HSST", "1254 HSST"), ("44/PC02", "44/PC02"), ("", ""), ("  ", ""),
    ],
)  # fmt: skip
def test_a_number_of_a_paper_is_taken_however_it_is_typed(typed, stored):
    assert papers.number(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [NAME, "Nguyễn Thị Hoà", "12/Nguyễn Thị Hoà", "12/NGUYEN THI HOA", "12 NGUYỄN HOÀ", "LĐTBXH", "gặp chị Hoà số 5",
     "1" * 41, "12 LÊ", "12-hoà", "số 12 (chị Hoà)"],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_examples(typed):
    with pytest.raises(Refused, match="không phải số văn bản. Ghi chữ số và chữ viết tắt"):
        papers.number(typed)


@given(st.integers(0, 5000), st.integers(0, 99), st.sampled_from([str, str.upper, fold]))
def test_no_name_of_three_words_is_a_number(number, digits, written):
    with pytest.raises(Refused):
        papers.number(f"{digits} {written(names.name(number))}")


@pytest.mark.parametrize(
    ("stage", "who", "address", "form", "box"),
    [
        ("notified", "hanh", "buoc/request_verification", {"to_unit": "737", "paper_on": TODAY}, "paper_no"),
        ("notified", "hanh", "buoc/hand_to_immigration", {"paper_on": TODAY}, "paper_no"),
        ("notified", "hanh", "buoc/record_proof",
         {"basis": "rescuer", "issuer": "border_guard", "certificate_on": TODAY}, "certificate_no"),
        ("notified", "hanh", "buoc/record_proof",
         {"basis": "rescuer", "certificate_no": "12/GXN", "certificate_on": TODAY}, "issuer"),
        ("requested", "dung", "buoc/receive_request", {}, "arrival_no"),
        ("verifying", "hung", "ky", {"certificate_no": "1", "certificate_on": TODAY}, "answer_no"),
        ("verifying", "hung", "ky", {"answer_no": "1", "certificate_on": TODAY}, "certificate_no"),
        ("requested", "hanh", "tra-loi", {"outcome": "not_victim", "paper_on": TODAY}, "paper_no"),
    ],
)  # fmt: skip
def test_a_name_in_a_box_for_a_number_is_not_stored(cast, stage, who, address, form, box):
    more = {"nationality": "foreigner"} if "immigration" in address else {}
    case = getattr(cast, stage)(**more)
    if address == "ky":
        drafted = {"outcome": "victim", "grounds": ["sold"], "sources": ["witness"]}
        cast.browser("dung").send("verification:draft", case.code, **drafted)
        form = form | {"draft": case.findings.get().pk}
    where = f"/ho-so/{case.code}/{address}/"
    typed = {name: f"{day:%d/%m/%Y}" if day is TODAY else day for name, day in form.items()}
    latest = case.steps.order_by("-pk").values_list("pk", flat=True)[0]
    page = cast.browser(who).post(where, {"on": f"{TODAY:%d/%m/%Y}", "seen": latest, **typed, box: NAME})
    held = str(list(Step.objects.values_list("paper_no", "details"))) + str(
        list(Finding.objects.values_list("answer_no", "certificate_no", "issuer"))
    )
    assert "Hoà" not in held
    assert page.status_code == 422 and box in page.context["form"].errors


def test_a_name_in_the_number_of_an_answer_to_a_referral_is_not_stored(cast, as_hoa):
    referral = cast.referred(cast.assessed())
    sent = {"on": f"{TODAY:%d/%m/%Y}", "paper_no": NAME, "reason": "hết chỗ"}
    as_hoa.post(f"/ho-so/{referral.case.code}/chuyen-tuyen/{referral.pk}/tu-choi/", sent)
    assert "Hoà" not in str(list(Referral.objects.of(referral.case).values_list("paper_no")))


def test_a_refused_number_stays_in_its_box(cast, as_hanh):
    page = as_hanh.send("verification:act", cast.notified().code, "request_verification", to_unit="737", paper_no="12 Hoà",
                        paper_on=TODAY, on=TODAY)  # fmt: skip
    assert "“12 Hoà” không phải số văn bản" in words(page) and 'value="12 Hoà"' in page.content.decode()


def test_each_paper_of_article_28_has_its_issuers():
    given = [entry.papers for entry in vocabularies.entries("issuers", TODAY)]
    assert {paper for papers in given for paper in papers} == set(Finding.Basis.values) - {"answer"} and all(given)


def test_an_issuer_gives_only_its_own_paper(cast, as_hanh):
    case = cast.notified()
    page = as_hanh.send("verification:act", case.code, "record_proof", basis="proceedings", issuer="border_guard",
                        certificate_no="1", certificate_on=TODAY, on=TODAY)  # fmt: skip
    assert page.status_code == 422 and "issuer" in page.context["form"].errors
    assert again(case).status == "pending"
