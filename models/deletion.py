"""Everything about one learner removed for good: rows, what they leave in the files, and copies made by Headset."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, SQLModel, col, select

from models.copies import connected, copies_beside, faults_of, make_copy, sweep, tables_of
from models.database import WAIT, Database
from models.errors import RecordMissing, StorageError
from models.held import of_learner
from models.learners import select_optional_learner
from models.sums import forget_learner
from models.tables import (
    AttemptRow,
    DeviceRow,
    EvidenceCountRow,
    EvidenceItemRow,
    GroupMemberRow,
    OwnWordsRow,
    ParticipantRow,
    PlanRow,
    PortfolioStatusRow,
    QuestionReportRow,
    ResponseRow,
    TutorCommentRow,
)
from models.wiping import mark_wiping, rewrite, wipe
from quiz.wording import count, gone, listed_words


@dataclass(frozen=True)
class Held:
    """How much is held about a learner, by kind."""

    sessions: int
    responses: int
    own_words: int
    evidence: int
    standings: int
    """Portfolio standings and counts of what was gathered."""
    plans: int
    reports: int
    lessons: int
    """Live lessons that they joined."""
    groups: int
    comments: int
    """Of a tutor, about what they wrote or gathered."""
    devices: int

    @property
    def words(self) -> str:
        """Return what there is as a phrase, as in “2 sessions, 3 answers and 1 plan”; “only the name” where there is no more."""
        nouns = (
            "session", "answer", "text in their own words", "piece of evidence", "portfolio entry", "plan",
            "report of a question", "live lesson", "group", "comment of a tutor", "device",
        )  # fmt: skip
        plurals = {
            nouns[2]: "texts in their own words", nouns[3]: "pieces of evidence", nouns[4]: "portfolio entries",
            nouns[6]: "reports of questions", nouns[9]: "comments of a tutor",
        }  # fmt: skip
        told = [
            count(number, noun, plurals.get(noun))
            for number, noun in zip(astuple(self), nouns, strict=True)
            if number
        ]
        return listed_words(told) if told else "only the name"


@dataclass(frozen=True)
class Deleted:
    """What a deletion has done."""

    name: str
    clean: bool
    """Whether no byte of it is left in the database's files; else Headset overwrites the rest when it next starts."""
    copies: tuple[Path, ...]
    """The copies beside the database from which the learner was removed too."""


def select_held(*, session: Session, learner: UUID) -> Held:
    """Return how much is held about a learner.

    Raises:
        RecordMissing: they are not in the database.
    """
    if select_optional_learner(session=session, learner_id=learner) is None:
        raise RecordMissing(gone("learner", "Choose a name again."))

    def number(table: type[SQLModel], *conditions: ColumnElement[bool]) -> int:
        return session.exec(select(func.count()).select_from(table).where(*conditions)).one()

    attempts = select(AttemptRow.id).where(AttemptRow.learner_id == learner)
    return Held(
        sessions=number(AttemptRow, col(AttemptRow.learner_id) == learner),
        responses=number(ResponseRow, col(ResponseRow.attempt_id).in_(attempts)),
        own_words=number(OwnWordsRow, col(OwnWordsRow.learner_id) == learner),
        evidence=number(EvidenceItemRow, col(EvidenceItemRow.learner_id) == learner),
        standings=number(PortfolioStatusRow, col(PortfolioStatusRow.learner_id) == learner)
        + number(EvidenceCountRow, col(EvidenceCountRow.learner_id) == learner),
        plans=number(PlanRow, col(PlanRow.learner_id) == learner),
        reports=number(QuestionReportRow, col(QuestionReportRow.learner_id) == learner),
        lessons=number(ParticipantRow, of_learner(learner)),
        groups=number(GroupMemberRow, col(GroupMemberRow.learner_id) == learner),
        comments=number(TutorCommentRow, col(TutorCommentRow.learner_id) == learner),
        devices=number(DeviceRow, col(DeviceRow.learner_id) == learner),
    )


def delete_learner(database: Database, learner: UUID, *, wait: float = WAIT) -> Deleted:
    """Remove everything about a learner, and questions that only they were shown; others may go on meanwhile.

    The rows go in one transaction. Then the files are rewritten, so that no byte of them is left in the
    database, its log or the copies that Headset has put beside it; where that cannot be done now (a program
    reads for longer than `wait` seconds, the disk is full), it is done at the next opening. The tutor's own
    device stays the tutor's. What others wrote about the learner in their own texts is not found, and
    backups made elsewhere are not touched.

    Raises:
        RecordMissing: they are not in the database.
        DiskFull: there is no room; nothing was deleted from the database.
        StorageError: a copy beside the database cannot be cleaned, or another program holds the database for
            longer than `wait` seconds; nothing was deleted from the database.
    """
    with database.read() as session:
        known = select_optional_learner(session=session, learner_id=learner)
    if known is None:
        raise RecordMissing(gone("learner", "Choose a name again."))
    sweep(database.path.parent)
    # Copies first: were there a cut of power in between, the learner would still be in the list, to be
    # deleted again.
    copies = tuple(path for path in copies_beside(database.path) if _clean_copy(path, learner))
    with faults_of(database.path), closing(connected(database.path, wait)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _delete_rows(connection, learner)
        mark_wiping(connection)
        connection.execute("COMMIT")
    return Deleted(known.label, wipe(database.path, wait), copies)


def _delete_rows(connection: sqlite3.Connection, learner: UUID) -> None:
    """Remove a learner from a database of any form: from the first on, every table goes with the learner's row."""
    if "participant" in tables_of(connection):
        connection.execute(
            "DELETE FROM participant WHERE learner_id IS NULL AND device_id IN "
            "(SELECT id FROM device WHERE learner_id = ?)",
            (learner.hex,),
        )
        connection.execute(
            "UPDATE device SET learner_id = NULL WHERE learner_id = ? AND tutor", (learner.hex,)
        )
    if "learner_sums" in tables_of(connection):
        forget_learner(connection, learner)
    connection.execute("DELETE FROM learner WHERE id = ?", (learner.hex,))


def _clean_copy(path: Path, learner: UUID) -> bool:
    """Put a copy without the learner in the place of one that holds them; return whether it did."""
    try:
        with closing(connected(path)) as connection:
            held = connection.execute("SELECT 1 FROM learner WHERE id = ?", (learner.hex,)).fetchone()
        if held is None:
            return False
        fresh = path.with_name(f"headset-partial-{path.name}")
        make_copy(path, fresh)
        with closing(connected(fresh)) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("BEGIN IMMEDIATE")
            _delete_rows(connection, learner)
            connection.execute("COMMIT")
            rewrite(connection)
        fresh.replace(path)
    except (sqlite3.Error, OSError, StorageError) as error:
        raise StorageError(
            f"The copy {path} may hold this learner too and cannot be changed ({error}). Remove it, then "
            "delete the learner again. Nothing was deleted from the database."
        ) from error
    return True
