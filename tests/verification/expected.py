"""What the pages and tables of verification answer to whom (tests/expected.py)."""

from benan.verification import actions
from tests.cast import TODAY

PAGES = """
                                         lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ho-so/{code}/buoc/take_notice/          403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/record_proof/         403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/request_verification/ 403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/receive_request/      403 200  403          200  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/report_to_province/   403 200  403          200  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/receive_report/       403 200  403          200  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/tell_outcome/         403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/hand_to_immigration/  403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/close_verification/   403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/answer_victim/        404 404  404          404  404  404 404    404 404 404 404   404 in
/ho-so/{code}/du-thao/                   403 403  403          200  403  403 403    403 404 404 404   404 in
/ho-so/{code}/du-thao/mo/                403 403  403          on   403  403 403    403 404 404 404   404 in
/ho-so/{code}/ky/                        403 403  403          403  200  403 403    403 404 404 404   404 in
/ho-so/{code}/ky/mo/                     403 403  403          403  on   403 403    403 404 404 404   404 in
/ho-so/{code}/ky/tra-lai/                403 403  403          403  200  403 403    403 404 404 404   404 in
/ho-so/{code}/tra-loi/                   403 200  403          403  403  403 403    403 404 404 404   404 in
"""

MAY_REPEAT = {"verification:open_draft", "verification:read_draft"}
ASKED_WITHOUT_A_ROW = {
    "desk.py": {"_findings_to_sign", "_first_drafts", "_first_returned", "_new_cases", "_returned_drafts"},
}
CLEAR = {
    "numbers of offices' papers, of a shape that no name has": (
        "verification.Finding.answer_no", "verification.Finding.certificate_no",
    ),
    "codes from lists, of places and of the procedure": (
        "verification.Finding.grounds", "verification.Finding.sources", "verification.Finding.issuer",
    ),
}  # fmt: skip


def cases_at_stages(cast):
    """With the province's police."""
    reported = actions.report_to_province(
        by=cast.officer("dung"), case=cast.verifying(), on=TODAY, reason="complex", paper_no="80/CAH", paper_on=TODAY
    )
    return {"reported": reported.case}


def life(world):
    """A draft of what is found."""
    actions.draft_finding(
        by=world.cast.officer("dung"), case=world.case, outcome="victim", grounds=["sold"], sources=["own_statement"]
    )
    return {}
