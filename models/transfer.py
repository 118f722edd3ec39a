"""A learner's log taken out of one database and merged into another, without doubling anything.

Ids are UUIDs, so a row is the same row wherever it is. What is missing is added; what is there stays
as it is, but for these, where the later word counts: a sitting that has been finished meanwhile, a
plan or a piece of evidence that was changed later, the higher count of a counted requirement.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, SQLModel, col, select

from models.demo_mark import is_demo
from models.errors import ImportRefused, RecordMissing
from models.learners import LONGEST_NAME, Learner, select_learners, select_optional_learner
from models.replay import select_attempt
from models.sums import rebuild_learner
from models.tables import (
    AttemptEventRow,
    AttemptItemRow,
    AttemptRow,
    EvidenceCountRow,
    EvidenceItemRow,
    EvidenceLinkRow,
    LearnerRow,
    OwnWordsRow,
    PlanRow,
    PortfolioStatusRow,
    ResponseRow,
    ShownQuestionRow,
)
from models.transfer_log import (
    Log,
    LogAttempt,
    LogCount,
    LogEvent,
    LogEvidenceItem,
    LogItem,
    LogLearner,
    LogLink,
    LogOwnWords,
    LogPlan,
    LogResponse,
    LogStatus,
    read_log,
    stored_text,
)
from quiz.questions import question_from_json
from quiz.sessions import Kind
from quiz.wording import gone

_AT_ONCE = 10_000  # ids in one query; SQLite takes 32,766
_Row = TypeVar("_Row", bound=SQLModel)
_Numbered = TypeVar("_Numbered", ResponseRow, AttemptEventRow)


@dataclass(frozen=True)
class ImportResult:
    """What an import added. All numbers but the last are 0 when the same file comes again."""

    learner: Learner
    created: bool
    """Whether the learner was new on this machine."""
    new_attempts: int
    new_responses: int
    new_entries: int
    """Own-words answers, plans, portfolio standings, pieces of evidence and counts."""
    changed: int
    """Sittings, plans, pieces of evidence and counts that were there and have been brought up to date."""
    already_there: int
    """Responses of the file that were stored here before."""


def export_log(session: Session, learner_id: UUID, *, finished_only: bool = False) -> dict[str, Any]:
    """Return all that is stored about a learner, as values that go into JSON; `docs/summary-json.md`.

    Equal logs give equal values, in the same order. Questions go along with their keys: `finished_only`
    leaves out the sittings that are not finished, for whom may not read those yet.

    Raises:
        RecordMissing: the learner is not in the database.
    """
    learner = select_optional_learner(session=session, learner_id=learner_id)
    if learner is None:
        raise RecordMissing(gone("learner", "Choose a name again."))
    return _log_of(session, learner, finished_only).model_dump(mode="json")


def import_log(session: Session, data: Any, now: datetime) -> ImportResult:
    """Merge one learner's exported document into the database and return what was new.

    Raises:
        ImportRefused: the document cannot be taken; nothing was written.
    """
    return merge_log(session, read_log(data), now)


def merge_log(session: Session, log: Log, now: datetime) -> ImportResult:
    """Merge one learner's log into the database and return what was new.

    Everything is checked before anything is written. A learner with the same id is merged into, and
    keeps the settings made here; otherwise the learner is made, with a number after the name if that
    is taken. Whoever used this machine last stays the one who did. Where both machines went on with the
    same sitting, its responses and events are put in order of time, and the marks that count are taken
    from the log again.

    Raises:
        ImportRefused: the log does not fit the rows here; nothing was written.
    """
    _refuse_foreign_rows(session, log)
    merge = _Merge(session, log)
    created = merge.learner(now)
    merge.sittings()
    merge.entries()
    session.flush()
    rebuild_learner(session=session, learner=log.learner.id)
    learner = select_optional_learner(session=session, learner_id=log.learner.id)
    assert learner is not None
    return ImportResult(
        learner,
        created,
        merge.new_attempts,
        merge.new_responses,
        merge.new_entries,
        merge.changed,
        len(log.responses) - merge.new_responses,
    )


def _log_of(session: Session, learner: Learner, finished_only: bool = False) -> Log:
    mine = col(AttemptRow.learner_id) == learner.id
    if finished_only:
        mine &= col(AttemptRow.finished_at).is_not(None)
    attempts = session.exec(select(AttemptRow).where(mine)).all()
    of_attempt = select(AttemptRow.id).where(mine)
    items = session.exec(select(AttemptItemRow).where(col(AttemptItemRow.attempt_id).in_(of_attempt))).all()
    responses = session.exec(select(ResponseRow).where(col(ResponseRow.attempt_id).in_(of_attempt))).all()
    events = session.exec(
        select(AttemptEventRow).where(col(AttemptEventRow.attempt_id).in_(of_attempt))
    ).all()
    hashes = select(AttemptItemRow.question_hash).where(col(AttemptItemRow.attempt_id).in_(of_attempt))
    questions = session.exec(
        select(ShownQuestionRow)
        .where(col(ShownQuestionRow.hash).in_(hashes))
        .order_by(col(ShownQuestionRow.hash))
    ).all()
    return Log(
        learner=LogLearner(
            id=learner.id, name=learner.name, created_at=learner.created_at, settings=learner.settings
        ),
        questions={row.hash: json.loads(row.content) for row in questions},
        attempts=tuple(
            LogAttempt(**_columns(row, LogAttempt, plan=json.loads(row.plan)))
            for row in sorted(attempts, key=lambda row: (row.started_at, row.id))
        ),
        items=tuple(
            LogItem(**_columns(row, LogItem, attempt=row.attempt_id, question=row.question_hash))
            for row in sorted(items, key=lambda row: (row.attempt_id, row.position))
        ),
        responses=tuple(
            LogResponse(
                **_columns(row, LogResponse, attempt=row.attempt_id, response=json.loads(row.response))
            )
            for row in sorted(responses, key=lambda row: (row.attempt_id, row.sequence))
        ),
        events=tuple(
            LogEvent(**_columns(row, LogEvent, attempt=row.attempt_id))
            for row in sorted(events, key=lambda row: (row.attempt_id, row.sequence))
        ),
        own_words=tuple(
            LogOwnWords(**_columns(row, LogOwnWords, points=json.loads(row.points)))
            for row in sorted(_of(session, OwnWordsRow, learner.id), key=lambda row: (row.saved_at, row.id))
        ),
        plans=tuple(
            LogPlan(**_columns(row, LogPlan, units=json.loads(row.units)))
            for row in sorted(_of(session, PlanRow, learner.id), key=lambda row: row.qualification)
        ),
        statuses=tuple(
            LogStatus(**_columns(row, LogStatus))
            for row in sorted(
                _of(session, PortfolioStatusRow, learner.id), key=lambda row: (row.set_at, row.id)
            )
        ),
        evidence_items=_evidence_items(session, learner.id),
        evidence_counts=tuple(
            LogCount(**_columns(row, LogCount))
            for row in sorted(
                _of(session, EvidenceCountRow, learner.id),
                key=lambda row: (row.unit, row.criterion, row.name),
            )
        ),
    )


def _evidence_items(session: Session, learner: UUID) -> tuple[LogEvidenceItem, ...]:
    rows = _of(session, EvidenceItemRow, learner)
    links: dict[UUID, list[EvidenceLinkRow]] = defaultdict(list)
    for link in session.exec(
        select(EvidenceLinkRow)
        .join(EvidenceItemRow, col(EvidenceItemRow.id) == col(EvidenceLinkRow.item_id))
        .where(EvidenceItemRow.learner_id == learner)
    ):
        links[link.item_id].append(link)
    return tuple(
        LogEvidenceItem(
            **_columns(
                row,
                LogEvidenceItem,
                criteria=tuple(
                    LogLink(id=link.id, unit=link.unit, criterion=link.criterion)
                    for link in sorted(links[row.id], key=lambda link: (link.unit, link.criterion))
                ),
            )
        )
        for row in sorted(rows, key=lambda row: (row.created_at, row.id))
    )


def _of(session: Session, table: type[_Row], learner: UUID) -> Sequence[_Row]:
    return session.exec(select(table).where(table.learner_id == learner)).all()  # type: ignore[attr-defined]  # every one has it


def _columns(row: SQLModel, shape: type[Any], **others: Any) -> dict[str, Any]:
    """Return the row's columns that the shape names, with others in place of or beside them."""
    return {**{name: getattr(row, name) for name in shape.model_fields if hasattr(row, name)}, **others}


def _refuse_foreign_rows(session: Session, log: Log) -> None:
    """Refuse a row whose id is another learner's, or another sitting's, here."""
    mine = log.learner.id
    owned: list[tuple[str, Any, Any, Mapping[UUID, UUID]]] = [
        ("attempt", AttemptRow, AttemptRow.learner_id, {row.id: mine for row in log.attempts}),
        ("item", AttemptItemRow, AttemptItemRow.attempt_id, {row.id: row.attempt for row in log.items}),
        ("response", ResponseRow, ResponseRow.attempt_id, {row.id: row.attempt for row in log.responses}),
        ("event", AttemptEventRow, AttemptEventRow.attempt_id, {row.id: row.attempt for row in log.events}),
        ("own-words answer", OwnWordsRow, OwnWordsRow.learner_id, {row.id: mine for row in log.own_words}),
        ("plan", PlanRow, PlanRow.learner_id, {row.id: mine for row in log.plans}),
        (
            "standing", PortfolioStatusRow, PortfolioStatusRow.learner_id,
            {row.id: mine for row in log.statuses},
        ),
        (
            "piece of evidence", EvidenceItemRow, EvidenceItemRow.learner_id,
            {row.id: mine for row in log.evidence_items},
        ),
        (
            "link", EvidenceLinkRow, EvidenceLinkRow.item_id,
            {link.id: row.id for row in log.evidence_items for link in row.criteria},
        ),
        (
            "count", EvidenceCountRow, EvidenceCountRow.learner_id,
            {row.id: mine for row in log.evidence_counts},
        ),
    ]  # fmt: skip
    for what, table, owner, expected in owned:
        for ids in _chunks(expected):
            for row_id, found in session.exec(select(table.id, owner).where(col(table.id).in_(ids))):
                if found != expected[row_id]:
                    raise ImportRefused(
                        f"The file does not fit the answers here: the {what} {row_id} belongs to something "
                        "else here. Nothing was imported."
                    )


@dataclass
class _Merge:
    """One import under way, and what it has added so far."""

    session: Session
    log: Log
    new_attempts: int = 0
    new_responses: int = 0
    new_entries: int = 0
    changed: int = 0
    _places: dict[tuple[UUID, int], int] = field(default_factory=dict)
    """Where the question of the file's (attempt, position) stands here."""

    @property
    def _id(self) -> UUID:
        return self.log.learner.id

    def learner(self, now: datetime) -> bool:
        """Make the learner if they are not here; return whether they were made."""
        theirs = self.log.learner
        row = self.session.get(LearnerRow, theirs.id)
        if row is None:
            self.session.add(
                LearnerRow(
                    id=theirs.id,
                    name=_free_name(self.session, theirs.name),
                    created_at=theirs.created_at,
                    last_used_at=min(self._last_at(), now, _before_anyone_here(self.session, now)),
                    settings=json.dumps(theirs.settings, sort_keys=True),
                )
            )
            self.session.flush()
            return True
        both = json.dumps({**theirs.settings, **json.loads(row.settings)}, sort_keys=True)
        if json.loads(both) != json.loads(row.settings):
            row.settings = both
            self.session.add(row)
        return False

    def _last_at(self) -> datetime:
        """Return when the learner last did something on the other machine."""
        started = [row.started_at for row in self.log.attempts]
        return max([self.log.learner.created_at, *started, *(row.given_at for row in self.log.responses)])

    def sittings(self) -> None:
        """Add attempts, items, responses and events, and mark again what both machines went on with."""
        here = {row.id: row for row in _of(self.session, AttemptRow, self._id)}
        new = [row for row in self.log.attempts if row.id not in here]
        self.new_attempts = len(new)
        self._add(
            ShownQuestionRow, [{"hash": k, "content": stored_text(q)} for k, q in self.log.questions.items()]
        )
        self._add(
            AttemptRow,
            [
                {**row.model_dump(exclude={"plan"}), "learner_id": self._id, "plan": json.dumps(row.plan)}
                for row in new
            ],
        )
        touched = self._finish([row for row in self.log.attempts if row.id in here], here)
        self._items(set(here))
        touched |= self._responses(set(here))
        self._events(set(here))
        self.session.flush()
        for attempt_id in touched:
            _mark_again(self.session, attempt_id)
        self.changed += len(touched)

    def _finish(self, rows: Iterable[LogAttempt], here: Mapping[UUID, AttemptRow]) -> set[UUID]:
        """Take over the end of sittings that are open here."""
        finished: set[UUID] = set()
        for row in rows:
            mine = here[row.id]
            if mine.finished_at is None and row.finished_at is not None:
                mine.finished_at, mine.finish = row.finished_at, row.finish
                self.session.add(mine)
                finished.add(row.id)
        return finished

    def _items(self, here: set[UUID]) -> None:
        """Add items; one whose place is taken here by another question comes at the sitting's end."""
        kinds = {row.id: row.kind for row in self.log.attempts}
        known: dict[UUID, int] = {}
        taken: dict[UUID, dict[int, str]] = defaultdict(dict)
        for row in _rows(self.session, AttemptItemRow, AttemptItemRow.attempt_id, here):
            known[row.id] = row.position
            taken[row.attempt_id][row.position] = row.question_hash
        added: list[dict[str, Any]] = []
        for item in self.log.items:
            there = taken[item.attempt]
            if item.id in known:
                place = known[item.id]
            elif there.get(item.position) == item.question:
                place = item.position  # both machines drew the same next question
            else:
                place = item.position if item.position not in there else max(there) + 1
                there[place] = item.question
                added.append(self._item_row(item, place, kinds[item.attempt]))
            self._places[item.attempt, item.position] = place
        self._add(AttemptItemRow, added)

    def _item_row(self, item: LogItem, place: int, kind: Kind) -> dict[str, Any]:
        head = question_from_json(stored_text(self.log.questions[item.question])).head
        return {
            **item.model_dump(exclude={"attempt", "question"}),
            "position": place,
            "attempt_id": item.attempt,
            "learner_id": self._id,
            "question_hash": item.question,
            "question_id": head.id,
            "family": head.family,
            "unit": head.unit,
            "criterion": head.criterion,
            "kind": kind,
        }

    def _responses(self, here: set[UUID]) -> set[UUID]:
        """Add responses; return the sittings of before that have more of them now."""
        stored = _rows(self.session, ResponseRow, ResponseRow.attempt_id, here)
        known = {row.id for row in stored} | {row.submit_id for row in stored}
        known |= self._sent({row.submit_id for row in self.log.responses})
        new = [
            ResponseRow(
                **row.model_dump(exclude={"attempt", "response", "position"}),
                attempt_id=row.attempt,
                position=self._places[row.attempt, row.position],
                response=stored_text(row.response),
            )
            for row in self.log.responses
            if row.id not in known and row.submit_id not in known
        ]
        self.new_responses = len(new)
        self._in_order(stored, new, lambda row: row.given_at)
        return {row.attempt_id for row in new} & here

    def _sent(self, submits: set[UUID]) -> set[UUID]:
        return {
            found
            for ids in _chunks(submits)
            for found in self.session.exec(
                select(ResponseRow.submit_id).where(col(ResponseRow.submit_id).in_(ids))
            )
        }

    def _events(self, here: set[UUID]) -> None:
        stored = _rows(self.session, AttemptEventRow, AttemptEventRow.attempt_id, here)
        known = {row.id for row in stored}
        new = [
            AttemptEventRow(
                **row.model_dump(exclude={"attempt", "position"}),
                attempt_id=row.attempt,
                position=None
                if row.position is None
                else self._places.get((row.attempt, row.position), row.position),
            )
            for row in self.log.events
            if row.id not in known
        ]
        self._in_order(stored, new, lambda row: row.at)

    def _in_order(
        self, stored: Sequence[_Numbered], new: Sequence[_Numbered], moment: Callable[[Any], datetime]
    ) -> None:
        """Add rows; a sitting in which two would have the same number is numbered anew by time."""
        before: dict[UUID, list[_Numbered]] = defaultdict(list)
        after: dict[UUID, list[_Numbered]] = defaultdict(list)
        for row in stored:
            before[row.attempt_id].append(row)
        for row in new:
            after[row.attempt_id].append(row)
        for attempt_id in after:
            self._number_anew(before[attempt_id], after[attempt_id], moment)
        self.session.add_all(new)

    def _number_anew(
        self, stored: Sequence[_Numbered], new: Sequence[_Numbered], moment: Callable[[Any], datetime]
    ) -> None:
        if {row.sequence for row in stored}.isdisjoint({row.sequence for row in new}):
            return
        both = list(stored)
        both.extend(new)
        both.sort(key=lambda row: (moment(row), row.sequence, row.id))
        for row in stored:
            row.sequence = -row.sequence  # out of the way of the unique numbers
            self.session.add(row)
        self.session.flush()
        for number, numbered in enumerate(both, 1):
            numbered.sequence = number
        self.session.add_all(stored)
        self.session.flush()

    def entries(self) -> None:
        """Add own-words answers, plans, portfolio standings, pieces of evidence and counts."""
        owner = {"learner_id": self._id}
        words = {row.id for row in _of(self.session, OwnWordsRow, self._id)}
        self._add_entries(
            OwnWordsRow,
            [
                {**row.model_dump(), **owner, "points": json.dumps(row.points)}
                for row in self.log.own_words
                if row.id not in words
            ],
        )
        standings = {row.id for row in _of(self.session, PortfolioStatusRow, self._id)}
        self._add_entries(
            PortfolioStatusRow,
            [
                {**row.model_dump(), **owner, "confirmed_on": _iso(row.confirmed_on)}
                for row in self.log.statuses
                if row.id not in standings
            ],
        )
        self._plans(owner)
        self._counts(owner)
        self._evidence(owner)

    def _plans(self, owner: Mapping[str, UUID]) -> None:
        here = {row.qualification: row for row in _of(self.session, PlanRow, self._id)}
        new = []
        for plan in self.log.plans:
            mine, units = here.get(plan.qualification), json.dumps(plan.units)
            if mine is None:
                new.append({**plan.model_dump(), **owner, "units": units})
            elif plan.saved_at > mine.saved_at:
                mine.units, mine.saved_at = units, plan.saved_at
                self.session.add(mine)
                self.changed += 1
        self._add_entries(PlanRow, new)

    def _counts(self, owner: Mapping[str, UUID]) -> None:
        here = {
            (row.unit, row.criterion, row.name): row for row in _of(self.session, EvidenceCountRow, self._id)
        }
        new = []
        for count in self.log.evidence_counts:
            mine = here.get((count.unit, count.criterion, count.name))
            if mine is None:
                new.append({**count.model_dump(), **owner})
            elif count.count > mine.count:
                mine.count = count.count
                self.session.add(mine)
                self.changed += 1
        self._add_entries(EvidenceCountRow, new)

    def _evidence(self, owner: Mapping[str, UUID]) -> None:
        here = {row.id: row for row in _of(self.session, EvidenceItemRow, self._id)}
        later = [
            row
            for row in self.log.evidence_items
            if row.id in here and row.changed_at > here[row.id].changed_at
        ]
        new = [row for row in self.log.evidence_items if row.id not in here]
        for row in later:
            mine = here[row.id]
            for name, value in row.model_dump(exclude={"id", "criteria"}).items():
                setattr(mine, name, _iso(value) if name == "dated" else value)
            self.session.add(mine)
            for link in _rows(self.session, EvidenceLinkRow, EvidenceLinkRow.item_id, {row.id}):
                self.session.delete(link)
        self.changed += len(later)
        self.session.flush()
        self._add_entries(
            EvidenceItemRow,
            [{**row.model_dump(exclude={"criteria"}), **owner, "dated": _iso(row.dated)} for row in new],
        )
        self._add(
            EvidenceLinkRow,
            [{**link.model_dump(), "item_id": row.id} for row in (*new, *later) for link in row.criteria],
        )

    def _add_entries(self, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
        self.new_entries += len(rows)
        self._add(table, rows)

    def _add(self, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            statement = insert(table)
            if table is ShownQuestionRow:
                statement = statement.on_conflict_do_nothing()
            self.session.flush()
            self.session.exec(statement, params=rows)


def _rows(session: Session, table: type[_Row], column: Any, ids: Iterable[UUID]) -> list[_Row]:
    """Return the rows of a table whose column names one of those ids."""
    return [row for some in _chunks(ids) for row in session.exec(select(table).where(col(column).in_(some)))]


def _mark_again(session: Session, attempt_id: UUID) -> None:
    """Store the marks that count, as the log now says: it is the truth, and they are its cache."""
    attempt = select_attempt(session=session, attempt_id=attempt_id).attempt
    for row in _rows(session, AttemptItemRow, AttemptItemRow.attempt_id, {attempt_id}):
        item = attempt.items[row.position]
        given = item.latest if attempt.kind is Kind.TEST else item.first
        if given is None or given.mark is None or not given.mark.verdict.is_marked:
            row.fraction = row.verdict = row.marked_at = row.seconds = row.sure = None
        else:
            row.fraction, row.verdict = given.mark.fraction, given.mark.verdict
            row.marked_at, row.seconds, row.sure = given.at, given.seconds, given.sure
        session.add(row)


def _before_anyone_here(session: Session, now: datetime) -> datetime:
    """Return a moment before the latest use of this machine, or `now` where nobody has used it.

    A new session opens as the learner who used the machine last, and an import is no use of it.
    """
    used = [
        row.last_used_at for row in session.exec(select(LearnerRow)) if not is_demo(json.loads(row.settings))
    ]
    return max(used) - timedelta(microseconds=1) if used else now


def _free_name(session: Session, name: str) -> str:
    """Return the name, with the first number after it that nobody here has."""
    taken = {learner.name.casefold() for learner in select_learners(session=session)}
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name[: LONGEST_NAME - len(str(number)) - 1].rstrip()} {number}"
    return free


def _iso(value: Any) -> str | None:
    return value.isoformat() if value is not None else None


def _chunks(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    every = list(ids)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
