"""Progress and tests as CSV: what stands in each cell, and what a spreadsheet must not run."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

import literal_packs as packs
import pytest
from literal_attempts import RIGHT, WRONG, a_test, at, question

from quiz import reports  # pytest would take an imported `tests_csv` for a test
from quiz.progress import Mastery, State, UnitProgress, roll_up
from quiz.reports import DISCLAIMER, progress_csv
from quiz.sessions import answer, finish, score
from quiz.syllabus import CriterionRef, Hurdle

UNIT = packs.unit_of(
    [
        packs.criterion("1.1", label="how a pot of tea is made"),
        packs.criterion("1.10", verb="Explain", label="why a cup is warmed"),
        packs.criterion("2.1", verb="Identify", label="kinds of tea"),
    ],
    {1: 2, 2: 1},
)
MADE_ON = datetime(2026, 7, 1, 8, 5, tzinfo=UTC)
LAST = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


def mastery(
    code: str, answers: int, state: State, mean: float = 0.65, last: datetime | None = None
) -> Mastery:
    return Mastery(CriterionRef(packs.UNIT, code), mean, mean - 0.104, mean + 0.056, answers, 1, last, state)


def progress() -> UnitProgress:
    return roll_up(
        UNIT,
        (
            mastery("1.1", 9, State.SECURE, 0.874, LAST),
            mastery("1.10", 4, State.NOT_ENOUGH, 0.7, LAST),
            mastery("2.1", 0, State.NOT_STARTED),
        ),
    )


def test_the_progress_of_a_small_unit() -> None:
    assert progress_csv(UNIT, "203", progress(), "Sam", MADE_ON) == (
        '\ufeff"Quiz practice, not assessment: only an assessor can say that a criterion is met."\r\n'
        "Learner,Sam\r\n"
        "Unit,203 Making Tea (L/601/7638)\r\n"
        'Made on,"1 July 2026, 09:05"\r\n'
        "\r\n"
        "Outcome,Criterion,Verb,Our label,Answers,State,Estimate %,From %,To %,Last practised\r\n"
        '1,1.1,Describe,how a pot of tea is made,9,likely secure,87,77,93,"1 July 2026, 00:30"\r\n'
        '1,1.10,Explain,why a cup is warmed,4,not enough answers yet,,,,"1 July 2026, 00:30"\r\n'
        "2,2.1,Identify,kinds of tea,0,not started,,,,\r\n"
    )


def test_the_tests_of_a_small_unit() -> None:
    hurdle = Hurdle(criterion_share=0.5, outcome_share=0.6666666666666666, pass_mark=2)
    started = a_test(question("1.1"), question("1.10"), question("2.1"))
    good = started
    for position in range(3):
        good = answer(good, position, RIGHT, at(position))
    poor = answer(answer(started, 0, RIGHT, at(1)), 2, WRONG, at(2))
    results = [(at(30), score(finish(good, at(30)), hurdle)), (at(40), score(finish(poor, at(40)), hurdle))]
    assert reports.tests_csv(UNIT, "203", results, "Sam", MADE_ON).split("\r\n")[5:] == [
        "Finished,Result,Right answers,Questions,Pass mark,Outcome 1,Outcome 2",
        '"22 November 2026, 09:30",passed,3,3,2,2 of 2 (needs 2),1 of 1 (needs 1)',
        '"22 November 2026, 09:40",not passed,1,3,2,1 of 2 (needs 2),0 of 1 (needs 1)',
        "",
    ]


def test_an_outcome_that_a_test_did_not_ask_is_left_empty() -> None:
    hurdle = Hurdle(criterion_share=0.5, outcome_share=0.5, pass_mark=1)
    attempt = finish(answer(a_test(question("1.1")), 0, RIGHT, at(1)), at(2))
    text = reports.tests_csv(UNIT, "203", [(at(2), score(attempt, hurdle))], "Sam", MADE_ON)
    assert text.split("\r\n")[6] == '"22 November 2026, 09:02",passed,1,1,1,1 of 1 (needs 1),'


@pytest.mark.parametrize(
    "text",
    [
        progress_csv(UNIT, "203", progress(), "Sam", MADE_ON),
        reports.tests_csv(UNIT, "203", [], "Sam", MADE_ON),
    ],
)
def test_the_first_line_says_that_this_is_no_assessment(text: str) -> None:
    assert DISCLAIMER == "Quiz practice, not assessment: only an assessor can say that a criterion is met."
    assert text.split("\r\n")[0] == f'\ufeff"{DISCLAIMER}"'
    assert text.split("\r\n")[1:4] == [
        "Learner,Sam",
        "Unit,203 Making Tea (L/601/7638)",
        'Made on,"1 July 2026, 09:05"',
    ]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+44", "'+44"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("Sam = Sue", "Sam = Sue"),
        ('Sam "the cup", Smith', 'Sam "the cup", Smith'),
    ],
)
def test_a_name_is_never_run_as_a_formula(name: str, cell: str) -> None:
    for text in (
        progress_csv(UNIT, "203", progress(), name, MADE_ON),
        reports.tests_csv(UNIT, "203", [], name, MADE_ON),
    ):
        rows = list(csv.reader(StringIO(text, newline="")))
        assert rows[1] == ["Learner", cell]


def test_a_label_is_never_run_as_a_formula() -> None:
    unit = packs.unit_of([packs.criterion("1.1", label="=1+1")], {1: 1})
    rolled = roll_up(unit, (mastery("1.1", 0, State.NOT_STARTED),))
    assert "\r\n1,1.1,Describe,'=1+1,0,not started,,,,\r\n" in progress_csv(
        unit, "203", rolled, "Sam", MADE_ON
    )
