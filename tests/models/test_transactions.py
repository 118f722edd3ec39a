"""A write is stored as a whole or not at all, whatever happens in it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
from literal_attempts import RIGHT, START, a_test, at, practice, question
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError
from stored_moves import begin, load

import models
from models import (
    Database,
    DiskFull,
    Learner,
    StorageError,
    create_learner,
    open_database,
    save_own_words,
    save_response,
    select_attempt,
    select_learners,
)
from quiz.sessions import answer
from quiz.syllabus import CriterionRef

REF = CriterionRef("L/601/7638", "1.1")


def names(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(learner.name for learner in select_learners(session=session))


def test_an_exception_in_a_write_stores_nothing_of_it(database: Database, learner: Learner) -> None:
    def fail() -> None:
        with database.write() as session:
            create_learner(session=session, name="Sue", now=START)
            session.flush()
            raise KeyError("no such page")

    with pytest.raises(KeyError, match="no such page"):
        fail()
    assert names(database) == ["Sam"]


def test_a_write_that_breaks_a_rule_of_the_tables_stores_nothing_of_it(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            create_learner(session=session, name="Sue", now=START)
            models.create_attempt(
                session=session,
                attempt=practice(question("1.1")),  # of a learner who is not there
                plan="{}",
                seed=1,
                content_version="v1",
            )

    with pytest.raises(IntegrityError, match="FOREIGN KEY constraint failed"):
        fail()
    assert names(database) == []


def test_a_process_that_is_killed_in_a_write_loses_only_that_write(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from models import create_learner, open_database\n"
        "database = open_database(Path(sys.argv[1]))\n"
        "now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)\n"
        "with database.write() as session:\n"
        "    create_learner(session=session, name='Sam', now=now)\n"
        "with database.write() as session:\n"
        "    create_learner(session=session, name='Sue', now=now)\n"
        "    session.flush()\n"
        "    os._exit(9)\n"
    )
    root = Path(models.__file__).parents[1]
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=root, check=False)
    assert killed.returncode == 9
    database = open_database(tmp_path)
    assert names(database) == ["Sam"]
    database.close()


def test_a_reader_sees_one_state_of_the_database(database: Database, learner: Learner) -> None:
    with database.read() as reading:
        assert [found.name for found in select_learners(session=reading)] == ["Sam"]
        with database.write() as session:
            create_learner(session=session, name="Sue", now=START)
        assert [found.name for found in select_learners(session=reading)] == ["Sam"]
    assert names(database) == ["Sam", "Sue"]


def test_two_at_once_wait_for_each_other_and_nothing_is_lost(database: Database, learner: Learner) -> None:
    started = begin(database, a_test(question("1.1"), learner=learner.id))

    def pick(number: int) -> bool:
        with database.write() as session:
            attempt = select_attempt(session=session, attempt_id=started.id).attempt
            answered = answer(attempt, 0, RIGHT, at(1))
            return save_response(
                session=session, attempt=answered, position=0, response=RIGHT, now=at(1), submit_id=uuid4()
            )

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(pick, range(20))) == [True] * 20
    with database.read() as session:
        rows = session.connection().exec_driver_sql("SELECT sequence FROM response ORDER BY sequence")
        assert [row[0] for row in rows] == list(range(1, 21))
    assert len(load(database, started).items[0].given) == 20


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no database that is opened meanwhile grow: SQLite then says what it says of a full disk."""

    def stop_growth(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(Engine, "connect", stop_growth)
    try:
        yield
    finally:
        event.remove(Engine, "connect", stop_growth)


def save_long_text(database: Database, learner: Learner) -> None:
    with database.write() as session:
        create_learner(session=session, name="Sue", now=START)
        save_own_words(
            session=session, learner=learner.id, ref=REF, text="tea " * 50_000, points=[0], now=at(1)
        )


def test_a_full_disk_is_named_and_what_was_stored_before_is_safe(
    database: Database, learner: Learner
) -> None:
    database.close()
    with full_disk():
        full = open_database(database.path.parent)
        with pytest.raises(DiskFull) as refused:
            save_long_text(full, learner)
        assert str(refused.value) == (
            f"There is no room left on the disk that holds {database.path}, so this was not stored. "
            "Everything before it is safe. Make room, then do the last step again."
        )
        assert names(full) == ["Sam"]
        with full.read() as session:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        full.close()

    # There is room again: the last step is done once more, and goes through.
    save_long_text(database, learner)
    assert names(database) == ["Sam", "Sue"]


def test_a_database_that_another_program_holds_is_named_and_nothing_is_stored(
    database: Database, learner: Learner
) -> None:
    with database.read() as session:  # the one connection of the pool: it is not to wait its 15 seconds
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError) as refused:
        save_long_text(database, learner)
    other.execute("ROLLBACK")
    other.close()
    assert str(refused.value) == (
        f"The database {database.path} could not be used just now (database is locked). What was stored "
        "before is safe. Try again; if it goes on, restart Headset."
    )
    assert names(database) == ["Sam"]


def test_a_writer_who_waits_for_the_one_before_says_so_meanwhile(tmp_path: Path) -> None:
    said: list[str] = []
    waits, goes_on = Event(), Event()

    @contextmanager
    def aside() -> Iterator[None]:
        said.append("waits")
        waits.set()
        yield
        said.append("goes on")

    database = open_database(tmp_path / "data", aside=aside)

    def second() -> None:
        with database.write():
            goes_on.set()

    with database.write():
        thread = Thread(target=second)
        thread.start()
        assert waits.wait(10)
        assert not goes_on.is_set()
    thread.join(10)
    assert goes_on.is_set()
    with database.write():
        pass
    assert said == ["waits", "goes on"]
    database.close()
