"""A small pack without a fault, for tests to spoil one thing at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from quiz.syllabus import Reading, read_packs

FOLDER = "units/L6017638-tea"
FILE = f"{FOLDER}/1.1.yaml"
UNIT_FILE = f"{FOLDER}/unit.yaml"

UNIT: dict[str, Any] = {
    "unit": "L/601/7638",
    "title": "Principles of Making and Serving Tea in a Busy Office Kitchen",
    "level": 2,
    "credit": 4,
    "glh": 32,
    "assessment": "portfolio",
    "why": "Tea keeps people going.",
    "outcomes": [{"number": 1, "label": "how tea is made", "criteria": ["1.1"]}],
    "topics": {"brewing": {"outcome": 1, "name": "brewing tea"}},
    "blueprint": {
        "name": "Practice",
        "label": "a practice test",
        "minutes": 10,
        "questions_per_outcome": {1: 5},
        "origin": "written",
        "hurdle": {"criterion_share": 0.5, "outcome_share": 0.5, "pass_mark": 3},
    },
}


def pieces(*texts: str) -> list[dict[str, str]]:
    """Return pieces with those texts, each with an explanation."""
    return [{"text": text, "why": f"Whoever brews knows about {text}."} for text in texts]


def single_choice(number: int, stem: str, right: str, *wrong: str, level: str = "apply") -> dict[str, Any]:
    """Return a written single choice with an explanation for each option; the first five are for the test."""
    options: list[dict[str, Any]] = [
        {"text": text, "why": f"Whoever brews knows about {text}."} for text in wrong
    ]
    options.append({"text": right, "right": True, "why": f"Good tea needs {right}."})
    return {
        "id": f"L6017638-1.1-{number:02d}",
        "type": "single_choice",
        "level": level,
        "basis": "both",
        "use": "test" if number <= 5 else "practice",
        "covers": ["leaves"],
        "stem": stem,
        "options": options,
    }


def members() -> dict[str, Any]:
    return {
        "id": "in-the-pot",
        "kind": "members",
        "covers": ["leaves"],
        "ask": "things that go into a teapot",
        "members": pieces("hot water", "dry leaves", "cut ginger", "mint stalks"),
        "others": pieces("cold soup", "wet gravel", "oat flakes", "soap powder"),
    }


def contrast() -> dict[str, Any]:
    cases = [
        ("black", "a deep red brew"),
        ("black", "a strong Assam"),
        ("black", "a malty morning cup"),
        ("black", "a brew for milk"),
        ("green", "a pale yellow brew"),
        ("green", "a light Sencha"),
        ("green", "a grassy cup"),
        ("green", "a brew for lemon"),
    ]
    return {
        "id": "black-or-green",
        "kind": "contrast",
        "ask": "Which kind of tea is this?",
        "classes": {"black": "tea that has been oxidised", "green": "tea that has been steamed"},
        "cases": [
            {"text": text, "class": name, "why": f"That is how {name} tea is."} for name, text in cases
        ],
    }


def pairs() -> dict[str, Any]:
    answers = {
        "kettle": "heats water",
        "strainer": "holds leaves",
        "caddy": "stores leaves",
        "cosy": "keeps a pot warm",
        "spoon": "stirs a cup",
        "timer": "counts minutes",
    }
    return {
        "id": "tools",
        "kind": "pairs",
        "ask": "What is it for?",
        "left_name": "tool",
        "right_name": "purpose",
        "pairs": [
            {"left": left, "right": right, "why": f"A {left} does that."} for left, right in answers.items()
        ],
    }


def terms() -> dict[str, Any]:
    meanings = {
        "tannin": "what makes tea bitter",
        "infusion": "leaves left in water",
        "oxidation": "leaves turned brown",
        "blend": "leaves mixed together",
        "steep": "leave to draw slowly",
        "tisane": "a drink of herbs",
    }
    return {
        "id": "words",
        "kind": "terms",
        "terms": [
            {"term": term, "means": means, "why": f"Tasters speak of {term}."}
            for term, means in meanings.items()
        ],
    }


def reasons() -> dict[str, Any]:
    return {
        "id": "why-warm",
        "kind": "reasons",
        "claim": "A teapot is warmed first",
        "strong": pieces(
            "the water stays hot", "the leaves open well", "the china is spared", "the taste comes out"
        ),
        "weak": pieces(
            "the pot looks clean", "the lid fits better", "the leaves are cheap", "the water is fresh"
        ),
    }


def sequence() -> dict[str, Any]:
    return {
        "id": "steps",
        "kind": "sequence",
        "ask": "making a pot of tea",
        "steps": pieces(
            "fill the kettle", "boil the water", "warm the pot", "add the leaves", "pour and wait"
        ),
    }


def questions() -> list[dict[str, Any]]:
    return [
        single_choice(
            1,
            "{agent} finds the brew too weak. What helps?",
            "more leaves",
            "more milk",
            "a bigger cup",
            "a clean spoon",
        ),
        single_choice(
            2,
            "The pot for twelve is cold by noon. Which cure works?",
            "a knitted cosy",
            "a second spoon",
            "a longer spout",
            "a thinner wall",
        ),
        single_choice(
            3,
            "Where do dry leaves keep their scent?",
            "in a closed tin",
            "on a window sill",
            "beside the hob",
            "under the tap",
            level="remember",
        ),
        single_choice(
            4,
            "Guests at {company} ask for something without caffeine. What suits?",
            "a herb tisane",
            "a dark Assam",
            "a light Sencha",
            "an iced Oolong",
        ),
        single_choice(
            5,
            "Which fault gives a scum on top?",
            "hard water",
            "fresh milk",
            "old china",
            "warm cups",
            level="remember",
        ),
        single_choice(
            6,
            "How long does Assam usually draw?",
            "four minutes",
            "ten seconds",
            "half an hour",
            "all morning",
            level="remember",
        ),
    ]


def criterion() -> dict[str, Any]:
    """Return a criterion's file that breaks no rule."""
    return {
        "criterion": "1.1",
        "verb": "Describe",
        "label": "how a pot of tea is made",
        "covers": {"brewing": {"leaves": "tea leaves"}},
        "note": "Tea is made with care.\n" * 40,
        "terms": [
            {"term": "caddy", "means": "a tin for leaves"},
            {"term": "cosy", "means": "a coat for a pot"},
            {"term": "hob", "means": "where water is boiled"},
        ],
        "law": [
            {
                "id": "tea-tax",
                "about": "the tax on tea",
                "status": "in_force",
                "checked_on": "2026-11-22",
                "valid_to": "2027-12-31",
                "today": "Tea is taxed.",
                "changed": "Tea is free of tax.",
            }
        ],
        "knowledge": [members(), contrast(), pairs()],
        "questions": questions(),
        "own_words": {
            "prompt": "How is tea made where you work?",
            "demands": "Say what happens.",
            "checklist": ["water", "leaves", "time"],
            "model_answer": "We boil water first.\n",
        },
    }


def read(folder: Path, data: dict[str, Any] | None = None, unit: dict[str, Any] | None = None) -> Reading:
    """Write a pack of one criterion into the folder and return what is read of it."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    (folder / UNIT_FILE).write_text(as_yaml(unit or UNIT), encoding="utf-8")
    (folder / FILE).write_text(as_yaml(data or criterion()), encoding="utf-8")
    return read_packs(folder)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, as authors do, and repeats what stands twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else '"')


_Dumper.add_representer(str, _text)


def as_yaml(data: Any) -> str:
    """Return a file's text."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
