"""The summary as CSV: head lines, criteria, readiness and tests, with the same figures as the value."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from literal_summaries import EMPTY, SUM, SUMMARY, TAUGHT

from quiz.reports.cells import DISCLAIMER
from quiz.reports.summary import ReadinessSummary
from quiz.reports.summary_csv import (
    COLUMNS,
    CONTENTS,
    LEARNER_COLUMNS,
    READINESS_COLUMNS,
    TEST_COLUMNS,
    summaries_csv,
    summary_csv,
)

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
READY = [
    ["L/601/7638", "203 Making Tea", "practice paper", "all", "6", "50", "25", "75", "2", *[""] * 6],
    [
        "L/601/7638",
        "203 Making Tea",
        "practice paper",
        "1",
        "6",
        "50",
        "",
        "",
        "2",
        "1",
        "1",
        "0",
        "2",
        "",
        "",
    ],
]
TESTED = [
    [
        "2 July 2026, 00:40", "L/601/7638", "203 Making Tea", "Practice test", "passed", "1", "2", "1",
        "1 of 2 (needs 1)",
    ]
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
        ["Contents", CONTENTS],
        [],
        list(COLUMNS),
        *TEA,
        [],
        ["Readiness by outcome"],
        list(READINESS_COLUMNS),
        *READY,
        [],
        ["Tests"],
        [*TEST_COLUMNS, "Outcome 1"],
        *TESTED,
    ]


def test_readiness_names_the_paper_and_what_it_asks_and_has_no_figures_while_an_outcome_waits() -> None:
    assert TAUGHT.readiness is not None
    outcome = replace(TAUGHT.readiness.outcomes[0], chance=None, likely=None, low=None, high=None)
    waiting = ReadinessSummary(None, None, None, (outcome,), (), (1,), 40, 24)
    found = lines(summary_csv(replace(SUMMARY, units=(replace(TAUGHT, readiness=waiting, has_test=True),))))
    start = found.index(list(READINESS_COLUMNS))
    assert found[start + 1 : start + 3] == [
        ["L/601/7638", "203 Making Tea", "test", "all", "6", "", "", "", "2", "", "", "", "", "40", "24"],
        ["L/601/7638", "203 Making Tea", "test", "1", "6", "", "", "", "2", "1", "", "", "", "", ""],
    ]


def test_a_learner_without_an_answer_has_head_lines_and_tables_without_lines() -> None:
    assert lines(summary_csv(EMPTY))[1:] == [
        ["Learner", "Eve"],
        ["Qualification", "none chosen"],
        ["Made on", "22 November 2026, 09:00"],
        ["Period", "nothing has been answered yet"],
        ["Practised", "0 answers in 0 sessions on 0 days"],
        ["Version", "Headset 0.1.0, content abc123"],
        ["Contents", CONTENTS],
        [],
        list(COLUMNS),
        [],
        ["Readiness by outcome"],
        list(READINESS_COLUMNS),
        [],
        ["Tests"],
        list(TEST_COLUMNS),
    ]


def test_a_period_of_one_day_is_that_day() -> None:
    one = replace(SUMMARY, answers=SUMMARY.answers[:1])
    assert lines(summary_csv(one))[4:6] == [
        ["Period", "1 July 2026"],
        ["Practised", "1 answer in 1 session on 1 day; 0 minutes on 1 question with a measured time"],
    ]


def test_many_learners_have_a_line_each_and_the_first_column_of_every_table() -> None:
    sam = "'" + SUM
    made = ["22 November 2026, 09:00"]
    assert lines(summaries_csv([EMPTY, SUMMARY])) == [
        [DISCLAIMER],
        ["Learners", "2"],
        ["Contents", CONTENTS],
        [],
        list(LEARNER_COLUMNS),
        [
            "Eve", "none chosen", *made, "nothing has been answered yet",
            "0 answers in 0 sessions on 0 days", "Headset 0.1.0, content abc123",
        ],
        [
            sam, "A Certificate in Tea", *made, "1 July 2026 to 2 July 2026",
            "6 answers in 2 sessions on 2 days; 1 minute on 2 questions with a measured time",
            "Headset 0.1.0, content abc123",
        ],
        [],
        ["Criteria"],
        ["Learner", *COLUMNS],
        ["Eve", *[""] * 7, "no units are chosen or practised", *[""] * 7],
        *[[sam, *line] for line in TEA],
        [],
        ["Readiness by outcome"],
        ["Learner", *READINESS_COLUMNS],
        *[[sam, *line] for line in READY],
        [],
        ["Tests"],
        ["Learner", *TEST_COLUMNS, "Outcome 1"],
        *[[sam, *line] for line in TESTED],
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_text_that_begins_like_a_formula_is_quoted(start: str) -> None:
    text = summary_csv(replace(SUMMARY, name=f"{start}1+1"))
    assert lines(text)[1] == ["Learner", f"'{start}1+1"]
