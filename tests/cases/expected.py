"""What the pages and tables of cases answer to whom (tests/expected.py)."""

from benan.cases.actions import closing, corrections, erasures, identities
from tests.cast import TODAY, agency_of

PAGES = """
                                        lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/tiep-nhan/                             200 200  403          403  403  403 403    403 403 403 200   403 in
/tiep-nhan/moi/                         200 200  403          403  403  403 403    403 403 403 200   403 in
/tiep-nhan/phieu-giay/                  200 200  403          403  403  403 403    403 403 403 200   403 in
/ho-so/                                 200 200  200          200  200  200 200    200 200 200 200   200 in
/ho-so/tai-ve/                          on  on   on           on   on   on  on     on  on  on  on    on  in
/ho-so/tim/                             200 200  200          200  200  200 200    200 200 200 200   200 in
/ho-so/{code}/                          200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/ai-da-xem/                200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/ghi-them/                 200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/giao-viec/                403 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/can-bo-phu-trach/         200 200  200          200  200  200 200    403 404 404 404   404 in
/ho-so/{code}/sua-ngay/{step}/          403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/ghep/                     403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tach/                     403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/xoa-danh-tinh/            403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/xoa-danh-tinh/rut/        403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/xoa-danh-tinh/quyet-dinh/ 403 403  200          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tro-lai/                  200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/danh-tinh/                200 200  403          200  200  200 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/nguoi-ay/       200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/di-cung/        200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/duoi-18-tuoi/   200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/bao-ve-tre-em/  200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/loi-ke/         200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/quyen/          200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/xem-lai/        200 200  403          403  403  403 403    403 404 404 404   404 in
/luat/sua-ngay/                         403 403  403          403  403  403 403    200 403 403 403   403 in
/ho-so/{code}/ket-thuc/                 403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/mo-lai/                   403 200  403          403  403  403 403    403 404 404 404   404 in
"""
SENT = """
               lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/ho-so/tai-ve/ 200 200  200          200  200  200 200    200 403 403 422   403 in
"""

TELLS_NO_CHANGE = {
    "only reads": ("/ho-so/{code}/danh-tinh/",),
    "refused for a case that was neither joined nor closed": ("/ho-so/{code}/tach/", "/ho-so/{code}/tro-lai/"),
    "refused until it names another case: tests/cases/test_two_officers.py": ("/ho-so/{code}/ghep/",),
}
MAY_REPEAT = {"cases:search", "cases:reveal", "cases:export_list"}
ASKED_WITHOUT_A_ROW = {
    "actions/identities.py": {"search"},
    "actions/receptions.py": {"_receiving_agency"},
    "desk.py": {
        "_deadlines",
        "_erasures",
        "_first_awaited",
        "_first_of_the_office",
        "_of_the_office",
        "_overdue_elsewhere",
        "_own_deadlines",
        "_to_meet",
    },
    "receiving_desk.py": {"_first_begun", "panels"},
    "joined.py": {"joined_cases_matching"},
    "steps.py": {"_seat_for", "join_team"},
    "unattended.py": {"offices_for"},
    "views/receptions.py": {"_receiving_agency"},
}
CLEAR = {
    "numbers of offices' papers, of a shape that no name has": (
        "cases.Step.paper_no",
    ),
    "numbers of papers about erasing": ("cases.Erasure.paper_no", "cases.Erasure.decision_no"),
    "codes from lists, of places and of the procedure": (
        "cases.Reception.area_code", "cases.Reception.from_country", "cases.Case.area_code", "cases.Case.ethnic_code",
        "cases.Case.residence_code", "cases.Track.kind", "cases.Track.procedure", "cases.Track.stage", "cases.Step.track",
        "cases.Step.key", "cases.Step.event", "cases.Step.stage", "cases.Step.to_unit", "cases.Step.procedure",
        "cases.Fact.value",
    ),
    "codes, days and numbers of papers that belong to a step": ("cases.Step.details",),
    "words of the law, from data files": (
        "cases.Deadline.limit", "cases.Deadline.track", "cases.Deadline.label", "cases.Deadline.basis",
        "cases.Deadline.duration", "cases.Deadline.certainty", "cases.Deadline.rule",
    ),
    "drawn by the program, told to nobody who is not on the case": ("cases.Case.code", "cases.Case.alias"),
}  # fmt: skip


def cases_at_stages(cast):
    """Ended; to erase, and erased; joined to another, and the other."""
    hanh, head = map(cast.officer, ("hanh", "truong_phong"))
    ended, to_erase, erased = (
        closing.close(by=hanh, case=cast.assessed(), on=TODAY, closing="left") for _case in range(3)
    )
    for case in (to_erase, erased):
        erasures.ask(by=hanh, case=case, reason="error", received_on=TODAY)
    erasures.decide(by=head, case=erased, agreed=True, decision_no="5/QĐ", decision_on=TODAY)
    joined = cast.notified(cast.screened())
    joined_to = identities.join(by=hanh, case=cast.notified(), other=joined)
    return {"ended": ended, "to erase": to_erase, "erased": erased, "joined": joined, "joined to": joined_to}


def life(world):
    """An office that supports, and words that were added."""
    hanh = world.cast.officer("hanh")
    corrections.assign(by=hanh, case=world.case, part="supports", agency=agency_of("womens_union"))
    corrections.remark(by=hanh, case=world.case, on=TODAY, words="ghi thêm")
    return {"code": world.case.code, "step": world.case.steps.get(event="labour_notified").pk}


def life_elsewhere(world):
    """What stands in places of addresses for the other case."""
    return {"step": world.other.steps.get(event="received").pk}
