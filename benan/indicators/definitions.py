"""The definition of each measure in words, for those who read or question a number; by the key of the measure."""

from django.utils.translation import gettext_lazy as _

DEFINITIONS = {
    "received_verified_and_supported": (
        _(
            "Mẫu số: người khai mình là nạn nhân, được tiếp nhận trong kỳ. Người chưa thành niên đi cùng "
            "và người thân thích không tính ở chỉ tiêu này."
        ),
        _(
            "Tử số: đã có giấy tờ theo Điều 28 Luật 66/2011 hoặc văn bản trả lời xác minh (không phụ thuộc kết luận), "
            "đã hỏi nhu cầu ban đầu, và từng nhu cầu đã được đáp ứng hoặc người ấy không cần."
        ),
        _(
            "Còn trong thời hạn: chỉ thiếu trả lời, và thời hạn đang tính (3 ngày của huyện, rồi 20 ngày, rồi "
            "60 ngày hoặc 02 tháng) kết thúc từ ngày xét trở đi. Chưa ghi ngày Công an nhận thì lấy ngày gửi, theo quy ước."
        ),
        _(
            "Chưa được hỗ trợ đủ: đến hết ngày hôm sau ngày đến mà chưa báo Phòng LĐ-TB&XH hoặc chưa hỏi "
            "nhu cầu; hoặc đã hết hạn."
        ),
        _(
            "Chuyển ra ngoài tỉnh khi chưa có trả lời: còn trong thời hạn khi thời hạn đang tính lúc "
            "chuyển chưa hết; sau đó là "
            "trách nhiệm của nơi nhận. Người ấy không muốn tiếp tục thì vẫn tính; chỉ người đã mất, rời "
            "đi hoặc hồ sơ lập nhầm mới không tính."
        ),
        _("Địa bàn là xã tiếp nhận; đơn vị là đơn vị tiếp nhận."),
    ),
    "victims_supported": (
        _(
            "Mẫu số: nạn nhân có nhu cầu thuộc diện được hỗ trợ theo Điều 32 Luật 66/2011, với ngày nhu "
            "cầu trong kỳ; cùng với người được xác định "
            "là nạn nhân trong kỳ mà chưa ai đánh giá nhu cầu."
        ),
        _("Ngày nhu cầu là ngày muộn hơn trong hai ngày: ngày ghi nhu cầu và ngày được xác định là nạn nhân."),
        _(
            "Tử số: mọi nhu cầu ấy đã được hỗ trợ. Nhu cầu không có thời hạn luật định thì từ hôm sau "
            "ngày nhu cầu được tính là chưa hỗ trợ đủ."
        ),
        _(
            "Nhu cầu mà người ấy từ chối sau khi đã được đề nghị hỗ trợ thì không tính vào chỉ tiêu này. "
            "Nhu cầu không thuộc diện được hỗ trợ theo Điều 32 được thống kê riêng."
        ),
        _("Địa bàn và đơn vị là của đơn vị chịu trách nhiệm trong ngày xét."),
    ),
    "people_protected": (
        _(
            "Mẫu số: nạn nhân, thân nhân và người chưa thành niên đến cùng nạn nhân, có nhu cầu an toàn "
            "với ngày nhu cầu trong "
            "kỳ; cùng với người được xác định là nạn nhân trong kỳ mà chưa ai hỏi về an toàn."
        ),
        _("Tử số: mỗi nhu cầu ấy đã có một biện pháp bảo vệ được áp dụng."),
        _("Kế hoạch nói “nạn nhân”, nên người còn chờ xác minh được thống kê riêng."),
        _("Địa bàn và đơn vị là của đơn vị chịu trách nhiệm trong ngày xét."),
    ),
    "victims_reintegrated": (
        _("Mẫu số: nạn nhân mà ngày muộn hơn giữa ngày rõ nơi cư trú và ngày được xác định là nạn nhân nằm trong kỳ."),
        _(
            "Tử số: đã được hỏi đủ tám nhóm dịch vụ mà điểm d nêu, và mỗi dịch vụ cần đã được cung cấp. "
            "Không cần gì thêm, hoặc "
            "từ chối sau khi đã được đề nghị hỗ trợ, cũng được tính là đã đáp ứng."
        ),
        _("Địa bàn và đơn vị là của đơn vị chịu trách nhiệm trong ngày xét."),
    ),
    "victims_advised_on_health": (
        _(
            "Mẫu số: nạn nhân có nhu cầu tư vấn về dịch vụ sức khỏe, tâm lý với ngày nhu cầu trong kỳ; "
            "cùng với người được xác "
            "định là nạn nhân trong kỳ mà chưa ai hỏi có cần tư vấn không."
        ),
        _("Tử số: mỗi nhu cầu ấy đã có một buổi tư vấn, không phụ thuộc nơi người ấy đang ở."),
        _("Địa bàn và đơn vị là của đơn vị chịu trách nhiệm trong ngày xét."),
    ),
}
