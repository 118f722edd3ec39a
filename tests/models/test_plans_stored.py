"""Plans as stored: one for each learner and qualification, the newest choice in place of the one before."""

from __future__ import annotations

import json
from collections.abc import Collection
from uuid import UUID

import pytest
from literal_attempts import START, at
from sqlalchemy.exc import IntegrityError

from models import Database, Learner, create_learner, open_database, save_plan, select_optional_plan

NOBODY = UUID("99999999-9999-4999-8999-999999999999")


def save(
    database: Database,
    learner: Learner,
    units: Collection[str],
    qualification: str = "btec2-cco",
    minute: float = 1,
) -> None:
    with database.write() as session:
        save_plan(
            session=session, learner=learner.id, qualification=qualification, units=units, now=at(minute)
        )


def plan(database: Database, learner: Learner, qualification: str = "btec2-cco") -> frozenset[str] | None:
    with database.read() as session:
        return select_optional_plan(session=session, learner=learner.id, qualification=qualification)


def rows(database: Database) -> list[tuple[str, list[str], str]]:
    with database.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT qualification, units, saved_at FROM plan ORDER BY qualification, saved_at"
        )
        return [(row[0], json.loads(row[1]), row[2]) for row in found]


@pytest.fixture
def sue(database: Database) -> Learner:
    with database.write() as session:
        return create_learner(session=session, name="Sue", now=START)


def test_a_learner_without_a_plan_has_none(database: Database, learner: Learner) -> None:
    assert plan(database, learner) is None


def test_a_plan_is_the_units_that_were_chosen(database: Database, learner: Learner) -> None:
    save(database, learner, ["Y/503/0365", "L/503/0377"])
    assert plan(database, learner) == frozenset({"L/503/0377", "Y/503/0365"})


def test_a_plan_of_no_units_is_a_plan(database: Database, learner: Learner) -> None:
    save(database, learner, [])
    assert plan(database, learner) == frozenset()


def test_a_new_choice_takes_the_place_of_the_one_before(database: Database, learner: Learner) -> None:
    save(database, learner, ["Y/503/0365", "L/503/0377"], minute=1)
    save(database, learner, {"M/503/0386", "L/503/0377"}, minute=2)
    assert plan(database, learner) == frozenset({"L/503/0377", "M/503/0386"})
    assert rows(database) == [
        ("btec2-cco", ["L/503/0377", "M/503/0386"], "2026-11-22T09:02:00.000000+00:00"),
    ]


def test_a_plan_saved_twice_in_one_transaction_is_one_plan(database: Database, learner: Learner) -> None:
    with database.write() as session:
        for units in (["A"], ["B"]):
            save_plan(session=session, learner=learner.id, qualification="x", units=units, now=START)
    assert rows(database) == [("x", ["B"], "2026-11-22T09:00:00.000000+00:00")]


def test_each_qualification_has_a_plan_of_its_own(database: Database, learner: Learner) -> None:
    save(database, learner, ["Y/503/0365"], "btec2-cco")
    save(database, learner, ["J/503/0362"], "nvq2-cco")
    save(database, learner, ["K/503/0385"], "nvq2-cco")
    assert plan(database, learner, "btec2-cco") == frozenset({"Y/503/0365"})
    assert plan(database, learner, "nvq2-cco") == frozenset({"K/503/0385"})
    assert plan(database, learner, "nvq3-cco") is None


def test_plans_of_other_learners_are_untouched(database: Database, learner: Learner, sue: Learner) -> None:
    save(database, learner, ["Y/503/0365"])
    assert plan(database, sue) is None
    save(database, sue, ["L/503/0377"])
    save(database, learner, [])
    assert plan(database, sue) == frozenset({"L/503/0377"})
    assert plan(database, learner) == frozenset()


def test_the_database_holds_one_plan_a_learner_and_qualification(
    database: Database, learner: Learner
) -> None:
    save(database, learner, ["Y/503/0365"])
    with pytest.raises(IntegrityError), database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO plan SELECT '00000000000000000000000000000001', learner_id, qualification, '[]', saved_at FROM plan"
        )
    assert plan(database, learner) == frozenset({"Y/503/0365"})


def test_a_plan_needs_a_learner(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        save_plan(session=session, learner=NOBODY, qualification="btec2-cco", units=[], now=START)
    assert rows(database) == []


def test_a_learner_who_is_removed_takes_their_plans_along(
    database: Database, learner: Learner, sue: Learner
) -> None:
    for qualification in ("btec2-cco", "nvq2-cco"):
        save(database, learner, ["Y/503/0365"], qualification)
    save(database, sue, ["L/503/0377"])
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM learner WHERE id = ?", (learner.id.hex,))
    assert plan(database, sue) == frozenset({"L/503/0377"})
    assert [(name, units) for name, units, _ in rows(database)] == [("btec2-cco", ["L/503/0377"])]


def test_a_plan_is_still_there_when_the_database_is_opened_again(
    database: Database, learner: Learner
) -> None:
    save(database, learner, ["Y/503/0365"])
    database.close()
    again = open_database(database.path.parent)
    try:
        assert plan(again, learner) == frozenset({"Y/503/0365"})
    finally:
        again.close()
