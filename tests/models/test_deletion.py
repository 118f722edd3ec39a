"""Everything about one learner, counted and gone: from the tables, the files, and the copies beside them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from literal_attempts import START, at, question
from stored_life import EVES_TEXTS, HER_TEXTS, LESSON, a_class, found_in, of_form, rows

from models import Database, Learner, RecordMissing, StorageError, make_tutor, open_database, select_learners
from models.backup import back_up
from models.deletion import Deleted, Held, delete_learner, select_held
from models.held import export_held
from models.tables import Base
from models.transfer_log import Log

SAM = UUID("77777777-7777-4777-8777-777777777777")
NOBODY = UUID("99999999-9999-4999-8999-999999999999")
GONE = r"^This learner is not here any more\. Choose a name again\.$"


def held(database: Database, learner: UUID) -> Held:
    with database.read() as session:
        return select_held(session=session, learner=learner)


def files(database: Database) -> list[Path]:
    return sorted(path for path in database.path.parent.rglob("*") if path.is_file())


def number(database: Database, table: str) -> object:
    return rows(database.path, f"SELECT count(*) FROM {table}")[0][0]


def names(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(learner.name for learner in select_learners(session=session))


def test_what_is_held_is_counted_by_kind(database: Database) -> None:
    sam, eve = a_class(database)
    assert held(database, sam.id) == Held(
        sessions=1, responses=2, own_words=1, evidence=1, standings=2, plans=1, reports=1, lessons=1, groups=1,
        comments=1, devices=1,
    )  # fmt: skip
    assert held(database, sam.id).words == (
        "1 session, 2 answers, 1 text in their own words, 1 piece of evidence, 2 portfolio entries, 1 plan, "
        "1 report of a question, 1 live lesson, 1 group, 1 comment of a tutor and 1 device"
    )
    assert held(database, eve.id) == Held(1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1)


def test_of_a_newcomer_only_the_name_is_held(database: Database, learner: Learner) -> None:
    assert held(database, learner.id) == Held(*[0] * 11)
    assert held(database, learner.id).words == "only the name"


def test_nobody_has_nothing_to_count_or_to_delete(database: Database) -> None:
    with pytest.raises(RecordMissing, match=GONE):
        held(database, NOBODY)
    with pytest.raises(RecordMissing, match=GONE):
        delete_learner(database, NOBODY)
    with database.read() as session, pytest.raises(RecordMissing, match=GONE):
        export_held(session, NOBODY)


def test_every_table_either_goes_with_a_learner_or_is_about_nobody() -> None:
    """A new table has to be put on one side; one with a learner's rows goes by its foreign keys."""
    gone = {"learner"}
    while True:
        more = {
            table.name
            for table in Base.metadata.sorted_tables
            for key in table.foreign_keys
            if key.ondelete == "CASCADE" and key.column.table.name in gone
        } - gone
        if not more:
            break
        gone |= more
    assert set(Base.metadata.tables) - gone == {
        "shown_question", "lesson", "lesson_question", "lesson_count", "live_lesson", "learner_group", "group_task",
        "setting", "facility",
    }  # fmt: skip
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "learner":
                assert key.ondelete == "CASCADE", table.name


def test_nothing_of_a_deleted_learner_is_in_any_file_and_all_of_the_others_is(database: Database) -> None:
    sam, eve = a_class(database)
    before = files(database)
    assert {text for _, text in found_in(before, HER_TEXTS)} == set(HER_TEXTS)
    assert delete_learner(database, sam.id) == Deleted("Samira Okonkwo", True, ())
    after = files(database)
    assert [path.name for path in after] == ["headset.db", "headset.db-shm", "headset.db-wal"]
    assert found_in(after, (*HER_TEXTS, sam.id.hex, str(sam.id))) == []
    assert {text for _, text in found_in(after, EVES_TEXTS)} == set(EVES_TEXTS)
    assert held(database, eve.id) == Held(1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1)
    database.close()
    assert [path.name for path in files(database)] == ["headset.db"]
    assert found_in([database.path], (*HER_TEXTS, sam.id.hex)) == []


def test_nothing_is_left_where_texts_of_many_lengths_were_written_and_changed(database: Database) -> None:
    """SQLite moves cells about in its pages, and `secure_delete` alone misses what they leave there."""
    sam, eve = a_class(database)
    random = Random(1)
    with database.write() as session:
        run = session.connection().exec_driver_sql
        for turn in range(3000):
            who, owner = random.choice((("Samira", sam.id), ("Eve", eve.id), ("Eve", eve.id)))
            text = f"{who} writes {turn} " + "tea " * random.randrange(1, 400)
            run(
                "INSERT INTO own_words VALUES (?, ?, 'L/601/7638', '1.1', ?, '[]', ?)",
                (f"{random.getrandbits(128):032x}", owner.hex, text, START.isoformat()),
            )
            if turn % 3 == 0:
                changed = random.randrange(1, turn + 2)
                run("UPDATE own_words SET text = text || ' and more' WHERE rowid = ?", (changed,))
    assert len(found_in(files(database), ("Samira writes",))) > 0
    assert delete_learner(database, sam.id).clean
    assert found_in(files(database), ("Samira writes", sam.id.hex)) == []


def test_the_tables_hold_exactly_the_others_afterwards(database: Database) -> None:
    sam, _ = a_class(database)
    delete_learner(database, sam.id)
    assert {table: number(database, table) for table in Base.metadata.tables if number(database, table)} == {
        "learner": 1, "shown_question": 2, "attempt": 1, "attempt_item": 1, "response": 1, "own_words": 1,
        "learner_group": 1, "group_member": 1, "device": 1, "lesson": 1, "lesson_question": 1, "live_lesson": 1,
        "participant": 1, "live_answer": 1, "setting": 1, "learner_sums": 1, "unit_sums": 1, "family_sums": 1,
        "day_sums": 1, "facility": 1,
    }  # fmt: skip
    assert rows(database.path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database.path, "PRAGMA foreign_key_check") == []


def test_a_question_of_a_lesson_stays_and_one_that_nobody_refers_to_goes(database: Database) -> None:
    sam, eve = a_class(database)
    delete_learner(database, sam.id)
    delete_learner(database, eve.id)
    shown = [str(row[0]) for row in rows(database.path, "SELECT content FROM shown_question")]
    assert [question("1.3").stem in content for content in shown] == [True]
    assert rows(database.path, "SELECT lesson_id FROM live_lesson") == [(LESSON.hex,)]


def test_the_tutor_stays_signed_in_on_a_device_that_was_a_learners_too(database: Database) -> None:
    sam, _ = a_class(database)
    device = UUID(str(rows(database.path, f"SELECT id FROM device WHERE learner_id = '{sam.id.hex}'")[0][0]))
    with database.write() as session:
        make_tutor(session=session, device=device, tutor=True)
    delete_learner(database, sam.id)
    assert rows(database.path, f"SELECT learner_id, tutor FROM device WHERE id = '{device.hex}'") == [
        (None, 1)
    ]
    assert "Sammy the Swift" not in {
        row[0] for row in rows(database.path, "SELECT nickname FROM participant")
    }


def test_copies_that_headset_made_lose_the_learner_too_whatever_their_form(
    database: Database, tmp_path: Path
) -> None:
    sam, _ = a_class(database)
    folder = database.path.parent
    oldest = folder / "headset-before-0008-2026-11-20-080000.db"
    shutil.copy(of_form(tmp_path / "old", "0001", sam.id), oldest)
    replaced = folder / "headset-replaced-2026-11-21-080000.db"
    back_up(database, replaced)
    others = folder / "headset-before-0008-2026-11-19-080000.db"
    shutil.copy(of_form(tmp_path / "other", "0006", NOBODY), others)
    untouched = others.read_bytes()
    assert delete_learner(database, sam.id) == Deleted("Samira Okonkwo", True, (oldest, replaced))
    assert found_in([oldest, replaced, database.path], (*HER_TEXTS, sam.id.hex)) == []
    assert rows(oldest, "SELECT count(*) FROM learner") == [(0,)]
    assert rows(replaced, "SELECT name FROM learner") == [("Eve",)]
    assert others.read_bytes() == untouched
    assert [path for path in files(database) if "partial" in path.name] == []


def test_a_copy_that_cannot_be_read_stops_a_deletion_before_it_begins(database: Database) -> None:
    sam, _ = a_class(database)
    copy = database.path.parent / "headset-damaged-2026-11-21-080000.db"
    copy.write_bytes(b"Samira Okonkwo " * 400)
    with pytest.raises(StorageError) as refused:
        delete_learner(database, sam.id)
    assert str(refused.value) == (
        f"The copy {copy} may hold this learner too and cannot be changed (file is not a database). Remove it, "
        "then delete the learner again. Nothing was deleted from the database."
    )
    assert held(database, sam.id).responses == 2
    copy.unlink()
    assert delete_learner(database, sam.id).clean


def test_leftovers_of_a_cut_of_power_go_with_a_deletion(database: Database) -> None:
    sam, _ = a_class(database)
    left = database.path.parent / "headset-partial-x1y2"
    left.mkdir()
    (left / "headset.db").write_bytes(b"Samira Okonkwo")
    (database.path.parent / "headset-partial-z3").write_bytes(b"Samira Okonkwo")
    delete_learner(database, sam.id)
    assert found_in(files(database), HER_TEXTS) == []
    assert not left.exists()


def test_what_a_reader_holds_up_is_overwritten_at_the_next_opening(database: Database) -> None:
    sam, _ = a_class(database)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM learner").fetchone()
        assert delete_learner(database, sam.id, wait=0.2) == Deleted("Samira Okonkwo", False, ())
        assert names(database) == ["Eve"]  # the rows are gone for everybody who looks now
        assert found_in(files(database), ("Samira Okonkwo",)) != []
        reader.execute("COMMIT")
    again = open_database(database.path.parent)
    assert found_in(files(again), (*HER_TEXTS, sam.id.hex)) == []
    assert rows(again.path, "SELECT key FROM setting") == [("running-sums",)]
    assert names(again) == ["Eve"]
    again.close()


def test_a_deletion_waits_for_a_writer_and_deletes_nothing_when_it_has_to_give_up(database: Database) -> None:
    sam, _ = a_class(database)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="database is locked"):
            delete_learner(database, sam.id, wait=0.1)
        assert names(database) == ["Eve", "Samira Okonkwo"]
        writer.execute("COMMIT")


def test_others_go_on_answering_during_a_deletion_and_lose_nothing(database: Database) -> None:
    sam, eve = a_class(database)
    stop = threading.Event()
    stored: list[str] = []

    def write() -> None:
        while not stop.is_set():
            text = f"Eve's thought {uuid4()}"
            with database.write() as session:
                session.connection().exec_driver_sql(
                    "INSERT INTO own_words VALUES (?, ?, 'L/601/7638', '1.1', ?, '[]', ?)",
                    (uuid4().hex, eve.id.hex, text, at(9).isoformat()),
                )
            stored.append(text)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        deleted = delete_learner(database, sam.id)
    finally:
        stop.set()
        thread.join()
    assert deleted.name == "Samira Okonkwo"
    kept = {row[0] for row in rows(database.path, "SELECT text FROM own_words")}
    assert kept == {"Eve says milk first", *stored}
    database.close()
    reopened = open_database(database.path.parent)
    assert found_in(files(reopened), HER_TEXTS) == []
    reopened.close()


def test_a_file_keeps_its_rights_when_a_copy_is_cleaned(database: Database) -> None:
    sam, _ = a_class(database)
    copy = database.path.parent / "headset-replaced-2026-11-21-080000.db"
    os.chmod(database.path, 0o640)
    back_up(database, copy)
    assert copy.stat().st_mode & 0o777 == 0o640
    delete_learner(database, sam.id)
    assert copy.stat().st_mode & 0o777 == 0o640


def test_everything_that_goes_with_a_learner_is_in_their_export(database: Database) -> None:
    sam, eve = a_class(database)
    with database.read() as session:
        found = export_held(session, sam.id)
        hers = export_held(session, eve.id)
    assert found["last_used_at"] == "2026-11-22T09:00:00Z"
    assert [(row["reason"], row["text"], row["question_id"]) for row in found["question_reports"]] == [
        ("more than one answer is right", "The kettle question has two keys", "L6017638-1.2-01")
    ]
    assert [
        (row["title"], row["nickname"], row["answers"][0]["fraction"]) for row in found["live_lessons"]
    ] == [("Tea", "Sammy the Swift", 1.0)]
    assert [row["name"] for row in found["groups"]] == ["Tuesday tea"]
    assert [(row["text"], row["group"]) for row in found["tutor_comments"]] == [
        ("Well put about the pot", "Tuesday tea")
    ]
    assert [sorted(row) for row in found["devices"]] == [["id", "made_at", "tutor"]]
    assert found["return_codes"] == [{"until": "2026-11-22T09:38:00Z"}]
    assert [row["nickname"] for row in hers["live_lessons"]] == ["Quick Eve"]
    assert (hers["question_reports"], hers["tutor_comments"], hers["return_codes"]) == ([], [], [])


def test_log_and_export_together_hold_every_table_of_a_learner() -> None:
    """What the log names is held by `test_transfer`; the rest is under `here`."""
    in_the_log = {
        "learner", "attempt", "attempt_item", "response", "attempt_event", "own_words", "plan", "portfolio_status",
        "evidence_item", "evidence_link", "evidence_count",
    }  # fmt: skip
    under_here = {
        "question_report", "participant", "live_answer", "group_member", "tutor_comment", "device", "return_code",
    }  # fmt: skip
    made_from_the_log = {
        "learner_sums", "unit_sums", "family_sums", "day_sums", "past_states", "facility",
    }  # fmt: skip
    about_nobody = {
        "shown_question", "lesson", "lesson_question", "lesson_count", "live_lesson", "learner_group", "group_task",
        "setting",
    }  # fmt: skip
    assert set(Base.metadata.tables) == in_the_log | under_here | made_from_the_log | about_nobody
    assert len(Log.model_fields) == 11
