"""A live lesson: when an answer on a device counts, what it earns, and how the class did."""

from __future__ import annotations

from uuid import UUID

import pytest
from literal_attempts import RIGHT, WRONG, at, question
from literal_questions import MATCHING, MULTIPLE_RESPONSE, ORDERING, single_choice

from quiz.errors import EntryRefused, MoveRefused
from quiz.questions import (
    MultipleResponseResponse,
    Question,
    Response,
    SingleChoiceResponse,
    right_response,
)
from quiz.sessions import (
    CriterionSplit,
    LiveAnswer,
    LivePlace,
    LiveStage,
    Step,
    chosen_keys,
    class_by_criterion,
    device_split,
    fraction_of,
    nickname,
)
from quiz.syllabus import CriterionRef

UNIT = "L/601/7638"
SAM = UUID("11111111-1111-4111-8111-111111111111")
WAITING = LivePlace(LiveStage.WAITING)
ASKING = WAITING.moved(0, Step.OPTIONS)
ELSEWHERE = r"^The class has gone on to another question\. Here it is\.$"
SHOWN = r"^The answer has been on the screen already, so this one was not stored\.$"
COVERED = r"^The options are not on the screen now, so this answer was not stored\.$"


def two(*chosen: str) -> MultipleResponseResponse:
    return MultipleResponseResponse(chosen=chosen)


def gave(position: int, fraction: float) -> LiveAnswer:
    return LiveAnswer(SAM, position, RIGHT, fraction, at(1))


def on(code: str, asked: Question) -> Question:
    """Return the question on another criterion."""
    return asked.model_copy(update={"head": asked.head.model_copy(update={"criterion": code})})


def test_a_nickname_is_trimmed_to_one_line_without_control_signs() -> None:
    assert nickname("  Sam \n the\t\x07 Great ") == "Sam the Great"
    assert nickname("x" * 24) == "x" * 24


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n\x00 ", r"^Type the name that the class should see first\.$"),
        ("x" * 25, r"^That name is 25 characters long; 24 is the most\.$"),
    ],
)
def test_a_nickname_that_cannot_be_taken_is_refused(text: str, words: str) -> None:
    with pytest.raises(EntryRefused, match=words):
        nickname(text)


def test_answers_are_taken_only_while_the_options_are_on_the_screen() -> None:
    assert [WAITING.moved(0, step).takes_answers for step in Step] == [False, True, False, False, False]
    assert not WAITING.takes_answers
    assert not LivePlace(LiveStage.WAITING, 0, Step.OPTIONS).takes_answers
    assert not LivePlace(LiveStage.ASKING, 0, Step.ANSWER).takes_answers
    assert not LivePlace(LiveStage.ENDED, 0, Step.OPTIONS).takes_answers


def test_moving_on_keeps_in_mind_every_answer_that_was_shown() -> None:
    place = WAITING.moved(0, Step.OPTIONS)
    assert place == LivePlace(LiveStage.ASKING, 0, Step.OPTIONS, frozenset())
    place = place.moved(0, Step.ANSWER).moved(2, Step.NOTE)
    assert place == LivePlace(LiveStage.ASKING, 2, Step.NOTE, frozenset({0, 2}))
    assert place.moved(1, Step.OPTIONS).takes_answers


def test_an_answer_covered_again_takes_no_more_answers() -> None:
    place = ASKING.moved(0, Step.ANSWER).moved(0, Step.OPTIONS)
    assert not place.takes_answers
    with pytest.raises(MoveRefused, match=SHOWN):
        fraction_of(single_choice(), RIGHT, place, 0)


@pytest.mark.parametrize(
    ("asked", "response", "fraction"),
    [
        (single_choice(), RIGHT, 1.0),
        (single_choice(), WRONG, 0.0),
        (MULTIPLE_RESPONSE, two("a", "b"), 1.0),
        (MULTIPLE_RESPONSE, two("c", "a"), 0.5),
        (MATCHING, right_response(MATCHING), 1.0),
    ],
)
def test_a_device_earns_what_practice_would_give(
    asked: Question, response: Response, fraction: float
) -> None:
    assert fraction_of(asked, response, ASKING, 0) == fraction


@pytest.mark.parametrize(
    ("place", "position", "words"),
    [
        (ASKING.moved(0, Step.QUESTION), 0, COVERED),
        (ASKING.moved(0, Step.ANSWER), 0, SHOWN),
        (ASKING.moved(0, Step.NOTE), 0, SHOWN),
        (ASKING.moved(0, Step.ANSWER).moved(0, Step.QUESTION), 0, SHOWN),
        (ASKING, 1, ELSEWHERE),
        (ASKING.moved(1, Step.OPTIONS), 0, ELSEWHERE),
        (WAITING, 0, ELSEWHERE),
        (LivePlace(LiveStage.ENDED, 0, Step.OPTIONS), 0, r"^The lesson has ended, so this answer was not"),
    ],
)
def test_an_answer_at_the_wrong_moment_is_refused_with_the_reason(
    place: LivePlace, position: int, words: str
) -> None:
    with pytest.raises(MoveRefused, match=words):
        fraction_of(single_choice(), RIGHT, place, position)


@pytest.mark.parametrize(
    ("asked", "response", "words"),
    [
        (single_choice(), SingleChoiceResponse(chosen=None), r"^Choose an answer first\.$"),
        (MULTIPLE_RESPONSE, two(), r"^Choose an answer first\.$"),
        (MULTIPLE_RESPONSE, two("a"), r"^Choose two: you have chosen one\.$"),
        (single_choice(), SingleChoiceResponse(chosen="z"), r"^That is not an option of this question\."),
        (single_choice(), two("a", "b"), r"^That answer belongs to another kind of question\."),
    ],
)
def test_what_is_no_full_answer_is_refused_with_the_reason(
    asked: Question, response: Response, words: str
) -> None:
    with pytest.raises(MoveRefused, match=words):
        fraction_of(asked, response, ASKING, 0)


def test_the_options_a_response_names() -> None:
    assert chosen_keys(RIGHT) == ("a",)
    assert chosen_keys(SingleChoiceResponse(chosen=None)) == ()
    assert chosen_keys(two("c", "a")) == ("c", "a")
    assert chosen_keys(right_response(MATCHING)) == ()


def test_choices_on_devices_are_added_to_the_hands() -> None:
    stray = SingleChoiceResponse(chosen="z")
    split = device_split(single_choice(), [RIGHT, WRONG, RIGHT, stray], {"b": 2, "z": 7})
    assert dict(split.counts) == {"a": 2, "b": 3, "c": 0, "d": 0}
    assert (split.right, split.total, split.right_share) == ({"a"}, 5, 0.4)


def test_a_device_that_chooses_two_options_counts_for_both() -> None:
    split = device_split(MULTIPLE_RESPONSE, [two("a", "b"), two("a", "d")], {})
    assert dict(split.counts) == {"a": 2, "b": 1, "c": 0, "d": 1}
    assert (split.right, split.right_share) == ({"a", "b"}, 0.75)


def test_a_question_without_options_has_no_split() -> None:
    with pytest.raises(ValueError, match="a question with options"):
        device_split(ORDERING, [], {})


def test_the_class_by_criterion_counts_devices_and_hands_the_weakest_first() -> None:
    asked = [question("1.1"), on("1.9", ORDERING), question("1.1", 2), question("1.10")]
    answers = [
        gave(0, 1.0),
        gave(0, 0.0),
        gave(2, 1.0),
        gave(3, 0.0),
        gave(1, 0.5),
        gave(4, 1.0),
        gave(-1, 1.0),
    ]
    hands = {0: {"a": 3, "b": 2}, 3: {"a": 1, "z": 9}, 1: {"a": 4}, 9: {"a": 4}, -1: {"a": 4}}
    # 1.1: devices 1 + 0 + 1 of 3 and hands 3 of 5; 1.10: device 0 of 1 and hand 1 of 1; 1.9: half of 1.
    assert class_by_criterion(asked, answers, hands) == [
        CriterionSplit(CriterionRef(UNIT, "1.9"), 1, 1, 0.5),
        CriterionSplit(CriterionRef(UNIT, "1.10"), 1, 2, 0.5),
        CriterionSplit(CriterionRef(UNIT, "1.1"), 2, 8, 0.625),
    ]


def test_hands_alone_and_devices_alone_make_a_row() -> None:
    asked = [on("1.2", MULTIPLE_RESPONSE), question("1.1")]
    assert class_by_criterion(asked, [], {0: {"a": 2, "b": 1, "c": 1}}) == [
        CriterionSplit(CriterionRef(UNIT, "1.2"), 1, 4, 0.75)
    ]
    assert class_by_criterion(asked, [gave(1, 1.0)], {}) == [
        CriterionSplit(CriterionRef(UNIT, "1.1"), 1, 1, 1.0)
    ]


def test_what_nobody_answered_has_no_row() -> None:
    assert class_by_criterion([question("1.1")], [], {0: {}}) == []
    assert class_by_criterion([question("1.1")], [], {0: {"a": 0, "z": 3}}) == []


def test_exactly_three_fifths_right_is_not_taught_again_however_it_is_made_up() -> None:
    answers = [gave(0, 1.0), *[gave(0, 0.0)] * 5]
    (row,) = class_by_criterion([question("1.1")], answers, {0: {"a": 44, "b": 25}})
    assert (row.answers, row.right_share, row.teach_again) == (75, 0.6, False)
