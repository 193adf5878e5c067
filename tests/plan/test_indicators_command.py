"""manage.py indicators."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from benan.audit.models import Event as Trail

YEAR = ("--from", "2016-11-01", "--to", "31/10/2017")


def run(*arguments):
    out = StringIO()
    call_command("indicators", *arguments, stdout=out)
    return out.getvalue()


def ask(*arguments):
    return json.loads(run(*YEAR, *arguments, "--json"))


def test_it_answers_with_the_five_fractions(town):
    answer = ask()
    fractions = {one["key"]: f"{one['numerator']}/{one['denominator']}" for one in answer["indicators"]}
    assert fractions == {f"II.2.{letter}": fraction for letter, fraction in town.expected.items()}


def test_it_says_what_was_asked(town):
    answer = ask("--area", "737")
    assert {key: answer[key] for key in ("period", "as_of", "area", "agency")} == {
        "period": {"from": "2016-11-01", "to": "2017-10-31"},
        "as_of": "2017-10-31",
        "area": "737",
        "agency": None,
    }


def test_the_table_says_whose_figures_it_holds(town):
    assert "kế hoạch, số liệu của huyện Trảng Bom, kỳ 01/11/2016" in run(*YEAR, "--area", "737")
    assert "kế hoạch, kỳ 01/11/2016" in run(*YEAR)


def test_every_count_of_an_indicator_is_there(town):
    one = ask()["indicators"][0]
    assert one == {
        "key": "II.2.a",
        "numerator": 22,
        "denominator": 28,
        "value": 22 / 28,
        "in_time": 6,
        "late": 3,
        "outside": 3,
        "short": 6,
        "apart": {"not_beneficiary": 2, "closed_before_answer": 1, "joined": 0},
    }


def test_of_nobody_there_is_no_value(town):
    answer = json.loads(run("--from", "2016-01-01", "--to", "2016-02-01", "--json"))
    assert [one["value"] for one in answer["indicators"]] == [None] * 5


def test_a_running_period_is_judged_today(town):
    answer = json.loads(run("--from", "01/01/2017", "--to", "31/12/2017", "--json"))
    assert answer["as_of"] == "2017-11-09"


def test_with_an_officer_named_it_lists_the_codes_she_may_see(town):
    one = ask("--as", "hanh")["indicators"][0]
    assert len(one["short"]) == 5
    assert one["numerator"] + len(one["short"]) + one["short_unseen"] == one["denominator"]


def test_each_code_comes_with_why_and_whose_move(town):
    one = ask("--as", "thu")["indicators"][3]
    assert {row["whose_move"] for code in one["short"] for row in one["why"][code]} == {
        "Phòng LĐ-TB&XH huyện Trảng Bom"
    }


def test_naming_an_officer_is_on_the_trail(town):
    ask("--as", "thu")
    assert Trail.objects.filter(event="figures_listed", by="thu").exists()


def test_without_one_nothing_is_listed(town):
    ask()
    assert not Trail.objects.filter(event="figures_listed").exists()


def test_the_table_can_be_read(town):
    table = run(*YEAR)
    assert "II.2.c  Được bảo vệ an toàn: 2/4 (50,0%)" in table
    assert "chưa được hỗ trợ đủ 6; còn trong thời hạn 6; hoàn thành quá hạn 3" in table


def test_the_table_says_when_nothing_arose(town):
    assert run("--from", "2016-01-01", "--to", "2016-02-01").count("không phát sinh") == 5


def test_the_table_names_codes_only_of_cases_that_may_be_seen(town):
    table = run(*YEAR, "--as", "hanh")
    assert table.count("- ĐN-17-") + table.count("- ĐN-16-") == 14
    assert table.count("(hồ sơ ngoài phạm vi được xem)") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "2017-13-01", "--to", "2017-12-31"), "--from: Ngày 2017-13-01 không có trong lịch."),
        (("--from", "2017-01-01", "--to", "hôm qua"), "--to: “hôm qua” không phải là một ngày"),
        (("--from", "2017-01-01", "--to", ""), "--to: ghi một ngày"),
        (("--from", "2017-06-01", "--to", "2017-01-01"), "--to: ngày cuối 01/01/2017 trước ngày đầu 01/06/2017."),
        (("--from", "2018-01-01", "--to", "2018-12-31"), "--from: kỳ này chưa bắt đầu"),
        ((*YEAR, "--as-of", "2017-11-10"), "--as-of: ngày 10/11/2017 nằm sau hôm nay (09/11/2017)."),
        ((*YEAR, "--as-of", "2016-10-31"), "--as-of: ngày 31/10/2016 trước ngày đầu của kỳ (01/11/2016)."),
        ((*YEAR, "--area", "999"), "--area: Ngày này tỉnh không có địa bàn nào có mã “999”."),
        ((*YEAR, "--area", "760"), "--area: Ngày này tỉnh không có địa bàn nào có mã “760”."),
        ((*YEAR, "--agency", "nobody"), "--agency: Không có đơn vị nào có khóa “nobody”."),
        ((*YEAR, "--as", "nobody"), "--as: không có tài khoản “nobody” đang dùng."),
        ((*YEAR, "--as", "hanh", "--area", "736"), "--area: Không xem được số liệu của địa bàn này."),
        (("--from", "2017-01-01", "--to", "2017-06-30", "--as", "son"), "--from, --to: Số liệu toàn tỉnh chỉ xem được"),
    ],
)
def test_what_cannot_be_asked_is_said_with_its_argument(town, arguments, message):
    with pytest.raises(CommandError) as refused:
        run(*arguments, "--json")
    assert str(refused.value).startswith(message)
