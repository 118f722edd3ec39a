"""The table of criteria as CSV: head lines, one line a criterion, the same figures as the value."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from literal_summaries import EMPTY, SUM, SUMMARY

from quiz.reports.cells import DISCLAIMER
from quiz.reports.summary_csv import COLUMNS, summaries_csv, summary_csv

TEA = [
    [
        "L/601/7638", "203 Making Tea", "1", "1.1", "Describe", "how a pot is warmed", "5", "Learning", "62", "38",
        "81", "2 July 2026, 00:31", "", "Confirmed by @Pat Lee on 2 November 2026", "2",
    ],
    [
        "L/601/7638", "203 Making Tea", "1", "1.2", "Identify", "'+ what leaves need", "1",
        "Not enough answers yet", "", "", "", "2 July 2026, 00:31", "", "Nothing yet", "0",
    ],
    [
        "T/503/0342", "5 Running a Kitchen", "1", "1.1", "Explain", "what tea is for", "",
        "Taught through other units", "", "", "", "", "5", "Gathering", "1",
    ],
    ["K/506/2177", "Washing Up", "", "", "", "", "", "no criteria are listed", "", "", "", "", "", "", ""],
]  # fmt: skip


def lines(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:])))


def test_the_table_has_its_head_lines_and_a_line_for_each_criterion() -> None:
    assert lines(summary_csv(SUMMARY)) == [
        [DISCLAIMER],
        ["Learner", "'" + SUM],
        ["Qualification", "A Certificate in Tea"],
        ["Made on", "22 November 2026, 09:00"],
        ["Period", "1 July 2026 to 2 July 2026"],
        ["Practised", "6 answers in 2 sessions on 2 days; 1 minute on 2 questions with a measured time"],
        ["Version", "Headset 0.1.0, content abc123"],
        [],
        list(COLUMNS),
        *TEA,
    ]


def test_a_learner_without_an_answer_has_the_head_lines_only() -> None:
    assert lines(summary_csv(EMPTY))[1:] == [
        ["Learner", "Eve"],
        ["Qualification", "none chosen"],
        ["Made on", "22 November 2026, 09:00"],
        ["Period", "nothing has been answered yet"],
        ["Practised", "0 answers in 0 sessions on 0 days"],
        ["Version", "Headset 0.1.0, content abc123"],
        [],
        list(COLUMNS),
    ]


def test_a_period_of_one_day_is_that_day() -> None:
    one = replace(SUMMARY, answers=SUMMARY.answers[:1])
    assert lines(summary_csv(one))[4:6] == [
        ["Period", "1 July 2026"],
        ["Practised", "1 answer in 1 session on 1 day; 0 minutes on 1 question with a measured time"],
    ]


def test_many_learners_are_one_table_with_the_learner_in_the_first_column() -> None:
    assert lines(summaries_csv([EMPTY, SUMMARY])) == [
        [DISCLAIMER],
        ["Learners", "2"],
        [],
        ["Learner", *COLUMNS],
        *[["'" + SUM, *line] for line in TEA],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_text_that_begins_like_a_formula_is_quoted(start: str) -> None:
    text = summary_csv(replace(SUMMARY, name=f"{start}1+1"))
    assert lines(text)[1] == ["Learner", f"'{start}1+1"]
