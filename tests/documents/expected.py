"""What the pages and tables of documents answer to whom (tests/expected.py)."""

from benan.agencies.models import Agency
from benan.documents.actions import files, papers
from tests.cast import TODAY
from tests.documents import evil

PAGES = """
                               lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/tep/{file}/                   404 file 404          404  404  404 404    404 404 404 404   404 in
/so-van-ban/                   200 200  403          200  403  200 200    200 200 200 200   403 in
/so-van-ban/van-ban-di/tep/    200 200  403          200  403  200 200    200 200 200 200   403 in
/so-van-ban/van-ban-den/tep/   200 200  403          200  403  200 200    200 200 200 200   403 in
/so-van-ban/{paper}/tep/       404 200  404          404  404  404 404    404 404 404 404   404 in
/so-van-ban/{paper}/gach/      404 200  404          404  404  404 404    404 404 404 404   404 in
"""
SENT = """
                               lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/tep/{file}/                   405 405  405          405  405  405 405    405 405 405 405   405 in
"""
TYPED = {
    "/so-van-ban/van-ban-di/tep/": {"notation": "BC-UBND", "other_party": "", "about": "Báo cáo năm", "marking": "", "holder": ""},
    "/so-van-ban/van-ban-den/tep/": {"notation": "12/CV", "other_party": "", "about": "Báo cáo năm", "marking": "", "holder": ""},
}  # fmt: skip
ASKED_WITHOUT_A_ROW = {
    "policy.py": {"readable", "of_own_registers", "scans_of_own_registers", "require_seat", "require_register"},
    "queries.py": {"offices"},
}
CLEAR = {
    "keys and sums of files": (
        "documents.StoredFile.key",
        "documents.StoredFile.sent_sum",
        "documents.StoredFile.copy_sum",
    ),
    "what a file or a paper is about, beside a hint to name nobody": (
        "documents.StoredFile.about",
        "documents.Paper.about",
        "documents.Paper.cancelled_for",
    ),
    "numbers of papers, and offices that send, receive and keep them": (
        "documents.Paper.notation",
        "documents.Paper.other_party",
        "documents.Paper.holder",
    ),
    "codes from lists, of places and of the procedure": ("documents.Paper.kind", "documents.Paper.subject"),
}
KEYS = {"documents.FileContent.wrapped_key"}


def life(world):
    """A paper that Hạnh's office issued, with its scan."""
    hanh, office = world.cast.officer("hanh"), Agency.objects.get(key="labour-737")
    scan = files.store(by=hanh, agency=office, upload=evil.upload("ban chup.pdf", evil.pdf()))
    paper = papers.register_outgoing(by=hanh, agency=office, on=TODAY, notation="LĐTBXH", kind="letter",
                                     other_party="UBND xã", about="Báo cáo năm", scan=scan)  # fmt: skip
    return {"file": scan.key, "paper": paper.pk}
