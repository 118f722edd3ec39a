"""Running sums as stored: written with each answer in its transaction, read by pages in place of all answers.

They are a cache of the marked answers (`quiz.progress.ledger`) and can be made anew at any time. A learner
whose row in `learner_sums` is missing has no answer yet, or their sums are made from the log at the next one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from fsrs import Rating
from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, func, literal_column
from sqlalchemy import select as columns
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from models.demo_mark import is_demo
from models.evidence import select_evidence
from models.prepared import Prepared
from models.tables import (
    Base,
    DaySumsRow,
    FacilityRow,
    FamilySumsRow,
    GroupMemberRow,
    LearnerRow,
    LearnerSumsRow,
    PastStatesRow,
    SettingRow,
    UnitSumsRow,
    columns_of,
)
from quiz.progress import QuizEvidence, State, SureButWrong
from quiz.progress.evidence import order_of_evidence
from quiz.progress.ledger import (
    CriterionSums,
    DayCount,
    FacilitySums,
    FamilySums,
    Ledger,
    PastStates,
    Totals,
)
from quiz.progress.mastery import Tally
from quiz.progress.review import Pace, Remembered
from quiz.progress.sureness import Said
from quiz.sessions import Sureness
from quiz.syllabus import CriterionRef

_MADE: Final = "running-sums"
_VERSION: Final = "1"
"""Of what the sums hold: with another one they are all made anew at the next opening."""
_OF_LEARNER: Final = (LearnerSumsRow, UnitSumsRow, FamilySumsRow, DaySumsRow, PastStatesRow)
_STATES: Final = {state.value: state for state in State}

Shown = Mapping[tuple[bool, CriterionRef], FacilitySums]
"""What is shown of each criterion by demo learners (True) or real ones."""
Writing = Callable[[], AbstractContextManager[Session]]
"""Begins a transaction, as `Database.write` does."""


# --- Written with the answers


def count_in(*, session: Session, learner: UUID, facts: Iterable[QuizEvidence]) -> None:
    """Take newly marked answers into a learner's sums; they have to be among the marked items already.

    An answer costs three reads and five writes, whatever was answered before; the first of a day reads and
    may write a few rows more. An answer that is not later than all before it has the sums made anew.
    """
    told = sorted(facts, key=order_of_evidence)
    if not told:
        return
    row = _of_learner(LearnerSumsRow).first(session, learner=learner)
    if row is None or told[0].at <= row.last_at:
        rebuild_learner(session=session, learner=learner)
        return
    totals = _totals(row)
    same_day = {fact.day for fact in told} == {totals.day}
    ledger = Ledger(
        totals,
        _units(session, learner, {fact.ref.unit for fact in told} if same_day else None),
        _families(session, learner, {fact.family for fact in told}),
    )
    before = Ledger(
        totals, {unit: dict(criteria) for unit, criteria in ledger.units.items()}, dict(ledger.families)
    )
    for fact in told:
        ledger.add(fact)
    _store(session, learner, row.demo, ledger, before)
    _add_facility(
        session,
        _difference(
            {(row.demo, ref): sums for ref, sums in before.shown().items()},
            {(row.demo, ref): sums for ref, sums in ledger.shown().items()},
        ),
    )


def rebuild_learner(*, session: Session, learner: UUID) -> None:
    """Make a learner's sums anew from their marked answers; all else about how hard criteria are stays."""
    before = _shown_by(session, learner)
    connection = session.connection()
    ledger = Ledger.of(select_evidence(session=session, learner=learner))
    for table in _OF_LEARNER:
        connection.execute(delete(table).where(col(table.learner_id) == learner))
    demo = _is_demo(session, learner)
    if ledger.totals.facts:
        _store(session, learner, demo, ledger, Ledger())
    now = {(demo, ref): sums for ref, sums in ledger.shown().items()}
    _add_facility(session, _difference(before, now))
    connection.execute(delete(FacilityRow).where(col(FacilityRow.facts) == 0))


def forget_learner(connection: Any, learner: UUID) -> None:
    """Take a learner who is about to be deleted off what everybody showed; `connection` is the driver's."""
    found = connection.execute(
        "SELECT demo FROM learner_sums WHERE learner_id = ?", (learner.hex,)
    ).fetchone()
    if found is None:
        return
    for unit, text in connection.execute(
        "SELECT unit, criteria FROM unit_sums WHERE learner_id = ?", (learner.hex,)
    ).fetchall():
        for code, sums in _criteria(text).items():
            connection.execute(
                "UPDATE facility SET facts = facts - ?, earned = earned - ?, learners = learners - 1 "
                "WHERE demo = ? AND unit = ? AND criterion = ?",
                (sums.facts, sums.earned, found[0], unit, code),
            )
    connection.execute("DELETE FROM facility WHERE facts = 0")


def forget_demo(connection: Connection) -> None:
    """Forget what demo learners showed, once all of them are gone."""
    connection.execute(delete(FacilityRow).where(col(FacilityRow.demo).is_(True)))


# --- Made anew, and held against the log


def are_made(session: Session) -> bool:
    """Return whether the sums of this database are of this version."""
    row = session.get(SettingRow, _MADE)
    return row is not None and row.value == _VERSION


def rebuild_all(writing: Writing) -> int:
    """Make the sums of all learners anew, one transaction a learner; return how many have answers.

    Somebody who answers meanwhile loses nothing. Cut off, it is done again at the next opening.
    """
    with writing() as session:
        session.merge(SettingRow(key=_MADE, value="being made"))
        learners = session.exec(select(LearnerRow.id).order_by(col(LearnerRow.id))).all()
    for learner in learners:
        with writing() as session:
            rebuild_learner(session=session, learner=learner)
    with writing() as session:
        shown: dict[tuple[bool, CriterionRef], FacilitySums] = {}
        number = 0
        for learner in session.exec(select(LearnerSumsRow.learner_id)).all():
            number += 1
            for key, sums in _shown_by(session, learner).items():
                shown[key] = shown.get(key, FacilitySums()) + sums
        session.connection().execute(delete(FacilityRow))
        _add_facility(session, shown)
        session.merge(SettingRow(key=_MADE, value=_VERSION))
    return number


def differences(session: Session) -> Iterator[str]:
    """Yield in words whatever in the stored sums is not as the log has it; nothing where all is equal."""
    shown: dict[tuple[bool, CriterionRef], FacilitySums] = {}
    for learner in session.exec(select(LearnerRow.id).order_by(col(LearnerRow.id))).all():
        made = Ledger.of(select_evidence(session=session, learner=learner))
        kept = select_ledger(session=session, learner=learner)
        for what in ("totals", "units", "families", "days", "past"):
            if getattr(made, what) != getattr(kept, what):
                yield f"{learner}: {what} differ{'' if what != 'past' else ' on earlier days'}."
        demo = _is_demo(session, learner)
        row = session.get(LearnerSumsRow, learner)
        if row is not None and row.demo != demo:
            yield f"{learner}: counted among the wrong learners."
        for ref, sums in made.shown().items():
            shown[demo, ref] = shown.get((demo, ref), FacilitySums()) + sums
    stored = {
        (row.demo, CriterionRef(row.unit, row.criterion)): _facility(row)
        for row in _rows(session, FacilityRow)
    }
    for demo, ref in sorted(shown.keys() | stored.keys(), key=str):
        if shown.get((demo, ref)) != stored.get((demo, ref)):
            yield f"Criterion {ref} of {'demo' if demo else 'real'} learners: how hard it is differs."


# --- Read by pages


def select_sums(*, session: Session, learner: UUID) -> Ledger:
    """Return a learner's sums over all criteria and of every criterion; two reads."""
    row = _of_learner(LearnerSumsRow).first(session, learner=learner)
    if row is None:
        return Ledger()
    return Ledger(_totals(row), _units(session, learner, None))


def select_due(*, session: Session, learner: UUID, today: date, exam: date | None = None) -> list[str]:
    """Return the families that are due by the end of a day, in the order of `ReviewCard.urgency`."""
    row = columns_of(FamilySumsRow)
    due = row.due <= today.isoformat()
    if exam is not None and 0 <= (exam - today).days <= 1:
        # On the day before a test, and on its day, all comes up that was not answered on that very day.
        due |= row.day < today.isoformat()
    elapsed = func.max(0, func.julianday(today.isoformat()) - func.julianday(row.day))
    statement = (
        select(row.family)
        .where(row.learner_id == learner, due)
        .order_by(
            ((row.rating == int(Rating.Again)) & (func.coalesce(row.sure, "") == Sureness.SURE)).desc(),
            # The chance of a right answer falls with the time gone by in terms of the stability, and with no more.
            (elapsed / row.stability).desc(),
            row.due,
            row.family,
        )
    )
    return list(session.connection().execute(statement).scalars())


def select_cards(
    *, session: Session, learner: UUID, families: Collection[str] | None = None
) -> dict[str, Remembered]:
    """Return what a learner remembers of each family, or of some."""
    wanted = [] if families is None else [col(FamilySumsRow.family).in_(families)]
    statement = select(
        FamilySumsRow.family, FamilySumsRow.unit, FamilySumsRow.criterion, FamilySumsRow.day,
        FamilySumsRow.last_at, FamilySumsRow.rating, FamilySumsRow.sure, FamilySumsRow.stability,
        FamilySumsRow.difficulty, FamilySumsRow.due, FamilySumsRow.reps, FamilySumsRow.lapses,
    ).where(FamilySumsRow.learner_id == learner, *wanted)  # type: ignore[call-overload]  # stubs stop at four  # fmt: skip
    reference, rated, sureness = cache(CriterionRef), cache(Rating), cache(Sureness)
    day_of = cache(date.fromisoformat)
    return {
        family: Remembered(
            reference(unit, code), day_of(day), last, rated(rating), sureness(sure) if sure else None,
            stability, difficulty, day_of(due), reps, lapses,
        )
        for family, unit, code, day, last, rating, sure, stability, difficulty, due, reps, lapses
        in session.connection().execute(statement)
    }  # fmt: skip


def select_sure_but_wrong(*, session: Session, learner: UUID) -> list[SureButWrong]:
    """Return the families that a learner has answered wrongly while sure, in no order."""
    statement = select(
        FamilySumsRow.unit, FamilySumsRow.criterion, FamilySumsRow.family, FamilySumsRow.wrong, FamilySumsRow.wrong_at
    ).where(FamilySumsRow.learner_id == learner, _literally("wrong > 0"))  # type: ignore[call-overload]  # as above  # fmt: skip
    reference = cache(CriterionRef)
    return [
        SureButWrong(reference(unit, code), family, wrong, wrong_at)
        for unit, code, family, wrong, wrong_at in session.connection().execute(statement)
    ]


def select_days(*, session: Session, learner: UUID, first: date, last: date) -> dict[date, DayCount]:
    """Return what a learner did on each day of a period; days without an answer are left out."""
    days = col(DaySumsRow.day).between(first.isoformat(), last.isoformat())
    return {
        date.fromisoformat(row.day): DayCount(row.answers, row.criteria, row.reviewed)
        for row in _rows(session, DaySumsRow, days, learner=learner)
    }


def select_past(
    *, session: Session, learner: UUID, unit: str | None = None
) -> dict[tuple[str, date], PastStates]:
    """Return how a unit, or each, stood on the days on which it was answered, but for the last of all days."""
    of_unit = [] if unit is None else [PastStatesRow.unit == unit]
    return {
        (row.unit, date.fromisoformat(row.day)): {
            code: (_STATES[state], number) for code, (state, number) in json.loads(row.states).items()
        }
        for row in _rows(session, PastStatesRow, *of_unit, learner=learner)
    }


def select_ledger(*, session: Session, learner: UUID) -> Ledger:
    """Return all that is kept of a learner."""
    found = select_sums(session=session, learner=learner)
    found.families = _families(session, learner)
    found.days = select_days(session=session, learner=learner, first=date.min, last=date.max)
    found.past = select_past(session=session, learner=learner)
    return found


def select_group_sums(*, session: Session, group_id: UUID, since: date) -> dict[UUID, Ledger]:
    """Return the sums of everybody who is in a group now, with their days from `since` on; three reads.

    Whoever has answered nothing is left out.
    """
    members = select(GroupMemberRow.learner_id).where(
        GroupMemberRow.group_id == group_id, col(GroupMemberRow.left_at).is_(None)
    )
    found = {
        row.learner_id: Ledger(_totals(row))
        for row in _rows(session, LearnerSumsRow, col(LearnerSumsRow.learner_id).in_(members))
    }
    for row in _rows(session, UnitSumsRow, col(UnitSumsRow.learner_id).in_(members)):
        found[row.learner_id].units[row.unit] = _criteria(row.criteria)
    days = col(DaySumsRow.day) >= since.isoformat()
    for row in _rows(session, DaySumsRow, col(DaySumsRow.learner_id).in_(members), days):
        counted = DayCount(row.answers, row.criteria, row.reviewed)
        found[row.learner_id].days[date.fromisoformat(row.day)] = counted
    return found


def select_facility(
    *, session: Session, unit: str | None = None, demo: bool = False
) -> dict[CriterionRef, float]:
    """Return how hard each answered criterion is for all learners here, blended with the prior.

    Answers of demo learners say nothing about real ones, nor the other way round: `demo` says whose count.
    """
    of_unit = [] if unit is None else [FacilityRow.unit == unit]
    return {
        CriterionRef(row.unit, row.criterion): _facility(row).facility
        for row in _rows(session, FacilityRow, FacilityRow.demo == demo, *of_unit)
    }


# --- Rows


def _rows(session: Session, table: type[Base], *conditions: Any, learner: UUID | None = None) -> Any:
    """Return rows, a learner's or all, as plain tuples with names.

    Objects that SQLAlchemy watches cost several times as much, and so do statements made anew each time.
    """
    if learner is None:
        return session.connection().execute(_all_of(table).where(*conditions))
    if conditions:
        whose = columns_of(table).learner_id == learner
        return session.connection().execute(_all_of(table).where(whose, *conditions))
    return _of_learner(table).all(session, learner=learner)


@cache
def _all_of(table: type[Base]) -> Select[Any]:
    return columns(*columns_of(table))


@cache
def _of_learner(table: type[Base], *names: str) -> Prepared:
    """Return the statement for a learner's rows in which the columns of those names have values given by name."""
    named = columns_of(table)
    given = (named[name] == bindparam(name) for name in names)
    return Prepared(_all_of(table).where(named.learner_id == bindparam("learner"), *given))


def _literally(condition: str) -> ColumnElement[bool]:
    """Return a condition as it stands: SQLite takes a partial index for that alone, not for parameters."""
    return literal_column(condition)


def _store(session: Session, learner: UUID, demo: bool, ledger: Ledger, before: Ledger) -> None:
    """Write what differs from before; counts of days are added to those stored."""
    owner = {"learner_id": learner}
    totals = ledger.totals
    _put(
        session,
        LearnerSumsRow,
        [
            {
                **owner, "demo": demo, "facts": totals.facts, "answers": totals.answers, "right": totals.right,
                "last_at": totals.last, "said": json.dumps([[said.answers, said.right] for said in totals.said]),
                "pace": json.dumps(totals.pace.times),
            }
        ],
    )  # fmt: skip
    _put(
        session,
        UnitSumsRow,
        [
            {**owner, "unit": unit, "criteria": _criteria_text(criteria)}
            for unit, criteria in ledger.units.items()
            if before.units.get(unit) != criteria
        ],
    )
    _put(
        session,
        FamilySumsRow,
        [
            {**owner, **_family_columns(family, sums)}
            for family, sums in ledger.families.items()
            if before.families.get(family) != sums
        ],
    )
    _put(
        session,
        DaySumsRow,
        [
            {
                **owner, "day": day.isoformat(), "answers": counted.answers, "criteria": counted.criteria,
                "reviewed": counted.reviewed,
            }
            for day, counted in ledger.days.items()
        ],
        added=("answers", "criteria", "reviewed"),
    )  # fmt: skip
    _put(
        session,
        PastStatesRow,
        [
            {**owner, "unit": unit, "day": day.isoformat(), "states": json.dumps(found)}
            for (unit, day), found in ledger.past.items()
        ],
    )


def _add_facility(session: Session, shown: Shown) -> None:
    _put(
        session,
        FacilityRow,
        [
            {
                "demo": demo, "unit": ref.unit, "criterion": ref.code, "facts": sums.facts,
                "earned": sums.earned, "learners": sums.learners,
            }
            for (demo, ref), sums in shown.items()
        ],
        added=("facts", "earned", "learners"),
    )  # fmt: skip


def _put(
    session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]], added: Collection[str] = ()
) -> None:
    """Write rows over those with the same key, the columns in `added` on top of what stands there."""
    if rows:
        _upsert(table, tuple(added)).run_each(session, rows)


@cache
def _upsert(table: type[Base], added: tuple[str, ...]) -> Prepared:
    statement, all_columns = insert(table), columns_of(table)
    changed = {
        column.name: column + statement.excluded[column.name]
        if column.name in added
        else statement.excluded[column.name]
        for column in all_columns
        if not column.primary_key
    }
    keys = [column.name for column in all_columns if column.primary_key]
    return Prepared(
        statement.on_conflict_do_update(index_elements=keys, set_=changed), *(c.name for c in all_columns)
    )


def _difference(before: Shown, now: Shown) -> Shown:
    both = {
        key: now.get(key, FacilitySums()) + -before.get(key, FacilitySums())
        for key in before.keys() | now.keys()
    }
    return {key: sums for key, sums in both.items() if sums != FacilitySums()}


def _shown_by(session: Session, learner: UUID) -> dict[tuple[bool, CriterionRef], FacilitySums]:
    """Return what a learner's stored sums have added to how hard criteria are."""
    row = _of_learner(LearnerSumsRow).first(session, learner=learner)
    if row is None:
        return {}
    stored = Ledger(units=_units(session, learner, None))
    return {(row.demo, ref): sums for ref, sums in stored.shown().items()}


def _is_demo(session: Session, learner: UUID) -> bool:
    settings = session.exec(select(LearnerRow.settings).where(LearnerRow.id == learner)).one()
    return is_demo(json.loads(settings))


def _totals(row: Any) -> Totals:
    said = tuple(
        Said(sure, answers, right)
        for sure, (answers, right) in zip(Sureness, json.loads(row.said), strict=True)
    )
    pace = Pace(tuple((length, number) for length, number in json.loads(row.pace)))
    return Totals(row.facts, row.answers, row.right, row.last_at, said, pace)


def _units(
    session: Session, learner: UUID, units: Collection[str] | None
) -> dict[str, dict[str, CriterionSums]]:
    if units is None:
        found = _of_learner(UnitSumsRow).all(session, learner=learner)
    else:
        of_unit = _of_learner(UnitSumsRow, "unit")
        found = [row for unit in units for row in of_unit.all(session, learner=learner, unit=unit)]
    return {row.unit: _criteria(row.criteria) for row in found}


def _families(
    session: Session, learner: UUID, families: Collection[str] | None = None
) -> dict[str, FamilySums]:
    if families is None:
        found = _of_learner(FamilySumsRow).all(session, learner=learner)
    else:
        of_family = _of_learner(FamilySumsRow, "family")
        found = [row for family in families for row in of_family.all(session, learner=learner, family=family)]
    return {
        row.family: FamilySums(
            Remembered(
                CriterionRef(row.unit, row.criterion), date.fromisoformat(row.day), row.last_at,
                Rating(row.rating), Sureness(row.sure) if row.sure else None, row.stability, row.difficulty,
                date.fromisoformat(row.due), row.reps, row.lapses,
            ),
            row.latest_at,
            tuple(json.loads(row.asked)),
            row.wrong,
            row.wrong_at,
            row.tested,
        )
        for row in found
    }  # fmt: skip


def _family_columns(family: str, sums: FamilySums) -> dict[str, Any]:
    card = sums.card
    return {
        "family": family, "unit": card.ref.unit, "criterion": card.ref.code, "day": card.day.isoformat(),
        "last_at": card.last, "rating": int(card.rating), "sure": card.sure, "stability": card.stability,
        "difficulty": card.difficulty, "due": card.due.isoformat(), "reps": card.reps, "lapses": card.lapses,
        "latest_at": sums.latest, "asked": json.dumps(sums.asked), "wrong": sums.wrong, "wrong_at": sums.wrong_at,
        "tested": sums.tested,
    }  # fmt: skip


def _criteria_text(criteria: Mapping[str, CriterionSums]) -> str:
    return json.dumps(
        {
            code: [
                sums.facts, sums.earned, _iso(sums.latest), sums.tally.answers, sums.tally.days,
                _iso(sums.tally.last), sums.tally.was_secure, sums.right, sums.weight,
            ]
            for code, sums in criteria.items()
        }
    )  # fmt: skip


def _criteria(text: str) -> dict[str, CriterionSums]:
    return {
        code: CriterionSums(
            facts, earned, _moment(latest), Tally(answers, days, _moment(last), was_secure), right, weight
        )
        for code, (facts, earned, latest, answers, days, last, was_secure, right, weight) in json.loads(
            text
        ).items()
    }


def _facility(row: Any) -> FacilitySums:
    return FacilitySums(row.facts, row.earned, row.learners)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
