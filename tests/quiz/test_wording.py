"""Numbers, plurals, dates and times as they are read in Britain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from quiz.wording import (
    cannot_read,
    cannot_write,
    count,
    day,
    day_and_time,
    day_of,
    gone,
    listed_words,
    minutes_and_seconds,
    number_word,
    pass_needs,
    sentence,
    share_words,
    too_long,
    unknown,
)


@pytest.mark.parametrize(("number", "word"), [(0, "none"), (1, "one"), (10, "ten"), (11, "11"), (-1, "-1")])
def test_numbers_up_to_ten_are_words(number: int, word: str) -> None:
    assert number_word(number) == word


@pytest.mark.parametrize(
    ("number", "plural", "text"),
    [
        (0, None, "0 answers"),
        (1, None, "1 answer"),
        (2, None, "2 answers"),
        (1200, None, "1,200 answers"),
    ],
)
def test_a_count_agrees_with_its_noun(number: int, plural: str | None, text: str) -> None:
    assert count(number, "answer", plural) == text


def test_a_count_takes_an_irregular_plural() -> None:
    assert [count(n, "criterion", "criteria") for n in (1, 24)] == ["1 criterion", "24 criteria"]


def test_a_date_has_no_leading_nought() -> None:
    assert day(date(2026, 3, 5)) == "5 March 2026"


def test_a_moment_is_read_in_london_time() -> None:
    # British Summer Time begins on 29 March 2026 at 01:00 UTC and ends on 25 October 2026 at 01:00 UTC.
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert day(late) == "1 July 2026"
    assert day_and_time(late) == "1 July 2026, 00:30"
    assert day_and_time(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == "29 March 2026, 00:59"
    assert day_and_time(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == "29 March 2026, 02:00"
    assert day_and_time(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == "31 December 2026, 23:59"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (59.9, "0:59"), (60, "1:00"), (3545, "59:05"), (4500, "75:00"), (-3, "0:00")],
)
def test_a_span_is_minutes_and_seconds(seconds: float, text: str) -> None:
    assert minutes_and_seconds(seconds) == text


def test_a_sentence_begins_with_a_capital_and_is_otherwise_left_alone() -> None:
    assert [sentence(text) for text in ("the VAT rate", "ACAS", "")] == ["The VAT rate", "ACAS", ""]


@pytest.mark.parametrize(
    ("share", "words"), [(0.5, "half"), (2 / 3, "two thirds"), (1.0, "all"), (0.6, "60%")]
)
def test_a_share_has_its_common_name_or_a_percentage(share: float, words: str) -> None:
    assert share_words(share) == words


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["204"], "204"),
        (["204", "205"], "204 and 205"),
        (("204", "205", "304"), "204, 205 and 304"),
        (["tea", "milk, cold", "sugar", "a cup"], "tea, milk, cold, sugar and a cup"),
    ],
)
def test_words_are_listed_with_commas_and_an_and_before_the_last(words: Sequence[str], text: str) -> None:
    assert listed_words(words) == text


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2015-10-31", "31 October 2015"),
        ("2011-10", "October 2011"),
        ("2012-03-05", "5 March 2012"),
        ("2024-02-29", "29 February 2024"),
        ("2017-01", "January 2017"),
    ],
)
def test_a_written_date_or_month_is_read_in_british_form(iso: str, text: str) -> None:
    assert day_of(iso) == text


@pytest.mark.parametrize("iso", ["2011", "31/10/2015", "2011-13", "2015-02-29", ""])
def test_what_is_no_date_and_no_month_is_refused(iso: str) -> None:
    with pytest.raises(ValueError, match="."):
        day_of(iso)


def test_what_was_removed_meanwhile_is_told_with_what_to_do() -> None:
    assert gone("group", "Choose another.") == "This group is not here any more. Choose another."


def test_a_text_that_is_too_long_is_told_with_both_lengths() -> None:
    assert too_long("The note", 20_001, 20_000) == "The note is 20,001 characters long; 20,000 is the most."


def test_what_no_page_knows_is_told_with_its_name_and_what_to_do() -> None:
    assert unknown("unit", "999", "Choose another.") == "There is no unit “999” here. Choose another."


def test_what_a_pass_needs_is_told_in_one_way() -> None:
    assert pass_needs(24, 40) == "A pass needs every outcome and at least 24 of 40 right answers"


def test_a_file_that_cannot_be_read_or_written_is_told_with_the_reason() -> None:
    error = PermissionError(13, "Permission denied")
    assert cannot_read("a.yaml", error) == "a.yaml cannot be read (Permission denied). Name another file."
    assert (
        cannot_write("a.yaml", error)
        == "a.yaml cannot be written (Permission denied), so nothing was changed."
    )
