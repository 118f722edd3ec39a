"""Attempts on small literal questions, and the moments at which things happen in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from literal_questions import option, single_choice

from quiz.questions import Question, SingleChoiceResponse
from quiz.sessions import Attempt, Item, Kind

LEARNER = UUID("11111111-1111-4111-8111-111111111111")
ATTEMPT = UUID("22222222-2222-4222-8222-222222222222")
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

RIGHT = SingleChoiceResponse(chosen="a")
WRONG = SingleChoiceResponse(chosen="b")


def at(minutes: float) -> datetime:
    """Return the moment that many minutes after the start."""
    return START + timedelta(minutes=minutes)


def question(code: str, number: int = 1, **changes: Any) -> Question:
    """Return a single choice of a criterion; option `a` is right."""
    name = f"L6017638-{code}-{number:02d}"
    asked = single_choice(**{"id": name, "family": name, "criterion": code, **changes})
    texts = {"a": "right", "b": "wrong", "c": "quite wrong", "d": "wholly wrong"}
    options = tuple(option(key, f"{text} {name}", right=key == "a") for key, text in texts.items())
    return asked.model_copy(update={"stem": f"Question {name}?", "options": options})


def practice(*questions: Question, **changes: Any) -> Attempt:
    """Return a practice session of those questions that has just begun."""
    return _attempt(Kind.PRACTICE, questions, "Practice", changes)


def a_test(*questions: Question, **changes: Any) -> Attempt:
    """Return a test of those questions, of 60 minutes, that has just begun."""
    return _attempt(Kind.TEST, questions, "On-screen test", {"minutes": 60, **changes})


def _attempt(kind: Kind, questions: tuple[Question, ...], title: str, changes: dict[str, Any]) -> Attempt:
    stated = {
        "id": ATTEMPT,
        "learner": LEARNER,
        "unit": "L/601/7638",
        "kind": kind,
        "title": title,
        "started_at": START,
        "items": tuple(Item(asked) for asked in questions),
        "size": len(questions),
    }
    return Attempt(**{**stated, **changes})
