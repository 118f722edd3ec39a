"""A backup is all answers of one moment in one file; a restore puts them back, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from literal_attempts import START, at
from stored_life import EVES_TEXTS, HER_TEXTS, a_class, found_in, of_form, rows

import models
from models import (
    Database,
    DatabaseTooNew,
    DatabaseUnreadable,
    DataFolderUnusable,
    DiskFull,
    Learner,
    StorageError,
    create_learner,
    export_log,
    open_database,
    select_learners,
)
from models.backup import Contents, Restored, back_up, backup_bytes, examine, restore
from models.database import HEAD
from models.errors import CopyRefused

SAM = UUID("77777777-7777-4777-8777-777777777777")
NOW = datetime(2026, 11, 22, 9, 15, tzinfo=UTC)
OF_THE_CLASS = Contents(learners=2, responses=3, latest=at(3))


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """Return the data folder of another machine, which does not exist yet."""
    return tmp_path / "there"


@pytest.fixture
def saved(database: Database, tmp_path: Path) -> Path:
    """Return a backup of a class, after which the class is as it was."""
    a_class(database)
    back_up(database, tmp_path / "saved.db")
    return tmp_path / "saved.db"


def names(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(learner.name for learner in select_learners(session=session))


def names_in(path: Path) -> list[object]:
    return [row[0] for row in rows(path, "SELECT name FROM learner ORDER BY name")]


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def add(database: Database, name: str) -> Learner:
    with database.write() as session:
        return create_learner(session=session, name=name, now=START)


def spoil(path: Path, page: int = 3) -> None:
    """Overwrite a page of a database file."""
    with path.open("r+b") as file:
        file.seek(4096 * page)
        file.write(b"\xa5" * 4096)


def refusal(path: Path, folder: Path) -> str:
    """Return why a file is not restored."""
    with pytest.raises(CopyRefused) as refused:
        restore(path, folder, now=NOW)
    return str(refused.value)


# --- backup ---


def test_a_backup_is_one_whole_file_with_everything_in_it(database: Database, tmp_path: Path) -> None:
    sam, _ = a_class(database)
    file = tmp_path / "out" / "saved.db"
    file.parent.mkdir()
    assert back_up(database, file) == OF_THE_CLASS
    assert listing(file.parent) == ["saved.db"]
    assert {text for _, text in found_in([file], (*HER_TEXTS, *EVES_TEXTS))} == {*HER_TEXTS, *EVES_TEXTS}
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert listing(file.parent) == ["saved.db"]
    assert names(database) == ["Eve", "Samira Okonkwo"]


def test_a_backup_holds_what_is_still_in_the_log_of_the_running_app(
    database: Database, tmp_path: Path
) -> None:
    add(database, "Sue")
    assert database.path.with_name("headset.db-wal").stat().st_size > 0
    back_up(database, tmp_path / "saved.db")
    assert names_in(tmp_path / "saved.db") == ["Sue"]


def test_a_backup_made_while_learners_answer_is_of_one_moment(database: Database, tmp_path: Path) -> None:
    """Every write stores two learners at once: no backup may hold one of them alone."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with database.write() as session:
                for half in ("a", "b"):
                    create_learner(session=session, name=f"{number} {half}", now=START)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        counts = [back_up(database, tmp_path / f"{turn}.db").learners for turn in range(5)]
    finally:
        stop.set()
        thread.join()
    assert [number % 2 for number in counts] == [0] * 5
    assert counts == sorted(counts)
    assert counts[-1] > 0


def test_what_was_deleted_before_is_not_in_a_backup(database: Database, tmp_path: Path) -> None:
    add(database, "Sue the Swift")
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM learner")
    back_up(database, tmp_path / "saved.db")
    assert found_in([tmp_path / "saved.db"], ("Sue the Swift",)) == []


def test_a_file_that_is_there_is_replaced_only_when_asked(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "saved.db"
    file.write_text("a letter")
    with pytest.raises(CopyRefused) as refused:
        back_up(database, file)
    assert str(refused.value) == f"There is a file {file} already. Name another, or replace it with --force."
    assert file.read_text() == "a letter"
    back_up(database, file, replace=True)
    assert examine(file) == Contents(0, 0, None)


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_the_database_itself_is_never_replaced_by_its_backup(database: Database, ending: str) -> None:
    add(database, "Sue")
    own = database.path.with_name("headset.db" + ending)
    with pytest.raises(CopyRefused, match="is the database that Headset uses"):
        back_up(database, own, replace=True)
    assert names(database) == ["Sue"]


def test_a_folder_and_a_place_that_is_not_there_are_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(CopyRefused) as refused:
        back_up(database, tmp_path, replace=True)
    assert (
        str(refused.value)
        == f"{tmp_path} is a folder. Name a file in it, such as {tmp_path}/headset-backup.db."
    )
    with pytest.raises(CopyRefused) as refused:
        back_up(database, tmp_path / "no" / "saved.db")
    assert (
        str(refused.value)
        == f"{tmp_path}/no/saved.db cannot be written (No such file or directory). Name another file."
    )


def test_a_backup_without_room_is_refused_before_it_begins(database: Database, tmp_path: Path) -> None:
    os.truncate(database.path, 4 * 10**12)  # a hole: SQLite reads only as far as its header says
    file = tmp_path / "saved.db"
    with pytest.raises(DiskFull) as refused:
        back_up(database, file)
    assert str(refused.value).startswith(
        f"There is no room in {tmp_path} for a copy of {database.path}: it takes 4,000,0"
    )
    assert str(refused.value).endswith("Nothing was changed. Make room, then do the last step again.")
    assert listing(tmp_path) == ["data"]


def test_a_write_that_fails_half_way_leaves_no_file(database: Database, tmp_path: Path) -> None:
    """The process may write files of 64 kB at most, as on a disk that fills up or a quota that is used up."""
    a_class(database)
    (tmp_path / "out").mkdir()
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from models import StorageError, open_database\n"
        "from models.backup import back_up\n"
        "database = open_database(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try:\n"
        "    back_up(database, Path(sys.argv[2]))\n"
        "except StorageError as error:\n"
        "    print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(database.path.parent), str(tmp_path / "out" / "saved.db")],
        cwd=Path(models.__file__).parents[1], capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "could not be used just now (disk I/O error)" in told.stdout
    assert listing(tmp_path / "out") == []


def test_a_damaged_database_is_not_passed_on_as_a_backup(database: Database, tmp_path: Path) -> None:
    a_class(database)
    database.close()
    spoil(database.path)
    with pytest.raises(DatabaseUnreadable):
        back_up(database, tmp_path / "saved.db")
    with pytest.raises(DatabaseUnreadable):
        backup_bytes(database)
    assert listing(tmp_path) == ["data"]


def test_a_backup_to_download_is_the_same_and_leaves_nothing_on_the_disk(
    database: Database, tmp_path: Path
) -> None:
    a_class(database)
    before = listing(database.path.parent)
    data = backup_bytes(database)
    assert listing(database.path.parent) == before
    (tmp_path / "downloaded.db").write_bytes(data)
    assert examine(tmp_path / "downloaded.db") == OF_THE_CLASS
    back_up(database, tmp_path / "saved.db")
    dumps = []
    for name in ("downloaded.db", "saved.db"):
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            dumps.append(list(connection.iterdump()))
    assert dumps[0] == dumps[1]
    assert listing(tmp_path) == ["data", "downloaded.db", "saved.db"]


# --- restore ---


def test_a_backup_comes_back_on_a_new_machine(database: Database, saved: Path, there: Path) -> None:
    with database.read() as session:
        sam = next(entry for entry in select_learners(session=session) if entry.name == "Samira Okonkwo")
        log = export_log(session, sam.id)
    assert restore(saved, there, now=NOW) == Restored(OF_THE_CLASS, None, False)
    assert listing(there) == ["headset.db"]
    opened = open_database(there)
    assert names(opened) == ["Eve", "Samira Okonkwo"]
    with opened.read() as session:
        assert export_log(session, sam.id) == log
    opened.close()


def test_what_it_replaces_is_kept_beside_it_with_its_date(
    database: Database, saved: Path, there: Path
) -> None:
    before = open_database(there)
    add(before, "Sue")
    before.close()
    kept = there / "headset-replaced-2026-11-22-091500.db"
    assert restore(saved, there, now=NOW) == Restored(OF_THE_CLASS, kept, False)
    assert listing(there) == ["headset-replaced-2026-11-22-091500.db", "headset.db"]
    assert names_in(kept) == ["Sue"]
    assert names_in(there / "headset.db") == ["Eve", "Samira Okonkwo"]
    assert restore(kept, there, now=NOW).replaced == there / "headset-replaced-2026-11-22-091500-2.db"
    assert names_in(there / "headset.db") == ["Sue"]


def test_the_running_app_sees_the_database_restored_and_goes_on_writing(
    database: Database, saved: Path
) -> None:
    add(database, "Sue")
    with database.read() as reading:
        assert len(select_learners(session=reading)) == 3
        restore(saved, database.path.parent, now=NOW)
        # Whoever is in the middle of reading sees one state to the end.
        assert len(reading.connection().exec_driver_sql("SELECT name FROM learner").all()) == 3
    assert names(database) == ["Eve", "Samira Okonkwo"]
    add(database, "Tom")
    assert names(database) == ["Eve", "Samira Okonkwo", "Tom"]
    assert rows(database.path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database.path, "PRAGMA journal_mode") == [("wal",)]


def test_every_answer_given_during_a_restore_is_either_in_the_copy_or_in_the_database(
    database: Database, saved: Path
) -> None:
    stop = threading.Event()
    stored: set[object] = set()

    def write() -> None:
        while not stop.is_set():
            name = str(uuid4())
            add(database, name)
            stored.add(name)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        kept = restore(saved, database.path.parent, now=NOW).replaced
    finally:
        stop.set()
        thread.join()
    assert kept is not None
    before, after = set(names_in(kept)), set(names_in(database.path))
    assert before & after == {"Eve", "Samira Okonkwo"}
    assert (before | after) - {"Eve", "Samira Okonkwo"} == stored


def test_a_backup_of_an_older_version_is_brought_to_the_newest_form_and_stays_as_it_is(
    tmp_path: Path, there: Path
) -> None:
    old = of_form(tmp_path / "old", "0001", SAM)
    before = old.read_bytes()
    assert restore(old, there, now=NOW) == Restored(Contents(1, 0, None), None, False)
    assert old.read_bytes() == before
    assert listing(old.parent) == ["headset.db"]
    assert listing(there) == ["headset.db"]
    assert rows(there / "headset.db", "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert rows(there / "headset.db", "SELECT text FROM own_words") == [("I warm the pot before I pour",)]


def test_a_database_copied_together_with_its_log_is_restored_with_what_is_in_the_log(
    database: Database, tmp_path: Path, there: Path
) -> None:
    add(database, "Sue")
    folder = tmp_path / "copied"
    shutil.copytree(database.path.parent, folder)
    assert restore(folder / "headset.db", there, now=NOW).contents.learners == 1
    assert names_in(there / "headset.db") == ["Sue"]


def test_a_write_protected_backup_is_restored_writable(saved: Path, there: Path) -> None:
    saved.chmod(0o400)
    restore(saved, there, now=NOW)
    opened = open_database(there)
    add(opened, "Sue")
    opened.close()
    assert names_in(there / "headset.db") == ["Eve", "Samira Okonkwo", "Sue"]


def test_a_database_of_a_newer_version_can_be_replaced_by_a_backup(saved: Path, there: Path) -> None:
    """It is what the message of a too new database advises."""
    open_database(there).close()
    with closing(sqlite3.connect(there / "headset.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    done = restore(saved, there, now=NOW)
    assert done.replaced is not None
    assert rows(done.replaced, "SELECT version_num FROM alembic_version") == [("9999",)]
    opened = open_database(there)
    assert names(opened) == ["Eve", "Samira Okonkwo"]
    opened.close()


def test_a_database_with_pages_of_another_size_can_be_replaced(saved: Path, there: Path) -> None:
    there.mkdir()
    with closing(sqlite3.connect(there / "headset.db")) as connection:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("CREATE TABLE made_first (x)")
        connection.execute("PRAGMA journal_mode = WAL")
    restore(saved, there, now=NOW)
    opened = open_database(there)
    assert names(opened) == ["Eve", "Samira Okonkwo"]
    opened.close()


@pytest.mark.parametrize("damage", ["a page", "all"])
def test_a_damaged_database_is_moved_aside_as_it_is(saved: Path, there: Path, damage: str) -> None:
    before = open_database(there)
    a_class(before)
    before.close()
    live = there / "headset.db"
    if damage == "a page":
        spoil(live)
    else:
        live.write_bytes(b"Dear Sam, this is a letter. " * 200)
    bytes_before = live.read_bytes()
    aside = there / "headset-damaged-2026-11-22-091500.db"
    assert restore(saved, there, now=NOW) == Restored(OF_THE_CLASS, aside, True)
    assert aside.read_bytes() == bytes_before
    opened = open_database(there)
    assert names(opened) == ["Eve", "Samira Okonkwo"]
    opened.close()


def test_devices_and_codes_stay_as_they_are_now(database: Database, saved: Path) -> None:
    """One that was put out after the backup does not come back, one that has come since stays signed in."""
    with database.write() as session:
        sam = next(entry for entry in select_learners(session=session) if entry.name == "Samira Okonkwo")
        models.forget_devices(session=session, learner=sam.id)
        _, hers = models.create_device(session=session, now=at(10), learner=sam.id)
        new = create_learner(session=session, name="Sue", now=at(10))
        _, news = models.create_device(session=session, now=at(10), learner=new.id)
        _, tutors = models.create_device(session=session, now=at(10), tutor=True)
        session.connection().exec_driver_sql("DELETE FROM return_code")
    restore(saved, database.path.parent, now=NOW)
    with database.read() as session:
        known = {
            who: models.select_optional_device(session=session, token=token)
            for who, token in (("hers", hers), ("news", news), ("tutors", tutors))
        }
    assert known["hers"] is not None
    assert (known["hers"].learner, known["hers"].tutor) == (sam.id, False)
    assert known["news"] is None  # its learner is not in the backup
    assert known["tutors"] is not None
    assert (known["tutors"].learner, known["tutors"].tutor) == (None, True)
    assert rows(database.path, "SELECT count(*) FROM device") == [(3,)]  # Eve's is still hers
    assert rows(database.path, "SELECT count(*) FROM return_code") == [(0,)]
    assert rows(database.path, "PRAGMA foreign_key_check") == []


def test_nobody_is_signed_in_on_a_new_machine(saved: Path, there: Path) -> None:
    restore(saved, there, now=NOW)
    assert rows(there / "headset.db", "SELECT count(*) FROM device") == [(0,)]
    assert rows(there / "headset.db", "SELECT count(*) FROM return_code") == [(0,)]


def test_a_database_that_another_program_holds_is_not_replaced(database: Database, saved: Path) -> None:
    add(database, "Sue")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError) as refused:
            restore(saved, database.path.parent, now=NOW, wait=0.3)
        other.execute("COMMIT")
    assert str(refused.value) == (
        f"Another program holds the database {database.path}, so nothing was restored and nothing was changed. "
        "Wait a moment, then do it again."
    )
    assert names(database) == ["Eve", "Samira Okonkwo", "Sue"]
    assert [name for name in listing(database.path.parent) if "headset-" in name] == []


def test_a_restore_that_is_killed_has_changed_nothing(database: Database, saved: Path) -> None:
    """Killed when the copy of the database replaced is made, which is just before the change counts."""
    add(database, "Sue")
    script = (
        "import os, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "folder = Path(sys.argv[2])\n"
        "def stop(name, args):\n"
        "    if name == 'os.rename' and 'headset-replaced-' in str(args[1]):\n"
        "        os._exit(9)\n"
        "sys.addaudithook(stop)\n"
        "from models.backup import restore\n"
        "restore(Path(sys.argv[1]), folder, now=datetime.now(UTC))\n"
    )
    folder = database.path.parent
    killed = subprocess.run(
        [sys.executable, "-c", script, str(saved), str(folder)],
        cwd=Path(models.__file__).parents[1], check=False,
    )  # fmt: skip
    assert killed.returncode == 9
    assert names(database) == ["Eve", "Samira Okonkwo", "Sue"]
    assert rows(database.path, "PRAGMA integrity_check") == [("ok",)]
    assert [name for name in listing(folder) if name.startswith("headset-partial-")] != []
    restore(saved, folder, now=NOW)  # the next one clears up and goes through
    assert [name for name in listing(folder) if name.startswith("headset-partial-")] == []
    assert names(database) == ["Eve", "Samira Okonkwo"]


# --- what is refused, with nothing changed ---


def test_what_is_no_file_or_no_database_is_refused(database: Database, tmp_path: Path) -> None:
    add(database, "Sue")
    folder = database.path.parent
    letter, empty, none = tmp_path / "letter.txt", tmp_path / "empty.db", tmp_path / "none.db"
    letter.write_text("Dear Sam, this is a letter. " * 200)
    empty.touch()
    assert refusal(none, folder) == f"There is no file {none}. Name a backup that was made with “backup”."
    assert refusal(tmp_path, folder) == f"{tmp_path} is a folder. Name the backup in it."
    for path in (letter, empty):
        assert (
            refusal(path, folder)
            == f"{path} is no database, so it is no backup of Headset. Choose another file."
        )
    assert "is the database that Headset uses. Name a backup to restore." in refusal(database.path, folder)
    assert names(database) == ["Sue"]
    assert [name for name in listing(folder) if "headset-" in name] == []


@pytest.mark.parametrize(
    "statements",
    [
        "CREATE TABLE letter (text); INSERT INTO letter VALUES ('Dear Sam')",
        "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('0008')",
        "CREATE TABLE alembic_version (version_num); CREATE TABLE learner (id)",
    ],
)
def test_a_database_of_something_else_is_refused(tmp_path: Path, there: Path, statements: str) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statements)
    assert refusal(path, there) == (
        f"{path} is a database, but not one of Headset. Choose a backup of Headset."
    )
    assert not there.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER spy AFTER INSERT ON response BEGIN DELETE FROM learner; END",
        "CREATE VIEW spy AS SELECT * FROM learner",
    ],
)
def test_a_database_that_would_act_by_itself_is_refused(saved: Path, there: Path, statement: str) -> None:
    with closing(sqlite3.connect(saved)) as connection, connection:
        connection.execute(statement)
    assert "but not one of Headset" in refusal(saved, there)


def test_a_database_with_other_tables_than_its_form_says_is_refused(saved: Path, there: Path) -> None:
    with closing(sqlite3.connect(saved)) as connection, connection:
        connection.execute("ALTER TABLE plan RENAME COLUMN units TO chosen")
    assert refusal(saved, there) == (
        f"{saved} is not a whole database of Headset (table plan, column chosen). Choose another backup. "
        "Nothing was changed."
    )
    assert listing(there) == []


def test_a_backup_of_a_newer_version_is_refused(database: Database, saved: Path) -> None:
    with closing(sqlite3.connect(saved)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew) as refused:
        restore(saved, database.path.parent, now=NOW)
    assert str(refused.value) == (
        f"{saved} was written by a newer version of Headset (form 9999; this version knows up to 0008). Update "
        "Headset, then restore it. Nothing was changed."
    )
    assert names(database) == ["Eve", "Samira Okonkwo"]


def test_a_damaged_or_shortened_backup_is_refused(database: Database, saved: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.db"
    cut.write_bytes(saved.read_bytes()[: 4096 * 20])
    spoil(saved, 12)
    for path in (saved, cut):
        told = refusal(path, database.path.parent)
        assert told.startswith(f"{path} is damaged (")
        assert told.endswith("Choose another backup. Nothing was changed.")
    assert names(database) == ["Eve", "Samira Okonkwo"]


def test_a_backup_whose_rows_refer_to_nothing_is_refused(saved: Path, there: Path) -> None:
    with closing(sqlite3.connect(saved)) as connection, connection:
        connection.execute("DELETE FROM learner WHERE name = 'Eve'")
    assert "that is missing). Choose another backup." in refusal(saved, there)


def test_a_restore_without_room_is_refused_before_it_begins(database: Database, saved: Path) -> None:
    os.truncate(saved, 4 * 10**12)
    with pytest.raises(DiskFull, match=r"Nothing was changed\. Make room"):
        restore(saved, database.path.parent, now=NOW)
    assert names(database) == ["Eve", "Samira Okonkwo"]


def test_a_folder_that_cannot_be_written_is_refused(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderUnusable, match="cannot write to its data folder"):
        restore(saved, tmp_path / "file" / "data", now=NOW)
