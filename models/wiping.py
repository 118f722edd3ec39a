"""What deleted rows leave behind in a database file is overwritten, now or at the next opening.

A deletion sets a mark in its own transaction; the mark goes only when nothing is left. So a cut of power
between the two, or a disk too full to rewrite the file, puts the overwriting off and never forgets it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from models.copies import connected, tables_of

_MARK: Final = "wiping-due"


def mark_wiping(connection: sqlite3.Connection) -> None:
    """Store, with whatever else the transaction does, that the file has to be rewritten."""
    connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, 'yes')", (_MARK,))


def wiping_is_due(connection: Any) -> bool:
    """Return whether a deletion had no time to overwrite what it left behind."""
    return connection.execute("SELECT 1 FROM setting WHERE key = ?", (_MARK,)).fetchone() is not None


def wipe(path: Path, wait: float) -> bool:
    """Rewrite the database at `path` so that no byte of a deleted row is in it or in its log; return whether that was done.

    It is put off (False) where another program reads or writes for longer than `wait` seconds, or where
    the disk has no room for a second copy. Other programs may go on meanwhile.
    """
    try:
        with closing(connected(path, wait)) as connection:
            rewrite(connection)
            # Writers append to the log; only a log cut to nothing holds no old page.
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not busy:
                connection.execute("DELETE FROM setting WHERE key = ?", (_MARK,))
    except sqlite3.OperationalError:
        return False
    return not busy


def rewrite(connection: sqlite3.Connection) -> None:
    """Remove every shown question that nothing refers to, and rewrite the file without its free pages."""
    referring = [
        (table, key[3])
        for table in sorted(tables_of(connection))
        for key in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", (table,))
        if key[2] == "shown_question"
    ]
    used = " UNION ".join(f'SELECT "{column}" FROM "{table}"' for table, column in referring)  # nosec B608  # our own names
    # With foreign keys on, SQLite would look through all answers once for each question removed;
    # the condition says the same in one go.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"DELETE FROM shown_question WHERE hash NOT IN ({used})")  # nosec B608  # as above
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("VACUUM")
