"""Places by code and day. Expected figures: data/ATTRIBUTION.md and the resolutions it names."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from benan.places import choices, queries
from benan.places.models import Level, Unit

PLAN_TIME = dt.date(2017, 11, 9)
NOW = dt.date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "provinces", "central_cities", "districts"),
    [
        ("2016-01-01", 63, 5, 713),
        ("2019-07-01", 63, 5, 713),
        ("2020-12-31", 63, 5, 707),
        ("2021-07-01", 63, 5, 705),
        ("2024-12-01", 63, 5, 701),
        ("2025-06-30", 63, 6, 696),
        ("2025-07-01", 34, 6, 0),
        ("2026-11-23", 34, 9, 0),
    ],
)
def test_the_country_has_its_provinces_and_districts_of_the_day(day, provinces, central_cities, districts):
    valid = queries.on(dt.date.fromisoformat(day))
    counted = (
        valid.filter(level=Level.PROVINCE).count(),
        valid.filter(level=Level.PROVINCE, type="Thành phố").count(),
        valid.filter(level=Level.DISTRICT).count(),
    )
    assert counted == (provinces, central_cities, districts)


@pytest.mark.parametrize(
    ("day", "districts", "xa", "phuong", "thi_tran"),
    [
        ("2016-01-01", 11, 136, 29, 6),
        ("2019-07-01", 11, 122, 40, 8),
        ("2020-12-31", 11, 122, 40, 8),
        ("2021-07-01", 11, 121, 40, 9),
        ("2024-12-01", 11, 117, 33, 9),
        ("2025-06-30", 11, 117, 33, 9),
        ("2025-07-01", 0, 72, 23, 0),
        ("2026-11-23", 0, 62, 33, 0),
    ],
)
def test_dong_nai_has_its_districts_and_communes_of_the_day(day, districts, xa, phuong, thi_tran):
    day = dt.date.fromisoformat(day)
    types = [commune.type for commune in queries.communes(day)]
    counted = (
        len(queries.district_choices(day)), types.count("Xã"), types.count("Phường"), types.count("Thị trấn"),
    )  # fmt: skip
    assert counted == (districts, xa, phuong, thi_tran)
    assert len(types) == xa + phuong + thi_tran


def test_bien_hoa_had_thirty_communes_in_the_time_of_the_plan():
    assert queries.communes(PLAN_TIME, district="731").count() == 30


def test_suoi_trau_is_gone_on_1_july_2019():
    assert queries.unit("26407", dt.date(2019, 5, 31)).full_name == "xã Suối Trầu"
    with pytest.raises(Unit.DoesNotExist):
        queries.unit("26407", dt.date(2019, 7, 1))


def test_long_khanh_is_a_town_until_31_may_2019_and_a_city_from_1_june():
    assert queries.path("732", dt.date(2019, 5, 31)) == "thị xã Long Khánh"
    assert queries.path("732", dt.date(2019, 6, 1)) == "thành phố Long Khánh"


def test_a_code_that_passed_to_another_unit_is_read_by_its_day():
    names = [queries.unit("26041", dt.date(year, 12, 1)).full_name for year in (2016, 2024, 2026)]
    assert names == ["phường Quyết Thắng", "phường Trung Dũng", "phường Trấn Biên"]


@pytest.mark.parametrize(
    ("code", "day", "words"),
    [
        ("25996", PLAN_TIME, "phường Tân Phong, thành phố Biên Hòa"),
        ("26071", PLAN_TIME, "phường Xuân Trung, thị xã Long Khánh"),
        ("26041", dt.date(2025, 7, 1), "phường Trấn Biên, tỉnh Đồng Nai"),
        ("26041", NOW, "phường Trấn Biên, thành phố Đồng Nai"),
        ("25195", PLAN_TIME, "phường Tân Phú, thị xã Đồng Xoài, tỉnh Bình Phước"),
        ("769", PLAN_TIME, "quận 2, thành phố Hồ Chí Minh"),
        ("75", PLAN_TIME, "tỉnh Đồng Nai"),
    ],
)
def test_a_place_is_said_as_it_was_called_on_its_day(code, day, words):
    assert queries.path(code, day) == words


def test_a_code_unknown_on_its_day_is_said_to_be_unknown():
    assert queries.path("26407", NOW) == "mã 26407 (không có trong danh mục ngày 23/11/2026)"


def test_the_words_for_many_places_are_asked_once_by_a_process(django_assert_num_queries):
    places = [(commune.code, PLAN_TIME) for commune in queries.communes(PLAN_TIME)]
    queries.paths(places)
    with django_assert_num_queries(1):  # that nothing was changed
        assert len(queries.paths(places)) == 171


def test_the_communes_of_a_district_are_those_of_the_asked_days():
    long_thanh = "740"
    assert "26407" in queries.within(long_thanh, PLAN_TIME)
    assert "26407" not in queries.within(long_thanh, dt.date(2020, 1, 1))
    assert "26407" in queries.within(long_thanh, DateRange(dt.date(2019, 1, 1), dt.date(2020, 1, 1)))
    assert queries.within(long_thanh, NOW) == set()


def test_the_province_holds_its_old_and_its_new_communes():
    assert len(queries.within(queries.HOME, PLAN_TIME)) == 171
    assert len(queries.within(queries.HOME, NOW)) == 95
    assert queries.within(queries.HOME, queries.EVER) > queries.within(queries.HOME, PLAN_TIME)


def test_a_commune_of_binh_phuoc_lies_in_dong_nai_only_since_the_merger():
    assert "25222" not in queries.within(queries.HOME, dt.date(2025, 6, 30))
    assert "25222" in queries.within(queries.HOME, dt.date(2025, 7, 1))


def test_a_commune_lies_within_itself():
    assert queries.within("25996", PLAN_TIME) == {"25996"}


def test_a_dissolved_commune_leads_to_where_its_land_lies_later():
    names = [str(unit) for unit in queries.successors("26407", PLAN_TIME, dt.date(2020, 1, 1))]
    assert names == ["xã Bàu Cạn", "xã Bình Sơn"]


def test_a_commune_that_only_lost_land_is_its_own_successor_too():
    codes = {unit.code for unit in queries.successors("25996", PLAN_TIME, dt.date(2024, 12, 1))}
    assert codes == {"25996", "26023", "26041"}


def test_a_merged_commune_leads_through_two_mergers_to_one_unit_of_today():
    assert [unit.code for unit in queries.successors("26026", PLAN_TIME, NOW)] == ["26017"]


def test_a_district_has_no_successor_after_districts_ended():
    assert queries.successors("731", PLAN_TIME, NOW) == []


@pytest.mark.parametrize("near", ["736", "26230"])
def test_a_chooser_of_communes_begins_with_ones_own_district(near):
    assert choices.communes(PLAN_TIME, near)[0][0] == "huyện Định Quán"
    assert sorted(choices.communes(PLAN_TIME, near)) == sorted(choices.communes(PLAN_TIME))


def test_choices_stand_in_vietnamese_order():
    groups = queries.commune_choices(PLAN_TIME)
    assert [group for group, _communes in groups][:4] == [
        "thành phố Biên Hòa", "huyện Cẩm Mỹ", "huyện Định Quán", "thị xã Long Khánh",
    ]  # fmt: skip
    names = [name for _code, name in queries.district_choices(PLAN_TIME, "79")]
    assert names[:10] == [f"quận {number}" for number in range(1, 11)]


def test_today_the_communes_stand_under_the_province():
    assert [(group, len(communes)) for group, communes in queries.commune_choices(NOW)] == [("thành phố Đồng Nai", 95)]


def test_every_country_can_be_chosen_once():
    (home, *groups) = queries.country_choices()
    codes = [home[0], *(code for _title, rows in groups for code, _name in rows)]
    assert home == ("VN", "Việt Nam")
    assert len(codes) == len(set(codes)) == 249


def test_fifty_four_peoples_can_be_chosen():
    assert len(queries.ethnic_group_choices()) == 54
