"""A lesson's values: the place nearest to one asked for, how hands fell, when a criterion is taught again."""

from __future__ import annotations

from uuid import UUID

import pytest
from literal_attempts import question
from literal_questions import MATCHING, MULTIPLE_RESPONSE, ONE_OF_EACH, ORDERING, SORTING, single_choice

from quiz.sessions import CriterionSplit, Lesson, Split, Step, can_count, hands_split
from quiz.syllabus import CriterionRef

TEA = CriterionRef("L/601/7638", "1.1")
LESSON = Lesson(
    UUID("33333333-3333-4333-8333-333333333333"), "L/601/7638", "Tea", (question("1.1"), question("1.2"))
)


def test_each_step_shows_more_than_the_one_before() -> None:
    assert [step.name for step in sorted(Step)] == ["QUESTION", "OPTIONS", "ANSWER", "WHY", "NOTE"]
    assert [int(step) for step in Step] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((0, 0), (0, Step.QUESTION)),
        ((1, 2), (1, Step.ANSWER)),
        ((-1, -1), (0, Step.QUESTION)),
        ((2, 5), (1, Step.NOTE)),
        ((99, 99), (1, Step.NOTE)),
    ],
)
def test_the_place_is_the_nearest_that_the_lesson_has(
    asked: tuple[int, int], found: tuple[int, Step]
) -> None:
    assert LESSON.place(*asked) == found


def test_hands_are_counted_for_questions_with_options_only() -> None:
    assert [can_count(asked) for asked in ONE_OF_EACH] == [True, True, False, False, False]


def test_hands_are_split_among_the_options_of_the_question() -> None:
    split = hands_split(single_choice(), {"a": 6, "b": 2, "z": 50, "c": -3})
    assert dict(split.counts) == {"a": 6, "b": 2, "c": 0, "d": 0}
    assert split.right == {"a"}
    assert (split.total, split.share("a"), split.share("b"), split.share("c")) == (8, 0.75, 0.25, 0.0)
    assert (split.share("z"), split.right_share) == (0.0, 0.75)


def test_hands_on_every_right_option_are_right() -> None:
    split = hands_split(MULTIPLE_RESPONSE, {"a": 3, "b": 1, "c": 4})
    assert (split.right, split.total, split.right_share) == ({"a", "b"}, 8, 0.5)


def test_before_a_hand_is_counted_every_share_is_0() -> None:
    split = hands_split(single_choice(), {})
    assert (split.total, split.share("a"), split.right_share) == (0, 0.0, 0.0)
    assert split == Split({"a": 0, "b": 0, "c": 0, "d": 0}, frozenset("a"))


@pytest.mark.parametrize("asked", [MATCHING, ORDERING, SORTING])
def test_hands_for_a_question_without_options_are_refused(asked: object) -> None:
    with pytest.raises(ValueError, match=r"^Hands can only be counted for a question with options\.$"):
        hands_split(asked, {"a": 1})


@pytest.mark.parametrize(("share", "again"), [(0.0, True), (0.59, True), (0.6, False), (1.0, False)])
def test_a_criterion_with_less_than_three_fifths_right_is_worth_teaching_again(
    share: float, again: bool
) -> None:
    assert CriterionSplit(TEA, 1, 10, share).teach_again is again
