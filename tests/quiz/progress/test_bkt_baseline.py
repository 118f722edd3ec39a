"""Bayesian knowledge tracing, a rival of our estimate in the benchmark: its formulas and its fitting."""

from __future__ import annotations

from dataclasses import astuple, replace
from itertools import product
from math import log

import numpy as np
import pytest

from benchmarks.bkt import MOST, Skill, bkt, fit, log_likelihood, pooled
from benchmarks.responses import Answers

TRUE = Skill(known=0.3, learnt=0.2, guess=0.2, slip=0.1)


def learners(skill: Skill, count: int, answers: int, seed: int, name: str = "a") -> list[Answers]:
    """Return learners who answer as the model says."""
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        known, marks = draw.random() < skill.known, []
        for _ in range(answers):
            marks.append(int(draw.random() < (1 - skill.slip if known else skill.guess)))
            known = known or draw.random() < skill.learnt
        found.append(Answers((name,) * answers, tuple(marks)))
    return found


def test_an_answer_changes_the_chance_of_knowing_as_bayes_has_it_and_then_teaches() -> None:
    skill = Skill(known=0.5, learnt=0.2, guess=0.25, slip=0.15)
    assert skill.predict(0.5) == pytest.approx(0.55)  # .5 * .85 + .5 * .25
    assert skill.after(0.5, 1) == pytest.approx(0.425 / 0.55 + 0.125 / 0.55 * 0.2)
    assert skill.after(0.5, 0) == pytest.approx(0.075 / 0.45 + 0.375 / 0.45 * 0.2)


def test_the_likelihood_is_the_sum_over_the_moments_at_which_the_skill_may_have_been_learnt() -> None:
    marks = (1, 0, 1)
    total = 0.0
    for states in product((0, 1), repeat=3):
        path = 0.3 if states[0] else 0.7
        for before, after in zip(states, states[1:], strict=False):
            path *= float(after) if before else (0.2 if after else 0.8)
        for state, mark in zip(states, marks, strict=True):
            path *= (0.9 if mark else 0.1) if state else (0.2 if mark else 0.8)
        total += path
    assert log_likelihood([Answers(("a",) * 3, marks)], {"a": TRUE}) == pytest.approx(log(total), abs=1e-12)


def test_the_likelihood_is_that_of_the_predictions_whatever_the_order_of_skills() -> None:
    train = [*learners(TRUE, 40, 5, 1), *learners(TRUE, 40, 3, 2, "b")]
    mixed = [Answers(("a", "b", "a", "b", "a"), (1, 0, 0, 1, 1)), Answers(("b",), (0,))]
    predicted = bkt(train, mixed)
    marks = [mark for learner in mixed for mark in learner.right]
    expected = sum(log(p if mark else 1 - p) for p, mark in zip(predicted, marks, strict=True))
    assert log_likelihood(mixed, fit(train)) == pytest.approx(expected, abs=1e-9)


def test_fitting_finds_the_chances_the_answers_were_made_with() -> None:
    found = fit(learners(TRUE, 4000, 8, 1))["a"]
    assert astuple(found) == pytest.approx(astuple(TRUE), abs=0.03)


def test_no_small_change_of_a_fitted_chance_makes_the_answers_likelier() -> None:
    train = learners(TRUE, 300, 6, 2)
    found = fit(train)
    best = log_likelihood(train, found)
    assert best > log_likelihood(train, {"a": TRUE})
    for chance, value in zip(("known", "learnt", "guess", "slip"), astuple(found["a"]), strict=True):
        for step in (-0.02, 0.02):
            moved = replace(found["a"], **{chance: value + step})
            assert log_likelihood(train, {"a": moved}) < best, (chance, step)


def test_two_fits_with_one_seed_are_the_same() -> None:
    train = learners(TRUE, 50, 4, 3)
    assert fit(train, seed=5) == fit(train, seed=5)


def test_guessing_and_slipping_stay_below_a_half() -> None:
    # Rightly by eight of ten at first and by two of ten afterwards: forgetting, which the model lacks.
    falling = [Answers(("a",) * 4, (1, 1, 0, 0))] * 8 + [Answers(("a",) * 4, (0, 0, 1, 1))] * 2
    easy = [Answers(("a",) * 4, (1, 1, 1, 1))] * 9 + [Answers(("a",) * 4, (0, 1, 1, 1))]
    for train in (falling, easy):
        found = fit(train)["a"]
        assert 0 < found.guess <= MOST < 0.5
        assert 0 < found.slip <= MOST


def test_a_skill_nobody_trained_on_has_the_chances_of_all_skills_pooled() -> None:
    train = [*learners(TRUE, 60, 5, 4), *learners(replace(TRUE, known=0.8), 60, 5, 5, "b")]
    whole = pooled(train)
    as_one = [Answers(("one",) * len(learner.right), learner.right) for learner in train]
    assert whole == fit(as_one)["one"]
    assert bkt(train, [Answers(("new", "new"), (1, 0))]) == [
        whole.predict(whole.known),
        whole.predict(whole.after(whole.known, 1)),
    ]
