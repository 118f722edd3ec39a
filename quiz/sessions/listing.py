"""Questions as plain values, one shape for every door: who it is, its stem and its parts with reasons."""

from __future__ import annotations

from typing import Any

from quiz.questions import Matching, MultipleResponse, Ordering, Question, SingleChoice


def listed(question: Question, number: str) -> dict[str, Any]:
    """Return a question as it would be shown, with its key and its explanations."""
    head = question.head
    return {
        "id": head.id,
        "origin": head.origin,
        "type": question.type,
        "unit": head.unit,
        "number": number,
        "criterion": head.criterion,
        "level": head.level,
        "basis": head.basis,
        "use": head.use,
        "stem": question.stem,
        **_parts(question),
    }


def _parts(question: Question) -> dict[str, Any]:
    if isinstance(question, SingleChoice | MultipleResponse):
        return {"options": [{"text": o.text, "right": o.right, "why": o.why} for o in question.options]}
    if isinstance(question, Matching):
        return {"pairs": [{"left": p.left, "right": p.right, "why": p.why} for p in question.pairs]}
    if isinstance(question, Ordering):
        return {"steps": [{"text": s.text, "why": s.why} for s in question.in_order]}
    return {
        "classes": question.classes,
        "cases": [{"text": c.text, "class": c.belongs, "why": c.why} for c in question.cases],
    }
