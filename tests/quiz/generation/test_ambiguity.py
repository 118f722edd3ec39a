"""For any valid block: one right answer, no text twice, keys that tell parts apart."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from literal_blocks import criterion_of, piece

from quiz.generation import families, generate, generate_all, reach
from quiz.questions import (
    Matching,
    MultipleResponse,
    Ordering,
    Question,
    SingleChoice,
    Sorting,
    Verdict,
    mark,
    question_json,
    right_response,
)

WORDS = st.text(alphabet="abcdefgh {}“”é'.", min_size=1, max_size=12).filter(lambda text: text.strip(" ."))
BASES = st.sampled_from(["specification", "today", "both", None])


def look(text: str) -> str:
    """Return the text as a learner compares it."""
    return " ".join(text.casefold().split()).rstrip(".")


def unlike(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(WORDS, min_size=least, max_size=most, unique_by=look)


@st.composite
def two_sided(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(unlike(8, 14))
    cut = draw(st.integers(4, len(texts) - 4))
    one, other = [piece(t) for t in texts[:cut]], [piece(t) for t in texts[cut:]]
    if draw(st.booleans()):
        return {"id": "b", "kind": "members", "ask": "things", "members": one, "others": other}
    return {"id": "b", "kind": "reasons", "claim": "it holds", "strong": one, "weak": other}


@st.composite
def sequence(draw: st.DrawFn) -> dict[str, Any]:
    return {"id": "b", "kind": "sequence", "ask": "a call", "steps": [piece(t) for t in draw(unlike(5, 9))]}


@st.composite
def contrast(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.integers(2, 4).map(lambda size: ["one", "two", "three", "four"][:size]))
    texts = draw(unlike(4 * len(names), 4 * len(names) + 3))
    cases = [
        {"text": text, "class": names[place % len(names)], "why": "so"} for place, text in enumerate(texts)
    ]
    classes = {name: f"the {name}" for name in names}
    return {"id": "b", "kind": "contrast", "ask": "Which is it?", "classes": classes, "cases": cases}


@st.composite
def linked(draw: st.DrawFn) -> dict[str, Any]:
    """Draw pairs or terms in which lefts, rights and `also` repeat one another as they like."""
    lefts = draw(st.lists(st.sampled_from("ABCDEFGHIJ"), min_size=6, max_size=9))
    rights = draw(st.lists(st.sampled_from("klmnopqrst"), min_size=len(lefts), max_size=len(lefts)))
    known = st.lists(st.sampled_from(sorted(set(rights))), max_size=2)
    also = draw(st.lists(known, min_size=len(lefts), max_size=len(lefts)))
    bases = draw(st.lists(BASES, min_size=len(lefts), max_size=len(lefts)))
    rows = list(zip(lefts, rights, also, bases, strict=True))
    if draw(st.booleans()):
        pairs = [{"left": a, "right": b, "also": c, "basis": d, "why": "so"} for a, b, c, d in rows]
        return {
            "id": "b",
            "kind": "pairs",
            "ask": "What is it?",
            "left_name": "left",
            "right_name": "right",
            "pairs": pairs,
        }
    terms = [
        {"term": a, "means": b, "also": c, "basis": d, "why": "so", "not_to_confuse": "A"}
        for a, b, c, d in rows
    ]
    return {"id": "b", "kind": "terms", "terms": terms}


def parts(question: Question) -> list[tuple[str, str]]:
    """Return key and text of every part."""
    match question:
        case SingleChoice() | MultipleResponse():
            return [(option.key, option.text) for option in question.options]
        case Matching():
            return [(pair.key, pair.left) for pair in question.pairs]
        case Ordering():
            return [(step.key, step.text) for step in question.steps]
        case Sorting():
            return [(case.key, case.text) for case in question.cases]


def check(question: Question) -> None:
    keys, shown = zip(*parts(question), strict=True)
    assert len(set(keys)) == len(keys)
    assert len({look(text) for text in shown}) == len(shown)
    assert mark(question, right_response(question)).verdict is Verdict.RIGHT
    if isinstance(question, SingleChoice):
        assert sum(option.right for option in question.options) == 1
    if isinstance(question, SingleChoice) and not question.head.family.endswith("class_of_case"):
        assert len(question.options) == 4


@settings(max_examples=60, deadline=None)
@given(st.one_of(two_sided(), sequence(), contrast(), linked()), st.integers())
def test_every_question_has_one_right_answer_and_no_part_twice(block: dict[str, Any], seed: int) -> None:
    criterion = criterion_of(block)
    questions = list(generate_all(criterion))
    assert len({question.head.id for question in questions}) == len(questions) == reach(criterion)
    for question in questions:
        check(question)
    for family in families(criterion):
        question = generate(criterion, family, seed)
        check(question)
        assert question.type == family.type
        assert question_json(question) == question_json(generate(criterion, family, seed))


def true_pairs(block: dict[str, Any]) -> set[tuple[str, str]]:
    """Return every left with every right that the block calls true of it."""
    rows = block.get("pairs") or block["terms"]
    return {
        (row.get("left") or row["term"], right)
        for row in rows
        for right in (row.get("right") or row["means"], *row["also"])
    }


@settings(max_examples=150, deadline=None)
@given(linked(), st.integers(0, 10_000))
def test_no_wrong_option_of_linked_entries_is_true_of_what_is_asked(block: dict[str, Any], seed: int) -> None:
    true = true_pairs(block)
    criterion = criterion_of(block)
    for family in families(criterion):
        question = generate(criterion, family, seed)
        if isinstance(question, Matching):
            lefts = [pair.left for pair in question.pairs]
            rights = [pair.right.lower() for pair in question.pairs]
            matchings = [way for way in permutations(rights) if set(zip(lefts, way, strict=True)) <= true]
            assert matchings == [tuple(rights)]
            continue
        asked = {"right_for_left": question.stem[:1]}.get(
            family.template, question.stem.partition("“")[2][:1]
        )
        for option in question.options:
            pair = (asked, option.text.lower()) if asked.isupper() else (option.text, asked)
            assert (pair in true) == option.right


@settings(max_examples=60, deadline=None)
@given(linked())
def test_no_matching_mixes_what_the_unit_says_with_what_holds_today(block: dict[str, Any]) -> None:
    rows = block.get("pairs") or block["terms"]
    bases = {
        (row.get("left") or row["term"], row.get("right") or row["means"]): row["basis"] or "both"
        for row in rows
    }
    for question in generate_all(criterion_of(block)):
        if isinstance(question, Matching) and len(bases) == len(rows):
            met = {bases[pair.left, pair.right.lower()] for pair in question.pairs} - {"both"}
            assert met == ({question.head.basis} - {"both"})
