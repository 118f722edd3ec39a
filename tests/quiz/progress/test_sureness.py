"""Sureness: what was right of what was sure, and what was sure but wrong; figures worked out by hand."""

from __future__ import annotations

from datetime import datetime

import pytest
from literal_attempts import at

from quiz.progress import QuizEvidence, SaidSure, SureButWrong, calibration
from quiz.sessions import Kind, Sureness
from quiz.syllabus import CriterionRef

REF = CriterionRef("L/601/7638", "1.1")
OTHER = CriterionRef("L/601/7638", "2.3")


def fact(
    number: int,
    fraction: float,
    sure: Sureness | None = Sureness.SURE,
    *,
    ref: CriterionRef = REF,
    family: str = "",
    moment: datetime | None = None,
) -> QuizEvidence:
    name = f"q{number}"
    return QuizEvidence(
        ref, name, family or name, fraction, moment or at(number), Kind.PRACTICE, None, sure
    )  # fmt: skip


def test_without_evidence_nothing_is_said_of_any_share() -> None:
    shown = calibration([])
    assert shown.said == (
        SaidSure(Sureness.SURE, 0),
        SaidSure(Sureness.THINK_SO, 0),
        SaidSure(Sureness.GUESS, 0),
    )
    assert (shown.answers, shown.wrong, shown.sure_but_wrong) == (0, 0, ())


def test_four_answers_are_too_few_for_a_share_and_five_are_enough() -> None:
    assert calibration([fact(n, 1.0) for n in range(4)]).said[0] == SaidSure(Sureness.SURE, 4)
    assert calibration([fact(n, float(n > 1)) for n in range(5)]).said[0].share == pytest.approx(0.6)


def test_the_interval_holds_ninety_per_cent_of_the_beta_posterior_of_half_a_right_and_half_a_wrong_more() -> (
    None
):
    # 8 right of 10: the 5th and 95th percentile of Beta(8.5, 2.5), found by adding up its density in steps of a two-millionth.
    said = calibration([fact(n, float(n < 8)) for n in range(10)]).said[0]
    assert (said.answers, said.share) == (10, 0.8)
    assert said.low == pytest.approx(0.5475, abs=5e-5)
    assert said.high == pytest.approx(0.9398, abs=5e-5)


@pytest.mark.parametrize(("fraction", "share", "end"), [(1.0, 1.0, "high"), (0.0, 0.0, "low")])
def test_with_all_right_or_nothing_right_the_interval_goes_to_the_end(
    fraction: float, share: float, end: str
) -> None:
    said = calibration([fact(n, fraction) for n in range(5)]).said[0]
    assert (said.share, getattr(said, end)) == (share, share)
    assert said.low is not None
    assert said.high is not None
    assert 0.25 < said.high - said.low < 0.35


def test_an_answer_right_in_part_counts_as_its_part_and_is_not_wholly_right() -> None:
    shown = calibration([*(fact(n, 1.0) for n in range(4)), fact(4, 0.5)])
    assert shown.said[0].share == pytest.approx(0.9)
    assert [entry.family for entry in shown.sure_but_wrong] == ["q4"]


def test_each_sureness_is_counted_by_itself_and_answers_that_said_nothing_are_left_out() -> None:
    facts = [
        *(fact(n, 1.0, Sureness.SURE) for n in range(5)),
        *(fact(n, float(n % 2), Sureness.THINK_SO) for n in range(10, 16)),
        *(fact(n, 0.0, Sureness.GUESS) for n in range(20, 25)),
        *(fact(n, 1.0, None) for n in range(30, 50)),
    ]
    shown = calibration(facts)
    assert [(entry.sure, entry.answers, entry.share) for entry in shown.said] == [
        (Sureness.SURE, 5, 1.0),
        (Sureness.THINK_SO, 6, 0.5),
        (Sureness.GUESS, 5, 0.0),
    ]
    assert shown.answers == 16


def test_sure_but_wrong_is_counted_by_family_the_latest_first() -> None:
    facts = [
        fact(1, 0.0, family="kettle"),
        fact(2, 0.0, family="caddy", ref=OTHER),
        fact(3, 0.0, family="kettle"),
        fact(4, 0.0, Sureness.THINK_SO, family="timer"),
        fact(5, 1.0, family="strainer"),
        fact(6, 0.0, family="spoon", ref=OTHER),
    ]
    shown = calibration(facts)
    assert shown.sure_but_wrong == (
        SureButWrong(OTHER, "spoon", 1, at(6)),
        SureButWrong(REF, "kettle", 2, at(3)),
        SureButWrong(OTHER, "caddy", 1, at(2)),
    )
    assert shown.wrong == 4


def test_only_the_first_answer_to_a_question_on_a_day_counts() -> None:
    first, again, next_day = at(0), at(5), at(24 * 60)
    facts = [fact(1, 1.0, moment=again), fact(1, 0.0, moment=first), fact(1, 1.0, moment=next_day)]
    shown = calibration(facts)
    assert shown.said[0].answers == 2
    assert [(entry.times, entry.latest) for entry in shown.sure_but_wrong] == [(1, first)]


def test_the_order_of_the_evidence_changes_nothing() -> None:
    facts = [fact(n, float(n % 3 == 0), list(Sureness)[n % 3 - 1]) for n in range(40)]
    assert calibration(facts) == calibration(facts[::-1])
