"""The summary as CSV: head lines, criteria, readiness, tests and answers, with the figures of the value."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from literal_summaries import ANSWERS, ASKED, EMPTY, SUM, SUMMARY, TAUGHT, many_answers

from quiz.progress import Readiness
from quiz.questions.mark import mark_of
from quiz.reports.cells import DISCLAIMER
from quiz.reports.summary_csv import (
    ANSWER_COLUMNS,
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

A, B = "L6017638-1.1-01", "L6017638-1.2-07"
PRACTISED, SAT = "22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"
NUMBER = "00000000-0000-0000-0000-0000000000"
WEAK = "The brew is too weak. What helps?"
GIVEN = [
    [
        "2026-07-01 23:31:00", "L/601/7638", "1.1", "practice", "'=1+1", "more milk", "wrong", "0", "yes", "1",
        "30.0", "sure", A, A, PRACTISED, NUMBER + "01",
    ],
    [
        "2026-07-01 23:32:00", "L/601/7638", "1.1", "practice", "'=1+1", "more leaves", "right", "100", "no", "2",
        "45.5", "", A, A, PRACTISED, NUMBER + "02",
    ],
    [
        "2026-07-01 23:33:00", "L/601/7638", "1.1", "practice", "Choose two things that go into a teapot.",
        "dry leaves; cold soup", "partial", "50", "yes", "1", "14.5", "", A, A, PRACTISED, NUMBER + "03",
    ],
    [
        "2026-07-01 23:34:00", "L/601/7638", "1.1", "practice", "Match each tool with what it does.",
        "kettle: heats water; caddy: holds leaves back; strainer: stores leaves; timer: counts minutes",
        "partial", "50", "yes", "1", "", "", A, A, PRACTISED, NUMBER + "04",
    ],
    [
        "2026-07-01 23:35:00", "L/601/7638", "1.1", "practice", "Making a pot of tea: put these steps in order.",
        "1. boil the water; 2. add the leaves; 3. pour the water; 4. let it draw",
        "right", "100", "yes", "1", "", "", A, A, PRACTISED, NUMBER + "05",
    ],
    [
        "2026-07-02 00:10:00", "L/601/7638", "1.1", "practice", "Sort these under the right heading.",
        "Assam: Black; Darjeeling: Black; Sencha: Green; Matcha: Black", "partial", "50", "yes", "1", "", "",
        A, A, PRACTISED, NUMBER + "28",
    ],
    [
        "2026-07-02 00:30:00", "L/601/7638", "1.2", "test", WEAK, "more milk", "not marked", "", "no", "1", "", "",
        B, B, SAT, NUMBER + "3c",
    ],
    [
        "2026-07-02 00:31:00", "L/601/7638", "1.2", "test", WEAK, "more leaves", "right", "100", "yes", "2", "", "",
        B, B, SAT, NUMBER + "3d",
    ],
]  # fmt: skip
"""Every response, second tries and changes of mind among them; an id ends in the answer's number, in hexadecimal."""


def answer_lines(text: str) -> list[list[str]]:
    found = lines(text)
    return found[found.index(["Answers"]) + 1 :]


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
        [],
        ["Answers"],
        list(ANSWER_COLUMNS),
        *GIVEN,
    ]


def test_readiness_names_the_paper_and_what_it_asks_and_has_no_figures_while_an_outcome_waits() -> None:
    assert TAUGHT.readiness is not None
    outcome = replace(TAUGHT.readiness.outcomes[0], chance=None, likely=None, low=None, high=None)
    waiting = Readiness(None, None, None, (outcome,), (), (1,))
    sat = replace(TAUGHT, readiness=waiting, has_test=True, paper_questions=40, pass_mark=24)
    found = lines(summary_csv(replace(SUMMARY, units=(sat,))))
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
        [],
        ["Answers"],
        list(ANSWER_COLUMNS),
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
        [],
        ["Answers"],
        ["Learner", *ANSWER_COLUMNS],
        *[[sam, *line] for line in GIVEN],
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_text_that_begins_like_a_formula_is_quoted(start: str) -> None:
    text = summary_csv(replace(SUMMARY, name=f"{start}1+1"))
    assert lines(text)[1] == ["Learner", f"'{start}1+1"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_question_and_an_answer_that_begin_like_a_formula_are_quoted(start: str) -> None:
    options = tuple(
        option.model_copy(update={"text": f"{start}{option.text}"}) if option.key == "b" else option
        for option in ASKED.options
    )
    asked = ASKED.model_copy(update={"stem": f"{start}2+2", "options": options})
    given = replace(ANSWERS[0], question=asked)
    (_, line) = answer_lines(summary_csv(replace(SUMMARY, answers=(given,))))
    assert line[4:6] == [f"'{start}2+2", f"'{start}more milk"]


def test_a_question_of_two_lines_stays_in_its_cell() -> None:
    asked = ASKED.model_copy(update={"stem": 'Tea, "black":\nwhat helps?'})
    given = replace(ANSWERS[0], question=asked)
    (_, line) = answer_lines(summary_csv(replace(SUMMARY, answers=(given,))))
    assert (len(line), line[4]) == (16, 'Tea, "black":\nwhat helps?')


def test_seconds_are_told_to_a_tenth_and_a_third_of_the_mark_in_whole_percent() -> None:
    given = replace(ANSWERS[2], seconds=12.3456, mark=mark_of(1 / 3))
    (_, line) = answer_lines(summary_csv(replace(SUMMARY, answers=(given,))))
    assert (line[7], line[10]) == ("33", "12.3")


def test_two_thousand_answers_are_all_there() -> None:
    assert len(answer_lines(summary_csv(many_answers(2000)))) == 2001
