"""What the pages and tables of support answer to whom (tests/expected.py)."""

from benan.support.actions import programmes, referrals, screening, visits
from tests.cast import TODAY, agency_of, day

PAGES = """
                                               lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ho-so/{code}/tiep-nhan/an-toan/               200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/danh-gia/                403 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/ve-nha/                          200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/ve-nha/chuyen-tuyen/             200 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/ve-nha/ve-noi-cu-tru/            200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/ve-nha/hen-tham/                 200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/chuyen-tuyen/{referral}/nhan/    200 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/chuyen-tuyen/{referral}/den-noi/ 200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/tham/{visit}/                    200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/chuong-trinh/                    200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/chuong-trinh/{enrolment}/ket-thuc/ 200 200 403         403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/chuong-trinh/{enrolment}/rut/    403 200  403          403  403  403 403    403 404 404 404   404 in
/chuong-trinh/                                 200 200  200          200  200  200 200    200 200 200 200   200 in
/chuyen-tuyen/                                 200 200  200          200  200  200 200    200 200 200 200   200 in
"""

TELLS_NO_CHANGE = {"refused for a referral that was answered": ("/ho-so/{code}/chuyen-tuyen/{referral}/nhan/",)}
ASKED_WITHOUT_A_ROW = {
    "desk.py": {"_agreed", "_first_housed", "_first_referrals", "_referrals_waiting"},
    "queries.py": {"referrals_page"},
}
CLEAR = {
    "numbers of offices' papers, of a shape that no name has": (
        "support.Referral.paper_no",
        "support.Enrolment.paper_no",
    ),
    "codes of a list of the law": ("support.Enrolment.programme",),
}


def cases_at_stages(cast):
    """Referred but not yet answered for."""
    return {
        "referred": cast.referred(cast.assessed()).case,
        "served": cast.referred(cast.assessed(), kind="service", to="womens_union").case,
    }


def life(world):
    """An assessment, a referral that was accepted, a visit to come and a programme."""
    case, (lan, hanh, hoa) = world.case, map(world.cast.officer, ("lan", "hanh", "hoa"))
    screening.assess(by=hanh, case=case, on=TODAY, needs=["legal_aid"], groups=["legal"], safety_asked=True,
                     advice_asked=True)  # fmt: skip
    return {
        "referral": referrals.accept(by=hoa, referral=world.cast.referred(case), on=TODAY).pk,
        "visit": visits.plan_visit(by=lan, case=case, planned_on=day("16/11/2017")).pk,
        "enrolment": _enrolled(case, lan),
    }


def life_elsewhere(world):
    """A referral, a visit and a programme of the other case."""
    case, quyen = world.other, world.cast.officer("quyen")
    referred = {"kind": "service", "receiver": agency_of("social_bank"), "consent": "written"}
    return {
        "referral": referrals.refer(by=quyen, case=case, on=TODAY, **referred).pk,
        "visit": visits.plan_visit(by=quyen, case=case, planned_on=TODAY).pk,
        "enrolment": _enrolled(case, quyen),
    }


def _enrolled(case, by):
    """Somebody takes part in a programme; gives its id."""
    joined = {"programme": "poverty_reduction", "office": agency_of("social_bank"), "consent": "written"}
    return programmes.join_programme(by=by, case=case, on=TODAY, **joined).pk
