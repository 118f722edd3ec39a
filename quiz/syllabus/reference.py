"""The check letter of a unit reference number.

Letters ADFHJKLMRTY stand for 0 to 10; over the seven digits a to g, the sum
8a + 7b + 6c + 5d + 4e + 3f + 2g, modulo 11, gives the letter.
"""

from __future__ import annotations

_LETTERS = "ADFHJKLMRTY"


def check_letter(digits: str) -> str:
    """Return the letter that belongs to seven digits, as in `6017638` -> `L`."""
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits, strict=True))
    return _LETTERS[total % 11]


def has_right_check_letter(reference: str) -> bool:
    """Return whether a reference such as `L/601/7638` carries the letter its digits call for."""
    return reference[0] == check_letter(reference[2:].replace("/", ""))
