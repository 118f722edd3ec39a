"""A class of writers waits for another program: its readers do not wait with them."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from literal_attempts import START

from models import StorageError, create_learner, open_database, select_learners


def test_thirty_writers_who_wait_keep_no_reader_waiting_and_give_up_with_nothing_stored(
    tmp_path: Path,
) -> None:
    database = open_database(tmp_path, wait=2)

    def store(number: int) -> str:
        try:
            with database.write() as session:
                create_learner(session=session, name=f"Learner {number}", now=START)
        except StorageError as error:
            return str(error)
        return "stored"

    with (
        closing(sqlite3.connect(database.path, isolation_level=None)) as other,
        ThreadPoolExecutor(30) as pool,
    ):
        other.execute("BEGIN IMMEDIATE")
        said = [pool.submit(store, number) for number in range(30)]
        time.sleep(0.5)
        began = time.monotonic()
        with database.read() as session:
            assert select_learners(session=session) == []
        assert time.monotonic() - began < 1
        assert all("database is locked" in reply.result() for reply in said)
        other.execute("ROLLBACK")
    assert store(1) == "stored"
    database.close()
