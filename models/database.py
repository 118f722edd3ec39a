"""The database: opened once, migrated to the newest form, read and written in short transactions."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Engine, event
from sqlalchemy.exc import DatabaseError, DisconnectionError
from sqlmodel import Session, create_engine

from models.copies import dated, make_copy
from models.errors import DatabaseTooNew, DataFolderUnusable, is_read_only, storage_fault
from models.location import DATABASE_NAME
from models.sums import are_made, rebuild_all
from models.wiping import wipe, wiping_is_due

_Aside = Callable[[], AbstractContextManager[object]]
HEAD = "0008"
"""The newest migration; a test holds it against the migrations themselves."""
WAIT = 15.0
"""Seconds that a reader or writer waits for a database that another one holds, before it gives up."""
_COPIES_KEPT = 3
_MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """An open database. `read()` and `write()` give a session; a write is one transaction."""

    def __init__(self, engine: Engine, path: Path, wait: float = WAIT, aside: _Aside = nullcontext) -> None:
        """Hold the engine of the file at `path`; a writer waits for the one before as `open_database` says."""
        self.path = path
        self._reading = engine
        self._writing = engine.execution_options(immediate=True)
        self._turn = Lock()
        self._wait = wait
        self._aside = aside

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that sees one state of the database.

        Raises:
            StorageError: the database cannot be read.
        """
        with _translated(self.path), Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield a session; all of it is stored at the end, or nothing if anything is raised.

        Raises:
            DiskFull: there is no room; nothing of this transaction is stored.
            StorageError: the database cannot be written.
        """
        with (
            _translated(self.path),
            self._a_turn(),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def _a_turn(self) -> Iterator[None]:
        """Let the writers of this process in one after the other.

        SQLite lets in one at a time too, but has the others look again now and then, up to a tenth of a
        second apart: in a class some would wait long for no reason.
        """
        if not self._turn.acquire(blocking=False):
            with self._aside():
                mine = self._turn.acquire(timeout=self._wait)
            if not mine:
                raise sqlite3.OperationalError("database is locked")
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close every connection."""
        self._reading.dispose()


def open_database(
    folder: Path,
    name: str = DATABASE_NAME,
    *,
    wait: float = WAIT,
    now: datetime | None = None,
    aside: _Aside = nullcontext,
) -> Database:
    """Return the database in the folder, made if it is not there, in its newest form.

    An older one is copied beside itself before it is brought to the newest form, as in
    “headset-before-0008-2026-11-22-091500.db”; the last three such copies are kept. What a deletion had
    no time to overwrite is overwritten now, where that can be done. Whoever finds the database held by
    another program waits for `wait` seconds, a writer of this process also for the one before, and enters
    what `aside` returns for so long. Where there are no running sums yet they are made: about
    0.1 ms an answer, two minutes for a million. `now` (this moment, where left out) dates the copy.

    Raises:
        DataFolderUnusable: the folder cannot be made or written.
        DatabaseTooNew: a newer version wrote it.
        DatabaseUnreadable: the file is not a database.
        DiskFull: there is no room for the copy of an older one; nothing was changed.
        StorageError: another program holds it for longer than `wait` seconds.
    """
    path = folder / name
    try_folder(folder, path)
    engine = _engine(path, wait)
    try:
        with _translated(path):
            _migrate(engine, path, now or datetime.now(UTC))
            due = _wiping_is_due(engine)
    except BaseException:
        engine.dispose()
        raise
    if due:
        wipe(path, wait)
    database = Database(engine, path, wait, aside)
    try:
        _make_sums(database)
    except BaseException:
        database.close()
        raise
    return database


def try_folder(folder: Path, path: Path) -> None:
    """Make the folder if it is not there, and make sure that it and the file at `path`, if any, can be written.

    Raises:
        DataFolderUnusable: they cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".headset-can-write"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)  # another process may try the folder at the same time
        # Asked, not tried: opening and closing the file would drop every lock that SQLite holds on it in
        # this process (POSIX; sqlite.org/howtocorrupt.html, 2.2), and answers written after would be lost.
        fault = errno.EISDIR if path.is_dir() else errno.EACCES
        if path.exists() and (path.is_dir() or not os.access(path, os.W_OK)):
            raise OSError(fault, os.strerror(fault), str(path))
    except OSError as error:
        raise DataFolderUnusable(
            f"Headset cannot write to its data folder {folder} ({error.strerror or error}). "
            "Give this user the right to write there, or name another folder in HEADSET_DATA, "
            "and start Headset again."
        ) from error


def known_forms() -> frozenset[str]:
    """Return the form of every database that this version can open or bring to the newest form."""
    from alembic.script import ScriptDirectory  # slow to import

    return frozenset(script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions())


def upgrade(path: Path) -> None:
    """Bring the database at `path` to the newest form, without a copy: for a file that is a copy itself.

    Raises:
        StorageError: that cannot be done; the file is as it was.
    """
    engine = _engine(path, WAIT)
    try:
        with _translated(path):
            _upgrade(engine)
        _make_sums(Database(engine, path))
    finally:
        engine.dispose()


def _make_sums(database: Database) -> None:
    """Make the running sums of a database that comes from before there were any, or had others."""
    with database.read() as session:
        if are_made(session):
            return
    rebuild_all(database.write)


def _engine(path: Path, wait: float) -> Engine:
    # Not as text: a “?” in the folder's name would cut the path short.
    url = URL.create("sqlite", database=str(path))
    # Without a limit to connections: a class of writers who wait for another program would leave none to
    # its readers, who need not wait, for as long as those wait.
    engine = create_engine(url, connect_args={"timeout": wait, "check_same_thread": False}, max_overflow=-1)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, record: Any) -> None:
        # We begin transactions ourselves, so that a write takes its lock at the start.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={round(wait * 1000)}",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        record.info["may_write"] = os.access(path, os.W_OK)

    @event.listens_for(engine, "checkout")
    def _open_anew(_connection: Any, record: Any, _proxy: Any) -> None:
        # A file that was opened without the right to write stays so, whatever its rights are by now.
        if not record.info["may_write"] and os.access(path, os.W_OK):
            raise DisconnectionError

    @event.listens_for(engine, "handle_error")
    def _let_go(context: Any) -> None:
        if is_read_only(context.original_exception):
            context.is_disconnect = True

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _migrate(engine: Engine, path: Path, now: datetime) -> None:
    revision = _revision(engine)
    if revision == HEAD:
        return
    if revision is None:
        _upgrade(engine)
        return
    if revision not in known_forms():
        raise DatabaseTooNew(
            f"The database {path} was written by a newer version of Headset (form {revision}; this "
            f"version knows up to {HEAD}). Update Headset, or restore a copy made before. "
            "Nothing was changed."
        )
    kept = dated(path, f"before-{HEAD}", now)
    # Where another process has upgraded it meanwhile, there is nothing to keep.
    make_copy(path, kept, form=revision)
    try:
        _upgrade(engine)
    except BaseException:
        kept.unlink(missing_ok=True)  # the database is still what it was
        raise
    _drop_old_copies(path, kept)


def _upgrade(engine: Engine) -> None:
    # Alembic is slow to import and rarely needed.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(immediate=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _drop_old_copies(path: Path, kept: Path) -> None:
    """Leave the newest copies, that just made among them; one that cannot be removed stays."""
    older = [entry for entry in path.parent.glob(f"{path.stem}-before-*{path.suffix}") if entry != kept]
    older.sort(key=lambda entry: entry.stem.removeprefix(f"{path.stem}-before-").partition("-")[2])
    for entry in older[: len(older) - _COPIES_KEPT + 1]:
        with suppress(OSError):
            entry.unlink()


def _wiping_is_due(engine: Engine) -> bool:
    with engine.connect() as connection:
        return wiping_is_due(connection.connection.dbapi_connection)


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
    """Turn the driver's faults into ours; a broken rule of the tables is a fault of the caller's and stays."""
    try:
        yield
    except (DatabaseError, sqlite3.Error) as error:
        # A prepared statement raises the driver's own; all others come in SQLAlchemy's wrapping.
        fault = error.orig if isinstance(error, DatabaseError) else error
        if isinstance(fault, sqlite3.IntegrityError) or not isinstance(fault, sqlite3.Error):
            raise
        raise storage_fault(path, fault) from error
