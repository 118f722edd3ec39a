"""Small packs as values: a unit whose criteria have as many questions as a test needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quiz.syllabus import Criterion, CriterionEntry, CriterionRef, Pack, Unit
from quiz.syllabus.source import Source
from quiz.syllabus.syllabus import UnitEntry

UNIT = "L/601/7638"
HURDLE = {"criterion_share": 0.5, "outcome_share": 0.6666666666666666, "pass_mark": 1}
SEQUENCE = {
    "id": "pot",
    "kind": "sequence",
    "ask": "making a pot of tea",
    "steps": [{"text": text, "why": "So it goes."} for text in ("fill", "boil", "warm", "add", "pour")],
}


def question(code: str, number: int, use: str = "test", **changes: Any) -> dict[str, Any]:
    """Return a written single choice of four options as an author states it."""
    options: list[dict[str, Any]] = [
        {"text": f"right {number} of {code}", "right": True, "why": "It is."},
        *({"text": f"wrong {letter} {number} of {code}", "why": "It is not."} for letter in "abc"),
    ]
    stated = {
        "id": f"{UNIT.replace('/', '')}-{code}-{number:02d}",
        "type": "single_choice",
        "level": "apply",
        "basis": "both",
        "use": use,
        "stem": f"Question {number} of {code}?",
        "options": options,
    }
    return {**stated, **changes}


def questions(code: str, for_test: int, for_practice: int) -> list[dict[str, Any]]:
    """Return as many questions kept for the test and, numbered after them, for practice."""
    total = for_test + for_practice
    return [
        question(code, number, "test" if number <= for_test else "practice") for number in range(1, total + 1)
    ]


def criterion(
    code: str,
    asked: Sequence[Mapping[str, Any]] = (),
    knowledge: Sequence[Mapping[str, Any]] = (),
    **changes: Any,
) -> Criterion:
    """Return a criterion with those questions and blocks."""
    stated: dict[str, Any] = {
        "criterion": code,
        "verb": "Describe",
        "label": f"tea {code}",
        "covers": {},
        "note": "Boil the water.",
        "terms": [{"term": "caddy", "means": "a tin for leaves"}],
        "knowledge": list(knowledge),
        "questions": list(asked),
        "own_words": {
            "prompt": "How is tea made where you work?",
            "demands": "Say what happens.",
            "checklist": ["water", "leaves", "time"],
            "model_answer": "We boil fresh water first.",
        },
    }
    entry = CriterionEntry.model_validate({**stated, **changes})
    return Criterion(CriterionRef(UNIT, code), entry, Source(f"{code}.yaml", None, {}))


def unit_of(
    criteria: Sequence[Criterion],
    per_outcome: Mapping[int, int],
    hurdle: Mapping[str, Any] = HURDLE,
    title: str = "Making Tea",
) -> Unit:
    """Return a unit of those criteria with that blueprint of ten minutes."""
    codes: dict[int, list[str]] = {number: [] for number in per_outcome}
    for item in criteria:
        codes[item.ref.outcome].append(item.ref.code)
    entry = UnitEntry.model_validate(
        {
            "unit": UNIT,
            "title": title,
            "level": 2,
            "credit": 4,
            "glh": 32,
            "assessment": "onscreen_test",
            "why": "Tea keeps people going.",
            "outcomes": [
                {"number": number, "label": f"tea, part {number}", "criteria": listed or [f"{number}.1"]}
                for number, listed in codes.items()
            ],
            "topics": {},
            "blueprint": {
                "name": "Practice test",
                "label": "a practice test",
                "minutes": 10,
                "questions_per_outcome": dict(per_outcome),
                "origin": "written",
                "hurdle": hurdle,
            },
        }
    )
    return Unit(entry, tuple(criteria), Source("unit.yaml", None, {}))


def pack_of(unit: Unit) -> Pack:
    """Return a pack of one unit that stands in no qualification."""
    return Pack({}, {unit.key: unit}, "0" * 16)
