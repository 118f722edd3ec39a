"""Groups as stored, who is in them, and what their learners have answered: one query for a whole group."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.tables import (
    AttemptItemRow,
    AttemptRow,
    GroupMemberRow,
    GroupRow,
    GroupTaskRow,
    LearnerRow,
    TutorCommentRow,
)
from quiz.classes import Group, Member, group_name, join_code
from quiz.errors import EntryRefused
from quiz.progress import QuizEvidence
from quiz.sessions import Kind, Sureness
from quiz.syllabus import CriterionRef
from quiz.wording import gone


@dataclass(frozen=True)
class GroupSummary:
    """A group as listed."""

    group: Group
    members: int


@dataclass(frozen=True)
class GroupHoldings:
    """How much goes with a group when it is removed; learners and their answers never do."""

    memberships: int
    """Those of learners who have left included."""
    tasks: int
    """Withdrawn ones included."""
    comments: int


def create_group(
    *,
    session: Session,
    name: str,
    qualification: str | None,
    units: Collection[str] | None,
    random: Random,
    now: datetime,
    demo: bool = False,
) -> Group:
    """Store a new group with a join code that no other has, and return it.

    Raises:
        EntryRefused: the name is empty, too long, or another group's.
    """
    clean = _free_name(session, name, None)
    code = join_code(random)
    while session.exec(select(GroupRow.id).where(GroupRow.join_code == code)).first() is not None:
        code = join_code(random)
    row = GroupRow(
        name=clean,
        qualification=qualification,
        units=_units_text(units),
        join_code=code,
        made_at=now,
        demo=demo,
    )
    session.add(row)
    session.flush()
    return _group(row)


def select_groups(*, session: Session, archived: bool = False) -> list[GroupSummary]:
    """Return the groups at work, or those archived, by name, with the number of their learners."""
    members = func.count(col(GroupMemberRow.id))
    here = (col(GroupMemberRow.group_id) == col(GroupRow.id)) & col(GroupMemberRow.left_at).is_(None)
    kept = col(GroupRow.archived_at)
    statement = (
        select(GroupRow, members)
        .join(GroupMemberRow, here, isouter=True)
        .where(kept.is_not(None) if archived else kept.is_(None))
        .group_by(col(GroupRow.id))
    )
    found = [GroupSummary(_group(row), number) for row, number in session.exec(statement)]
    return sorted(found, key=lambda entry: entry.group.name.casefold())


def select_optional_group(*, session: Session, group_id: UUID) -> Group | None:
    """Return a group, archived or not, or None."""
    row = session.get(GroupRow, group_id)
    return _group(row) if row else None


def select_optional_group_to_join(*, session: Session, code: str) -> Group | None:
    """Return the group that a code lets somebody join, or None; archived groups and demo groups take nobody in."""
    row = session.exec(
        select(GroupRow).where(
            GroupRow.join_code == code, col(GroupRow.archived_at).is_(None), col(GroupRow.demo).is_(False)
        )
    ).first()
    return _group(row) if row else None


def save_group(
    *,
    session: Session,
    group_id: UUID,
    name: str,
    qualification: str | None,
    units: Collection[str] | None,
) -> None:
    """Store a group's name, qualification and units in place of those before; units None: all.

    Raises:
        EntryRefused: the name is empty, too long, or another group's.
        RecordMissing: the group is gone.
    """
    row = _row(session, group_id)
    row.name = _free_name(session, name, group_id)
    row.qualification, row.units = qualification, _units_text(units)
    session.add(row)


def archive_group(*, session: Session, group_id: UUID, now: datetime) -> None:
    """Put a group away: it keeps everything, and its learners no longer see its tasks.

    Raises:
        RecordMissing: the group is gone.
    """
    row = _row(session, group_id)
    row.archived_at = row.archived_at or now
    session.add(row)


def restore_group(*, session: Session, group_id: UUID) -> None:
    """Bring an archived group back.

    Raises:
        RecordMissing: the group is gone.
    """
    row = _row(session, group_id)
    row.archived_at = None
    session.add(row)


def select_holdings(*, session: Session, group_id: UUID) -> GroupHoldings:
    """Return what `delete_group` would remove along with the group."""

    def number(table: type[GroupMemberRow] | type[GroupTaskRow] | type[TutorCommentRow]) -> int:
        return session.exec(
            select(func.count()).select_from(table).where(col(table.group_id) == group_id)
        ).one()

    return GroupHoldings(number(GroupMemberRow), number(GroupTaskRow), number(TutorCommentRow))


def delete_group(*, session: Session, group_id: UUID) -> None:
    """Remove a group with its memberships, tasks and comments; one that is gone already is no fault.

    Its learners and all they have answered or entered stay.
    """
    row = session.get(GroupRow, group_id)
    if row is not None:
        session.delete(row)


def add_member(*, session: Session, group_id: UUID, learner: UUID, now: datetime) -> None:
    """Store that a learner is in a group from now on; one who is in it already stays so.

    Raises:
        RecordMissing: the group or the learner is gone.
    """
    _row(session, group_id)
    if session.get(LearnerRow, learner) is None:
        raise RecordMissing(gone("learner", "Choose another."))
    row = _optional_member(session, group_id, learner)
    if row is None:
        row = GroupMemberRow(group_id=group_id, learner_id=learner, joined_at=now)
    elif row.left_at is not None:
        row.joined_at, row.left_at = now, None
    session.add(row)


def remove_member(*, session: Session, group_id: UUID, learner: UUID, now: datetime) -> None:
    """Store that a learner has left a group; one who is not in it is no fault. Their answers stay."""
    row = _optional_member(session, group_id, learner)
    if row is not None and row.left_at is None:
        row.left_at = now
        session.add(row)


def select_members(*, session: Session, group_id: UUID) -> tuple[Member, ...]:
    """Return the learners who are in a group now, by name."""
    statement = (
        select(LearnerRow.id, LearnerRow.name, GroupMemberRow.joined_at)
        .join(GroupMemberRow, col(GroupMemberRow.learner_id) == col(LearnerRow.id))
        .where(GroupMemberRow.group_id == group_id, col(GroupMemberRow.left_at).is_(None))
    )
    found = [Member(*row) for row in session.exec(statement)]
    return tuple(sorted(found, key=lambda member: (member.name.casefold(), member.id)))


def select_group_evidence(
    session: Session, group_id: UUID, unit: str | None = None, since: datetime | None = None
) -> dict[UUID, list[QuizEvidence]]:
    """Return the evidence of everybody who is in a group now, in a unit or in all, from `since` on, oldest first.

    One query however many they are; whoever has answered nothing is left out.
    """
    statement = (
        select(
            AttemptItemRow.learner_id,
            AttemptItemRow.unit,
            AttemptItemRow.criterion,
            AttemptItemRow.question_id,
            AttemptItemRow.family,
            AttemptItemRow.fraction,
            AttemptItemRow.marked_at,
            AttemptItemRow.kind,
            AttemptItemRow.seconds,
            AttemptItemRow.sure,
        )  # type: ignore[call-overload]  # sqlmodel's stubs stop at four columns
        .where(
            _in_group(AttemptItemRow, group_id),
            *([AttemptItemRow.unit == unit] if unit is not None else []),
            *([col(AttemptItemRow.marked_at) >= since] if since is not None else []),
            col(AttemptItemRow.marked_at).is_not(None),
        )
        .order_by(AttemptItemRow.learner_id, AttemptItemRow.marked_at)
    )
    found: dict[UUID, list[QuizEvidence]] = {}
    refs: dict[tuple[str, str], CriterionRef] = {}
    for learner, of_unit, code, question, family, fraction, at, kind, seconds, sure in session.exec(
        statement
    ):
        ref = refs.setdefault((of_unit, code), CriterionRef(of_unit, code))
        fact = QuizEvidence(
            ref, question, family, fraction, at, Kind(kind), seconds, Sureness(sure) if sure else None
        )
        found.setdefault(learner, []).append(fact)
    return found


def select_open_group_tests(session: Session, group_id: UUID) -> list[UUID]:
    """Return the tests not finished of everybody who is in a group now."""
    statement = select(AttemptRow.id).where(
        _in_group(AttemptRow, group_id),
        AttemptRow.kind == Kind.TEST,
        col(AttemptRow.finished_at).is_(None),
    )
    return list(session.exec(statement))


def _in_group(table: type[AttemptRow] | type[AttemptItemRow], group_id: UUID) -> ColumnElement[bool]:
    return col(table.learner_id).in_(
        select(GroupMemberRow.learner_id).where(
            GroupMemberRow.group_id == group_id, col(GroupMemberRow.left_at).is_(None)
        )
    )


def _free_name(session: Session, name: str, own: UUID | None) -> str:
    clean = group_name(name)
    for group_id, known in session.exec(select(GroupRow.id, GroupRow.name)):
        if group_id != own and known.casefold() == clean.casefold():
            raise EntryRefused(
                f"There is a group “{known}” already, here or among those archived. Choose another name."
            )
    return clean


def _row(session: Session, group_id: UUID) -> GroupRow:
    row = session.get(GroupRow, group_id)
    if row is None:
        raise RecordMissing(gone("group", "Choose one under Groups."))
    return row


def _optional_member(session: Session, group_id: UUID, learner: UUID) -> GroupMemberRow | None:
    return session.exec(
        select(GroupMemberRow).where(
            GroupMemberRow.group_id == group_id, GroupMemberRow.learner_id == learner
        )
    ).first()


def _units_text(units: Collection[str] | None) -> str | None:
    return None if units is None else json.dumps(sorted(units))


def _group(row: GroupRow) -> Group:
    return Group(
        row.id,
        row.name,
        row.qualification,
        None if row.units is None else tuple(json.loads(row.units)),
        row.join_code,
        row.made_at,
        row.archived_at,
        row.demo,
    )
