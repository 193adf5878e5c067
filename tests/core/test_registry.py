"""What apps contribute is kept in its order and once."""

from dataclasses import dataclass

from benan.core.registry import Registry


@dataclass(frozen=True)
class Contribution:
    name: str


def test_what_was_added_stands_in_the_order_of_adding():
    registry = Registry()
    registry.add("b", "a")
    registry.add("c")
    assert list(registry) == ["b", "a", "c"]


def test_an_equal_contribution_is_added_once():
    registry = Registry()
    registry.add(Contribution("a"), Contribution("a"))
    registry.add(Contribution("a"))
    assert list(registry) == [Contribution("a")]
