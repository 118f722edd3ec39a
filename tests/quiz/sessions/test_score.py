"""The score report: which criteria count as shown, which outcomes are passed, what is short."""

from __future__ import annotations

from typing import Any

import pytest
from literal_attempts import RIGHT, WRONG, a_test, at, question
from literal_questions import MULTIPLE_RESPONSE, head

from quiz.questions import MultipleResponseResponse
from quiz.sessions import Attempt, ScoreReport, answer, finish, score
from quiz.syllabus import Hurdle, Unit

HURDLE = Hurdle(criterion_share=0.5, outcome_share=0.6666666666666666, pass_mark=3)


def scored(answers: dict[str, str], hurdle: Hurdle = HURDLE) -> ScoreReport:
    """Return the score of a test: for each criterion its answers, r right, w wrong, - none."""
    marks = [(code, number, mark) for code, row in answers.items() for number, mark in enumerate(row, 1)]
    attempt = a_test(*(question(code, number) for code, number, _ in marks))
    for position, (_, _, mark) in enumerate(marks):
        if mark != "-":
            attempt = answer(attempt, position, RIGHT if mark == "r" else WRONG, at(position))
    return score(finish(attempt, at(50)), hurdle)


def outcomes(report: ScoreReport) -> list[tuple[Any, ...]]:
    return [(o.number, o.shown, o.needed, o.passed, o.earned, o.available) for o in report.outcomes]


def test_golden_values_of_a_test_that_is_passed() -> None:
    report = scored({"1.1": "rw", "1.2": "r", "1.3": "w", "2.1": "rr", "2.2": "r-", "2.10": "w"})
    assert outcomes(report) == [(1, 2, 2, True, 2.0, 4), (2, 2, 2, True, 3.0, 5)]
    assert (report.right, report.total, report.pass_mark, report.passed) == (5, 9, 3, True)
    assert (report.marks_short, report.failed_outcomes) == (0, ())
    # Every criterion in which a mark was lost, 2.10 after 2.2.
    assert report.missed_codes == ("1.1", "1.3", "2.2", "2.10")
    assert [[c.ref.code for c in outcome.missed] for outcome in report.outcomes] == [["1.3"], ["2.10"]]
    first = report.outcomes[0].criteria[0]
    assert (first.ref.code, first.earned, first.available, first.shown) == ("1.1", 1.0, 2, True)


@pytest.mark.parametrize(
    ("criteria", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (7, 5), (9, 6)]
)
def test_two_thirds_of_the_criteria_rounded_up_have_to_be_shown(criteria: int, needed: int) -> None:
    one_short = {f"1.{n}": "r" if n < needed else "w" for n in range(1, criteria + 1)}
    enough = {f"1.{n}": "r" if n <= needed else "w" for n in range(1, criteria + 1)}
    assert [(o.needed, o.passed) for o in scored(one_short).outcomes] == [(needed, False)]
    assert [(o.needed, o.passed) for o in scored(enough).outcomes] == [(needed, True)]


@pytest.mark.parametrize(
    ("row", "shown"),
    [("r", True), ("w", False), ("-", False), ("rw", True), ("w-", False), ("rww", False), ("rrw", True)],
)
def test_half_of_a_criterions_marks_show_it(row: str, shown: bool) -> None:
    assert [c.shown for c in scored({"1.1": row}).outcomes[0].criteria] == [shown]


def test_an_outcome_not_passed_fails_the_test_whatever_the_marks() -> None:
    report = scored({"1.1": "rrr", "1.2": "rrr", "1.3": "rrr", "2.1": "r", "2.2": "w", "2.3": "w"})
    assert (report.right, report.marks_short, report.passed) == (10, 0, False)
    assert [outcome.number for outcome in report.failed_outcomes] == [2]


def test_too_few_right_answers_fail_the_test_although_every_outcome_is_passed() -> None:
    hurdle = HURDLE.model_copy(update={"pass_mark": 5})
    report = scored({"1.1": "rw", "1.2": "rw", "2.1": "r"}, hurdle)
    assert report.failed_outcomes == ()
    assert (report.right, report.marks_short, report.passed) == (3, 2, False)
    assert scored({"1.1": "rr", "1.2": "rr", "2.1": "r"}, hurdle).passed


def test_an_answer_right_in_part_earns_its_share_and_is_no_right_answer() -> None:
    asked = MULTIPLE_RESPONSE.model_copy(update={"head": head(criterion="1.1")})
    attempt: Attempt = a_test(asked, question("1.1", 2))
    attempt = answer(attempt, 0, MultipleResponseResponse(chosen=("a", "c")), at(1))
    report = score(finish(answer(attempt, 1, RIGHT, at(2)), at(3)), HURDLE)
    assert outcomes(report) == [(1, 1, 1, True, 1.5, 2)]
    assert (report.right, report.missed_codes) == (1, ("1.1",))


def test_with_every_answer_right_nothing_is_missed() -> None:
    report = scored({"1.1": "rr", "1.2": "r"})
    assert (report.right, report.total, report.passed, report.missed_codes) == (3, 3, True, ())


def test_with_no_answer_everything_is_missed() -> None:
    report = scored({"1.1": "--", "1.2": "-"})
    assert (report.right, report.passed, report.marks_short) == (0, False, 3)
    assert report.missed_codes == ("1.1", "1.2")


def test_the_hurdle_of_unit_203_needs_four_of_six_criteria_two_of_three_and_24_right(unit_203: Unit) -> None:
    hurdle = unit_203.blueprint.hurdle
    answers = {f"1.{n}": "rw" if n <= 4 else "w" for n in range(1, 7)}
    answers |= {f"{o}.{n}": "rr" if n <= 2 else "w" for o in range(2, 7) for n in (1, 2, 3)}
    report = scored(answers, hurdle)
    assert [(o.shown, o.needed, o.passed) for o in report.outcomes] == [(4, 4, True)] + [(2, 2, True)] * 5
    assert (report.right, report.passed) == (24, True)
    assert scored({**answers, "1.4": "ww", "2.3": "r"}, hurdle).passed is False
    one_less = scored({**answers, "2.1": "rw"}, hurdle)
    assert (one_less.right, one_less.marks_short, one_less.passed) == (23, 1, False)
