"""Tasks as stored: set once, withdrawn, and which of them stand for a learner."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import pytest
from literal_attempts import START, at

from models import (
    Database,
    Learner,
    RecordMissing,
    add_member,
    archive_group,
    create_group,
    remove_member,
    restore_group,
    save_task,
    select_tasks,
    select_tasks_for,
    withdraw_task,
)
from quiz.classes import Group, Task

UNIT = "L/601/7638"
FIRST, SECOND = (
    UUID("44444444-4444-4444-8444-444444444444"),
    UUID("55555555-5555-4555-8555-555555555555"),
)


@pytest.fixture
def group(database: Database, learner: Learner) -> Group:
    """Return a group with Sam in it."""
    with database.write() as session:
        made = create_group(
            session=session, name="Tuesday", qualification=None, units=None, random=Random(1), now=START
        )
        add_member(session=session, group_id=made.id, learner=learner.id, now=START)
    return made


def task(group: Group, task_id: UUID = FIRST, **changes: Any) -> Task:
    stated: dict[str, Any] = {
        "title": "Unit 203, outcome 1",
        "unit": UNIT,
        "codes": ("1.2", "1.10"),
        "questions": 20,
        "due": date(2026, 11, 27),
        "set_at": at(1),
    }
    return Task(task_id, group.id, **{**stated, **changes})


def save(database: Database, *tasks: Task) -> None:
    for one in tasks:
        with database.write() as session:
            save_task(session=session, task=one)


def of_group(database: Database, group: Group) -> list[Task]:
    with database.read() as session:
        return select_tasks(session=session, group_id=group.id)


def of_learner(database: Database, learner: Learner) -> list[tuple[str, str]]:
    with database.read() as session:
        found = select_tasks_for(session=session, learner=learner.id)
    return [(entry.task.title, entry.group.title) for entry in found]


def test_a_task_is_read_as_it_was_set(database: Database, group: Group) -> None:
    save(database, task(group))
    assert of_group(database, group) == [task(group)]


def test_a_task_sent_twice_is_stored_once(database: Database, group: Group) -> None:
    save(database, task(group), task(group, title="Again", set_at=at(2)))
    assert of_group(database, group) == [task(group)]


def test_the_tasks_of_a_group_come_newest_first_and_withdrawn_ones_stay(
    database: Database, group: Group
) -> None:
    newer = task(group, SECOND, title="Newer", set_at=at(2))
    save(database, task(group), newer)
    for minute in (5, 6):
        with database.write() as session:
            withdraw_task(session=session, task_id=FIRST, now=at(minute))
    assert of_group(database, group) == [newer, task(group, withdrawn_at=at(5))]


def test_the_task_due_first_comes_first_for_its_learner(
    database: Database, group: Group, learner: Learner
) -> None:
    save(database, task(group, title="Later"), task(group, SECOND, title="Sooner", due=date(2026, 11, 24)))
    assert of_learner(database, learner) == [("Sooner", "Tuesday"), ("Later", "Tuesday")]


def test_a_task_stands_only_while_it_is_not_withdrawn(
    database: Database, group: Group, learner: Learner
) -> None:
    save(database, task(group), task(group, SECOND, title="Other"))
    with database.write() as session:
        withdraw_task(session=session, task_id=FIRST, now=at(5))
    assert of_learner(database, learner) == [("Other", "Tuesday")]


def test_a_task_stands_for_those_who_are_in_the_group(
    database: Database, group: Group, learner: Learner
) -> None:
    save(database, task(group))
    with database.write() as session:
        remove_member(session=session, group_id=group.id, learner=learner.id, now=at(2))
    assert of_learner(database, learner) == []


def test_the_tasks_of_an_archived_group_rest_until_it_is_brought_back(
    database: Database, group: Group, learner: Learner
) -> None:
    save(database, task(group))
    with database.write() as session:
        archive_group(session=session, group_id=group.id, now=at(2))
    assert of_learner(database, learner) == []
    assert of_group(database, group) == [task(group)]
    with database.write() as session:
        restore_group(session=session, group_id=group.id)
    assert of_learner(database, learner) == [("Unit 203, outcome 1", "Tuesday")]


def test_the_tasks_of_other_groups_are_not_among_them(
    database: Database, group: Group, learner: Learner
) -> None:
    with database.write() as session:
        other = create_group(
            session=session,
            name="Demo",
            qualification=None,
            units=None,
            random=Random(2),
            now=START,
            demo=True,
        )
    save(database, task(other))
    assert of_learner(database, learner) == []
    with database.write() as session:
        add_member(session=session, group_id=other.id, learner=learner.id, now=START)
    assert of_learner(database, learner) == [("Unit 203, outcome 1", "Demo (demo)")]
    assert of_group(database, group) == []


def test_a_task_needs_its_group_and_withdrawing_needs_the_task(database: Database, group: Group) -> None:
    lost = Group(SECOND, "Lost", None, None, "CDFGHJ", START)
    with pytest.raises(RecordMissing, match=r"^This group is not here any more\. "):
        save(database, task(lost))
    with (
        pytest.raises(
            RecordMissing, match=r"^This task is not here any more\. Look at the tasks of the group again\.$"
        ),
        database.write() as session,
    ):
        withdraw_task(session=session, task_id=FIRST, now=at(1))
    assert of_group(database, group) == []
