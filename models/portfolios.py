"""The portfolio as stored: evidence items, the criteria they serve, standings and counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.tables import (
    EvidenceCountRow,
    EvidenceItemRow,
    EvidenceLinkRow,
    PortfolioStatusRow,
    SettingRow,
)
from quiz.portfolio import DEFAULT_TYPES, EvidenceItem, EvidenceType, Portfolio, Standing, Status
from quiz.syllabus import CriterionRef

_TYPES = "evidence_types"


def select_portfolio(*, session: Session, learner: UUID) -> Portfolio:
    """Return all that a learner has entered; of each criterion's standings the latest."""
    statuses: dict[CriterionRef, Status] = {}
    for row in session.exec(
        select(PortfolioStatusRow)
        .where(PortfolioStatusRow.learner_id == learner)
        .order_by(col(PortfolioStatusRow.set_at))
    ):
        confirmed = date.fromisoformat(row.confirmed_on) if row.confirmed_on else None
        statuses[CriterionRef(row.unit, row.criterion)] = Status(
            Standing(row.status), row.assessor, confirmed
        )
    links: dict[UUID, list[CriterionRef]] = {}
    for link in session.exec(
        select(EvidenceLinkRow)
        .join(EvidenceItemRow, col(EvidenceItemRow.id) == col(EvidenceLinkRow.item_id))
        .where(EvidenceItemRow.learner_id == learner)
    ):
        links.setdefault(link.item_id, []).append(CriterionRef(link.unit, link.criterion))
    items = tuple(
        EvidenceItem(
            row.id,
            row.title,
            row.type,
            row.reference,
            row.kept_where,
            date.fromisoformat(row.dated) if row.dated else None,
            row.note,
            tuple(sorted(links.get(row.id, []), key=lambda ref: ref.sort_key)),
            row.draft,
        )
        for row in session.exec(
            select(EvidenceItemRow)
            .where(EvidenceItemRow.learner_id == learner)
            .order_by(col(EvidenceItemRow.created_at))
        )
    )
    counts = {
        (CriterionRef(row.unit, row.criterion), row.name): row.count
        for row in session.exec(select(EvidenceCountRow).where(EvidenceCountRow.learner_id == learner))
    }
    return Portfolio(statuses, items, counts)


def save_status(*, session: Session, learner: UUID, ref: CriterionRef, status: Status, now: datetime) -> None:
    """Store where a criterion stands, unless it stands there; earlier standings are kept.

    It comes after the one before, also where the clock was set back between the two.
    """
    standing = PortfolioStatusRow
    latest = session.exec(
        select(standing)
        .where(standing.learner_id == learner, standing.unit == ref.unit, standing.criterion == ref.code)
        .order_by(col(standing.set_at).desc())
        .limit(1)
    ).first()
    confirmed_on = status.confirmed_on.isoformat() if status.confirmed_on else None
    new = (status.standing.value, status.assessor, confirmed_on)
    if latest is not None and (latest.status, latest.assessor, latest.confirmed_on) == new:
        return
    if latest is not None:
        now = max(now, latest.set_at + timedelta(microseconds=1))
    session.add(
        PortfolioStatusRow(
            learner_id=learner,
            unit=ref.unit,
            criterion=ref.code,
            status=status.standing.value,
            assessor=status.assessor,
            confirmed_on=confirmed_on,
            set_at=now,
        )
    )


def save_item(*, session: Session, learner: UUID, item: EvidenceItem, now: datetime) -> None:
    """Store a piece of evidence, new or changed, with the criteria it serves.

    Raises:
        RecordMissing: the item belongs to another learner.
    """
    row = session.get(EvidenceItemRow, item.id)
    if row is None:
        row = EvidenceItemRow(
            id=item.id, learner_id=learner, title="", type="", reference="", kept_where="", note="",
            created_at=now, changed_at=now,
        )  # fmt: skip
    elif row.learner_id != learner:
        raise RecordMissing("This piece of evidence belongs to another learner.")
    row.title, row.type, row.reference = item.title, item.type, item.reference
    row.kept_where, row.note, row.draft = item.kept_where, item.note, item.draft
    row.dated = item.dated.isoformat() if item.dated else None
    row.changed_at = now
    session.add(row)
    session.flush()
    stored = list(session.exec(select(EvidenceLinkRow).where(EvidenceLinkRow.item_id == item.id)))
    for link in stored:
        if CriterionRef(link.unit, link.criterion) not in item.refs:
            session.delete(link)
    known = {CriterionRef(link.unit, link.criterion) for link in stored}
    for ref in item.refs:
        if ref not in known:
            session.add(EvidenceLinkRow(item_id=item.id, unit=ref.unit, criterion=ref.code))


def delete_item(*, session: Session, learner: UUID, item_id: UUID) -> None:
    """Remove a piece of evidence and its links; one that is gone already is no fault.

    Raises:
        RecordMissing: the item belongs to another learner.
    """
    row = session.get(EvidenceItemRow, item_id)
    if row is None:
        return
    if row.learner_id != learner:
        raise RecordMissing("This piece of evidence belongs to another learner.")
    session.delete(row)


def save_count(*, session: Session, learner: UUID, ref: CriterionRef, name: str, count: int) -> None:
    """Store how many of a counted requirement are gathered."""
    row = session.exec(
        select(EvidenceCountRow).where(
            EvidenceCountRow.learner_id == learner,
            EvidenceCountRow.unit == ref.unit,
            EvidenceCountRow.criterion == ref.code,
            EvidenceCountRow.name == name,
        )
    ).first()
    if row is None:
        row = EvidenceCountRow(learner_id=learner, unit=ref.unit, criterion=ref.code, name=name, count=count)
    row.count = count
    session.add(row)


def select_evidence_types(*, session: Session) -> tuple[EvidenceType, ...]:
    """Return the types of evidence used on this machine; those of the specification until changed."""
    row = session.get(SettingRow, _TYPES)
    if row is None:
        return DEFAULT_TYPES
    return tuple(EvidenceType(code, meaning) for code, meaning in json.loads(row.value))


def save_evidence_types(*, session: Session, types: Sequence[EvidenceType]) -> None:
    """Store the types of evidence used on this machine."""
    row = session.get(SettingRow, _TYPES) or SettingRow(key=_TYPES, value="")
    row.value = json.dumps([[entry.code, entry.meaning] for entry in types], ensure_ascii=False)
    session.add(row)
