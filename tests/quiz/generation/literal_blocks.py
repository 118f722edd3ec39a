"""Small literal blocks, one a kind, and a criterion that holds whichever a test names."""

from __future__ import annotations

from typing import Any

from quiz.generation import Family, families, generate_all
from quiz.syllabus import Criterion, CriterionEntry, CriterionRef
from quiz.syllabus.source import Source


def piece(text: str) -> dict[str, Any]:
    return {"text": text, "why": f"about {text}"}


MEMBERS: dict[str, Any] = {
    "id": "time-off",
    "kind": "members",
    "level": "remember",
    "law": ["leave"],
    "ask": "kinds of leave that the law gives",
    "members": [
        piece("paid holiday"),
        piece("leave for a new baby"),
        piece("sick leave"),
        piece("union duties"),
    ],
    "others": [piece("a birthday off"), piece("a lie-in"), piece("a second job"), piece("a house move")],
}
SEQUENCE: dict[str, Any] = {
    "id": "grievance-steps",
    "kind": "sequence",
    "ask": "a complaint about work",
    "steps": [
        piece("talk it over"),
        piece("write it down"),
        piece("meet the employer"),
        piece("read the decision"),
        piece("appeal"),
    ],
}
PAIRS: dict[str, Any] = {
    "id": "law-and-purpose",
    "kind": "pairs",
    "ask": "What is this law about?",
    "left_name": "law",
    "right_name": "purpose",
    "pairs": [
        {"left": "Equality Act 2010", "right": "fair treatment", "why": "It covers nine characteristics."},
        {"left": "Working Time Regulations", "right": "hours and rest", "why": "They limit the week."},
        {"left": "minimum wage law", "right": "the lowest rate", "why": "It sets an hourly floor."},
        {
            "left": "Employment Act 2002",
            "right": "help for parents",
            "why": "The unit names it.",
            "basis": "specification",
        },
        {
            "left": "Equal Pay Act 1970",
            "right": "the same pay",
            "why": "It is part of the Equality Act now.",
            "basis": "specification",
            "also": ["fair treatment"],
        },
        {
            "left": "Employment Rights Act 2025",
            "right": "newer rights",
            "why": "It is in force by parts.",
            "basis": "today",
        },
    ],
}
CONTRAST: dict[str, Any] = {
    "id": "whose-duty",
    "kind": "contrast",
    "ask": "Whose duty is this?",
    "classes": {"employer": "the firm as a whole", "employee": "a person who works there"},
    "cases": [
        {"text": "pay wages", "class": "employer", "why": "The firm pays."},
        {"text": "assess risks", "class": "employer", "why": "The firm assesses."},
        {"text": "insure staff", "class": "employer", "why": "The firm insures."},
        {"text": "train staff", "class": "employer", "why": "The firm trains."},
        {"text": "follow training", "class": "employee", "why": "Staff follow it."},
        {"text": "report hazards", "class": "employee", "why": "Staff see them first."},
        {"text": "keep the desk safe", "class": "employee", "why": "It is their desk."},
        {"text": "give notice", "class": "employee", "why": "A leaver owes it."},
    ],
}
THREE_CLASSES: dict[str, Any] = {
    **CONTRAST,
    "id": "three-duties",
    "classes": {**CONTRAST["classes"], "agency": "the agency that sends people"},
    "cases": [
        *CONTRAST["cases"],
        {"text": "check papers", "class": "agency", "why": "The agency checks."},
        {"text": "find a post", "class": "agency", "why": "The agency finds."},
        {"text": "send a worker", "class": "agency", "why": "The agency sends."},
        {"text": "bill the firm", "class": "agency", "why": "The agency bills."},
    ],
}
TERMS: dict[str, Any] = {
    "id": "words",
    "kind": "terms",
    "terms": [
        {
            "term": "redundancy",
            "means": "the job has gone",
            "not_to_confuse": "unfair dismissal",
            "why": "No post is left.",
        },
        {"term": "unfair dismissal", "means": "no fair reason was given", "why": "The post is still there."},
        {"term": "grievance", "means": "a formal complaint", "why": "Staff raise it."},
        {"term": "sick pay", "means": "money while ill", "why": "It is the least that is due."},
        {"term": "notice", "means": "a warning before the end", "why": "Both sides owe it."},
        {
            "term": "overtime",
            "means": "hours beyond the usual",
            "why": "It starts where the agreed hours end.",
        },
    ],
}
REASONS: dict[str, Any] = {
    "id": "why-equal",
    "kind": "reasons",
    "claim": "equal treatment helps a contact centre",
    "strong": [piece("people stay"), piece("callers feel heard"), piece("ideas vary"), piece("skills count")],
    "weak": [piece("rules exist"), piece("it looks good"), piece("others do it"), piece("no calls fail")],
}
SMALLEST = (MEMBERS, SEQUENCE, PAIRS, CONTRAST, TERMS, REASONS)


def criterion_of(*blocks: dict[str, Any], questions: tuple[dict[str, Any], ...] = ()) -> Criterion:
    """Return criterion 1.2 of L/601/7638 with these blocks and written questions."""
    entry = CriterionEntry.model_validate(
        {
            "criterion": "1.2",
            "verb": "Identify",
            "label": "what employment law asks",
            "covers": {},
            "note": "A note.",
            "terms": [],
            "knowledge": list(blocks),
            "questions": list(questions),
            "own_words": {"prompt": "Say.", "demands": "Name.", "checklist": ["one"], "model_answer": "So."},
        }
    )
    return Criterion(CriterionRef("L/601/7638", "1.2"), entry, Source("1.2.yaml", {}, {}))


def family_of(criterion: Criterion, template: str) -> Family:
    return next(family for family in families(criterion) if family.template == template)


def asked(block: dict[str, Any], template: str) -> list[Any]:
    """Return every question that a template makes of a block."""
    criterion = criterion_of(block)
    name = family_of(criterion, template).id
    return [question for question in generate_all(criterion) if question.head.family == name]


def texts(question: Any) -> set[str]:
    """Return what the options of a choice say."""
    return {option.text for option in question.options}


def right_texts(question: Any) -> set[str]:
    return {option.text for option in question.options if option.right}


def why_of(question: Any, text: str) -> str:
    return next(str(option.why) for option in question.options if option.text == text)
