"""People are spoken to as one speaks to them here."""

import pytest

from benan.cases import speech
from tests.cast import day


@pytest.mark.parametrize(
    ("known", "address"),
    [
        ({"sex": "female", "born_from": day("01/01/1990"), "born_to": day("31/12/1990")}, "Chị"),
        ({"sex": "male"}, "Anh"),
        ({"sex": "male", "born_from": day("01/01/2003"), "born_to": day("31/12/2003")}, "Em"),
        ({}, "Anh chị"),
    ],
)
def test_rights_are_told_in_the_form_of_address_that_fits(received, known, address):
    assert speech.rights(received(**known))[0].startswith(f"{address} không có lỗi. {address} có quyền")


def test_the_blank_form_speaks_to_everybody(as_lan):
    assert "Anh chị không có lỗi." in as_lan.open("cases:paper").content.decode()
