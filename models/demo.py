"""A made-up class to try Headset with: learners, practice, tests, portfolios, a group; removed without a trace.

The learners are those of `quiz.progress.cohort`; what they answered are questions of the bank, and every
mark is that of the response stored. The same content, seed, size and day give the same rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from faker import Faker
from sqlalchemy import ColumnElement, delete, exists
from sqlmodel import Session, col, select

from models.database import Database
from models.demo_attempts import AttemptWriter, Sitter
from models.demo_entries import Suggested, write_own_words, write_plan, write_portfolio
from models.demo_mark import DEMO, demo_condition, demo_ids
from models.demo_questions import DemoQuestions, make_questions
from models.demo_rows import Rows
from models.learners import Learner
from models.sums import forget_demo, rebuild_learner
from models.tables import (
    AttemptItemRow,
    AttemptRow,
    Base,
    GroupMemberRow,
    GroupRow,
    GroupTaskRow,
    LearnerRow,
    OwnWordsRow,
    ShownQuestionRow,
    TutorCommentRow,
)
from quiz.classes import About, join_code
from quiz.collecting import uncollected
from quiz.progress import CohortModel, SimulatedLearner, simulate_cohort
from quiz.sessions import QuestionBank
from quiz.syllabus import Unit
from quiz.wording import LONDON

MOST_LEARNERS, MOST_WEEKS = 10_000, 52
UNIT: Final = "203"
_QUALIFICATIONS: Final = ("btec2-cco", "nvq2-cco")
_ON_THE_SECOND: Final = 0.2
"""The share of learners on the second of these qualifications."""
_AT_RISK: Final = 0.12
_ANSWERS_A_WEEK: Final = 36
"""On average, of those not at risk."""
_GROUP = 30
_BATCH = 250
"""Learners made and stored in one transaction."""
_WEEK: Final = (1.0, 1.4, 1.2, 1.1, 0.7, 0.3, 0.5)
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:headset:demo")


@dataclass(frozen=True)
class DemoClass:
    """What was made."""

    learners: tuple[UUID, ...]
    at_risk: frozenset[UUID]
    """Those made to know little, to practise little, and to have stopped."""
    groups: tuple[UUID, ...]
    answers: int
    """Answers that count as evidence."""
    sessions: int
    tests: int


@dataclass(frozen=True)
class _Period:
    """The days of the class; the last is the one before `until`."""

    until: date
    days: int

    @property
    def start(self) -> date:
        return self.until - timedelta(days=self.days)

    @property
    def mornings(self) -> tuple[int, ...]:
        """Return the days on which tests are sat, as numbers from 0."""
        return (round(self.days * 0.6), self.days - 2)

    def day(self, number: int) -> date:
        return self.start + timedelta(days=number)


def make_demo(
    database: Database,
    bank: QuestionBank,
    *,
    learners: int = 30,
    weeks: int = 6,
    seed: int = 1,
    until: date,
) -> DemoClass:
    """Store a demo class in place of the one before, and return what was made.

    The class has practised for whole weeks up to the evening before `until`, so that a class made for
    today has done nothing in the future. Everything real stays as it is, learners of the same name too.

    Raises:
        ValueError: there are too few or too many learners or weeks, the seed is negative,
            or the year is far off.
        CannotAssemble: the unit has too few questions.
        NotInBank: the content does not hold Unit 203.
        StorageError: it could not be stored; then no demo class is left.
    """
    _refuse(learners, weeks, seed, until)
    pack = bank.pack
    unit = pack.select_unit(UNIT)
    questions = make_questions(unit, bank, seed, until)
    maker = _Maker(
        bank, unit, questions, Suggested(pack, _QUALIFICATIONS), _Period(until, 7 * weeks), seed, learners
    )
    with database.write() as session:
        remove_demo(session)
    try:
        for numbers in maker.batches():
            with uncollected():
                rows = maker.rows_of(numbers)
                with database.write() as session, _roomy(session):
                    rows.store(session)
                    for number in numbers:
                        rebuild_learner(session=session, learner=maker.ids[number])
        with database.write() as session:
            groups = maker.groups(session)
    except BaseException:
        with database.write() as session:
            remove_demo(session)
        raise
    return DemoClass(
        tuple(maker.ids), frozenset(maker.at_risk), groups, maker.answers, maker.sessions, maker.tests
    )


@contextmanager
def _roomy(session: Session) -> Iterator[None]:
    """Give the connection 256 MB for pages instead of 2: ids come in random order and touch every page."""
    connection = session.connection()
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql("PRAGMA cache_size = -262144")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


def demo_learners(session: Session) -> list[Learner]:
    """Return the demo learners, by name."""
    rows = session.exec(select(LearnerRow).where(demo_condition()).order_by(col(LearnerRow.name)))
    return [Learner(row.id, row.name, row.created_at, json.loads(row.settings)) for row in rows]


def remove_demo(session: Session) -> int:
    """Remove every demo learner and demo group with all that belongs to them; return how many learners.

    A question that only they were shown goes too; one that anybody else was shown stays.
    """
    shown = list(
        session.exec(
            select(AttemptItemRow.question_hash)
            .where(col(AttemptItemRow.learner_id).in_(demo_ids()))
            .distinct()
        )
    )
    connection = session.connection()
    connection.execute(delete(GroupRow).where(col(GroupRow.demo).is_(True)))
    with _roomy(session):
        removed = connection.execute(delete(LearnerRow).where(demo_condition())).rowcount
    forget_demo(connection)
    for first in range(0, len(shown), _BATCH):
        connection.execute(
            delete(ShownQuestionRow).where(
                col(ShownQuestionRow.hash).in_(shown[first : first + _BATCH]), *_referred_to_by_nobody()
            )
        )
    session.expire_all()
    return removed


def _referred_to_by_nobody() -> Iterator[ColumnElement[bool]]:
    """Yield for each table that refers to a shown question the condition that it does not."""
    target = Base.metadata.tables["shown_question"]
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is target:
                yield ~exists().where(key.parent == target.c.hash)


def _refuse(learners: int, weeks: int, seed: int, until: date) -> None:
    if not 1 <= learners <= MOST_LEARNERS:
        raise ValueError(f"A demo class has 1 to {MOST_LEARNERS:,} learners, not {learners:,}.")
    if not 1 <= weeks <= MOST_WEEKS:
        raise ValueError(f"A demo class has practised for 1 to {MOST_WEEKS} weeks, not {weeks}.")
    if seed < 0:
        raise ValueError(f"The seed is 0 or more, not {seed}.")
    if not 2000 <= until.year <= 2100:
        raise ValueError(f"A demo class is of the years 2000 to 2100, not {until.year}.")


class _Maker:
    """Makes the rows of a class, batch after batch."""

    def __init__(
        self,
        bank: QuestionBank,
        unit: Unit,
        questions: DemoQuestions,
        suggested: Suggested,
        period: _Period,
        seed: int,
        learners: int,
    ) -> None:
        self._unit, self._questions, self._suggested, self._period = unit, questions, suggested, period
        self._number, self._version = bank.pack.number(unit.key), bank.pack.version
        self._made = questions.for_cohort()
        self._space = uuid5(_NAMESPACE, f"{seed} {learners} {period.days} {period.until.isoformat()}")
        self.ids = [uuid5(self._space, f"learner {number}") for number in range(learners)]
        self._names = _names(learners, seed)
        rng = Random(f"demo {self._space}")
        self._risky = frozenset(rng.sample(range(learners), max(1, round(_AT_RISK * learners))))
        self.at_risk = {self.ids[number] for number in self._risky}
        self.answers = self.sessions = self.tests = 0

    def batches(self) -> Iterator[Sequence[int]]:
        """Yield the numbers of the learners, some at a time."""
        for first in range(0, len(self.ids), _BATCH):
            yield range(first, min(first + _BATCH, len(self.ids)))

    def rows_of(self, numbers: Sequence[int]) -> Rows:
        """Return all rows of those learners."""
        rows = Rows()
        writer = AttemptWriter(rows, self._unit, self._number, self._questions, self._version)
        for number, simulated in self._simulated(numbers):
            self._learner(rows, writer, number, simulated)
        self.answers += writer.answers
        self.sessions += rows.count(AttemptRow)
        return rows

    def _simulated(self, numbers: Sequence[int]) -> list[tuple[int, SimulatedLearner]]:
        weeks = self._period.days / 7
        mean = _ANSWERS_A_WEEK * weeks
        # Spread evenly over the logarithm between these, the mean is very nearly that.
        steady = CohortModel(ability=0.35, answers=(round(0.3 * mean), round(2.3 * mean)), week=_WEEK)
        risky = CohortModel(
            ability=-0.9, ability_spread=0.4, gain=0.06,
            answers=(max(4, round(0.06 * mean)), max(8, round(0.3 * mean))), week=_WEEK,
        )  # fmt: skip
        found: list[tuple[int, SimulatedLearner]] = []
        for name, model, days, mine in (
            ("steady", steady, self._period.days, [n for n in numbers if n not in self._risky]),
            # They have stopped: no practice in the last third of the period.
            ("at risk", risky, max(3, self._period.days * 2 // 3), [n for n in numbers if n in self._risky]),
        ):
            if mine:
                cohort = simulate_cohort(
                    len(mine),
                    self._questions.refs,
                    days,
                    uuid5(self._space, f"{name} {numbers[0]}").int,
                    self._period.start,
                    model,
                    self._made,
                    self._period.mornings,
                )
                found.extend(zip(mine, cohort, strict=True))
        return sorted(found, key=lambda entry: entry[0])

    def _learner(self, rows: Rows, writer: AttemptWriter, number: int, simulated: SimulatedLearner) -> None:
        learner, period, risky = self.ids[number], self._period, number in self._risky
        rng = Random(f"demo {learner}")
        second = rng.random() < _ON_THE_SECOND
        qualification: str | None = _QUALIFICATIONS[second]
        if qualification not in self._suggested.pack.qualifications:
            qualification = None
        extra = 25 if rng.random() < 0.1 else 0
        settings = {
            DEMO: True,
            "ask_sure": any(fact.sure for fact in simulated.evidence),
            **({"extra_percent": extra} if extra else {}),
            **({"qualification": qualification} if qualification else {}),
        }
        begun = datetime.combine(period.start, time(7, 30), LONDON).astimezone(UTC)
        rows.add(
            LearnerRow,
            id=learner,
            name=self._names[number],
            created_at=begun,
            last_used_at=begun,  # so that whoever really uses this machine stays first
            settings=json.dumps(settings, sort_keys=True),
        )
        chances = (0.5, 0.0) if risky else (0.8, 0.45)
        sits = [
            (morning, period.day(morning))
            for morning, chance in zip(period.mornings, chances, strict=True)
            if rng.random() < chance
        ]
        self.tests += len(sits)
        sitter = Sitter(learner, simulated, extra, sits)
        writer.practice(sitter, rng)
        writer.tests(sitter, rng)
        days = [period.day(day) for day in range(period.days)]
        planned = self._suggested.units(qualification)
        if qualification and planned:
            write_plan(rows, learner, qualification, planned, period.start)
        if rng.random() < (0.1 if risky else 0.5):
            write_own_words(rows, learner, self._unit, days, rng.randint(1, 4), rng)
        refs = [criterion.ref for outline in planned for criterion in outline.criteria]
        if self._unit.key in {outline.key for outline in planned} or not refs:
            refs = [criterion.ref for criterion in self._unit.criteria]
        share = rng.uniform(0, 0.1) if risky else rng.uniform(0.1, 0.8) * period.days / (period.days + 14)
        write_portfolio(rows, learner, refs, share, days, rng)

    def groups(self, session: Session) -> tuple[UUID, ...]:
        """Store the group of the class, or several where it is large, with tasks and comments; return their ids."""
        names = {name.casefold() for name in session.exec(select(GroupRow.name))}
        codes = set(session.exec(select(GroupRow.join_code)))
        rows, rng = Rows(), Random(f"demo groups {self._space}")
        number = max(1, round(len(self.ids) / _GROUP))
        made: list[UUID] = []
        for place in range(number):
            group = uuid5(self._space, f"group {place}")
            name = next(n for n in _group_names(place) if n.casefold() not in names)
            code = next(c for c in iter(lambda: join_code(rng), "") if c not in codes)
            names.add(name.casefold())
            codes.add(code)
            self._group(session, rows, group, name, code, self.ids[place::number])
            made.append(group)
        rows.store(session)
        return tuple(made)

    def _group(
        self, session: Session, rows: Rows, group: UUID, name: str, code: str, members: Sequence[UUID]
    ) -> None:
        period = self._period
        begun = datetime.combine(period.start, time(7, 45), LONDON).astimezone(UTC)
        qualification = _QUALIFICATIONS[0]
        rows.add(
            GroupRow,
            id=group,
            name=name,
            qualification=qualification if qualification in self._suggested.pack.qualifications else None,
            units=json.dumps([self._unit.key]),
            join_code=code,
            made_at=begun,
            archived_at=None,
            demo=True,
        )
        for learner in members:
            rows.add(
                GroupMemberRow,
                id=uuid5(group, str(learner)),
                group_id=group,
                learner_id=learner,
                joined_at=begun,
                left_at=None,
            )
        self._tasks(rows, group)
        self._comments(session, rows, group, members)

    def _tasks(self, rows: Rows, group: UUID) -> None:
        """Write a task that is over, one of last week, and one that is still to be done."""
        period = self._period
        for place, (set_on, due, questions) in enumerate(
            (
                (-min(21, period.days), -min(14, period.days - 1), 10),
                (-min(7, period.days), -1, 15),
                (-2, 5, 20),
            )
        ):
            outcome = self._unit.outcomes[place % len(self._unit.outcomes)].number
            codes = [criterion.ref.code for criterion in self._unit.of_outcome(outcome)]
            rows.add(
                GroupTaskRow,
                id=uuid5(group, f"task {place}"),
                group_id=group,
                title=f"Unit {self._number}, outcome {outcome}: {questions} questions",
                unit=self._unit.key,
                codes=json.dumps(codes),
                questions=questions,
                due=(period.until + timedelta(days=due)).isoformat(),
                set_at=datetime.combine(
                    period.until + timedelta(days=set_on), time(7, 50), LONDON
                ).astimezone(UTC),
                withdrawn_at=None,
            )

    def _comments(self, session: Session, rows: Rows, group: UUID, members: Sequence[UUID]) -> None:
        """Write a comment on the first own-words answer of some learners."""
        found = session.exec(
            select(OwnWordsRow)
            .where(col(OwnWordsRow.learner_id).in_(members))
            .order_by(col(OwnWordsRow.saved_at), col(OwnWordsRow.id))
        )
        for row in list(found)[:3]:
            rows.add(
                TutorCommentRow,
                id=uuid5(group, f"comment {row.id}"),
                group_id=group,
                learner_id=row.learner_id,
                about=About.OWN_WORDS.value,
                unit=row.unit,
                criterion=row.criterion,
                item_id=None,
                text="(Demo text.) A good start. Add an example from your own work.",
                made_at=row.saved_at + timedelta(hours=1),
            )


def _group_names(place: int) -> Iterator[str]:
    """Yield names for a group, the plain one first."""
    first = "Demo class" if place == 0 else f"Demo class {place + 1}"
    yield first
    for number in range(2, 1000):
        yield f"{first} no. {number}"


def _names(number: int, seed: int) -> list[str]:
    """Return that many different British names."""
    fake = Faker("en_GB")
    fake.seed_instance(seed)
    names: dict[str, None] = {}
    while len(names) < number:
        names[f"{fake.first_name()} {fake.last_name()}"] = None
    return list(names)
