"""The database: opened once, migrated to the newest form, read and written in short transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import Session, create_engine

from models.errors import DatabaseTooNew, DatabaseUnreadable, DataFolderUnusable, DiskFull, StorageError

HEAD = "0006"
"""The newest migration; a test holds it against the migrations themselves."""


class Database:
    """An open database. `read()` and `write()` give a session; a write is one transaction."""

    def __init__(self, engine: Engine, path: Path) -> None:
        """Hold the engine of the file at `path`."""
        self.path = path
        self._reading = engine
        self._writing = engine.execution_options(immediate=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that sees one state of the database.

        Raises:
            StorageError: the database cannot be read.
        """
        with _translated(self.path), Session(self._reading) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield a session; all of it is stored at the end, or nothing if anything is raised.

        Raises:
            DiskFull: there is no room; nothing of this transaction is stored.
            StorageError: the database cannot be written.
        """
        with _translated(self.path), Session(self._writing) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close every connection."""
        self._reading.dispose()


def open_database(folder: Path, name: str = "headset.db") -> Database:
    """Return the database in the folder, made if it is not there, in its newest form.

    Raises:
        DataFolderUnusable: the folder cannot be made or written.
        DatabaseTooNew: a newer version wrote it.
        DatabaseUnreadable: the file is not a database.
    """
    path = folder / name
    _try_folder(folder, path)
    engine = _engine(path)
    try:
        with _translated(path):
            _migrate(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, path)


def _try_folder(folder: Path, path: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".headset-can-write"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)  # another process may try the folder at the same time
        if path.exists():
            with path.open("ab"):
                pass
    except OSError as error:
        raise DataFolderUnusable(
            f"Headset cannot write to its data folder {folder} ({error.strerror or error}). "
            "Give this user the right to write there, or name another folder in HEADSET_DATA, "
            "and start Headset again."
        ) from error


def _engine(path: Path) -> Engine:
    # Not as text: a “?” in the folder's name would cut the path short.
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": 15, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # We begin transactions ourselves, so that a write takes its lock at the start.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=15000",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _migrate(engine: Engine, path: Path) -> None:
    if _revision(engine) == HEAD:
        return
    # Alembic is slow to import and rarely needed.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    migrations = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", migrations.replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    revision = _revision(engine)
    if revision is not None and revision not in known:
        raise DatabaseTooNew(
            f"The database {path} was written by a newer version of Headset (form {revision}; this "
            f"version knows up to {HEAD}). Update Headset, or restore a copy made before. "
            "Nothing was changed."
        )
    with engine.execution_options(immediate=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
        ).first()
        if found is None:
            return None
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        return str(row[0]) if row else None


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Turn the driver's faults into ours."""
    try:
        yield
    except OperationalError as error:
        text = str(error.orig)
        if "full" in text:
            raise DiskFull(
                f"There is no room left on the disk that holds {path}, so this was not stored. "
                "Everything before it is safe. Make room, then do the last step again."
            ) from error
        raise StorageError(
            f"The database {path} could not be used just now ({text}). What was stored before is "
            "safe. Try again; if it goes on, restart Headset."
        ) from error
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.IntegrityError):
            raise
        raise DatabaseUnreadable(
            f"The file {path} cannot be read as Headset's database ({error.orig}). "
            "Move it away and restore a copy; Headset does not change it."
        ) from error
