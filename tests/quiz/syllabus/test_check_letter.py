"""The check letter of a unit reference number."""

from __future__ import annotations

import pytest

from quiz.syllabus.reference import check_letter, has_right_check_letter


@pytest.mark.parametrize(
    "reference",
    [
        "L/601/7638",
        "T/503/0356",
        "A/503/0360",
        "Y/503/0365",
        "M/503/0386",
        "F/503/0389",
        "J/503/0393",
    ],
)
def test_a_published_reference_has_the_right_letter(reference: str) -> None:
    assert has_right_check_letter(reference)


@pytest.mark.parametrize("reference", ["K/601/7638", "L/601/7639", "L/610/7638", "L/106/7638"])
def test_a_wrong_letter_a_wrong_digit_or_two_digits_exchanged_show(reference: str) -> None:
    assert not has_right_check_letter(reference)


def test_the_letter_is_the_weighted_sum_modulo_11() -> None:
    # 8*6 + 7*0 + 6*1 + 5*7 + 4*6 + 3*3 + 2*8 = 138 = 12*11 + 6
    assert check_letter("6017638") == "ADFHJKLMRTY"[6]
    assert [check_letter(digits) for digits in ("0000000", "0000001", "0000005")] == ["A", "F", "Y"]
