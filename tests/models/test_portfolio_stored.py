"""The portfolio as stored: evidence and its links, standings with their history, counts, types; the older form."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.config import Config
from literal_attempts import START, at
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

import models
from models import (
    Database,
    Learner,
    OwnWords,
    RecordMissing,
    create_learner,
    delete_item,
    open_database,
    save_count,
    save_evidence_types,
    save_item,
    save_own_words,
    save_plan,
    save_status,
    select_evidence_types,
    select_learners,
    select_optional_own_words,
    select_optional_plan,
    select_portfolio,
)
from models.database import HEAD
from quiz.portfolio import (
    DEFAULT_TYPES,
    EvidenceItem,
    EvidenceType,
    Portfolio,
    Standing,
    Status,
    own_words_draft,
)
from quiz.syllabus import CriterionRef

TEA, CUPS, KITCHEN = (
    CriterionRef("L/601/7638", "1.1"),
    CriterionRef("L/601/7638", "1.2"),
    CriterionRef("T/503/0342", "2.1"),
)
ITEM = UUID("44444444-4444-4444-8444-444444444444")
OTHER_ITEM = UUID("55555555-5555-4555-8555-555555555555")
CONFIRMED = Status(Standing.CONFIRMED, "Pat Lee", date(2026, 11, 1))
BELONGS = r"^This piece of evidence belongs to another learner\.$"


@pytest.fixture
def sue(database: Database) -> Learner:
    with database.write() as session:
        return create_learner(session=session, name="Sue", now=START)


def item(item_id: UUID = ITEM, **changes: Any) -> EvidenceItem:
    stated = {
        "title": "Email – to a customer",
        "type": "P",
        "reference": "A7",
        "kept_where": "Blue folder",
        "dated": date(2026, 11, 1),
        "note": "First line.\nSecond line.",
        "refs": (TEA, KITCHEN),
        "draft": False,
    }
    return EvidenceItem(item_id, **{**stated, **changes})


def keep(database: Database, learner: Learner, kept: EvidenceItem, minute: float = 1) -> None:
    with database.write() as session:
        save_item(session=session, learner=learner.id, item=kept, now=at(minute))


def remove(database: Database, learner: Learner, item_id: UUID = ITEM) -> None:
    with database.write() as session:
        delete_item(session=session, learner=learner.id, item_id=item_id)


def stand(
    database: Database, learner: Learner, status: Status, minute: float, ref: CriterionRef = TEA
) -> None:
    with database.write() as session:
        save_status(session=session, learner=learner.id, ref=ref, status=status, now=at(minute))


def counted(
    database: Database, learner: Learner, count: int, name: str = "methods", ref: CriterionRef = TEA
) -> None:
    with database.write() as session:
        save_count(session=session, learner=learner.id, ref=ref, name=name, count=count)


def portfolio(database: Database, learner: Learner) -> Portfolio:
    with database.read() as session:
        return select_portfolio(session=session, learner=learner.id)


def types(database: Database) -> tuple[EvidenceType, ...]:
    with database.read() as session:
        return select_evidence_types(session=session)


def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    with database.read() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(statement)]


def links(database: Database) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT unit, criterion FROM evidence_link ORDER BY unit, criterion")


def test_a_new_portfolio_is_empty(database: Database, learner: Learner) -> None:
    assert portfolio(database, learner) == Portfolio({}, (), {})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"draft": True},
        {"dated": None, "reference": "", "kept_where": "", "note": ""},
        {"refs": tuple(CriterionRef("L/601/7638", code) for code in ("1.9", "1.10", "2.1"))},
    ],
)
def test_a_piece_of_evidence_comes_back_as_it_was_kept(
    database: Database, learner: Learner, changes: dict[str, Any]
) -> None:
    keep(database, learner, item(**changes))
    assert portfolio(database, learner) == Portfolio({}, (item(**changes),), {})


def test_pieces_stand_in_the_order_in_which_they_were_entered(database: Database, learner: Learner) -> None:
    keep(database, learner, item(OTHER_ITEM, title="B"), minute=1)
    keep(database, learner, item(ITEM, title="A"), minute=2)
    keep(database, learner, item(OTHER_ITEM, title="B, mended"), minute=3)
    assert [entry.title for entry in portfolio(database, learner).items] == ["B, mended", "A"]


def test_a_changed_piece_takes_the_place_of_what_it_was(database: Database, learner: Learner) -> None:
    keep(database, learner, item(draft=True), minute=1)
    changed = item(
        title="Letter", type="WT", reference="B1", kept_where="Shelf", dated=None, note="", refs=(CUPS,)
    )
    keep(database, learner, changed, minute=2)
    assert portfolio(database, learner).items == (changed,)
    assert rows(database, "SELECT created_at, changed_at FROM evidence_item") == [
        ("2026-11-22T09:01:00.000000+00:00", "2026-11-22T09:02:00.000000+00:00")
    ]


def test_links_are_added_and_taken_away_as_the_criteria_of_a_piece_change(
    database: Database, learner: Learner
) -> None:
    keep(database, learner, item(refs=(TEA,)))
    assert links(database) == [("L/601/7638", "1.1")]
    keep(database, learner, item(refs=(TEA, CUPS, KITCHEN)))
    assert links(database) == [("L/601/7638", "1.1"), ("L/601/7638", "1.2"), ("T/503/0342", "2.1")]
    keep(database, learner, item(refs=(CUPS,)))
    assert links(database) == [("L/601/7638", "1.2")]
    assert portfolio(database, learner).items_for(TEA) == ()
    assert portfolio(database, learner).items_for(CUPS) == (item(refs=(CUPS,)),)


def test_a_link_that_stays_is_not_written_anew(database: Database, learner: Learner) -> None:
    keep(database, learner, item(refs=(TEA, KITCHEN)))
    before = rows(database, "SELECT id FROM evidence_link WHERE unit = 'L/601/7638'")
    keep(database, learner, item(refs=(TEA, CUPS)))
    assert rows(database, "SELECT id FROM evidence_link WHERE criterion = '1.1'") == before


def test_links_of_other_pieces_stay(database: Database, learner: Learner) -> None:
    keep(database, learner, item(OTHER_ITEM, refs=(TEA, CUPS)), minute=1)
    keep(database, learner, item(ITEM, refs=(TEA, CUPS)), minute=2)
    keep(database, learner, item(ITEM, refs=(KITCHEN,)), minute=3)
    assert [entry.refs for entry in portfolio(database, learner).items] == [(TEA, CUPS), (KITCHEN,)]


def test_an_own_words_draft_saved_again_is_still_one_piece(database: Database, learner: Learner) -> None:
    for text, minute in (("We boil water.", 1), ("We boil fresh water.", 2)):
        draft = own_words_draft(learner.id, TEA, "Describe tea", text, date(2026, 11, 22))
        keep(database, learner, draft, minute)
    assert portfolio(database, learner).items == (draft,)
    assert draft.note == "We boil fresh water."


def test_a_piece_of_another_learner_is_neither_changed_nor_removed(
    database: Database, learner: Learner, sue: Learner
) -> None:
    keep(database, learner, item())
    with pytest.raises(RecordMissing, match=BELONGS):
        keep(database, sue, item(title="Mine now", refs=(CUPS,)))
    with pytest.raises(RecordMissing, match=BELONGS):
        remove(database, sue)
    assert portfolio(database, learner).items == (item(),)
    assert portfolio(database, sue) == Portfolio({}, (), {})


def test_a_removed_piece_takes_its_links_along_and_leaves_the_others(
    database: Database, learner: Learner
) -> None:
    keep(database, learner, item(ITEM), minute=1)
    keep(database, learner, item(OTHER_ITEM, refs=(CUPS,)), minute=2)
    remove(database, learner, ITEM)
    assert portfolio(database, learner).items == (item(OTHER_ITEM, refs=(CUPS,)),)
    assert links(database) == [("L/601/7638", "1.2")]


def test_removing_a_piece_that_is_gone_already_is_no_fault(database: Database, learner: Learner) -> None:
    keep(database, learner, item())
    remove(database, learner)
    remove(database, learner)
    assert portfolio(database, learner).items == ()


def test_the_latest_standing_counts_and_those_before_it_are_kept(
    database: Database, learner: Learner
) -> None:
    for minute, status in enumerate(
        (Status(Standing.GATHERING), Status(Standing.READY), CONFIRMED, Status(Standing.READY)), 1
    ):
        stand(database, learner, status, minute)
        assert portfolio(database, learner).statuses == {TEA: status}
    assert rows(database, "SELECT status, assessor, confirmed_on FROM portfolio_status ORDER BY set_at") == [
        ("gathering", None, None),
        ("ready for the assessor", None, None),
        ("confirmed by the assessor", "Pat Lee", "2026-11-01"),
        ("ready for the assessor", None, None),
    ]


def test_a_standing_set_after_the_clock_was_set_back_is_the_latest(
    database: Database, learner: Learner
) -> None:
    stand(database, learner, CONFIRMED, minute=9)
    stand(database, learner, Status(Standing.GATHERING), minute=3)
    assert portfolio(database, learner).statuses == {TEA: Status(Standing.GATHERING)}
    assert rows(database, "SELECT status, substr(set_at, 12, 15) FROM portfolio_status ORDER BY set_at") == [
        ("confirmed by the assessor", "09:09:00.000000"),
        ("gathering", "09:09:00.000001"),
    ]


def test_the_standing_that_a_criterion_has_is_not_stored_again(database: Database, learner: Learner) -> None:
    for minute in (1, 2):
        stand(database, learner, CONFIRMED, minute)
    assert rows(database, "SELECT count(*) FROM portfolio_status") == [(1,)]


def test_a_standing_set_back_to_nothing_is_kept_and_evidence_shows_again(
    database: Database, learner: Learner
) -> None:
    keep(database, learner, item())
    stand(database, learner, CONFIRMED, minute=1)
    assert portfolio(database, learner).status(TEA).words == "confirmed by Pat Lee on 1 November 2026"
    stand(database, learner, Status(Standing.NOTHING), minute=2)
    assert portfolio(database, learner).status(TEA) == Status(Standing.GATHERING)
    assert rows(database, "SELECT count(*) FROM portfolio_status") == [(2,)]


def test_each_criterion_has_a_standing_of_its_own(database: Database, learner: Learner) -> None:
    stand(database, learner, CONFIRMED, 1, TEA)
    stand(database, learner, Status(Standing.READY), 2, KITCHEN)
    assert portfolio(database, learner).statuses == {TEA: CONFIRMED, KITCHEN: Status(Standing.READY)}
    assert portfolio(database, learner).status(CriterionRef("T/503/0342", "1.1")) == Status(Standing.NOTHING)


def test_removing_evidence_leaves_the_standing(database: Database, learner: Learner) -> None:
    keep(database, learner, item())
    stand(database, learner, CONFIRMED, 1)
    remove(database, learner)
    assert portfolio(database, learner) == Portfolio({TEA: CONFIRMED}, (), {})


def test_a_count_is_kept_and_replaced_for_each_requirement(database: Database, learner: Learner) -> None:
    counted(database, learner, 1)
    counted(database, learner, 4, name="examples")
    counted(database, learner, 7, ref=CriterionRef("T/503/0342", "1.1"))
    counted(database, learner, 9, ref=CUPS)
    counted(database, learner, 0)
    assert portfolio(database, learner).counts == {
        (TEA, "methods"): 0,
        (TEA, "examples"): 4,
        (CriterionRef("T/503/0342", "1.1"), "methods"): 7,
        (CUPS, "methods"): 9,
    }
    assert rows(database, "SELECT count(*) FROM evidence_count") == [(4,)]


def test_portfolios_of_two_learners_stay_apart(database: Database, learner: Learner, sue: Learner) -> None:
    keep(database, learner, item(ITEM), minute=1)
    stand(database, learner, CONFIRMED, 1)
    counted(database, learner, 3)
    assert portfolio(database, sue) == Portfolio({}, (), {})
    keep(database, sue, item(OTHER_ITEM, title="Sue's", refs=(TEA,)), minute=2)
    stand(database, sue, Status(Standing.GATHERING), 2)
    counted(database, sue, 1)
    assert portfolio(database, learner) == Portfolio({TEA: CONFIRMED}, (item(),), {(TEA, "methods"): 3})
    assert portfolio(database, sue) == Portfolio(
        {TEA: Status(Standing.GATHERING)},
        (item(OTHER_ITEM, title="Sue's", refs=(TEA,)),),
        {(TEA, "methods"): 1},
    )


def test_a_learner_who_is_removed_takes_the_whole_portfolio_along(
    database: Database, learner: Learner, sue: Learner
) -> None:
    for owner, item_id in ((learner, ITEM), (sue, OTHER_ITEM)):
        keep(database, owner, item(item_id))
        stand(database, owner, CONFIRMED, 1)
        counted(database, owner, 3)
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM learner WHERE id = ?", (learner.id.hex,))
    for table, left in (
        ("evidence_item", 1),
        ("evidence_link", 2),
        ("portfolio_status", 1),
        ("evidence_count", 1),
    ):
        assert rows(database, f"SELECT count(*) FROM {table}") == [(left,)]
    assert portfolio(database, sue) == Portfolio({TEA: CONFIRMED}, (item(OTHER_ITEM),), {(TEA, "methods"): 3})


@pytest.mark.parametrize("table", ["evidence_link", "evidence_count"])
def test_the_database_holds_a_link_and_a_count_once(database: Database, learner: Learner, table: str) -> None:
    keep(database, learner, item(refs=(TEA,)))
    counted(database, learner, 3)
    columns = {"evidence_link": "item_id, unit, criterion", "evidence_count": "learner_id, unit, criterion, name, count"}  # fmt: skip
    with pytest.raises(IntegrityError), database.write() as session:
        session.connection().exec_driver_sql(
            f"INSERT INTO {table} (id, {columns[table]}) "
            f"SELECT '00000000000000000000000000000001', {columns[table]} FROM {table}"
        )
    assert rows(database, f"SELECT count(*) FROM {table}") == [(1,)]


def test_the_types_of_evidence_are_those_of_the_specification_until_they_are_changed(
    database: Database,
) -> None:
    assert types(database) == DEFAULT_TYPES
    first = (EvidenceType("WP", "a work product – café"), EvidenceType("Q&A", "asked"))
    second = (EvidenceType("O", "watched"),)
    for saved in (first, second):
        with database.write() as session:
            save_evidence_types(session=session, types=saved)
        assert types(database) == saved
    assert rows(database, "SELECT key, value FROM setting WHERE key <> 'running-sums'") == [
        ("evidence_types", '[["O", "watched"]]')
    ]


def test_a_piece_keeps_its_type_when_the_list_no_longer_has_it(database: Database, learner: Learner) -> None:
    keep(database, learner, item(type="P"))
    with database.write() as session:
        save_evidence_types(session=session, types=(EvidenceType("O", "watched"),))
    assert portfolio(database, learner).items == (item(type="P"),)


SAM = UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture
def of_form_0001(tmp_path: Path) -> Path:
    """Return the folder of a database in its first form, with Sam, an answer in own words and a setting."""
    folder = tmp_path / "older"
    folder.mkdir()
    config = Config()
    config.set_main_option("script_location", str(Path(models.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{folder / 'headset.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    connection = sqlite3.connect(folder / "headset.db")
    with connection:
        connection.execute(
            "INSERT INTO learner VALUES (?, 'Sam', '2026-11-22T09:00:00.000000+00:00', "
            "'2026-11-22T09:05:00.000000+00:00', '{\"extra\": 25}')",
            (SAM.hex,),
        )
        connection.execute(
            "INSERT INTO own_words VALUES ('22222222222242228222222222222222', ?, 'L/601/7638', '1.1', "
            "'We boil fresh water – café style.', '[0, 2]', '2026-11-22T09:03:00.000000+00:00')",
            (SAM.hex,),
        )
    connection.close()
    return folder


@pytest.fixture
def migrated(of_form_0001: Path) -> Iterator[Database]:
    """Return that database, opened by this version."""
    opened = open_database(of_form_0001)
    yield opened
    opened.close()


def test_the_first_form_has_no_plan_and_no_portfolio(of_form_0001: Path) -> None:
    connection = sqlite3.connect(of_form_0001 / "headset.db")
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    version = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    assert version == [("0001",)]
    assert "own_words" in names
    assert names.isdisjoint({"plan", "portfolio_status", "evidence_item", "evidence_link", "evidence_count"})


def test_a_database_of_the_first_form_keeps_its_rows_when_it_is_opened(migrated: Database) -> None:
    assert rows(migrated, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    with migrated.read() as session:
        assert select_learners(session=session) == [Learner(SAM, "Sam", START, {"extra": 25})]
        assert select_optional_own_words(session=session, learner=SAM, ref=TEA) == OwnWords(
            "We boil fresh water – café style.", frozenset({0, 2}), at(3)
        )
    assert rows(migrated, "SELECT * FROM own_words") == [
        (
            "22222222222242228222222222222222",
            SAM.hex,
            "L/601/7638",
            "1.1",
            "We boil fresh water – café style.",
            "[0, 2]",
            "2026-11-22T09:03:00.000000+00:00",
        )
    ]


def test_a_migrated_database_takes_a_plan_a_portfolio_and_more_answers(migrated: Database) -> None:
    sam = Learner(SAM, "Sam", START, {})
    assert portfolio(migrated, sam) == Portfolio({}, (), {})
    assert types(migrated) == DEFAULT_TYPES
    keep(migrated, sam, item())
    stand(migrated, sam, CONFIRMED, 1)
    counted(migrated, sam, 2)
    with migrated.write() as session:
        save_plan(session=session, learner=SAM, qualification="btec2-cco", units=["Y/503/0365"], now=START)
        save_own_words(session=session, learner=SAM, ref=TEA, text="Later.", points=set(), now=at(9))
    assert portfolio(migrated, sam) == Portfolio({TEA: CONFIRMED}, (item(),), {(TEA, "methods"): 2})
    with migrated.read() as session:
        assert select_optional_plan(session=session, learner=SAM, qualification="btec2-cco") == frozenset(
            {"Y/503/0365"}
        )
    assert rows(migrated, "SELECT text FROM own_words ORDER BY saved_at") == [
        ("We boil fresh water – café style.",),
        ("Later.",),
    ]


def test_a_migrated_database_has_the_same_tables_and_indexes_as_a_new_one(
    migrated: Database, database: Database
) -> None:
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    assert rows(migrated, schema) == rows(database, schema)


def test_a_database_is_migrated_once(of_form_0001: Path) -> None:
    for _ in range(2):
        opened = open_database(of_form_0001)
        assert rows(opened, "SELECT count(*) FROM learner") == [(1,)]
        assert rows(opened, "SELECT version_num FROM alembic_version") == [(HEAD,)]
        opened.close()
