"""A template to start from: the program's own paper with fields in place of what a return says."""

import dataclasses
import datetime as dt

from docx.shared import Cm

from benan.agencies.models import Agency
from benan.reports import issuers
from benan.reports.document import Paper


def starting_template(agency: Agency, on: dt.date) -> bytes:
    """A .docx that an agency edits in its word processor and uploads, in the form of a day."""
    paper = Paper(on)
    head = issuers.letterhead(agency, on)
    superior = "{{ co_quan_cap_tren|upper }}" if head.superior else ""
    head = dataclasses.replace(head, superior=superior, agency="{{ co_quan|upper }}")
    paper.head(head, number="{{ so_van_ban }}", place_and_day="{{ ngay_van_ban }}")
    paper.title("BÁO CÁO", "{{ trich_yeu }}")
    paper.text("{{ du_lieu_gia_lap }}", bold=True)
    paper.text("Thực hiện Kế hoạch số {{ so_ke_hoach }}, {{ co_quan }} báo cáo kết quả {{ ky }} như sau:")
    paper.text("Số liệu tính từ ngày {{ tu_ngay }} đến ngày {{ den_ngay }}, xét đến hết ngày {{ xet_den }}.")
    paper.text("{%p if chua_bao_cao %}")
    paper.text(
        "Chưa có báo cáo của: {% for ten in chua_bao_cao %}{{ ten }}{% if not loop.last %}; {% endif %}{% endfor %}."
    )
    paper.text("{%p endif %}")
    paper.heading("I. KẾT QUẢ CÁC CHỈ TIÊU")
    _loop(
        paper, ("Chỉ tiêu", "Kết quả", "Tỷ lệ", "Đánh giá"), "chi_tieu_nay in cac_chi_tieu",
        ("{{ chi_tieu_nay.so }}) {{ chi_tieu_nay.noi_dung }}", "{{ chi_tieu_nay.tu_so }}/{{ chi_tieu_nay.mau_so }}",
         "{{ chi_tieu_nay.ty_le }}", "{{ chi_tieu_nay.ket_qua }}"), (8, 2.6, 2.6, 2.8),
    )  # fmt: skip
    paper.heading("II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")
    paper.text("{%p for mot_phan in cac_phan %}")
    paper.text("{{ loop.index }}. {{ mot_phan.ten }}", bold=True, keep=True)
    paper.text("{{ mot_phan.loi_van }}")
    paper.text("{%p endfor %}")
    paper.heading("III. SỐ LIỆU")
    _loop(
        paper, ("Nội dung", "Đơn vị tính", "Kỳ này", "Kỳ trước", "Cùng kỳ năm trước"), "dong in dong_so_lieu",
        ("{% if dong.la_nhom %}- {% endif %}{{ dong.ten }}", "{{ dong.don_vi_tinh }}", "{{ dong.so }}", "{{ dong.ky_truoc }}",
         "{{ dong.cung_ky }}"), (6.4, 2, 2.6, 2.4, 2.6),
    )  # fmt: skip
    paper.text("{%p if cac_don_vi %}")
    paper.heading("IV. CÁC ĐƠN VỊ")
    _loop(
        paper, ("Đơn vị", "Tình trạng", "Ngày nộp"), "don_vi in cac_don_vi",
        ("{{ don_vi.ten }}", "{{ don_vi.tinh_trang }}", "{{ don_vi.ngay_nop }}"), (8, 4.5, 3.5),
    )  # fmt: skip
    paper.text("{%p endif %}")
    paper.text("Báo cáo chỉ lưu hành giữa các cơ quan có nhiệm vụ trong kế hoạch, không công bố./.", keep=True)
    paper.foot(
        recipients=["{%p for noi in noi_nhan %}", "- {{ noi }}{% if loop.last %}.{% else %};{% endif %}", "{%p endfor %}"],
        signer=["{%p for dong_ky in chuc_vu_ky %}", "{{ dong_ky }}", "{%p endfor %}"], name="{{ nguoi_ky }}",
    )  # fmt: skip
    return paper.bytes()


def _loop(paper: Paper, heads: tuple[str, ...], over: str, cells: tuple[str, ...], widths: tuple[float, ...]) -> None:
    """A table with a row for each item of a list."""
    blank = ("",) * (len(cells) - 1)
    rows = [(f"{{%tr for {over} %}}", *blank), cells, ("{%tr endfor %}", *blank)]
    paper.table(heads, rows, [Cm(width) for width in widths], left=(0,))
