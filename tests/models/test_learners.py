"""Learners on a machine: their names, their settings, who used it last."""

from __future__ import annotations

from uuid import UUID

import pytest
from literal_attempts import START, at

from models import (
    Database,
    Learner,
    RecordMissing,
    create_learner,
    note_use,
    save_settings,
    select_learners,
    select_optional_learner,
)

NOBODY = UUID("99999999-9999-4999-8999-999999999999")


def test_a_learner_is_stored_with_the_spaces_of_the_name_put_right(database: Database) -> None:
    with database.write() as session:
        stored = create_learner(session=session, name="  Sam \t  Smith ", now=START)
    with database.read() as session:
        assert select_optional_learner(session=session, learner_id=stored.id) == stored
    assert (stored.name, stored.created_at, stored.settings) == ("Sam Smith", START, {})


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Type a name first."),
        (" \n\t ", "Type a name first."),
        ("x" * 61, "That name is 61 characters long; 60 is the most."),
        ("Sam", "“Sam” is already on this computer. Choose that name in the list, or add an initial."),
        ("  sAM", "“sAM” is already on this computer. Choose that name in the list, or add an initial."),
    ],
)
def test_a_name_that_is_blank_too_long_or_taken_is_refused(
    database: Database, learner: Learner, name: str, message: str
) -> None:
    with pytest.raises(ValueError, match=".") as refused, database.write() as session:
        create_learner(session=session, name=name, now=START)
    assert str(refused.value) == message
    with database.read() as session:
        assert select_learners(session=session) == [learner]


def test_letters_that_only_differ_in_case_are_the_same_name_beyond_english_too(database: Database) -> None:
    with database.write() as session:
        create_learner(session=session, name="Zoë Strauß", now=START)
    with pytest.raises(ValueError, match="already on this computer"), database.write() as session:
        create_learner(session=session, name="ZOË STRAUSS", now=START)


def test_a_name_of_60_characters_is_taken(database: Database) -> None:
    with database.write() as session:
        assert create_learner(session=session, name="x" * 60, now=START).name == "x" * 60


def test_who_used_the_machine_last_comes_first(database: Database) -> None:
    with database.write() as session:
        ids = {
            name: create_learner(session=session, name=name, now=at(minute)).id
            for minute, name in enumerate(("Ann", "Bob", "Cat"))
        }
    with database.write() as session:
        note_use(session=session, learner_id=ids["Ann"], now=at(9))
    with database.read() as session:
        assert [learner.name for learner in select_learners(session=session)] == ["Ann", "Cat", "Bob"]


def test_settings_are_kept_and_only_those_given_are_replaced(database: Database, learner: Learner) -> None:
    for settings in ({"extra": 25, "keys": True}, {"keys": False}):
        with database.write() as session:
            save_settings(session=session, learner_id=learner.id, settings=settings)
    with database.read() as session:
        found = select_optional_learner(session=session, learner_id=learner.id)
    assert found == Learner(learner.id, "Sam", START, {"extra": 25, "keys": False})


def test_a_learner_who_is_not_there_is_none_or_named_as_missing(database: Database) -> None:
    with database.read() as session:
        assert select_optional_learner(session=session, learner_id=NOBODY) is None
    message = r"^This learner is not here any more\. Choose a name again\.$"
    with pytest.raises(RecordMissing, match=message), database.write() as session:
        note_use(session=session, learner_id=NOBODY, now=START)
    with pytest.raises(RecordMissing, match=message), database.write() as session:
        save_settings(session=session, learner_id=NOBODY, settings={})
