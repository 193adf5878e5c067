"""What the pages and tables of needs answer to whom (tests/expected.py)."""

from benan.needs.actions import needs
from tests.cast import TODAY, record_needs

PAGES = """
                                                       lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ho-so/{code}/tiep-nhan/da-trao/                       200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/                                 200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/nhu-cau/dieu-da-biet/nationality/        403 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/dieu-da-biet/poor_household/     403 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/{need}/                          200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/don-de-nghi/                     200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/don-de-nghi/application_sent/    200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/don-de-nghi/application_decided/ 200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/ho-tro/{provision}/rut/                  403 200  403          403  403  403 403    403 404 404 404   404 in
"""

TYPED = {"/ho-so/{code}/tiep-nhan/da-trao/": {"refused": ""}}
ASKED_WITHOUT_A_ROW = {
    "desk.py": {"_first_offers", "_first_unanswered"},
}
CLEAR = {
    "codes from lists, of places and of the procedure": ("needs.Assessment.groups",),
    "words of the law, from data files": ("needs.Need.citation",),
}


def life(world):
    """A need, and what was offered for it."""
    return _need_with_offer(world.cast.officer("hanh"), world.case)


def life_elsewhere(world):
    """The same of the other case."""
    return _need_with_offer(world.cast.officer("quyen"), world.other)


def _need_with_offer(by, case):
    (need,) = record_needs(by=by, case=case, on=TODAY, kinds=["legal_aid"])
    return {"need": need.pk, "provision": needs.provide(by=by, need=need, outcome="offered", on=TODAY).pk}
