"""Rules on the options of a written question and on their explanations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from quiz.authoring.rule import Rule, Spot
from quiz.authoring.words import absolutes, hedges, plain, shorten
from quiz.syllabus import WrittenQuestion
from quiz.syllabus.written import WrittenMultipleResponse, WrittenOption, WrittenSingleChoice

NEAR = 90
_NUMBER = re.compile(r"\d+")


def options_of(question: WrittenQuestion) -> tuple[WrittenOption, ...]:
    """Return the options of a question that has some."""
    if isinstance(question, WrittenSingleChoice | WrittenMultipleResponse):
        return question.options
    return ()


def right_and_others(question: WrittenQuestion) -> tuple[WrittenOption, tuple[WrittenOption, ...]] | None:
    """Return the right option of a single choice and the rest, or None for anything else."""
    if not isinstance(question, WrittenSingleChoice):
        return None
    right = [option for option in question.options if option.right]
    if len(right) != 1 or len(question.options) < 2:
        return None
    return right[0], tuple(option for option in question.options if not option.right)


def option_count(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot if a question has too few or too many options, right ones or wrong ones."""
    seen, right = len(options_of(question)), sum(option.right for option in options_of(question))
    if isinstance(question, WrittenSingleChoice) and (seen != 4 or right != 1):
        yield Spot(
            ("options",),
            f"There are {seen} options and {right} with “right: true”; a single choice has four and one right.",
        )
    if isinstance(question, WrittenMultipleResponse) and not (
        4 <= seen <= 6 and right >= 2 and seen - right >= 2
    ):
        yield Spot(
            ("options",),
            f"There are {right} right and {seen - right} wrong options; a multiple response has four to six, "
            "at least two right and two wrong.",
        )


def repeated_option(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot for each option that says the same as an earlier one."""
    seen: set[str] = set()
    for index, option in enumerate(options_of(question)):
        if plain(option.text) in seen:
            yield Spot(("options", index), f"“{shorten(option.text)}” stands twice; write another option.")
        seen.add(plain(option.text))


def are_nearly_same(one: str, other: str) -> bool:
    """Return whether two texts can be taken for each other; texts with other numbers differ."""
    return fuzz.ratio(one.casefold(), other.casefold()) >= NEAR and _NUMBER.findall(one) == _NUMBER.findall(
        other
    )


def near_repeat(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot for each two options that are nearly the same."""
    for (_, first), (place, second) in combinations(enumerate(options_of(question)), 2):
        if are_nearly_same(first.text, second.text) and plain(first.text) != plain(second.text):
            yield Spot(
                ("options", place),
                f"“{shorten(first.text)}” and “{shorten(second.text)}” are nearly the same; make the difference plain.",
            )


def is_conspicuous(right: int, longest_other: int) -> bool:
    """Return whether a right option of that length gives itself away."""
    return right > 1.5 * longest_other and right - longest_other > 10


def are_ragged(lengths: Sequence[int]) -> bool:
    """Return whether texts of those lengths look uneven side by side."""
    return max(lengths) > 2.5 * min(lengths) and max(lengths) - min(lengths) > 15


def conspicuous_option(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot if the right option can be told by its length."""
    parts = right_and_others(question)
    if not parts:
        return
    right, longest = len(parts[0].text), max(len(option.text) for option in parts[1])
    if is_conspicuous(right, longest):
        yield Spot(
            ("options",),
            f"The right option has {right} characters and the longest other {longest}; cut it, or lengthen another.",
        )


def ragged_options(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot if the longest option is much longer than the shortest."""
    lengths = [len(option.text) for option in options_of(question)]
    if lengths and are_ragged(lengths):
        yield Spot(
            ("options",),
            f"The longest option has {max(lengths)} characters and the shortest {min(lengths)}; bring them closer.",
        )


def absolutes_in_distractors(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot if two or more wrong options hold an absolute and the right one none."""
    parts = right_and_others(question)
    if not parts or absolutes(parts[0].text):
        return
    seen = [option.text for option in parts[1] if absolutes(option.text)]
    if len(seen) >= 2:
        yield Spot(
            ("options",),
            f"{len(seen)} wrong options hold an absolute (such as always, all, only) and the right one none: "
            f"“{shorten(seen[0], 40)}”, “{shorten(seen[1], 40)}”. Soften them.",
        )


def hedge_in_right(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot if the right option hedges and no other does."""
    parts = right_and_others(question)
    if parts and hedges(parts[0].text) and not any(hedges(option.text) for option in parts[1]):
        yield Spot(
            ("options",),
            f"Only the right option hedges (may, can, usually, some …): “{shorten(parts[0].text)}”. Take the hedge "
            "out, or hedge a wrong one.",
        )


def few_parts(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot if a matching, ordering or sorting question has fewer than three parts."""
    name, parts = parts_of(question)
    if name and len(parts) < 3:
        yield Spot((name,), f"There are {len(parts)} {name}; give at least three.")
    if question.type == "sorting":
        used = {case.class_ for case in question.cases}
        for empty in [name for name in question.classes if name not in used]:
            yield Spot(("classes",), f"No case belongs to “{empty}”; add one, or drop the class.")
        if len(question.classes) < 2:
            yield Spot(("classes",), "There is one class; give at least two.")


def repeated_part(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot for each part of a matching, ordering or sorting question that stands twice."""
    name, parts = parts_of(question)
    columns = zip(*parts, strict=True) if parts else ()
    for column in columns:
        seen: set[str] = set()
        for index, text in enumerate(column):
            if plain(text) in seen:
                yield Spot(
                    (name, index), f"“{shorten(text)}” stands twice among the {name}; each has to differ."
                )
            seen.add(plain(text))


def parts_of(question: WrittenQuestion) -> tuple[str, list[tuple[str, ...]]]:
    """Return the name and the texts of the parts of a question without options."""
    if question.type == "matching":
        return "pairs", [(pair.left, pair.right) for pair in question.pairs]
    if question.type == "ordering":
        return "steps", [(step.text,) for step in question.steps]
    if question.type == "sorting":
        return "cases", [(case.text,) for case in question.cases]
    return "", []


def repeats_explanation(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot for each explanation that only repeats its option."""
    for index, option in enumerate(options_of(question)):
        if plain(option.why) == plain(option.text):
            yield Spot(
                ("options", index),
                f"The explanation of “{shorten(option.text)}” repeats the option; say why it is "
                f"{'right' if option.right else 'wrong'}.",
            )


QUESTION_RULES: Final = (
    Rule("option-count", option_count),
    Rule("repeated-option", repeated_option),
    Rule("near-repeat", near_repeat),
    Rule("conspicuous-option", conspicuous_option),
    Rule("ragged-options", ragged_options),
    Rule("absolutes-in-distractors", absolutes_in_distractors),
    Rule("hedge-in-right", hedge_in_right, "warning"),
    Rule("few-parts", few_parts),
    Rule("repeated-part", repeated_part),
    Rule("repeats-explanation", repeats_explanation),
)
