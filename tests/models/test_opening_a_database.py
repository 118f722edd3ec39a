"""Opening a database: what a new one is, and what is refused without being touched."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from literal_attempts import START, at
from stored_life import of_form, rows

import models
from models import (
    Database,
    DatabaseTooNew,
    DatabaseUnreadable,
    DataFolderUnusable,
    DiskFull,
    StorageError,
    create_learner,
    open_database,
    select_learners,
)
from models.database import HEAD
from models.errors import CopyRefused
from models.tables import Base

SAM = UUID("77777777-7777-4777-8777-777777777777")


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
            "day_sums",
            "device",
            "evidence_count",
            "evidence_item",
            "evidence_link",
            "facility",
            "family_sums",
            "group_member",
            "group_task",
            "learner",
            "learner_group",
            "learner_sums",
            "lesson",
            "lesson_count",
            "lesson_question",
            "live_answer",
            "live_lesson",
            "own_words",
            "participant",
            "past_states",
            "plan",
            "portfolio_status",
            "question_report",
            "response",
            "return_code",
            "setting",
            "shown_question",
            "tutor_comment",
            "unit_sums",
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
        "up to 0008). Update Headset, or restore a copy made before. Nothing was changed."
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
        CopyRefused,
        models.DiskFull,
        models.ImportRefused,
        models.RecordMissing,
    } == set(StorageError.__subclasses__())


# --- an older database ---


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_older_database_is_copied_as_it_was_before_it_is_brought_to_the_newest_form(
    tmp_path: Path,
) -> None:
    path = of_form(tmp_path, "0006", SAM)
    open_database(tmp_path, now=START).close()
    assert listing(tmp_path) == ["headset-before-0008-2026-11-22-090000.db", "headset.db"]
    copy = tmp_path / "headset-before-0008-2026-11-22-090000.db"
    assert rows(copy, "SELECT version_num FROM alembic_version") == [("0006",)]
    assert rows(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    for file in (copy, path):
        assert rows(file, "SELECT name FROM learner") == [("Samira Okonkwo",)]
        assert rows(file, "SELECT text FROM own_words") == [("I warm the pot before I pour",)]
        assert rows(file, "PRAGMA integrity_check") == [("ok",)]


def test_what_is_still_in_the_log_of_an_older_database_is_in_the_copy(tmp_path: Path) -> None:
    path = of_form(tmp_path, "0006", SAM)
    with closing(sqlite3.connect(path, isolation_level=None)) as running:
        running.execute("PRAGMA journal_mode = WAL")
        running.execute("UPDATE learner SET name = 'Sam'")
        open_database(tmp_path, now=START).close()
    copy = tmp_path / "headset-before-0008-2026-11-22-090000.db"
    assert rows(copy, "SELECT name FROM learner") == [("Sam",)]


def test_a_new_database_and_one_in_the_newest_form_are_not_copied(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    open_database(tmp_path).close()
    assert listing(tmp_path) == ["headset.db"]


def test_the_last_three_copies_are_kept(tmp_path: Path) -> None:
    for stamp in ("0006-2026-11-01-080000", "0005-2026-11-02-080000", "0004-2026-10-03-080000"):
        (tmp_path / f"headset-before-{stamp}.db").write_text("a copy")
    (tmp_path / "headset-replaced-2026-10-01-080000.db").write_text("another kind")
    of_form(tmp_path, "0001", SAM)
    open_database(tmp_path, now=at(30)).close()
    assert listing(tmp_path) == [
        "headset-before-0005-2026-11-02-080000.db",
        "headset-before-0006-2026-11-01-080000.db",
        "headset-before-0008-2026-11-22-093000.db",
        "headset-replaced-2026-10-01-080000.db",
        "headset.db",
    ]


def test_the_copy_just_made_is_kept_even_when_the_clock_went_back(tmp_path: Path) -> None:
    for day in (1, 2, 3):
        (tmp_path / f"headset-before-0006-2026-12-0{day}-080000.db").write_text("a copy")
    of_form(tmp_path, "0006", SAM)
    open_database(tmp_path, now=START - timedelta(days=400)).close()
    assert "headset-before-0008-2025-10-18-090000.db" in listing(tmp_path)
    assert len(listing(tmp_path)) == 4


def test_an_older_database_without_room_for_its_copy_is_left_as_it_is(tmp_path: Path) -> None:
    path = of_form(tmp_path, "0006", SAM)
    os.truncate(path, 4 * 10**12)  # a hole: SQLite reads only as far as its header says
    with pytest.raises(DiskFull) as refused:
        open_database(tmp_path)
    assert str(refused.value).startswith(
        f"There is no room in {tmp_path} for a copy of {path}: it takes 4,000,000 MB, and "
    )
    assert str(refused.value).endswith("Nothing was changed. Make room, then do the last step again.")
    assert listing(tmp_path) == ["headset.db"]
    assert rows(path, "SELECT version_num FROM alembic_version") == [("0006",)]


def test_two_programs_that_open_an_older_database_at_once_both_get_it_and_keep_the_older_form(
    tmp_path: Path,
) -> None:
    of_form(tmp_path, "0001", SAM)
    script = "import sys; from pathlib import Path; from models import open_database; open_database(Path(sys.argv[1]))"
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=Path(models.__file__).parents[1])
        for _ in range(2)
    ]
    assert [process.wait() for process in started] == [0, 0]
    copies = sorted(tmp_path.glob("headset-before-*"))
    assert copies != []
    assert {rows(copy, "SELECT version_num FROM alembic_version")[0][0] for copy in copies} == {"0001"}
    assert names(tmp_path) == ["Samira Okonkwo"]


# --- a database that another program holds ---


def test_a_writer_waits_for_another_one_and_gives_up_with_nothing_half_written(tmp_path: Path) -> None:
    with_sam(tmp_path)
    database = open_database(tmp_path, wait=0.3)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StorageError) as refused, database.write() as session:
            create_learner(session=session, name="Sue", now=START)
        assert time.monotonic() - began >= 0.3
        with database.read() as session:  # readers wait for nobody
            assert [learner.name for learner in select_learners(session=session)] == ["Sam"]
        other.execute("ROLLBACK")
    assert str(refused.value) == (
        f"The database {database.path} could not be used just now (database is locked). What was stored "
        "before is safe. Try again; if it goes on, restart Headset."
    )
    with database.write() as session:
        create_learner(session=session, name="Sue", now=START)
    with database.read() as session:
        assert sorted(learner.name for learner in select_learners(session=session)) == ["Sam", "Sue"]
    database.close()


def test_a_writer_that_another_one_lets_through_in_time_stores_everything(tmp_path: Path) -> None:
    with_sam(tmp_path)
    database = open_database(tmp_path, wait=30)
    other = sqlite3.connect(database.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.4, other.execute, ("ROLLBACK",))
    release.start()
    with database.write() as session:
        create_learner(session=session, name="Sue", now=START)
    release.join()
    other.close()
    with database.read() as session:
        assert sorted(learner.name for learner in select_learners(session=session)) == ["Sam", "Sue"]
    database.close()


def test_an_older_database_that_another_program_holds_is_not_half_upgraded(tmp_path: Path) -> None:
    path = of_form(tmp_path, "0006", SAM)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="database is locked"):
            open_database(tmp_path, wait=0.2)
        other.execute("ROLLBACK")
    assert listing(tmp_path) == ["headset.db"]  # and no copy for each try
    assert rows(path, "SELECT version_num FROM alembic_version") == [("0006",)]
    assert names(tmp_path) == ["Samira Okonkwo"]
