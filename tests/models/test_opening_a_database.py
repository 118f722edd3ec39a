"""Opening a database: what a new one is, and what is refused without being touched."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from literal_attempts import START

import models
from models import (
    Database,
    DatabaseTooNew,
    DatabaseUnreadable,
    DataFolderUnusable,
    StorageError,
    create_learner,
    open_database,
    select_learners,
)
from models.database import HEAD
from models.tables import Base


def one(database: Database, statement: str) -> object:
    with database.read() as session:
        return session.connection().exec_driver_sql(statement).scalar_one()


def names(folder: Path) -> list[str]:
    return [learner.name for learner in learners(folder)]


def learners(folder: Path) -> list[models.Learner]:
    database = open_database(folder)
    with database.read() as session:
        found = select_learners(session=session)
    database.close()
    return found


def with_sam(folder: Path) -> Path:
    """Make a database with a learner in the folder, close it and return its file."""
    database = open_database(folder)
    with database.write() as session:
        create_learner(session=session, name="Sam", now=START)
    database.close()
    return database.path


def test_a_new_database_has_all_tables(database: Database) -> None:
    with database.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        assert [row[0] for row in rows] == [
            "alembic_version",
            "attempt",
            "attempt_event",
            "attempt_item",
            "evidence_count",
            "evidence_item",
            "evidence_link",
            "group_member",
            "group_task",
            "learner",
            "learner_group",
            "lesson",
            "lesson_count",
            "lesson_question",
            "own_words",
            "plan",
            "portfolio_status",
            "question_report",
            "response",
            "setting",
            "shown_question",
            "tutor_comment",
        ]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 15000),
        ("secure_delete", 1),
    ],
)
def test_what_is_stored_is_safe_and_holds_together(database: Database, pragma: str, value: object) -> None:
    assert one(database, f"PRAGMA {pragma}") == value


def test_a_new_database_is_in_the_form_of_the_newest_migration(database: Database) -> None:
    migrations = Path(models.__file__).parent / "migrations"
    assert ScriptDirectory(str(migrations)).get_heads() == [HEAD]
    assert one(database, "SELECT version_num FROM alembic_version") == HEAD


def test_migrations_make_the_tables_that_the_code_reads(database: Database) -> None:
    with database.read() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_folder_is_made_and_nothing_else_is_left_in_it(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a" / "b")
    assert database.path == tmp_path / "a" / "b" / "headset.db"
    database.close()
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["headset.db"]


@pytest.mark.parametrize("folder", ["With a space", "100% tea?", "#1", "Café & Co"])
def test_a_folder_may_have_any_name(tmp_path: Path, folder: str) -> None:
    assert with_sam(tmp_path / folder) == tmp_path / folder / "headset.db"
    assert [path.name for path in (tmp_path / folder).iterdir()] == ["headset.db"]
    assert names(tmp_path / folder) == ["Sam"]


def test_a_database_opened_again_holds_what_was_stored(tmp_path: Path) -> None:
    with_sam(tmp_path)
    assert names(tmp_path) == ["Sam"]


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "headset.db").touch()
    assert names(tmp_path) == []


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = with_sam(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew) as refused:
        open_database(tmp_path)
    assert str(refused.value) == (
        f"The database {path} was written by a newer version of Headset (form 9999; this version knows "
        "up to 0006). Update Headset, or restore a copy made before. Nothing was changed."
    )
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["headset.db"]


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "headset.db"
    path.write_bytes(b"Dear Sam, this is a letter. " * 200)
    with pytest.raises(DatabaseUnreadable) as refused:
        open_database(tmp_path)
    assert str(refused.value) == (
        f"The file {path} cannot be read as Headset's database (file is not a database). "
        "Move it away and restore a copy; Headset does not change it."
    )
    assert path.read_bytes() == b"Dear Sam, this is a letter. " * 200


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    folder = tmp_path / "file" / "data"
    with pytest.raises(DataFolderUnusable) as refused:
        open_database(folder)
    assert str(refused.value) == (
        f"Headset cannot write to its data folder {folder} (Not a directory). "
        "Give this user the right to write there, or name another folder in HEADSET_DATA, "
        "and start Headset again."
    )


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "headset.db").mkdir()
    with pytest.raises(DataFolderUnusable, match=r"\(Is a directory\)"):
        open_database(tmp_path)


def test_a_damaged_database_is_refused_when_it_is_read(tmp_path: Path) -> None:
    path = with_sam(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(DatabaseUnreadable, match="cannot be read as Headset's database"):
        names(tmp_path)


def test_every_refusal_is_a_storage_error() -> None:
    assert {
        DatabaseTooNew,
        DatabaseUnreadable,
        DataFolderUnusable,
        models.DiskFull,
        models.ImportRefused,
        models.RecordMissing,
    } == set(StorageError.__subclasses__())
