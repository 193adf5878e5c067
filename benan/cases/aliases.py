"""Names under which people are spoken of: plants that are no common given names in the province.

Once every plant was given, a plant with where it grows; then a plant with a number.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

# None has a second meaning that could hurt (virgin, poor, sorrow, gun) or mislead (Điều is what articles are called).
PLANTS = (
    "Sen", "Tràm", "Sim", "Gạo", "Bằng Lăng", "Cỏ May", "Lộc Vừng", "Bồ Đề", "Đa", "Sung", "Vối", "Dừa Nước",
    "Đước", "Cóc Trắng", "Ráng", "Sậy", "Rau Dền", "Rau Má", "Tía Tô", "Kinh Giới", "Húng Quế", "Ngò Gai", "Lá Lốt",
    "Riềng", "Gừng", "Nghệ", "Sả", "Hẹ", "Bí Đao", "Dưa Gang", "Cà Pháo", "Đậu Rồng", "Đậu Biếc", "Điên Điển",
    "So Đũa", "Vông Nem", "Muồng Vàng", "Keo Dậu", "Phi Lao", "Thông Ba Lá", "Sao Đen", "Dầu Rái", "Gõ Đỏ",
    "Cẩm Lai", "Giáng Hương", "Trắc", "Lim Xanh", "Sến", "Chò Chỉ", "Xoan", "Sấu", "Trám", "Cau", "Thốt Nốt", "Dừa",
    "Tre Gai", "Trúc Đùi Gà", "Nứa", "Vầu", "Mây", "Lúa Nếp", "Bắp", "Kê", "Mè", "Lạc", "Khoai Lang", "Khoai Môn",
    "Dong Riềng", "Mía", "Cà Phê", "Hồ Tiêu", "Cao Su", "Ca Cao", "Chè Xanh", "Cam Sành", "Quýt", "Chanh", "Xoài",
    "Chôm Chôm", "Măng Cụt", "Nhãn", "Vải", "Thanh Long", "Vú Sữa", "Sa Kê", "Ổi", "Mận Rừng", "Khế", "Bứa",
    "Dâu Da", "Lòng Bong", "Na", "Mãng Cầu", "Đu Đủ", "Lựu", "Táo Ta", "Dành Dành", "Nguyệt Quế", "Ngọc Lan Tây",
    "Hoàng Lan", "Mộc", "Nhài", "Dạ Hương", "Mào Gà", "Mười Giờ", "Bìm Bìm", "Cỏ Tranh", "Cỏ Lau", "Dương Xỉ",
    "Tổ Quạ", "Lưỡi Hổ", "Vạn Niên Thanh", "Xương Rồng", "Ngũ Gia Bì", "Đinh Lăng", "Sa Nhân", "Thảo Quả", "Quế",
    "Mã Đề", "Bồ Công Anh", "Ích Mẫu", "Ngải Cứu", "Hà Thủ Ô", "Ba Kích", "Hoàng Đằng", "Thiên Lý", "Hoa Giấy",
    "Trang Rừng", "Dâm Bụt", "Ô Môi", "Hướng Dương", "Thạch Thảo", "Oải Hương", "Bạch Đàn", "Vạn Tuế", "Mẫu Đơn",
    "Thược Dược", "Phượng Vĩ", "Hoàng Yến", "Lát Hoa", "Sa La", "Ngâu", "Mua Rừng", "Bông Trang", "Chuông Vàng",
    "Dạ Yến Thảo", "Thủy Trúc", "Thông Đỏ", "Pơ Mu", "Kơ Nia", "Chùm Ruột", "Chùm Ngây", "Rau Ngót", "Rau Đay",
    "Thì Là", "Bạc Hà", "Hương Thảo", "Đậu Ván", "Mồng Tơi", "Cải Xanh", "Su Su", "Thanh Trà", "Bình Bát",
    "Trâm Bầu", "Tùng La Hán", "Trầu Bà", "Cẩm Tú Cầu", "Bụt Mọc", "Lan Ý", "Thiên Tuế",
)  # fmt: skip

# Two syllables each, so that they are told from the plant before them.
PLACES = (
    "Bờ Suối", "Ven Sông", "Lưng Đồi", "Chân Núi", "Đầu Làng", "Cuối Xóm", "Ven Hồ", "Góc Vườn", "Đầu Ngõ", "Bờ Rào",
    "Ven Đường", "Bãi Bồi", "Gò Cao", "Đất Đỏ", "Bìa Rừng", "Bến Nước", "Cạnh Giếng", "Ven Đầm", "Đầu Cầu", "Cuối Dốc",
    "Bờ Ao", "Ven Rẫy", "Thềm Đá", "Bờ Kênh",
)  # fmt: skip
NUMBERS = range(2, 1000)


def alias_stocks(plants: Sequence[str]) -> Iterator[list[str]]:
    """All aliases that can be made of some plants, in lists: those of the first list are given before those of the next."""
    yield list(plants)
    yield [f"{plant} {place}" for plant in plants for place in PLACES]
    yield [f"{plant} {number}" for number in NUMBERS for plant in plants]


def all_aliases(plants: Sequence[str]) -> Iterable[str]:
    """All aliases that can be made of some plants, one by one."""
    return chain.from_iterable(alias_stocks(plants))


def emblem(alias: str) -> str:
    """The name of the drawing shown beside an alias: leaf, tree or lotus, by the letters of the alias alone."""
    return ("leaf", "tree", "lotus")[sum(map(ord, alias)) % 3]
