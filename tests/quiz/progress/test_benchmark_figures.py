"""The figures of the benchmarks, worked out by hand, and the reading of response sets."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest

from benchmarks.figures import Bin, auc, bins, brier, ece, log_loss
from benchmarks.mastery import MODELS, early, ours
from benchmarks.responses import Answers, halves, read

PREDICTED = np.array([0.1, 0.4, 0.35, 0.8])
RIGHT = np.array([0, 0, 1, 1])


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    # Of the four pairs only (.35 right, .4 wrong) is in the wrong order.
    assert auc(PREDICTED, RIGHT) == 0.75
    assert auc(1 - PREDICTED, RIGHT) == 0.25


def test_a_tie_counts_half_in_auc() -> None:
    assert auc(np.array([0.5, 0.5, 0.9]), np.array([0, 1, 1])) == 0.75


def test_auc_of_answers_of_one_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="^AUC needs right and wrong answers; these are all of one kind.$"):
        auc(PREDICTED, np.ones(4))


def test_brier_is_the_mean_squared_difference() -> None:
    # (.01 + .16 + .4225 + .04) / 4
    assert brier(PREDICTED, RIGHT) == pytest.approx(0.158125, abs=1e-12)


def test_log_loss_is_the_mean_negative_log_likelihood() -> None:
    expected = -(log(0.9) + log(0.6) + log(0.35) + log(0.8)) / 4
    assert log_loss(PREDICTED, RIGHT) == pytest.approx(expected, abs=1e-12)


def test_a_certain_prediction_that_is_wrong_costs_what_one_in_a_million_costs() -> None:
    assert log_loss(np.array([1.0]), np.array([0])) == pytest.approx(log(1e6), abs=1e-6)


def test_calibration_error_weighs_each_bin_by_its_size() -> None:
    predicted, right = np.array([0.05, 0.15, 0.15, 1.0]), np.array([0, 1, 0, 1])
    # .05 against 0 (one), .15 against .5 (two), 1 against 1 (one): (.05 + 2 * .35 + 0) / 4
    assert ece(predicted, right) == pytest.approx(0.1875, abs=1e-12)
    assert bins(predicted, right) == (
        Bin(0.0, 0.1, 1, 0.05, 0.0),
        Bin(0.1, 0.2, 2, 0.15, 0.5),
        Bin(0.9, 1.0, 1, 1.0, 1.0),
    )


def test_a_response_set_is_read_three_lines_a_learner(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("3\n7,7,12\n1,0,1\n\n2\n12,7,\n0,0,\n")
    assert read(path) == (Answers(("7", "7", "12"), (1, 0, 1)), Answers(("12", "7"), (0, 0)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ": the file is empty. Each learner takes three lines: count, skills, marks."),
        (
            "1\n7\n1\n1\n7\n",
            ":5: 5 lines that are not empty, which is no multiple of three. "
            "Each learner takes three: count, skills, marks.",
        ),
        ("many\n7\n1\n", ":1: “many” is not a count. The first of three lines is a number."),
        ("2\n7\n1,1\n", ":2: 1 skill ids, where line 1 says 2."),
        ("2\n7,7\n1\n", ":3: 1 marks, where line 1 says 2."),
        ("1\n7\n1\n2\n7,8\n1,x\n", ":6: “x” is neither 0 nor 1."),
    ],
)
def test_a_response_set_of_another_form_is_refused_with_file_line_and_remedy(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "set.csv"
    path.write_text(text)
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared below
        read(path)
    assert str(caught.value) == f"{path}{message}"


def test_nobody_is_in_both_halves() -> None:
    learners = [Answers((str(number),), (1,)) for number in range(9)]
    train, test = halves(learners, 3)
    assert (len(train), len(test)) == (4, 5)
    assert sorted((*train, *test), key=lambda one: one.skills) == learners
    assert halves(learners, 3) == (train, test)
    assert halves(learners, 4) != (train, test)


def test_early_answers_are_the_second_to_sixth_to_a_skill() -> None:
    learners = [Answers(("a",) * 7 + ("b", "b"), (1,) * 9), Answers(("a",), (1,))]
    assert early(learners).tolist() == [False, *[True] * 5, False, False, True, False]


def test_our_prediction_is_the_products_closed_formula() -> None:
    # No facility in so small a training part: .65. After one right answer the level makes the prior
    # 6.2 / 9 and the estimate of the same skill (4 * 6.2 / 9 + 1) / 5; another skill has the prior.
    predicted = ours([Answers(("a",), (1,))], [Answers(("a", "a", "b"), (1, 0, 1))])
    third = (0.65 * 8 + 1) / 10
    assert predicted == pytest.approx([0.65, (4 * 6.2 / 9 + 1) / 5, third], abs=1e-12)


def test_no_model_looks_at_an_answer_before_it_has_predicted_it() -> None:
    train = [Answers(("a", "b", "a", "b", "a"), (1, 0, 1, 1, 0)), Answers(("b", "a"), (0, 1))]
    for name, model in MODELS.items():
        one = model(train, [Answers(("a", "a", "b"), (1, 0, 1))])
        other = model(train, [Answers(("a", "a", "b"), (1, 0, 0))])
        assert one == other, name
        later = model(train, [Answers(("a", "a", "b", "b"), (1, 0, 1, 1))])
        assert later[:3] == pytest.approx(one, abs=1e-12), name
        assert all(0 < chance < 1 for chance in later), name
