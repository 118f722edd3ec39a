"""The sittings of a demo learner: practice as the cohort simulated it, and tests on real papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from random import Random
from uuid import UUID, uuid5

import numpy as np

from models.demo_questions import PAPERS, DemoQuestion, DemoQuestions, Reply
from models.demo_rows import Rows
from models.tables import AttemptEventRow, AttemptItemRow, AttemptRow, ResponseRow
from quiz.progress import QuizEvidence, SimulatedLearner, chance_right
from quiz.sessions import SHORTEST, Finish, Kind, PracticePlan
from quiz.syllabus import CriterionRef, Unit
from quiz.wording import LONDON

_RETRY, _SHOW, _MOVE, _END = (timedelta(seconds=seconds) for seconds in (2, 3, 4, 6))
"""How long after a first answer these come. The cohort leaves at least four seconds before the next."""
_SLIP = 0.03
_TEST_HOURS = (10, 14, 16)


@dataclass(frozen=True)
class Sitter:
    """A demo learner as their sittings need them."""

    id: UUID
    simulated: SimulatedLearner
    extra_percent: int
    sits: Sequence[tuple[int, date]]
    """The tests sat: the morning of the period that tells what was known, and its day."""


class AttemptWriter:
    """Writes sittings as rows, with every id derived from the learner's."""

    def __init__(self, rows: Rows, unit: Unit, number: str, questions: DemoQuestions, version: str) -> None:
        """Write into `rows`; `number` is the unit's as titles name it, `version` the content's."""
        self._rows, self._unit, self._number, self._version = rows, unit, number, version
        self._questions, self._known = questions, questions.by_digest
        self.answers = 0
        """Answers written that count: first tries in practice, standing ones of tests."""

    def practice(self, sitter: Sitter, rng: Random) -> None:
        """Write a session for each day on which the learner practised."""
        days = [
            list(facts)
            for _, facts in groupby(sitter.simulated.evidence, lambda fact: fact.at.astimezone(LONDON).date())
        ]
        for place, facts in enumerate(days):
            self._session(sitter, place, facts, place == len(days) - 1, rng)

    def _session(
        self, sitter: Sitter, place: int, facts: Sequence[QuizEvidence], last: bool, rng: Random
    ) -> None:
        attempt = uuid5(sitter.id, f"practice {place}")
        asked = [self._known[fact.question] for fact in facts]
        outcomes = {question.ref.outcome for question in asked}
        (outcome, *others) = sorted(outcomes)
        criteria = self._unit.criteria if others else self._unit.of_outcome(outcome)
        codes = tuple(criterion.ref.code for criterion in criteria)
        left_open = last and len(facts) < SHORTEST
        if left_open:  # broken off: what is missing to the shortest session was shown and not answered
            pool = [question for c in criteria for question in self._questions.practice[c.ref]]
            asked.extend(rng.sample(pool, SHORTEST - len(facts)))
        started = facts[0].at - timedelta(seconds=round(facts[0].seconds or 0) + 8)
        ended = None if left_open else facts[-1].at + _END
        self._rows.add(
            AttemptRow,
            id=attempt,
            learner_id=sitter.id,
            unit=self._unit.key,
            kind=Kind.PRACTICE.value,
            title=f"Unit {self._number}" if others else f"Outcome {outcome}",
            plan=PracticePlan(self._unit.key, codes, len(asked)).to_json(),
            seed=rng.randrange(2**31),
            content_version=self._version,
            started_at=started,
            size=len(asked),
            minutes=None,
            extra_percent=0,
            finished_at=ended,
            finish=Finish.LEARNER.value if ended else None,
        )
        log = _Log(self._rows, attempt)
        for position, question in enumerate(asked):
            fact = facts[position] if position < len(facts) else None
            reply = question.reply(fact.fraction, rng) if fact else None
            self._item(sitter, attempt, position, question, Kind.PRACTICE, started, reply, fact)
            if fact is None or reply is None:
                continue
            self.answers += 1
            log.respond(position, 0, reply, fact.at, fact.seconds, fact.sure.value if fact.sure else None)
            if reply.fraction < 1:
                self._after_wrong(log, position, question, fact.at, rng)
            if position + 1 < len(asked):
                log.happen("move", fact.at + _MOVE, position + 1)

    def _after_wrong(
        self, log: _Log, position: int, question: DemoQuestion, at: datetime, rng: Random
    ) -> None:
        """Write what follows an answer that is not right: now and then another try, else the answer shown."""
        settled = False
        if rng.random() < 0.3:
            second = question.reply(1.0 if rng.random() < 0.6 else 0.5, rng)
            log.respond(position, 1, second, at + _RETRY, 2.0, None)
            settled = second.fraction == 1
        if not settled:
            log.happen("show", at + _SHOW, position)

    def tests(self, sitter: Sitter, rng: Random) -> None:
        """Write every test the learner sat, each on another paper."""
        first = rng.randrange(PAPERS)
        for place, (morning, day) in enumerate(sitter.sits):
            number = (first + place) % PAPERS
            self._test(sitter, place, number, sitter.simulated.standing[morning], day, rng)

    def _test(
        self,
        sitter: Sitter,
        place: int,
        number: int,
        standing: Mapping[CriterionRef, float],
        day: date,
        rng: Random,
    ) -> None:
        attempt, paper = uuid5(sitter.id, f"test {place}"), self._questions.papers[number]
        minutes = self._unit.blueprint.minutes
        started = _free_hour(sitter.simulated.evidence, day, timedelta(minutes=minutes), rng)
        log = _Log(self._rows, attempt)
        at, most = started + timedelta(seconds=5), 54 * minutes / len(paper)
        for position, question in enumerate(paper):
            seconds = min(most, rng.lognormvariate(3.5, 0.5))  # about half a minute
            at += timedelta(seconds=round(seconds))
            odds = standing[question.ref] - question.difficulty
            right = rng.random() < float(chance_right(np.array(odds), question.guess, _SLIP))
            reply = None if rng.random() < 0.01 else question.reply(float(right), rng)
            if reply is not None:
                tries = 0
                if rng.random() < 0.06:  # a change of mind
                    log.respond(position, 0, question.reply(0.0, rng), at - timedelta(seconds=1), None, None)
                    tries = 1
                log.respond(position, tries, reply, at, None, None)
                self.answers += 1
            if rng.random() < 0.08:
                log.happen("flag", at, position)
            self._item(sitter, attempt, position, question, Kind.TEST, started, reply, None, at)
            if position + 1 < len(paper):
                log.happen("move", at + timedelta(seconds=1), position + 1)
        self._rows.add(
            AttemptRow,
            id=attempt,
            learner_id=sitter.id,
            unit=self._unit.key,
            kind=Kind.TEST.value,
            title=self._unit.blueprint.name,
            plan="{}",
            seed=number,
            content_version=self._version,
            started_at=started,
            size=len(paper),
            minutes=minutes,
            extra_percent=sitter.extra_percent,
            finished_at=at + timedelta(seconds=20),
            finish=Finish.LEARNER.value,
        )

    def _item(
        self,
        sitter: Sitter,
        attempt: UUID,
        position: int,
        question: DemoQuestion,
        kind: Kind,
        shown_at: datetime,
        reply: Reply | None,
        fact: QuizEvidence | None,
        marked_at: datetime | None = None,
    ) -> None:
        self._rows.show(question.digest, question.content)
        self._rows.add(
            AttemptItemRow,
            id=uuid5(attempt, f"item {position}"),
            attempt_id=attempt,
            learner_id=sitter.id,
            position=position,
            question_hash=question.digest,
            question_id=question.question_id,
            family=question.family,
            unit=question.ref.unit,
            criterion=question.ref.code,
            kind=kind.value,
            shown_at=shown_at,
            fraction=reply.fraction if reply else None,
            verdict=reply.verdict if reply else None,
            marked_at=(fact.at if fact else marked_at) if reply else None,
            seconds=fact.seconds if fact else None,
            sure=fact.sure.value if fact and fact.sure else None,
        )


class _Log:
    """The responses and events of one attempt, numbered from 1."""

    def __init__(self, rows: Rows, attempt: UUID) -> None:
        self._rows, self._attempt = rows, attempt
        self._responses = self._events = 0

    def respond(
        self, position: int, tries: int, reply: Reply, at: datetime, seconds: float | None, sure: str | None
    ) -> None:
        self._responses += 1
        self._rows.add(
            ResponseRow,
            id=uuid5(self._attempt, f"response {self._responses}"),
            attempt_id=self._attempt,
            position=position,
            sequence=self._responses,
            submit_id=uuid5(self._attempt, f"{position}:{tries}"),
            response=reply.response,
            given_at=at,
            seconds=seconds,
            sure=sure,
        )

    def happen(self, kind: str, at: datetime, position: int) -> None:
        self._events += 1
        self._rows.add(
            AttemptEventRow,
            id=uuid5(self._attempt, f"event {self._events}"),
            attempt_id=self._attempt,
            sequence=self._events,
            kind=kind,
            position=position,
            at=at,
        )


def _free_hour(evidence: Sequence[QuizEvidence], day: date, length: timedelta, rng: Random) -> datetime:
    """Return when the learner begins a test that day: not while they practise."""
    busy = [fact.at for fact in evidence if fact.at.astimezone(LONDON).date() == day]
    minute = rng.randrange(30)
    starts = [datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC) for hour in _TEST_HOURS]
    around = timedelta(minutes=30)
    return next(
        (start for start in starts if not any(start - around < at < start + length + around for at in busy)),
        starts[-1],
    )
