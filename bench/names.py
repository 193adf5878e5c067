"""Names and telephones for many fictional people (dữ liệu giả lập); the same number gives the same person."""

FAMILIES = (
    "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Võ", "Đặng",
    "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đoàn", "Trương", "Đinh", "Lâm", "Mai", "Tô", "Tạ", "Điểu", "Thạch",
)  # fmt: skip
MIDDLES = (
    "Thị", "Thị", "Thị", "Thị Mỹ", "Thị Kim", "Thị Thanh", "Thị Ngọc", "Thị Thu", "Văn", "Văn", "Hữu", "Minh", "Quốc",
    "Đức", "Xuân",
)  # fmt: skip
GIVEN = (
    "An", "Ánh", "Bé", "Bình", "Châu", "Chi", "Cúc", "Cường", "Diễm", "Dung", "Duyên", "Đào", "Đạt", "Giang", "Hà",
    "Hải", "Hạnh", "Hằng", "Hiền", "Hoa", "Hồng", "Huệ", "Hùng", "Hương", "Khánh", "Lài", "Lan", "Lành", "Linh",
    "Loan", "Long", "Lý", "Mai", "Mận", "Minh", "Nam", "Nga", "Ngân", "Nghĩa", "Nhàn", "Nhung", "Oanh", "Phúc",
    "Phượng", "Quyên", "Sang", "Tâm", "Thảo", "Thắm", "Thủy", "Tiên", "Trang", "Trinh", "Tuấn", "Tuyết", "Uyên",
    "Vân", "Việt", "Xuân", "Yến",
)  # fmt: skip


def name(number: int) -> str:
    """A full name; some people share one, as they do."""
    family, rest = number * 7 % len(FAMILIES), number // len(FAMILIES)
    return f"{FAMILIES[family]} {MIDDLES[rest * 11 % len(MIDDLES)]} {GIVEN[number * 13 % len(GIVEN)]}"


def phone(number: int) -> str:
    """A telephone number of a prefix that nobody has."""
    return f"0000{number:06d}"
