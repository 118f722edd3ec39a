"""What holds for every question type, and what has to be there for a new one."""

from __future__ import annotations

import json
from inspect import signature
from itertools import combinations, permutations, product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from literal_questions import ONE_OF_EACH, head, single_choice
from pydantic import ValidationError

import quiz.questions
from quiz.questions import (
    TYPES,
    Matching,
    MatchingResponse,
    MatchPair,
    MultipleResponse,
    MultipleResponseResponse,
    Option,
    Ordering,
    OrderingResponse,
    OrderStep,
    Question,
    Response,
    SingleChoice,
    SingleChoiceResponse,
    SortCase,
    Sorting,
    SortingResponse,
    Verdict,
    chance,
    content_hash,
    mark,
    part_key,
    question_from_json,
    question_json,
    response_from_json,
    response_json,
    right_response,
    shuffle,
)

Answered = tuple[Question, Response]


def names_of(question: Question) -> str:
    return question.type


@st.composite
def single_choices(draw: st.DrawFn) -> Answered:
    size = draw(st.integers(2, 6))
    right = draw(st.integers(0, size - 1))
    options = tuple(Option(key=f"k{i}", text=f"t{i}", right=i == right, why="w") for i in range(size))
    chosen = draw(st.sampled_from(options)).key
    return SingleChoice(head=head(), stem="s", options=options), SingleChoiceResponse(chosen=chosen)


@st.composite
def multiple_responses(draw: st.DrawFn) -> Answered:
    size = draw(st.integers(3, 7))
    right = draw(st.integers(2, size - 1))
    options = tuple(Option(key=f"k{i}", text=f"t{i}", right=i < right, why="w") for i in range(size))
    question = MultipleResponse(head=head(), stem="s", options=tuple(draw(st.permutations(options))))
    chosen = tuple(option.key for option in draw(st.permutations(options))[:right])
    return question, MultipleResponseResponse(chosen=chosen)


@st.composite
def matchings(draw: st.DrawFn) -> Answered:
    keys = [f"k{i}" for i in range(draw(st.integers(2, 7)))]
    pairs = tuple(MatchPair(key=key, left=f"l{key}", right=f"r{key}", why="w") for key in keys)
    question = Matching(head=head(), stem="s", pairs=pairs, right_order=tuple(draw(st.permutations(keys))))
    given_rights = draw(st.permutations(keys))
    return question, MatchingResponse(chosen=dict(zip(keys, given_rights, strict=True)))


@st.composite
def orderings(draw: st.DrawFn) -> Answered:
    keys = [f"k{i}" for i in range(draw(st.integers(2, 7)))]
    steps = tuple(OrderStep(key=key, text=f"t{key}", place=i, why="w") for i, key in enumerate(keys, 1))
    question = Ordering(head=head(), stem="s", steps=tuple(draw(st.permutations(steps))))
    return question, OrderingResponse(order=tuple(draw(st.permutations(keys))))


@st.composite
def sortings(draw: st.DrawFn) -> Answered:
    classes = {f"c{i}": "meaning" for i in range(draw(st.integers(2, 4)))}
    a_class = st.sampled_from(list(classes))
    cases = tuple(
        SortCase(key=f"k{i}", text=f"t{i}", belongs=draw(a_class), why="w")
        for i in range(draw(st.integers(2, 7)))
    )
    question = Sorting(head=head(), stem="s", classes=classes, cases=cases)
    return question, SortingResponse(chosen={case.key: draw(a_class) for case in cases})


ANSWERED = st.one_of(single_choices(), multiple_responses(), matchings(), orderings(), sortings())


@given(ANSWERED)
def test_a_full_answer_earns_between_nothing_and_all(answered: Answered) -> None:
    found = mark(*answered)
    assert 0.0 <= found.fraction <= 1.0
    assert found.message == ""
    by_fraction = {0.0: Verdict.WRONG, 1.0: Verdict.RIGHT}
    assert found.verdict is by_fraction.get(found.fraction, Verdict.PARTIAL)


@given(ANSWERED)
def test_an_answer_is_right_just_when_it_is_as_good_as_the_right_response(answered: Answered) -> None:
    question, response = answered
    best = right_response(question)
    assert mark(question, best).verdict is Verdict.RIGHT
    assert (mark(question, response).verdict is Verdict.RIGHT) is (as_given(response) == as_given(best))


def as_given(response: Response) -> object:
    """Return what was answered; the order in which options were ticked is no part of it."""
    if isinstance(response, MultipleResponseResponse):
        return frozenset(response.chosen)
    return response


@given(ANSWERED, st.integers(0, 2**32))
def test_shuffling_never_changes_a_mark(answered: Answered, seed: int) -> None:
    question, response = answered
    shuffled = shuffle(question, Random(seed))
    assert mark(shuffled, response) == mark(question, response)
    assert mark(shuffled, right_response(question)).verdict is Verdict.RIGHT
    assert shuffled == shuffle(question, Random(seed))
    assert shuffled.head == question.head


@given(ANSWERED)
def test_questions_and_responses_go_to_json_and_back(answered: Answered) -> None:
    question, response = answered
    assert question_from_json(question_json(question)) == question
    assert response_from_json(response_json(response)) == response


@pytest.mark.parametrize("question", ONE_OF_EACH, ids=names_of)
def test_a_response_of_another_type_is_malformed(question: Question) -> None:
    for other in ONE_OF_EACH:
        if other.type == question.type:
            continue
        found = mark(question, right_response(other))
        assert (found.verdict, found.fraction) == (Verdict.MALFORMED, 0.0)
        assert found.message == "That answer belongs to another kind of question. Answer again."


@pytest.mark.parametrize("question", ONE_OF_EACH, ids=names_of)
def test_the_hash_names_all_that_is_shown_and_keyed(question: Question) -> None:
    again = question_from_json(question_json(question))
    assert content_hash(again) == content_hash(question)
    assert len(content_hash(question)) == 32
    changed = [
        question.model_copy(update={"stem": question.stem + "!"}),
        question.model_copy(update={"head": head(criterion="1.2")}),
        next(q for q in (shuffle(question, Random(seed)) for seed in range(9)) if q != question),
    ]
    assert content_hash(question) not in {content_hash(q) for q in changed}
    assert len({content_hash(q) for q in changed}) == 3


def test_another_explanation_or_key_gives_another_hash() -> None:
    question = single_choice()
    first, *rest = question.options
    for update in ({"why": "Because."}, {"right": False}, {"key": "z"}, {"text": "fewer leaves"}):
        options = (first.model_copy(update=update), *rest)
        assert content_hash(question.model_copy(update={"options": options})) != content_hash(question)


@pytest.mark.parametrize("name", TYPES)
def test_every_type_has_its_module_and_its_row_in_the_table(name: str) -> None:
    module = TYPES[name]
    taken = {
        function: list(signature(getattr(module, function)).parameters)
        for function in ("mark", "shuffle", "chance", "right_response")
    }
    assert taken == {
        "mark": ["question", "response"],
        "shuffle": ["question", "rng"],
        "chance": ["question"],
        "right_response": ["question"],
    }
    assert f"\n| {name.replace('_', ' ')} | " in str(quiz.questions.__doc__)


def test_every_type_has_a_question_here() -> None:
    assert [question.type for question in ONE_OF_EACH] == list(TYPES)


@pytest.mark.parametrize("question", ONE_OF_EACH, ids=names_of)
def test_a_random_full_answer_is_right_as_often_as_the_chance_says(question: Question) -> None:
    answers = list(all_full_answers(question))
    right = sum(mark(question, answer).verdict is Verdict.RIGHT for answer in answers)
    assert right / len(answers) == pytest.approx(chance(question), abs=1e-12)


def all_full_answers(question: Question) -> list[Response]:
    match question:
        case SingleChoice():
            return [SingleChoiceResponse(chosen=option.key) for option in question.options]
        case MultipleResponse():
            keys = [option.key for option in question.options]
            return [MultipleResponseResponse(chosen=c) for c in combinations(keys, question.choose)]
        case Matching():
            keys = [pair.key for pair in question.pairs]
            return [
                MatchingResponse(chosen=dict(zip(keys, rights, strict=True))) for rights in permutations(keys)
            ]
        case Ordering():
            return [OrderingResponse(order=o) for o in permutations([step.key for step in question.steps])]
        case Sorting():
            keys = [case.key for case in question.cases]
            return [
                SortingResponse(chosen=dict(zip(keys, classes, strict=True)))
                for classes in product(question.classes, repeat=len(keys))
            ]


def test_only_marked_verdicts_count_as_marked() -> None:
    assert [verdict.value for verdict in Verdict if verdict.is_marked] == ["wrong", "partial", "right"]


def test_the_key_of_a_text_stays_the_same_for_ever_since_stored_answers_name_it() -> None:
    assert part_key("hot water") == "5cffe7cbd8"
    assert part_key("Hot water") != part_key("hot water")


@pytest.mark.parametrize(
    "changes",
    [{"type": "riddle"}, {"stem": None}, {"colour": "red"}, {"options": [{"key": "a"}]}],
)
def test_json_that_is_no_question_is_refused(changes: dict[str, Any]) -> None:
    text = json.dumps({**json.loads(question_json(single_choice())), **changes})
    with pytest.raises(ValidationError):
        question_from_json(text)


def test_a_question_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        single_choice().stem = "Another stem"


def test_questions_read_from_json_share_what_is_noted_of_their_fields_and_stay_equal() -> None:
    made = single_choice()
    text = question_json(made)
    one, other = question_from_json(text), question_from_json(text)
    assert isinstance(one, SingleChoice)
    assert isinstance(other, SingleChoice)
    assert one == other == made
    assert question_json(one) == text
    assert one.head.model_fields_set is other.head.model_fields_set
    assert one.options[0].model_fields_set is other.options[1].model_fields_set
    assert one.model_fields_set == {*made.model_fields_set, "type"}
