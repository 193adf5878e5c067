"""What a stolen index gives away by how often a token comes: names are drawn as often as people bear them."""

import random
import re
from collections import Counter, defaultdict

import pytest

from benan.core import sealing
from benan.vault import access
from benan.vault.models import Sealed
from benan.vault.tracing import LEAST_WEIGHT, ComparedIdentity, compare, tokens
from bench import names

# Of a hundred Vietnamese, how many bear a family name (rounded, from published counts); the rest bear rarer ones.
FAMILIES = {"Nguyễn": 31.5, "Trần": 10.9, "Lê": 8.9, "Phạm": 5.9, "Hoàng": 2.6, "Huỳnh": 2.5, "Phan": 2.8, "Vũ": 2.5, "Võ": 2.4,
            "Đặng": 2.2, "Bùi": 2.1, "Đỗ": 1.9, "Hồ": 1.7, "Ngô": 1.7, "Dương": 1.4, "Lý": 1.2}  # fmt: skip
WOMEN = 0.8  # of those received
MIDDLES = {
    "Thị": 45,
    "Thị Thu": 6,
    "Thị Thanh": 6,
    "Thị Kim": 5,
    "Thị Ngọc": 5,
    "Thị Mỹ": 4,
    "Thị Hồng": 4,
    "Ngọc": 6,
    "Thanh": 5,
    "": 5,
}
MEN = {"Văn": 50, "Hữu": 8, "Minh": 8, "Quốc": 6, "Đức": 6, "Xuân": 4, "Thanh": 4, "": 5}
PEOPLE = 2000


def drawn(draw, shares):
    return draw.choices(list(shares), list(shares.values()))[0]


@pytest.fixture(scope="module")
def population():
    """Two thousand fictional people by name and birth year."""
    draw = random.Random(2017)  # noqa: S311, the same people each time
    families = FAMILIES | {family: 1.5 for family in names.FAMILIES if family not in FAMILIES}
    given = {name: 1 / (place + 10) for place, name in enumerate(names.GIVEN)}  # some far more often than others
    people = []
    for _ in range(PEOPLE):
        middles = MIDDLES if draw.random() < WOMEN else MEN
        year = draw.randrange(1970, 2003)
        people.append((f"{drawn(draw, families)} {drawn(draw, middles)} {drawn(draw, given)}", year))
    return people


def test_no_token_is_shared_by_more_than_one_person_in_twenty(demo, population):
    shared = Counter()
    for name, year in population:
        shared.update(tokens(ComparedIdentity(names=(name,), years=(year, year))))
    assert shared.most_common(1)[0][1] <= PEOPLE / 20


def test_the_pair_that_most_bear_is_in_no_index(demo):
    assert not tokens(ComparedIdentity(names=("Nguyễn Thị Lan",))) & tokens(ComparedIdentity(names=("Nguyễn Thị Hoà",)))


@pytest.mark.parametrize(
    ("said", "asked"),
    [("Nguyễn Văn", "nguyen van"), ("Nguyễn Thị Thu Hà", "Thu Hà Nguyễn Thị"), ("Nguyễn Thị Thu Hà", "Nguyễn Hà"),
     ("Trần Thị Thu", "Trần Thu"), ("Lê Thị Văn", "Văn Lê Thị"), ("Nguyễn Thị Thu Hà", "Thu Hà"),
     ("Nguyễn Ngọc Vân", "Nguyễn Vân"), ("Lan Thị Nguyễn", "Nguyễn Thị Lan")],
)  # fmt: skip
def test_whoever_was_found_by_a_name_still_is(demo, lan, said, asked):
    person = access.enrol()
    access.write(by=lan, person_id=person.pk, values={"full_name": said, "birth": "1990"})
    assert [match.person_id for match in access.match(facts=ComparedIdentity(names=(asked,), years=(1990, 1990)))] == [
        person.pk
    ]


def test_everybody_is_found_by_the_whole_name_and_by_family_and_given(demo, population):
    for name, _year in population[:300]:
        held = tokens(ComparedIdentity(names=(name,)))
        whole = name.split()
        asked = [name, " ".join(reversed(whole)), f"{whole[0]} {whole[-1]}"]
        assert all(held & tokens(ComparedIdentity(names=(each,)), question=True) for each in asked), name


# How officers in the south write what they hear, by the end or the beginning of a given name.
HEARD = (("n$", "ng"), ("ng$", "n"), ("t$", "c"), ("c$", "t"), ("^Tr", "Ch"), ("^Ch", "Tr"), ("^S", "X"), ("^X", "S"),
         ("^V", "D"), ("^D", "V"), ("^Gi", "D"), ("inh$", "in"))  # fmt: skip


def misspelt(name):
    """What is typed for a name by those who hear it, or were not told the middle of it."""
    before, given = name.rsplit(" ", 1)
    heard = {re.sub(said, typed, given) for said, typed in HEARD} - {given}
    family = before.split()[0]
    return (
        [f"{before} {each}" for each in heard]
        + [f"{family} {each}" for each in heard | {given}]
        + [f"{given} {family}"]
    )


def test_everybody_is_found_as_heard_and_without_the_middle_and_few_others_with_them(demo, population):
    """Few: of the people of a district (one of eleven), with the year of birth."""
    others, asked = Counter(), 0
    index = defaultdict(set)
    for number, (name, year) in enumerate(population):
        for token in tokens(ComparedIdentity(names=(name,), years=(year, year))):
            index[token].add(number)
    for number, (name, year) in enumerate(population[:100]):
        for typed in misspelt(name):
            question = ComparedIdentity(names=(typed,), years=(year, year))
            candidates = set().union(*(index[token] for token in tokens(question, question=True)))
            known = {
                one: ComparedIdentity(names=(population[one][0],), years=(population[one][1],) * 2)
                for one in candidates
            }
            found = {one for one, facts in known.items() if compare(question, facts).weight >= LEAST_WEIGHT}
            assert number in found, (name, typed)
            others[len(found) - 1] += 1
            asked += 1
    assert sum(count for found, count in others.items() if found <= 5) >= 0.95 * asked, others


@pytest.mark.parametrize("field", ["full_name", "phone", "own_words"])
def test_the_length_of_what_is_sealed_does_not_tell_it(demo, lan, field):
    person = access.enrol().pk
    lengths = set()
    for words in ("Lý Ý", "Nguyễn Thị Thanh Hương", "x" * 100):
        access.write(by=lan, person_id=person, values={field: words})
        lengths.add(len(bytes(Sealed.objects.get(person=person, field=field, replaced_at=None).value)))
    assert len(lengths) == 1


@pytest.mark.parametrize("text", ["", "À", "Nguyễn Thị Hoà", "y" * 127, "y" * 128, "y" * 129, "\0", "ÿ"])
def test_what_was_sealed_with_or_without_padding_opens(text):
    key, nonce = sealing.new_data_key(), b"\0" * sealing.NONCE
    before = nonce + sealing.AESGCM(key).encrypt(nonce, text.encode(), b"note")
    assert sealing.unseal(key, before, "note") == sealing.unseal(key, sealing.seal(key, text, "note"), "note") == text
