"""Names under which people are spoken of: plants that are no common given names in the province."""

PLANTS = (
    "Sen", "Súng", "Tràm", "Sim", "Gạo", "Bằng Lăng", "Cỏ May", "Lộc Vừng", "Bồ Đề", "Me", "Đa", "Si", "Sung", "Vối",
    "Dừa Nước", "Đước", "Mắm", "Bần", "Sú", "Vẹt", "Cóc Trắng", "Ráng", "Lau", "Sậy", "Lác", "Năn", "Bèo Tây", "Rau Muống",
    "Rau Dền", "Rau Má", "Tía Tô", "Kinh Giới", "Húng Quế", "Ngò Gai", "Lá Lốt", "Riềng", "Gừng", "Nghệ", "Sả", "Hẹ", "Tỏi",
    "Mướp", "Bầu", "Bí Đao", "Khổ Qua", "Dưa Gang", "Cà Pháo", "Đậu Rồng", "Đậu Biếc", "Điên Điển", "So Đũa", "Bông Gòn",
    "Vông Nem", "Muồng Vàng", "Keo Dậu", "Phi Lao", "Thông Ba Lá", "Sao Đen", "Dầu Rái", "Gõ Đỏ", "Cẩm Lai", "Giáng Hương",
    "Trắc", "Lim Xanh", "Sến", "Táu", "Chò Chỉ", "Xoan", "Sấu", "Trám", "Cọ", "Cau", "Thốt Nốt", "Dừa", "Tre Gai", "Trúc Đùi Gà",
    "Nứa", "Vầu", "Mây", "Song", "Lúa Nếp", "Bắp", "Kê", "Mè", "Lạc", "Khoai Lang", "Khoai Môn", "Sắn", "Củ Từ", "Củ Mài",
    "Dong Riềng", "Mía", "Cà Phê", "Hồ Tiêu", "Điều", "Cao Su", "Ca Cao", "Chè Xanh", "Bưởi", "Cam Sành", "Quýt", "Chanh",
    "Tắc", "Xoài", "Mít", "Sầu Riêng", "Chôm Chôm", "Măng Cụt", "Nhãn", "Vải", "Thanh Long", "Vú Sữa", "Sa Kê", "Ổi", "Roi",
    "Mận Rừng", "Khế", "Bứa", "Dâu Da", "Lòng Bong", "Bơ", "Na", "Mãng Cầu", "Đu Đủ", "Chuối Hột", "Dứa", "Lựu", "Táo Ta",
    "Dành Dành", "Nguyệt Quế", "Ngọc Lan Tây", "Hoàng Lan", "Mộc", "Nhài", "Dạ Hương", "Móng Tay", "Mào Gà", "Mười Giờ",
    "Bìm Bìm", "Trinh Nữ", "Cỏ Gà", "Cỏ Tranh", "Cỏ Lau", "Dương Xỉ", "Tổ Quạ", "Lưỡi Hổ", "Vạn Niên Thanh", "Xương Rồng",
    "Ngũ Gia Bì", "Đinh Lăng", "Sa Nhân", "Thảo Quả", "Quế", "Hồi", "Vòi Voi", "Nhọ Nồi", "Mã Đề", "Bồ Công Anh", "Ích Mẫu",
    "Ngải Cứu", "Hà Thủ Ô", "Ba Kích", "Kim Tiền", "Hoàng Đằng", "Thiên Lý", "Hoa Giấy", "Trang Rừng", "Dâm Bụt", "Ô Môi",
)  # fmt: skip


def emblem(alias: str) -> str:
    """The drawing that goes with an alias; it says nothing about the person."""
    return ("leaf", "tree", "lotus")[sum(map(ord, alias)) % 3]
