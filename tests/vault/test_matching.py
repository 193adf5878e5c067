"""Somebody is found again by what is known of them, and nobody by a name that half the country bears."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benan.vault import access
from benan.vault.models import Sealed, Token
from benan.vault.tracing import ComparedIdentity, compare, syllables, tokens

SYLLABLES = [
    "nguyễn",
    "trần",
    "lê",
    "đỗ",
    "hoà",
    "hòa",
    "thị",
    "văn",
    "ý",
    "y",
    "lý",
    "lí",
    "quý",
    "quí",
    "thuỷ",
    "đặng",
    "ư",
    "ơ",
    "phương",
    "ngọc",
    "ánh",
    "bích",
]
names = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=5).map(" ".join)


@pytest.fixture
def known(demo, lan):
    """Call with what is known of somebody: they stand in the vault; gives their id."""

    def enrol(**values):
        person = access.enrol()
        access.write(by=lan, person_id=person.pk, values=values)
        return person.pk

    return enrol


def found(**facts):
    """Ids of those who match."""
    return [match.person_id for match in access.match(facts=ComparedIdentity(**facts))]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Nguyễn Thị Hoà", "nguyen thi hoa"),
        ("Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA"),
        ("Nguyễn Thị Hoà", unicodedata.normalize("NFD", "Nguyễn Thị Hoà")),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoà"), "Nguyễn Thị Hoà"),
        ("Đỗ Văn Ý", "do van y"),
        ("Đỗ Văn Ý", "Đỗ Văn Í"),
        ("Lý Mỹ Quý", "Lí Mĩ Quí"),
        ("  Trần   Thị\nNụ ", "Trần Thị Nụ"),
    ],
)
def test_a_name_is_found_however_it_is_written(known, said, asked):
    person = known(full_name=said)
    assert found(names=(asked,)) == [person]


def test_a_name_is_found_among_the_names_somebody_is_also_called(known):
    person = known(full_name="Trần Thị Nụ", other_names="Bé Tư, Nụ Cười Xinh")
    assert found(names=("nu cuoi xinh",)) == [person]


@pytest.mark.parametrize("asked", ["272 123 456", "272.123.456", "272-123-456", "272123456"])
def test_a_full_number_of_papers_is_found_however_it_is_spaced(known, asked):
    person = known(id_number="272123456")
    assert found(id_number=asked) == [person]


@pytest.mark.parametrize("asked", ["0912345678", "0912 345 678", "+84912345678", "+84 912.345.678"])
def test_a_full_telephone_number_is_found_with_or_without_the_countrys(known, asked):
    person = known(phone="0912345678")
    assert found(phone=asked) == [person]


@pytest.mark.parametrize("asked", [{"id_number": "27212345"}, {"phone": "091234567"}])
def test_part_of_a_number_finds_nobody(known, asked):
    known(id_number="272123456", phone="0912345678")
    assert found(**asked) == []


@pytest.mark.parametrize("said", ["không có", "-", "0", "123", "không nhớ số"])
def test_what_is_no_number_makes_no_two_people_alike(known, said):
    known(id_number=said, phone=said)
    assert found(id_number=said, phone=said) == []
    assert not compare(
        ComparedIdentity(phone=said, id_number=said), ComparedIdentity(phone=said, id_number=said)
    ).strong


@pytest.mark.parametrize("asked", ["Nguyễn", "Thị", "hoa", "", "   "])
def test_a_lone_syllable_finds_nobody(known, asked):
    known(full_name="Nguyễn Thị Hoà")
    assert found(names=(asked,)) == []


def test_a_family_and_middle_name_alone_find_nobody(known):
    known(full_name="Nguyễn Thị Hoà")
    assert found(names=("Nguyễn Thị Lan",)) == []


def test_a_given_name_with_the_birth_year_brings_those_whose_name_is_near(known):
    person = known(full_name="Nguyễn Thị Hoà", birth="1995")
    assert found(names=("Nguyễn Hoà",), years=(1995, 1995)) == [person]


def test_those_who_agree_more_come_first(known):
    name_only = known(full_name="Nguyễn Thị Hoà")
    by_phone = known(full_name="Nguyễn Thị Hoà", phone="0912345678")
    by_paper = known(full_name="Nguyễn Thị Hoà", id_number="272123456")
    asked = {"names": ("Nguyễn Thị Hoà",), "phone": "0912345678", "id_number": "272123456"}
    assert found(**asked) == [by_paper, by_phone, name_only]


@pytest.mark.parametrize(
    ("asked", "strong"),
    [
        ({"names": ("Nguyễn Thị Hoà",), "years": (1995, 1995)}, True),
        ({"names": ("Nguyễn Thị Hoà",), "years": (1996, 1996)}, False),
        ({"names": ("Nguyễn Thị Hoà",)}, False),
        ({"names": ("Nguyễn Hoà",), "years": (1995, 1995)}, False),
        ({"id_number": "272123456"}, True),
        ({"phone": "0912345678"}, True),
    ],
)
def test_what_is_strong_enough_to_be_said_outside_ones_own_reach(asked, strong):
    held = ComparedIdentity(names=("Nguyễn Thị Hoà",), years=(1995, 1995), id_number="272123456", phone="0912345678")
    assert compare(ComparedIdentity(**asked), held).strong is strong


def test_at_most_fifty_people_are_opened_for_one_question(known):
    for _ in range(access.MOST_CANDIDATES + 3):
        known(full_name="Nguyễn Thị Hoà")
    assert len(found(names=("Nguyễn Thị Hoà",))) == access.MOST_CANDIDATES == 50


def test_what_the_index_holds_says_nothing_without_the_key(known):
    known(full_name="Nguyễn Thị Hoà", phone="0912345678")
    held = b"".join(bytes(token.value) for token in Token.objects.all()) + b"".join(
        bytes(s.value) for s in Sealed.objects.all()
    )
    assert not [word for word in (b"nguyen", b"hoa", b"0912345678", "Nguyễn".encode()) if word in held.lower()]


def test_the_index_forgets_what_was_corrected(known, lan):
    person = known(full_name="Nguyễn Thị Hoà")
    access.write(by=lan, person_id=person, values={"full_name": "Trần Thị Nụ"})
    assert found(names=("Nguyễn Thị Hoà",)) == []
    assert found(names=("Trần Thị Nụ",)) == [person]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names)
def test_a_name_is_indexed_alike_however_keyboards_give_its_marks(demo, name):
    written = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")] + [
        name.upper(),
        f" {name} ".replace(" ", "  "),
    ]
    assert len({frozenset(tokens(ComparedIdentity(names=(each,), years=(1990, 1992)))) for each in written}) == 1


@given(names)
def test_a_name_is_compared_as_it_is_indexed(name):
    assert (
        compare(
            ComparedIdentity(names=(name,)), ComparedIdentity(names=(unicodedata.normalize("NFD", name.upper()),))
        ).name
        == "same"
    )
    assert syllables(name) == syllables(unicodedata.normalize("NFD", name))
