"""Rules on what a written question asks, and on phrases that spoil its options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from quiz.authoring.options import options_of
from quiz.authoring.rule import ItemSubject, Rule, Spot, StemSubject
from quiz.authoring.words import plain, shorten
from quiz.syllabus import WrittenQuestion

NEAR = 92
_ALL_OF_THE_ABOVE = re.compile(
    r"\b(?:all|none|both|neither|any) (?:of )?(?:the )?(?:above|below)\b"
    r"|\b(?:all|none) of (?:these|them|the (?:others?|other options|options|answers))\W*$"
    r"|\bboth (?:A|B|C|D) and (?:A|B|C|D)\b|\b(?:A|B|C|D) and (?:A|B|C|D)\b",
)
_EMPTY = re.compile(
    r"^(?:so )?(?:which|what)(?: one)?(?: of (?:these|the following|them))?(?: statements?| sentences?| options?| answers?)?"
    r"(?: here)? (?:is|are) (?:true|correct|right|false|wrong|incorrect)$"
)
_CLAUSE = (
    r"(?:(?!\b(?:that|who|which|what|if|when|where|because|so|as|although|how|why|by|for|without)\b)"
    r"[^.?!,;:])*?"
)
_ASKS = r"(?:^|[.?!:;,] |\band |\bof these )(?:which|what|who|when|where|how)\b"
_NEGATION = re.compile(
    rf"{_ASKS}{_CLAUSE}"
    rf"\b(?:(?:is|are|was|were|does|do|did|should|would|could|can|may|must|will|has|have)\b{_CLAUSE}\b(?:not|never)"
    r"|(?:is|are|does|do|should|would|could|wo|can|must|has|have)(?:n['’]t|['’]t|not))\b"
    rf"|(?:{_ASKS}|\ball\b){_CLAUSE}\bexcept\b"
    rf"|{_ASKS}{_CLAUSE}\b(?P<least>least) (?:likely|important|suitable|useful|appropriate|helpful)\b",
)
_CAPITALS = re.compile(r"\b(?:NOT|NEVER|EXCEPT|LEAST)\b")
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
_PERSON = re.compile(r"\{(?:customer|agent|colleague|manager)\}")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


def refers_to_options(text: str) -> str:
    """Return the words with which an option refers to other options, or an empty text."""
    match = _ALL_OF_THE_ABOVE.search(text) or _ALL_OF_THE_ABOVE.search(text.lower())
    return match.group() if match else ""


def is_negative(stem: str) -> bool:
    """Return whether a stem asks for the exception, in capitals."""
    return bool(_CAPITALS.search(stem))


def negation_of(stem: str) -> str:
    """Return the word that negates what a stem asks, unless it is in capitals, or an empty text."""
    if is_negative(stem):
        return ""
    match = _NEGATION.search(_lower_first(_QUOTED.sub("“”", stem)))
    if not match:
        return ""
    return "least" if match["least"] else match.group().split()[-1]


def forbidden_phrase(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot for each option that refers to other options."""
    for index, option in enumerate(options_of(question)):
        found = refers_to_options(option.text)
        if found:
            yield Spot(
                ("options", index),
                f"“{found}” refers to other options, which stand in random order; write an option of its own.",
            )


def empty_stem(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot if a stem asks only which option is true."""
    asked = re.split(r"(?<=[.!?:])\s+", question.stem.strip())[-1]
    if _EMPTY.match(plain(asked)):
        yield Spot(("stem",), f"“{shorten(asked)}” asks nothing by itself; name what the options are about.")


def negative_stem(question: WrittenQuestion) -> Iterator[Spot]:
    """Yield a spot if what a stem asks for is negated and the negation is not in capitals."""
    word = negation_of(question.stem)
    if word:
        yield Spot(
            ("stem",),
            f"The question turns on “{word}”; ask for what is so, or write the word in capitals: "
            f"“{shorten(question.stem)}”.",
        )


def gendered_pronoun(subject: ItemSubject) -> Iterator[Spot]:
    """Yield a spot for each he or she where any name may be filled in."""
    found = list(_strings(subject.item.model_dump(by_alias=True)))
    if not any(_PERSON.search(text) for _, text in found):
        return
    for place, text in found:
        match = _PRONOUN.search(_QUOTED.sub("", text)) if place[-1:] != ("id",) else None
        if match:
            yield Spot(
                place,
                f"“{match.group()}” may not fit the name that is filled in; write around it: “{shorten(text)}”.",
            )


def repeated_stem(subject: StemSubject) -> Iterator[Spot]:
    """Yield a spot if a question of the bank has the same stem."""
    other = subject.earlier.get(plain(subject.question.stem))
    if other:
        yield Spot(("stem",), f"Question {other} has the same stem; ask something else.")


def near_repeated_stem(subject: StemSubject) -> Iterator[Spot]:
    """Yield a spot if a question of the unit has nearly the same stem."""
    own = plain(subject.question.stem)
    for stem, other in subject.earlier_in_unit.items():
        alike = fuzz.ratio(own, stem, score_cutoff=NEAR)
        if alike and stem != own:
            yield Spot(
                ("stem",),
                f"The stem is {alike:.0f}% like that of {other}; make sure that the two ask different things.",
            )
            return


def _lower_first(stem: str) -> str:
    return re.sub(
        r"(?:^|(?<=[.?!:] ))(?:Which|What|Who|When|Where|How|All)\b", lambda m: m.group().lower(), stem
    )


def _strings(data: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _strings(value, (*place, key))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from _strings(value, (*place, index))


QUESTION_RULES: Final = (
    Rule("forbidden-phrase", forbidden_phrase),
    Rule("empty-stem", empty_stem),
    Rule("negative-stem", negative_stem),
)
ITEM_RULES: Final = (Rule("gendered-pronoun", gendered_pronoun),)
STEM_RULES: Final = (
    Rule("repeated-stem", repeated_stem),
    Rule("near-repeated-stem", near_repeated_stem, "warning"),
)
