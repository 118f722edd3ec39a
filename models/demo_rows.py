"""Rows of a demo class on their way into the database, many at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects.sqlite import insert as insert_or_leave
from sqlmodel import Session

from models.tables import (
    AttemptEventRow,
    AttemptItemRow,
    AttemptRow,
    Base,
    EvidenceItemRow,
    EvidenceLinkRow,
    GroupMemberRow,
    GroupRow,
    GroupTaskRow,
    LearnerRow,
    OwnWordsRow,
    PlanRow,
    PortfolioStatusRow,
    ResponseRow,
    ShownQuestionRow,
    TutorCommentRow,
)

_ORDER: tuple[type[Base], ...] = (
    LearnerRow, AttemptRow, AttemptItemRow, ResponseRow, AttemptEventRow, OwnWordsRow, PlanRow,
    PortfolioStatusRow, EvidenceItemRow, EvidenceLinkRow, GroupRow, GroupMemberRow, GroupTaskRow,
    TutorCommentRow,
)  # fmt: skip
"""Tables in the order in which rows can be stored: what is referred to comes first."""


class Rows:
    """Rows gathered for one transaction, every column of a row named."""

    def __init__(self) -> None:
        """Begin without a row."""
        self._rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        self._questions: dict[str, str] = {}

    def add(self, table: type[Base], **columns: Any) -> None:
        """Gather a row."""
        self._rows[table].append(columns)

    def show(self, digest: str, content: str) -> None:
        """Gather a question as it is shown; one that is stored already stays as it is."""
        self._questions[digest] = content

    def count(self, table: type[Base]) -> int:
        """Return how many rows of a table are gathered."""
        return len(self._rows[table])

    def store(self, session: Session) -> None:
        """Store all that was gathered."""
        connection = session.connection()
        if self._questions:
            connection.execute(
                insert_or_leave(ShownQuestionRow).on_conflict_do_nothing(),
                [{"hash": digest, "content": content} for digest, content in self._questions.items()],
            )
        for table in _ORDER:
            if self._rows[table]:
                connection.execute(insert(table), self._rows[table])
