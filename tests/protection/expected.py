"""What the pages and tables of protection answer to whom (tests/expected.py)."""

from benan.protection.actions import danger, measures
from benan.protection.models import DangerNotice
from tests.cast import TODAY, agency_of

PAGES = """
                                    lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ho-so/{code}/bao-ve/               200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/bao-ve/ap-dung/       200 200  200          200  200  200 403    403 404 404 404   404 in
/ho-so/{code}/bao-ve/cham-dut/      200 200  200          200  200  200 403    403 404 404 404   404 in
/ho-so/{code}/bao-ve/tu-choi/       200 200  200          200  200  200 403    403 404 404 404   404 in
/ho-so/{code}/bao-ve/khong-ap-dung/ 200 200  200          200  200  200 403    403 404 404 404   404 in
/ho-so/{code}/bao-ve/con-nguy-hiem/ 200 200  200          200  200  200 403    403 404 404 404   404 in
/ho-so/{code}/bao-ve/da-goi/        200 200  200          200  200  200 200    403 404 404 404   404 in
/ho-so/{code}/bao-ve/van-ban/       200 200  200          200  200  200 200    403 404 404 404   404 in
/ho-so/{code}/bao-ve/khong-bao/     200 200  200          200  200  200 403    403 404 404 404   404 in
/bao-nguy/{notice}/                 404 404  404          404  404  404 404    404 404 404 200   404 in
"""

TYPED = {
    "/ho-so/{code}/bao-ve/ap-dung/": {"unable": ""},
    "/ho-so/{code}/bao-ve/da-goi/": {"at": "08:30"},
}
CLEAR = {"codes from lists, of places and of the procedure": ("protection.Measure.kind",)}
ASKED_WITHOUT_A_ROW = {
    "models.py": {"visible_to"},
    "policy.py": {"endangered"},
    "queries.py": {"alarm", "handover"},
    "views.py": {"record", "record_danger_alone"},
}


def cases_at_stages(cast):
    """In danger."""
    return {"endangered": cast.notified(cast.screened(danger="yes"))}


def life(world):
    """A measure; the other case is in danger, of which the labour office of its district is told."""
    measures.start(by=world.cast.officer("hanh"), case=world.case, on=TODAY, kind="refuge", consented=True)
    danger.report_danger(by=world.cast.officer("quyen"), case=world.other, on=TODAY)
    return {"notice": DangerNotice.objects.of(world.other).get(agency=agency_of("labour-736")).pk}
