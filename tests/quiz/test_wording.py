"""Numbers, plurals, dates and times as they are read in Britain."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from quiz.wording import (
    count,
    day,
    day_and_time,
    minutes_and_seconds,
    number_word,
    sentence,
    share_words,
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
