"""Devices of a class: who is behind a browser, known by the token in its cookie.

A token is 32 random bytes; the database keeps its SHA-256 only, so that a copy of the file opens
nothing. A plain hash is enough since a token cannot be guessed; the passcode, which people choose,
is never stored (ui/server.py holds it as scrypt).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.tables import DeviceRow, LearnerRow, ReturnCodeRow
from quiz.classes import join_code
from quiz.wording import gone

RETURN_CODE_LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Device:
    """A browser that the class knows: a learner's, the tutor's, or of somebody who only joined a lesson."""

    id: UUID
    learner: UUID | None
    tutor: bool


def create_device(
    *, session: Session, now: datetime, learner: UUID | None = None, tutor: bool = False
) -> tuple[Device, str]:
    """Store a new device and return it with its token, which is not kept and cannot be asked for again."""
    token = token_urlsafe(32)
    row = DeviceRow(token_hash=_hash(token), learner_id=learner, tutor=tutor, made_at=now)
    session.add(row)
    session.flush()
    return _device(row), token


def select_optional_device(*, session: Session, token: str | None) -> Device | None:
    """Return the device whose token this is, or None."""
    if not token:
        return None
    row = session.exec(select(DeviceRow).where(DeviceRow.token_hash == _hash(token))).first()
    return _device(row) if row else None


def bind_device(*, session: Session, device: UUID, learner: UUID | None) -> None:
    """Store whose device it is from now on; None: nobody's."""
    row = session.get(DeviceRow, device)
    if row is None:
        raise RecordMissing("This device is not known here any more. Join again with the code.")
    row.learner_id = learner
    session.add(row)


def seat_learner(
    *, session: Session, device: Device | None, learner: UUID, now: datetime
) -> tuple[Device, str]:
    """Return the device that is a learner's from now on, with its new token.

    It is the device at hand where that is nobody's, so that a lesson joined on it goes on, else a new one.
    """
    if device is None or device.tutor or device.learner is not None:
        return create_device(session=session, now=now, learner=learner)
    bind_device(session=session, device=device.id, learner=learner)
    return Device(device.id, learner, False), _renewed(session, device.id)


def seat_tutor(*, session: Session, device: Device | None, now: datetime) -> str:
    """Store that the passcode was given on a device, a new one if none is at hand; return its new token."""
    if device is None:
        return create_device(session=session, now=now, tutor=True)[1]
    make_tutor(session=session, device=device.id, tutor=True)
    return _renewed(session, device.id)


def leave_device(*, session: Session, device: UUID) -> None:
    """Put a device out: it is nobody's, and its token opens nothing; names taken on it stay taken."""
    bind_device(session=session, device=device, learner=None)
    make_tutor(session=session, device=device, tutor=False)
    _renewed(session, device)


def make_tutor(*, session: Session, device: UUID, tutor: bool) -> None:
    """Store whether the passcode was given on this device; a device that is gone is no fault."""
    row = session.get(DeviceRow, device)
    if row is not None:
        row.tutor = tutor
        session.add(row)


def end_tutors(*, session: Session) -> None:
    """Take the tutor's rights from every device: the passcode is asked for again."""
    session.exec(update(DeviceRow).where(col(DeviceRow.tutor)).values(tutor=False))


def forget_devices(*, session: Session, learner: UUID) -> None:
    """Put every device of a learner out: what it holds in its cookie opens nothing any more."""
    for row in session.exec(select(DeviceRow).where(DeviceRow.learner_id == learner)):
        session.delete(row)


def create_return_code(*, session: Session, learner: UUID, random: Random, now: datetime) -> str:
    """Return a new code by which the learner comes back on another device, once, within half an hour.

    A code given out before for the same learner is good for nothing any more.

    Raises:
        RecordMissing: the learner is gone.
    """
    if session.get(LearnerRow, learner) is None:
        raise RecordMissing(gone("learner", "Choose another."))
    for row in session.exec(
        select(ReturnCodeRow).where(
            (col(ReturnCodeRow.learner_id) == learner) | (col(ReturnCodeRow.until) <= now)
        )
    ):
        session.delete(row)
    session.flush()
    code = join_code(random)
    while session.get(ReturnCodeRow, code) is not None:
        code = join_code(random)
    session.add(ReturnCodeRow(code=code, learner_id=learner, until=now + RETURN_CODE_LASTS))
    return code


def select_optional_returning(*, session: Session, code: str, now: datetime) -> UUID | None:
    """Return the learner whom a code brings back, or None where it is unknown, used or too old."""
    row = session.get(ReturnCodeRow, code)
    return row.learner_id if row is not None and now < row.until else None


def take_return_code(*, session: Session, code: str, now: datetime) -> UUID | None:
    """Return the learner as `select_optional_returning` does; the code is used up, and older devices are out."""
    learner = select_optional_returning(session=session, code=code, now=now)
    if learner is not None:
        session.delete(session.get(ReturnCodeRow, code))
        forget_devices(session=session, learner=learner)
        session.flush()
    return learner


def _renewed(session: Session, device: UUID) -> str:
    """Return a new token for a device; the one before opens nothing any more.

    A device that comes to mean more than before gets one, so that nobody who knew or planted its token
    gains by it.
    """
    row = session.get(DeviceRow, device)
    if row is None:
        raise RecordMissing("This device is not known here any more. Join again with the code.")
    token = token_urlsafe(32)
    row.token_hash = _hash(token)
    session.add(row)
    return token


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _device(row: DeviceRow) -> Device:
    return Device(row.id, row.learner_id, row.tutor)
