"""Which passwords anybody would guess: common ones, runs and repetitions, the officer's name, office and place."""

import re
from collections.abc import Iterable
from itertools import pairwise, permutations

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import AgencyName
from benan.core.text import fold

LEAST = 8  # characters that must be left when everything guessable is taken away
DISTINCT = 5
KEYBOARD = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
# Written for a letter by habit.
LOOKALIKES = str.maketrans("@401!3$57", "aaoiiesst")
COMMON_WORDS = ("matkhau", "password", "passwd", "admin", "quantri", "canbo", "hethong", "anhyeuem", "iloveyou", "welcome",
                "letmein", "qwerty", "abc")  # fmt: skip
PLACES = ("bến an", "đồng nai", "biên hòa", "long khánh", "việt nam", "công an", "phòng lao động", "uỷ ban")
COMMUNES = (AgencyKind.COMMUNE, AgencyKind.POLICE_COMMUNE)


class NotGuessable:
    """A password keeps eight characters when everything is taken away that somebody who knows the officer would try.

    Marks, capitals and spaces do not count, so a phrase of several words passes and a name with a year does not. Of one
    that holds the name of a person, an office or a place the letters alone count, whatever digits stand around.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError with the reason."""
        text = _squeezed(password)
        rest = _shortened(_without(text, COMMON_WORDS))
        if self._is_common(password, text) or len(rest) < LEAST or len(set(text)) < DISTINCT:
            raise ValidationError(
                _(
                    "Mật khẩu này dễ bị đoán: từ thường dùng, dãy phím hoặc dãy số liền nhau, hoặc lặp lại. "
                    "Chọn vài từ không liên quan với nhau."
                ),
                code="password_common",
            )
        officer, offices = _words_of_officer(user), _words_of_offices(user)
        for form in (rest, _squeezed(password.translate(LOOKALIKES))):
            left = _unnamed(form, officer)
            if len(left) < LEAST:
                raise ValidationError(
                    _("Mật khẩu có họ tên hoặc tên đăng nhập của người dùng. Chọn vài từ không liên quan với nhau."),
                    code="password_of_name",
                )
            if len(_unnamed(left, offices)) < LEAST:
                raise ValidationError(
                    _("Mật khẩu có tên cơ quan, địa danh hoặc tên chương trình. Chọn vài từ không liên quan với nhau."),
                    code="password_of_office",
                )

    def get_help_text(self) -> str:
        """What the page says before."""
        return _("Vài từ không liên quan với nhau vừa dễ nhớ, vừa khó đoán. Không dùng họ tên, tên cơ quan, địa danh.")

    def _is_common(self, password: str, text: str) -> bool:
        bare = {form.strip("0123456789.,!?@#$%^&*()-_=+ ") for form in (password.lower(), text)}
        forms = {password.lower().strip(), text, *bare, *(form.translate(LOOKALIKES) for form in (text, *bare))}
        return any(form in self._common.passwords for form in forms if form)

    @cached_property
    def _common(self) -> CommonPasswordValidator:
        return CommonPasswordValidator()


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", fold(text))


def _without(text: str, words: Iterable[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "").replace(word[::-1], "")
    return text


def _unnamed(text: str, words: Iterable[str]) -> str:
    """The text, or where any of the words stand in it, the other letters."""
    letters = re.sub(r"[\W\d_]", "", text)
    left = _without(letters, words)
    return text if left == letters else left


def _shortened(text: str) -> str:
    """The text without the rest of a run (3456, hgf, rtyu, aaa), and without what repeats the whole before it."""
    period = next((n for n in range(1, len(text)) if text[n:] == text[:-n] and n <= len(text) / 2), len(text))
    text, kept = text[:period], ""
    for place, letter in enumerate(text):
        if place > 1 and _steps(text[place - 2], text[place - 1]) & _steps(text[place - 1], letter):
            continue
        kept += letter
    return kept


def _steps(one: str, other: str) -> set[int | tuple[str, int]]:
    """The ways in which a letter follows another: the same, up, down, along the keyboard."""
    ways: set[int | tuple[str, int]] = set()
    if ord(other) - ord(one) in (-1, 0, 1):
        ways.add(ord(other) - ord(one))
    for row in KEYBOARD:
        if one in row and other in row:
            apart = (row.index(other) - row.index(one)) % len(row)
            ways |= {("row", apart)} if apart in (1, len(row) - 1) else set()
    return ways


def _words_of_officer(user: User | None) -> set[str]:
    if user is None:
        return set()
    words = fold(user.full_name).split() + re.split(r"[\W_]+", fold(user.username))
    joined = {one + other for one, other in permutations(words, 2)}
    return {word for word in {*words, *joined} if len(word) > 2}


def _words_of_offices(user: User | None) -> set[str]:
    """Two words in a row of the names of the officer's offices and of those of districts and the province.

    Of other communes, whose names are common words, two with the kind before them.
    """
    own = Q(agency__memberships__user=user) if user is not None and user.pk else Q(pk__in=[])
    names = AgencyName.objects.order_by()
    whole = {*PLACES, *names.filter(own | ~Q(agency__kind__in=COMMUNES)).values_list("name", flat=True)}
    words = {one + other for name in whole for one, other in pairwise(_words(name))}
    return words | {"".join(_words(name)[-3:]) for name in names.values_list("name", flat=True)}


def _words(name: str) -> list[str]:
    return re.sub(r"[^\w\s]", "", fold(name)).split()
