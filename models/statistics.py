"""Marked answers of many learners as stored, for the statistics of questions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col, select

from models.tables import AttemptItemRow, AttemptRow, ResponseRow, ShownQuestionRow
from quiz.questions import MultipleResponse, SingleChoice
from quiz.sessions import Kind
from quiz.statistics import MarkedAnswer, Offered
from quiz.syllabus import CriterionRef

_SINGLE: str = SingleChoice.model_fields["type"].default
_WITH_OPTIONS = {_SINGLE, MultipleResponse.model_fields["type"].default}


def select_marked_answers(
    session: Session, unit: str | None = None, learners: Collection[UUID] | None = None
) -> list[MarkedAnswer]:
    """Return every answer that counts, oldest first, with what was chosen and, of a single choice, offered.

    That is the first response to each practice question and the standing one of each question of a
    finished test. None takes in every unit, or every learner; no learners have no answers. Two queries,
    however many answers there are.
    """
    wanted = [col(AttemptItemRow.marked_at).is_not(None), *_scope(unit, learners)]
    shown = {
        digest: _shown(content)
        for digest, content in session.exec(
            select(ShownQuestionRow.hash, ShownQuestionRow.content).where(
                col(ShownQuestionRow.hash).in_(select(AttemptItemRow.question_hash).where(*wanted))
            )
        )
    }
    places = (
        select(
            col(ResponseRow.attempt_id).label("attempt_id"),
            col(ResponseRow.position).label("position"),
            func.min(ResponseRow.sequence).label("first"),
            func.max(ResponseRow.sequence).label("last"),
        )
        .where(col(ResponseRow.attempt_id).in_(select(AttemptItemRow.attempt_id).where(*wanted)))
        .group_by(col(ResponseRow.attempt_id), col(ResponseRow.position))
        .subquery()
    )
    counts = case((col(AttemptItemRow.kind) == Kind.TEST, places.c.last), else_=places.c.first)
    statement = (
        select(
            AttemptItemRow.learner_id,
            AttemptItemRow.attempt_id,
            AttemptItemRow.question_id,
            AttemptItemRow.family,
            AttemptItemRow.unit,
            AttemptItemRow.criterion,
            AttemptItemRow.fraction,
            AttemptItemRow.marked_at,
            AttemptItemRow.seconds,
            AttemptItemRow.kind,
            AttemptItemRow.question_hash,
            ResponseRow.response,
        )  # type: ignore[call-overload]  # sqlmodel's stubs stop at four columns
        .join(
            places,
            (places.c.attempt_id == AttemptItemRow.attempt_id)
            & (places.c.position == AttemptItemRow.position),
        )
        .join(
            ResponseRow,
            (col(ResponseRow.attempt_id) == AttemptItemRow.attempt_id)
            & (col(ResponseRow.sequence) == counts),
        )
        .where(*wanted)
        .order_by(AttemptItemRow.marked_at, AttemptItemRow.attempt_id, AttemptItemRow.position)
    )
    chosen = cache(_chosen)  # the same few texts come again and again; dropped with this call
    reference = cache(CriterionRef)
    return [
        MarkedAnswer(
            learner, attempt, question, family, reference(of_unit, code), fraction, at, seconds,
            chosen(response), Kind(kind), *shown[digest],
        )
        for learner, attempt, question, family, of_unit, code, fraction, at, seconds, kind, digest, response
        in session.exec(statement)
    ]  # fmt: skip


def select_asked(
    session: Session, unit: str | None = None, learners: Collection[UUID] | None = None
) -> dict[UUID, frozenset[str]]:
    """Return the families that each finished test asked, those left out included, by attempt."""
    statement = (
        select(AttemptItemRow.attempt_id, AttemptItemRow.family)
        .join(AttemptRow, col(AttemptRow.id) == col(AttemptItemRow.attempt_id))
        .where(
            AttemptItemRow.kind == Kind.TEST,
            col(AttemptRow.finished_at).is_not(None),
            *_scope(unit, learners),
        )
    )
    asked: dict[UUID, set[str]] = defaultdict(set)
    for attempt, family in session.exec(statement):
        asked[attempt].add(family)
    return {attempt: frozenset(families) for attempt, families in asked.items()}


def _scope(unit: str | None, learners: Collection[UUID] | None) -> list[ColumnElement[bool]]:
    of_unit = [] if unit is None else [col(AttemptItemRow.unit) == unit]
    return of_unit if learners is None else [*of_unit, col(AttemptItemRow.learner_id).in_([*learners])]


def _shown(content: str) -> tuple[str, tuple[Offered, ...]]:
    # Read as plain JSON: building every question anew takes ten times as long.
    question: dict[str, Any] = json.loads(content)
    if question["type"] != _SINGLE:
        return question["type"], ()
    return _SINGLE, tuple(Offered(o["key"], o["text"], o["right"]) for o in question["options"])


def _chosen(response: str) -> tuple[str, ...] | None:
    given: dict[str, Any] = json.loads(response)
    if given["type"] not in _WITH_OPTIONS:
        return None
    keys = given["chosen"]
    return (keys,) if isinstance(keys, str) else tuple(keys or ())
