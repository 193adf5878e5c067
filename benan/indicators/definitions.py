"""The definition of each measure in words, for those who read or question a number; by the key of the measure."""

from django.utils.translation import gettext_lazy as _

DEFINITIONS = {
    "received_verified_and_supported": (
        _("Mẫu số: người khai mình là nạn nhân, được tiếp nhận trong kỳ. Trẻ đi cùng và thân nhân không tính ở đây."),
        _(
            "Tử số: đã có giấy tờ theo Điều 28 Luật 66/2011 hoặc văn bản trả lời xác minh (kết luận thế nào cũng tính), "
            "đã hỏi nhu cầu ban đầu, và từng nhu cầu đã được đáp ứng hoặc người ấy không cần."
        ),
        _(
            "Còn trong hạn: chỉ thiếu trả lời, và hạn đang chạy (3 ngày của huyện, rồi 20 ngày, rồi 60 ngày hoặc 02 tháng) "
            "kết thúc từ ngày xét trở đi. Chưa ghi ngày Công an nhận thì lấy ngày gửi, theo quy ước."
        ),
        _("Thiếu: chậm nhất hôm sau ngày đến mà chưa báo Phòng LĐ-TB&XH hoặc chưa hỏi nhu cầu; hoặc đã hết hạn."),
        _(
            "Chuyển ra ngoài tỉnh khi chưa có trả lời: còn trong hạn chừng nào hạn đang chạy lúc chuyển chưa hết; sau đó là "
            "việc của nơi nhận. Người ấy không muốn tiếp tục thì vẫn tính; chỉ đã mất, rời đi, lập nhầm mới đứng ngoài."
        ),
        _("Địa bàn là xã tiếp nhận; đơn vị là đơn vị tiếp nhận."),
    ),
    "victims_supported": (
        _(
            "Mẫu số: nạn nhân có nhu cầu mà Điều 32 Luật 66/2011 cho, với ngày nhu cầu trong kỳ; cùng với người được xác định "
            "là nạn nhân trong kỳ mà chưa ai đánh giá nhu cầu."
        ),
        _("Ngày nhu cầu là ngày muộn hơn trong hai ngày: ngày ghi nhu cầu và ngày được xác định là nạn nhân."),
        _("Tử số: mọi nhu cầu ấy đã được hỗ trợ. Nhu cầu không có hạn luật thì từ hôm sau ngày nhu cầu là thiếu."),
        _(
            "Nhu cầu mà người ấy từ chối sau khi được đề nghị thật thì rời chỉ tiêu này. Nhu cầu luật không cho được kể riêng."
        ),
        _("Địa bàn và đơn vị là của đơn vị chịu trách nhiệm trong ngày xét."),
    ),
    "people_protected": (
        _(
            "Mẫu số: nạn nhân, thân nhân và người chưa thành niên đến cùng nạn nhân, có nhu cầu an toàn với ngày nhu cầu trong "
            "kỳ; cùng với người được xác định là nạn nhân trong kỳ mà chưa ai hỏi về an toàn."
        ),
        _("Tử số: mỗi nhu cầu ấy đã có một biện pháp bảo vệ được áp dụng."),
        _("Kế hoạch nói “nạn nhân”, nên người còn chờ xác minh được kể riêng."),
        _("Địa bàn và đơn vị là của đơn vị chịu trách nhiệm trong ngày xét."),
    ),
    "victims_reintegrated": (
        _("Mẫu số: nạn nhân mà ngày muộn hơn giữa ngày rõ nơi cư trú và ngày được xác định là nạn nhân nằm trong kỳ."),
        _(
            "Tử số: đã được hỏi đủ tám nhóm dịch vụ mà điểm d nêu, và mỗi dịch vụ cần đã được cung cấp. Không cần gì thêm, hoặc "
            "từ chối sau khi được đề nghị thật, cũng là đã đáp ứng."
        ),
        _("Địa bàn và đơn vị là của đơn vị chịu trách nhiệm trong ngày xét."),
    ),
    "victims_advised_on_health": (
        _(
            "Mẫu số: nạn nhân có nhu cầu tư vấn về dịch vụ sức khỏe, tâm lý với ngày nhu cầu trong kỳ; cùng với người được xác "
            "định là nạn nhân trong kỳ mà chưa ai hỏi có cần tư vấn không."
        ),
        _("Tử số: mỗi nhu cầu ấy đã có một buổi tư vấn, dù người ấy đang ở đâu."),
        _("Địa bàn và đơn vị là của đơn vị chịu trách nhiệm trong ngày xét."),
    ),
}
