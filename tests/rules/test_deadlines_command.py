"""manage.py deadlines, as a person at a terminal meets it."""

import io
import json
import unicodedata

import pytest
from django.core.management import CommandError, call_command

from benan.rules import loading
from benan.rules.models import TimeLimit

pytestmark = pytest.mark.django_db
FACTS = """procedure: self_reported
as_of: 10/11/2017
events:
  - {event: labour_notified, on: 17/10/2017}
  - {event: request_sent, on: 20/10/2017}
  - {event: request_received, on: 20/10/2017}
"""


@pytest.fixture
def ask(db, tmp_path):
    """Ask about a file with this content; answers what was printed."""
    loading.load()

    def run(content, *options):
        file = tmp_path / "viec.yaml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = io.StringIO()
        call_command("deadlines", str(file), *options, stdout=out)
        return out.getvalue()

    return run


def clocks(printed):
    return {clock["key"]: clock for clock in json.loads(printed)["clocks"]}


def test_the_json_gives_days_in_iso_and_the_basis(ask):
    answer = clocks(ask(FACTS, "--json"))["verify_district"]
    assert (answer["due_on"], answer["state"], answer["late_by"]) == ("2017-11-09", "late", 1)
    assert answer["basis"]["citation"].startswith("Luật 66/2011, Điều 24 khoản 4")
    assert answer["basis"]["explanation"] == [
        "Ngày nhận công văn đề nghị xác minh 20/10/2017 không tính; ngày thứ 20 là 09/11/2017 (Thứ Năm), "
        "là ngày làm việc."
    ]


def test_the_day_of_looking_can_be_chosen(ask):
    assert clocks(ask(FACTS, "--json", "--as-of", "09/11/2017"))["verify_district"]["state"] == "running"


def test_what_happened_after_the_day_of_looking_does_not_count_yet(ask):
    assert clocks(ask(FACTS, "--json", "--as-of", "19/10/2017"))["labour_intake"]["state"] == "running"


def test_the_table_is_read_by_people(ask):
    printed = ask(FACTS)
    assert "Tính đến hết ngày 10/11/2017 (Thứ Sáu)." in printed
    assert "►  Công an cấp huyện trả lời kết quả xác minh" in printed
    assert "09/11/2017 (Thứ Năm)  quá hạn (quá 1 ngày)" in printed
    assert "Căn cứ: Luật 66/2011, Điều 24 khoản 4" in printed


def test_the_values_are_those_of_the_database(ask):
    TimeLimit.objects.filter(key="verify_district").update(n=30)
    assert clocks(ask(FACTS, "--json"))["verify_district"]["due_on"] == "2017-11-20"


def test_accents_may_be_composed_or_not(ask):
    assert clocks(ask(unicodedata.normalize("NFD", "# tệp của Phòng LĐ-TB&XH\n") + FACTS, "--json"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            FACTS.replace("request_sent", "sent"),
            r"viec.yaml, dòng 5: không có việc nào là «sent»\. Có thể dùng: .*request_sent",
        ),
        (FACTS.replace("17/10/2017", "31/02/2017"), r"viec.yaml, dòng 4: không có ngày 31/02/2017"),
        (FACTS.replace("self_reported", "rescued"), r"viec.yaml, dòng 1: không có thủ tục nào là «rescued»"),
        (
            FACTS.replace("request_received, on: 20", "request_received, on: 18"),
            r"dòng 6: ngày nhận công văn .*\(18/10/2017\) không thể sớm hơn ngày gửi công văn .*\(20/10/2017\)",
        ),
        (FACTS.replace("17/10/2017", "17/10/2013"), r"dòng 4: Ngày 17/10/2013 nằm ngoài bảng ngày nghỉ"),
        (FACTS.replace("17/10/2017", "17/03/2014"), r"dòng 4: Thủ tục .* chưa có hiệu lực vào ngày 17/03/2014"),
        (FACTS.replace("/2017}", "/2025}"), r"dòng 4: Thủ tục .* đã hết hiệu lực sau ngày 30/06/2025"),
        (FACTS.replace("/2017\n", "/2040\n"), r"dòng 2: Ngày 10/11/2040 nằm ngoài bảng ngày nghỉ"),
        (FACTS + "facts: [old]\n", r"dòng 7: không có điều nào là «old»\. Có thể dùng: child"),
        (FACTS.replace("on:", "ngay:"), r"dòng 4: thiếu mục «on»"),
        ("procedure: self_reported\nevents: []\n", r"dòng 2: cần ít nhất một việc"),
        ("procedure: self_reported\nevents: x\n", r"dòng 2: cần một danh sách"),
        (FACTS.encode("utf-16"), r"dòng 1: tệp không phải UTF-8"),
        (FACTS.replace("{event", "[event"), r"dòng \d: sai cú pháp YAML"),
    ],
)
def test_a_fault_in_the_file_is_told_with_line_and_way_out(ask, content, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(content)


def test_a_wrong_day_of_looking_is_told(ask):
    with pytest.raises(CommandError, match="--as-of.*31/02/2017"):
        ask(FACTS, "--as-of", "31/02/2017")


def test_a_file_that_is_not_there_is_told(db):
    with pytest.raises(CommandError, match="khong-co.yaml: không đọc được tệp"):
        call_command("deadlines", "khong-co.yaml")
