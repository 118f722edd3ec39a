"""The check letter of a unit reference number, and the check digit of a qualification number.

Letters ADFHJKLMRTY stand for 0 to 10; over the seven digits a to g, the sum
8a + 7b + 6c + 5d + 4e + 3f + 2g, modulo 11, gives the letter. The same sum gives the last figure of a
qualification number such as `600/1637/1`, X standing for 10. SQA codes carry no check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.findings import Finding
from quiz.syllabus.source import Place, Source

_LETTERS = "ADFHJKLMRTY"
_DIGITS = "0123456789X"
_UNIT = re.compile(r"^[A-Z]/\d{3}/\d{4}$")
_QUALIFICATION = re.compile(r"^\d{3}/\d{4}/[\dX]$")


def check_letter(digits: str) -> str:
    """Return the letter that belongs to seven digits, as in `6017638` -> `L`."""
    return _LETTERS[_check(digits)]


def has_right_check_letter(reference: str) -> bool:
    """Return whether a reference such as `L/601/7638` carries the letter its digits call for.

    An SQA code has none and passes.
    """
    if not _UNIT.match(reference):
        return True
    return reference[0] == check_letter(reference[2:].replace("/", ""))


def has_right_check_digit(number: str) -> bool:
    """Return whether a qualification number such as `600/1637/1` ends in the figure it calls for."""
    if not _QUALIFICATION.match(number):
        return False
    return number[-1] == _DIGITS[_check(number[:-2].replace("/", ""))]


def wrong_check_letter(reference: str, source: Source, place: Place) -> Iterator[Finding]:
    """Yield a finding where a reference carries a letter that does not fit its digits."""
    if not has_right_check_letter(reference):
        message = f"{reference}: the letter does not fit the digits."
        yield Finding(source.file, source.line(place), "check-letter", message)


def _check(digits: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits, strict=True)) % 11
