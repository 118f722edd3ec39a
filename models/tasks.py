"""Tasks set for groups, as stored; what was done of them is read from the answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.groups import select_optional_group
from models.tables import GroupMemberRow, GroupRow, GroupTaskRow
from quiz.classes import Group, Task
from quiz.wording import gone


@dataclass(frozen=True)
class TaskFor:
    """A task as its learner sees it, with the group it was set for."""

    task: Task
    group: Group


def save_task(*, session: Session, task: Task) -> None:
    """Store a new task; sent again under the same id (a double click) it is stored once.

    Raises:
        RecordMissing: the group is gone.
    """
    if session.get(GroupTaskRow, task.id) is not None:
        return
    if select_optional_group(session=session, group_id=task.group) is None:
        raise RecordMissing(gone("group", "Choose one under Groups."))
    session.add(
        GroupTaskRow(
            id=task.id,
            group_id=task.group,
            title=task.title,
            unit=task.unit,
            codes=json.dumps(task.codes),
            questions=task.questions,
            due=task.due.isoformat(),
            set_at=task.set_at,
            withdrawn_at=task.withdrawn_at,
        )
    )


def withdraw_task(*, session: Session, task_id: UUID, now: datetime) -> None:
    """Store that a task no longer stands; it is kept, and nobody's answers change.

    Raises:
        RecordMissing: the task is gone.
    """
    row = session.get(GroupTaskRow, task_id)
    if row is None:
        raise RecordMissing(gone("task", "Look at the tasks of the group again."))
    row.withdrawn_at = row.withdrawn_at or now
    session.add(row)


def select_tasks(*, session: Session, group_id: UUID) -> list[Task]:
    """Return every task set for a group, withdrawn ones included, the newest first."""
    statement = (
        select(GroupTaskRow)
        .where(GroupTaskRow.group_id == group_id)
        .order_by(col(GroupTaskRow.set_at).desc(), col(GroupTaskRow.id))
    )
    return [_task(row) for row in session.exec(statement)]


def select_tasks_for(*, session: Session, learner: UUID) -> list[TaskFor]:
    """Return the tasks that stand for a learner, done or not, the one due first first.

    They are those not withdrawn of the groups that the learner is in and that are not archived.
    """
    statement = (
        select(GroupTaskRow, GroupRow)
        .join(GroupRow, col(GroupRow.id) == col(GroupTaskRow.group_id))
        .join(GroupMemberRow, col(GroupMemberRow.group_id) == col(GroupRow.id))
        .where(
            GroupMemberRow.learner_id == learner,
            col(GroupMemberRow.left_at).is_(None),
            col(GroupRow.archived_at).is_(None),
            col(GroupTaskRow.withdrawn_at).is_(None),
        )
        .order_by(col(GroupTaskRow.due), col(GroupTaskRow.set_at))
    )
    found: list[TaskFor] = []
    for row, group_row in session.exec(statement):
        group = select_optional_group(session=session, group_id=group_row.id)  # the row is at hand: no query
        if group is not None:
            found.append(TaskFor(_task(row), group))
    return found


def _task(row: GroupTaskRow) -> Task:
    return Task(
        row.id,
        row.group_id,
        row.title,
        row.unit,
        tuple(json.loads(row.codes)),
        row.questions,
        date.fromisoformat(row.due),
        row.set_at,
        row.withdrawn_at,
    )
