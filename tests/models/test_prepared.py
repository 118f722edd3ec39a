"""A prepared statement reads and writes what SQLAlchemy would, and its faults are told alike."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import bindparam, inspect, update
from sqlalchemy import select as columns
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col

from models import Database, Learner, StorageError, create_learner
from models.prepared import Prepared
from models.tables import LearnerRow

SAM = UUID("44444444-4444-4444-8444-444444444444")
NINE = datetime(2026, 11, 22, 9, 0, 0, 250_000, tzinfo=UTC)
ADD = Prepared(insert(LearnerRow), "id", "name", "created_at", "last_used_at", "settings")
READ = Prepared(columns(*inspect(LearnerRow).columns).where(col(LearnerRow.id) == bindparam("learner")))
NAMED_SAM = Prepared(columns(col(LearnerRow.id), col(LearnerRow.name)).where(col(LearnerRow.name) == "Sam"))
RENAME = Prepared(
    update(LearnerRow)
    .where(col(LearnerRow.id) == bindparam("learner"))
    .returning(col(LearnerRow.id), col(LearnerRow.name).label("now")),
    "name",
)


def add(database: Database, name: str, learner: UUID = SAM) -> int:
    with database.write() as session:
        return ADD.run(session, id=learner, name=name, created_at=NINE, last_used_at=NINE, settings="{}")


def test_ids_and_moments_come_back_as_they_were_given(database: Database) -> None:
    assert add(database, "Sam") == 1
    with database.read() as session:
        row = READ.first(session, learner=SAM)
        stored = session.get(LearnerRow, SAM)
    assert stored is not None
    assert (row.id, row.name, row.created_at, row.settings) == (SAM, "Sam", NINE, "{}")
    assert (stored.id, stored.name, stored.created_at, stored.settings) == (SAM, "Sam", NINE, "{}")


def test_a_value_that_stands_in_the_statement_need_not_be_given(database: Database) -> None:
    add(database, "Sam")
    with database.read() as session:
        assert [tuple(row) for row in NAMED_SAM.all(session)] == [(SAM, "Sam")]


def test_what_the_session_holds_is_there_for_the_statement(database: Database) -> None:
    with database.write() as session:
        created: Learner = create_learner(session=session, name="Eve", now=NINE)
        assert READ.first(session, learner=created.id).name == "Eve"


def test_an_update_returns_the_row_it_changed_and_is_stored(database: Database) -> None:
    add(database, "Sam")
    with database.write() as session:
        assert RENAME.first(session, learner=SAM, name="Samira").now == "Samira"
        assert RENAME.first(session, learner=UUID(int=1), name="Nobody") is None
    with database.read() as session:
        assert READ.first(session, learner=SAM).name == "Samira"


def test_a_value_that_is_missing_is_a_fault_and_nothing_is_stored(database: Database) -> None:
    with pytest.raises(StorageError), database.write() as session:
        ADD.run(session, id=SAM, name="Sam", created_at=NINE, last_used_at=NINE)
    with database.read() as session:
        assert READ.first(session, learner=SAM) is None
