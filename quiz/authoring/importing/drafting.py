"""A study pack drafted from a specification: for a unit without content, one that a tutor can finish.

What a draft says is what the document prints: topics, elements and details become knowledge blocks, the
outcomes and criteria keep the document's words. Notes, words to know, written questions and model answers
are a person's work. A draft stays in the user's data folder and is never part of the shipped packs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from quiz.authoring.importing.aligning import Alignment, align
from quiz.authoring.importing.blocks import (
    Block,
    TopicPoints,
    blocks_of,
    covers_of,
    slug_of,
    slugs_of,
    topics_of,
)
from quiz.authoring.importing.draft_text import file_text
from quiz.authoring.importing.points import MOST_ELEMENTS, abbreviations, tidy
from quiz.authoring.importing.specification import (
    SURE,
    TWO_UNITS,
    Element,
    SpecCriterion,
    Specification,
    SpecOutcome,
    SpecUnit,
    Unsure,
)
from quiz.syllabus.reference import has_right_check_letter

_UNIT_KEY: Final = re.compile(r"^[A-Z]/\d{3}/\d{4}$")
_MINUTES: Final = 1.5  # for a question of a paper, as in the units that Headset ships
_PASS: Final = 0.6
_MOST_TOPICS: Final = 150  # of a unit; those at hand have 31 at most
_CHECKLIST: Final = 6
_DEMANDS: Final = {
    "compare": "Compare asks for what is alike and what differs, point by point.",
    "describe": "Describe asks how it goes or what it is like, with enough detail to picture it.",
    "explain": "Explain asks for reasons: say why, and what follows from it.",
    "identify": "Identify asks for the points themselves, each named so that nobody can mistake it.",
    "list": "List asks for the points, one after the other; reasons are not needed.",
    "outline": "Outline asks for the main points, without the detail.",
    "state": "State asks for the points, briefly and clearly; reasons are not needed.",
}
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>~|#])")


@dataclass(frozen=True)
class DraftedUnit:
    """A drafted unit: its folder's name, the text of each file by name, and how much is in it."""

    key: str
    name: str
    """The unit as it is spoken of in the document."""
    folder: str
    files: Mapping[str, str]
    blocks: int


@dataclass(frozen=True)
class NotDrafted:
    """A unit of the document that cannot be drafted, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Drafting:
    """What was drafted from a document, and what was not."""

    units: tuple[DraftedUnit, ...]
    others: tuple[NotDrafted, ...]


def draft_pack(specification: Specification, taught: Collection[str], source: str) -> Drafting:
    """Return a draft of every unit of a document that is not taught and whose unit content was read.

    `taught` holds the references of the units that have content, `source` is the document's name. The same
    reading gives the same files, letter by letter.
    """
    times = Counter(unit.key for unit in specification.units)
    units: list[DraftedUnit] = []
    others: list[NotDrafted] = []
    for unit in specification.units:
        why = _why_not(unit, taught, times)
        drafted = _drafted(unit, specification.unsure, source) if not why else None
        if drafted is not None and drafted.blocks:
            units.append(drafted)
        else:
            why = why or "its unit content lists too little to make a question from"
            others.append(NotDrafted(unit.name, why))
    return Drafting(tuple(units), tuple(others))


def _why_not(unit: SpecUnit, taught: Collection[str], times: Mapping[str | None, int]) -> str:
    """Return why a unit cannot be drafted, or nothing."""
    if unit.key is None or not _UNIT_KEY.match(unit.key):
        return "its reference could not be read, and a pack is known by it"
    if unit.key in taught:
        return "Headset has content for it"
    if not has_right_check_letter(unit.key):
        return f"the letter of its reference {unit.key} does not fit the digits, so one of them is misread or misprinted"
    if times[unit.key] > 1:
        return TWO_UNITS
    if not unit.criteria:
        return "no criteria were found"
    if (topics := sum(len(part.topics) for part in unit.content)) > _MOST_TOPICS:
        return f"its unit content has {topics} topics, and a draft takes {_MOST_TOPICS} at most"
    if not topics:
        return (
            "the document prints no unit content for it, only outcomes and criteria, and nothing can be asked "
            "about those without inventing it"
        )
    return ""


def _drafted(unit: SpecUnit, unsure: Sequence[Unsure], source: str) -> DraftedUnit:
    assert unit.key is not None  # `_why_not` has looked
    every = topics_of(unit)
    doubts = [doubt for doubt in unsure if doubt.what.startswith(f"{unit.name}, content: ")]
    files: dict[str, str] = {}
    blocks = 0
    for outcome in unit.outcomes:
        topics = [topic for topic in every if topic.outcome == outcome.number]
        aligned = align(outcome.criteria, [topic.topic for topic in topics])
        for criterion, alignment in zip(outcome.criteria, aligned, strict=True):
            own = [topics[at] for at in alignment.topics]
            slugs = slugs_of(own)
            made = blocks_of(own, every, slugs)
            blocks += len(made)
            checks = list(_checks(criterion, alignment, own, made, doubts))
            entry = _criterion(criterion, own, made, covers_of(own, slugs))
            files[f"{criterion.code}.yaml"] = _criterion_text(criterion, entry, checks, source)
    folder = f"{unit.key.replace('/', '')}-{slug_of(_without_lead(unit.title), 3)}"
    return DraftedUnit(
        unit.key, unit.name, folder, {"unit.yaml": _unit_text(unit, every, source), **files}, blocks
    )


def _without_lead(title: str) -> str:
    return re.sub(r"^(?:principles|processes|and|of|the)\b\s*", "", title, flags=re.I) or title


def _checks(
    criterion: SpecCriterion,
    alignment: Alignment,
    own: Sequence[TopicPoints],
    made: Sequence[Block],
    doubts: Sequence[Unsure],
) -> Iterator[str]:
    """Yield what a person has to check before anything else in a criterion's file."""
    if criterion.confidence < SURE:
        yield f"hold the criterion's words against line {criterion.line} of the document; they were not read surely"
    if alignment.doubt:
        yield f"{alignment.doubt}; keep under this criterion what belongs to it"
    headings = {topic.topic.heading for topic in own}
    for doubt in doubts:
        if headings & set(doubt.candidates):
            yield f"line {doubt.line} of the document: {doubt.what.partition(': ')[2]} (“{doubt.candidates[0]}”)"
    for topic in own:
        if (size := len(topic.topic.elements)) > MOST_ELEMENTS:
            yield f"“{topic.heading}” lists {size} elements, and the first {MOST_ELEMENTS} are here"
    if not made:
        yield "the document lists too little here to ask about; write a knowledge block"


def _criterion(
    criterion: SpecCriterion,
    own: Sequence[TopicPoints],
    made: Sequence[Block],
    covers: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    text = tidy(criterion.text)
    spelt = abbreviations(topic.topic for topic in own)
    return {
        "criterion": criterion.code,
        "verb": criterion.verb,
        "label": text.removeprefix(criterion.verb).strip(" ,:") or text,
        "covers": covers,
        "note": _note(criterion, own),
        "terms": [{"term": short, "means": name} for short, name in spelt.items()],
        "knowledge": list(made),
        "own_words": {
            "prompt": f"{text}. Use examples from your own workplace.",
            "demands": _demands(criterion.verb),
            "checklist": _checklist(own) or [f"what your course says about {criterion.code}"],
            "model_answer": "There is no model answer yet: this unit is a draft. Hold your answer against the "
            "points above, and ask your tutor.",
        },
    }


def _note(criterion: SpecCriterion, own: Sequence[TopicPoints]) -> str:
    """Return a note that says what the document lists and no more."""
    demands, verb = _demands(criterion.verb), _in_note(criterion.verb)
    lines = [f"**{verb}**{demands.removeprefix(verb)}" if demands.startswith(verb) else demands, ""]
    if not own:
        return "\n".join([*lines, "The document lists nothing under this criterion.", ""])
    lines += ["The unit lists:", ""]
    for topic in own:
        told = "; ".join(_whole(element) for element in topic.topic.elements[:MOST_ELEMENTS])
        lines.append(f"- **{_in_note(tidy(topic.topic.heading))}**: {_in_note(told or 'nothing more')}.")
    return "\n".join([*lines, ""])


def _whole(element: Element) -> str:
    """Return an element with all that the document lists for it, also what cannot stand alone."""
    details = ", ".join(filter(None, map(tidy, (*element.brackets, *element.examples))))
    return f"{tidy(element.text)} ({details})" if details else tidy(element.text)


def _demands(verb: str) -> str:
    return _DEMANDS.get(verb.casefold().strip(), f"Do what the command says: {verb.casefold().strip()}.")


def _checklist(own: Sequence[TopicPoints]) -> list[str]:
    """Return points that an answer may be held against, a few from each topic."""
    share = max(1, _CHECKLIST // max(1, len(own)))
    points = [point.text for topic in own for point in topic.points[:share]]
    points += [point.text for topic in own for point in topic.points[share:]]
    return list(dict.fromkeys(points))[:_CHECKLIST]


def _in_note(text: str) -> str:
    """Return words of a document for a note, whose signs are Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)


def _criterion_text(
    criterion: SpecCriterion, entry: Mapping[str, Any], checks: Sequence[str], source: str
) -> str:
    code = criterion.code
    head = [
        f"Drafted by Headset from “{tidy(source)}” and not reviewed: criterion {code}, line {criterion.line} there.",
        "Everything here is what that document lists; mend it, add to it and take out what is wrong.",
        "Lines that begin with “Check:” are for you: delete each once you have seen to it.",
        "The wording is the awarding body's: keep this file on your computer.",
    ]
    return file_text(
        head,
        entry,
        {
            "criterion": checks,
            "note": [
                "this note only repeats what the document lists; say it in your own words, with an example"
            ],
            "knowledge": ["play each block once: is what does not belong truly wrong?"]
            if entry["knowledge"]
            else [],
            "own_words": ["write a model answer"],
        },
    )


def _unit_text(unit: SpecUnit, every: Sequence[TopicPoints], source: str) -> str:
    questions = {outcome.number: len(outcome.criteria) for outcome in unit.outcomes}
    total = sum(questions.values())
    entry = {
        "unit": unit.key,
        "title": tidy(unit.title),
        "level": unit.level,
        "credit": unit.credit,
        "glh": unit.glh,
        "drafted": True,
        "assessment": "portfolio",
        "why": "This unit was drafted from the awarding body's document and has not been reviewed. Its questions "
        "ask what that document lists, and some may be wrong: ask your tutor where in doubt.",
        "outcomes": [_outcome(outcome) for outcome in unit.outcomes],
        "topics": {topic.slug: {"outcome": topic.outcome, "name": tidy(topic.heading)} for topic in every},
        "blueprint": {
            "name": "Practice paper",
            "label": "a practice paper in a form of Headset's own; the document states none",
            "minutes": ceil(total * _MINUTES),
            "questions_per_outcome": questions,
            "origin": "written",
            "hurdle": {
                "criterion_share": 0.5,
                "outcome_share": 0.6666666666666666,
                "pass_mark": ceil(total * _PASS),
            },
        },
    }
    head = [
        f"Drafted by Headset from “{tidy(source)}” and not reviewed: {unit.name}.",
        "What to do next: go through this file and the one of each criterion, then see what is listed on the",
        "Import page under this unit, or with “python -m quiz.authoring drafts”. Press “Read the drafts again” there.",
        "While “drafted: true” stands below, learners are told on every page that it is a draft, and it has no",
        "test. Write “drafted: false” once you have read all of it and stand by it.",
        "The wording is the awarding body's: keep this folder on your computer.",
    ]
    lost = [name for name in ("level", "credit", "glh") if entry[name] is None]
    names = {"level": "the level", "credit": "the credit value", "glh": "the guided learning hours"}
    return file_text(
        head,
        entry,
        {
            name: [f"{names[name]} could not be read; write the number, or the draft is not used"]
            for name in lost
        },
    )


def _outcome(outcome: SpecOutcome) -> dict[str, Any]:
    return {
        "number": outcome.number,
        "label": tidy(outcome.statement) or f"outcome {outcome.number}",
        "criteria": [criterion.code for criterion in outcome.criteria],
    }
