"""A learner's progress summary: one value from which every format is written.

PDF, XLSX, CSV, JSON and xAPI only lay this value out, so that a figure is the same in all of them.
Practice and portfolio stand beside each other in it and are never mixed: a criterion has a `mastery`
from practice and a `portfolio` of its own, and neither changes the other.

An *answer* is one response, of which only some *count*: in practice the first try at a question, in
a finished test the response that stands at its end. Counts of answers below are of those that count
unless they say otherwise; a criterion's `mastery.answers` is smaller still where the same question
was answered twice on one day, because only the first of a day is evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from quiz.portfolio import Status
from quiz.progress import (
    DayPoint,
    Mastery,
    OutcomeProgress,
    QualificationProgress,
    Readiness,
    State,
    UnitProgress,
    roll_up_qualification,
)
from quiz.questions import Mark, Question, Response
from quiz.reports.cells import DISCLAIMER
from quiz.reports.given import given_words
from quiz.sessions.attempt import Finish, Kind, Sureness
from quiz.sessions.score import ScoreReport
from quiz.syllabus import CriterionRef, PlanCheck
from quiz.wording import LONDON, pass_needs

UNKNOWN_STATES = frozenset({State.NOT_STARTED, State.NOT_ENOUGH})
"""States in which no estimate may be shown: there are not enough answers."""


@dataclass(frozen=True)
class PlannedUnit:
    """A unit of the plan; figures are None where no document states them."""

    key: str
    number: str
    """Its number in the qualification, or its reference where it has none there."""
    title: str
    level: int | None
    credit: int | None
    glh: int | None
    taught: bool


@dataclass(frozen=True)
class PlanSummary:
    """The qualification a learner works towards, the units chosen and what they come to."""

    qualification: str
    """The qualification's key."""
    title: str
    units: tuple[PlannedUnit, ...]
    """The units of the stored plan, mandatory ones included; empty while no plan is stored."""
    check: PlanCheck | None
    """The sums, None while no plan is stored; inside it they are None where there are no rules."""


@dataclass(frozen=True)
class CriterionPortfolio:
    """What a learner has entered about the portfolio of a criterion; the app enters none of it."""

    status: Status
    """Where it stands; `status.words` says it, with who confirmed it and when."""
    pieces: int
    """How many pieces of evidence serve it, drafts included."""
    drafts: int = 0


@dataclass(frozen=True)
class CriterionSummary:
    """A criterion with what practice shows and, beside it, what its portfolio holds."""

    ref: CriterionRef
    verb: str
    label: str
    mastery: Mastery | None
    """None where Headset does not teach the criterion in its own unit."""
    portfolio: CriterionPortfolio
    linked_from: tuple[CriterionRef, ...] = ()
    """For a criterion without mastery of its own: the taught criteria of other units that teach it."""
    linked_answers: int = 0
    """How many answers those have; 0 where it has mastery of its own."""

    @property
    def title(self) -> str:
        """Return the command verb and our label, as in “Identify what employment law asks …”."""
        return f"{self.verb} {self.label}"

    @property
    def known(self) -> bool:
        """Return whether there are enough answers for an estimate to be shown."""
        return self.mastery is not None and self.mastery.state not in UNKNOWN_STATES

    @property
    def state_words(self) -> str:
        """Return the state in words, or how it is taught where it has none of its own."""
        if self.mastery is not None:
            return self.mastery.state.value
        return "taught through other units" if self.linked_from else "not taught here"


@dataclass(frozen=True)
class OutcomeSummary:
    """An outcome with its criteria, in order."""

    number: int
    label: str
    criteria: tuple[CriterionSummary, ...]

    @property
    def answers(self) -> int:
        """Return the answers that its criteria's estimates rest on."""
        return self.progress.answers if self.progress is not None else 0

    def count(self, state: State) -> int:
        """Return how many of its criteria are in a state."""
        return self.progress.count(state) if self.progress is not None else 0

    @property
    def progress(self) -> OutcomeProgress | None:
        """Return the outcome's progress, or None where it is not taught."""
        mastery = tuple(entry.mastery for entry in self.criteria if entry.mastery is not None)
        return OutcomeProgress(self.number, self.label, mastery) if mastery else None


@dataclass(frozen=True)
class UnitSummary:
    """A unit: one of the plan, or one that was practised beside it."""

    key: str
    """The unit's reference number."""
    number: str
    """Its number in the qualification, or its reference where it has none."""
    title: str
    taught: bool
    """Whether there are notes and questions for it."""
    planned: bool
    """Whether it is here for the plan (or the qualification), and not only for having been practised."""
    level: int | None
    credit: int | None
    outcomes: tuple[OutcomeSummary, ...]
    """Empty where the documents list no criteria: the unit is then named by its title only."""
    timeline: tuple[DayPoint, ...] = ()
    """How its criteria stood at the end of each day with an answer."""
    readiness: Readiness | None = None
    """How ready the learner is for a fresh paper; None where nothing was answered or nobody asked."""
    has_test: bool = False
    """Whether it is assessed by an on-screen test; else by portfolio, and its paper is practice only."""
    paper_questions: int | None = None
    """How many questions its paper has; None where it is not taught, as for `pass_mark`."""
    pass_mark: int | None = None
    """How many right answers a pass needs at least, beside every outcome."""
    drafted: bool = False
    """Whether its notes and questions were drafted from a document and nobody has reviewed them; `title` says so."""

    @property
    def paper(self) -> str:
        """Return what readiness and results are of: “test”, or “practice paper” where no test is sat."""
        return "test" if self.has_test else "practice paper"

    @property
    def pass_words(self) -> str:
        """Return what a pass needs, as in “A pass needs every outcome and at least 24 of 40 right answers”."""
        if self.paper_questions is None or self.pass_mark is None:
            return "A pass needs every outcome and enough right answers"
        return pass_needs(self.pass_mark, self.paper_questions)

    @property
    def name(self) -> str:
        """Return number and title, as in “203 Principles of …”; a number only where it has one."""
        return self.title if self.number == self.key else f"{self.number} {self.title}"

    @property
    def criteria(self) -> tuple[CriterionSummary, ...]:
        """Return every criterion in order."""
        return tuple(entry for outcome in self.outcomes for entry in outcome.criteria)

    @property
    def answers(self) -> int:
        """Return the answers that its criteria's estimates rest on."""
        return self.progress.answers if self.progress is not None else 0

    def count(self, state: State) -> int:
        """Return how many of its criteria are in a state."""
        return self.progress.count(state) if self.progress is not None else 0

    @property
    def progress(self) -> UnitProgress | None:
        """Return the unit's progress as the pictures read it, or None where it is not taught."""
        rolled = tuple(outcome.progress for outcome in self.outcomes)
        found = tuple(outcome for outcome in rolled if outcome is not None)
        return UnitProgress(self.key, found) if found else None


@dataclass(frozen=True)
class SessionSummary:
    """One sitting with at least one response, or a test."""

    id: UUID
    unit: str
    unit_number: str
    unit_title: str
    kind: Kind
    title: str
    started_at: datetime
    last_at: datetime
    """When the last response was given; the start where there is none."""
    finished_at: datetime | None
    finish: Finish | None
    questions: int
    answered: int
    """How many of its questions have a response."""
    minutes: int | None = None
    """The minutes allowed, without extra time; None where there was no limit."""
    extra_percent: int = 0
    report: ScoreReport | None = None
    """The score report of a finished test whose unit is still in the content; else None."""

    @property
    def result(self) -> str:
        """Return “passed” or “not passed” for a test with a report, else nothing."""
        if self.report is None:
            return ""
        return "passed" if self.report.passed else "not passed"


@dataclass(frozen=True)
class AnswerSummary:
    """One response, as it was given, to the question as it was shown."""

    id: UUID
    """The response's own id, the same on every machine."""
    attempt: UUID
    position: int
    """The place of the question in its session, from 0."""
    try_number: int
    """Which response to that question it was in that session, from 1."""
    kind: Kind
    unit_number: str
    at: datetime
    question: Question
    response: Response
    mark: Mark | None
    """None in a test for a response that was changed later, or while the test is not finished."""
    counts: bool
    """Whether it is evidence: the first try in practice, the standing response of a finished test."""
    seconds: float | None = None
    """How long the question had been open; None where it was not measured."""
    sure: Sureness | None = None

    @property
    def ref(self) -> CriterionRef:
        """Return the criterion that the question belongs to."""
        return self.question.head.ref

    @property
    def first_try(self) -> bool:
        """Return whether it was the first response to that question in that session."""
        return self.try_number == 1

    @property
    def stem(self) -> str:
        """Return the question's stem as shown."""
        return self.question.stem

    @property
    def given(self) -> str:
        """Return what was answered, in words."""
        return given_words(self.question, self.response)

    @property
    def verdict_words(self) -> str:
        """Return the verdict, or “not marked”."""
        return self.mark.verdict.value if self.mark is not None else "not marked"

    @property
    def fraction(self) -> float | None:
        """Return the share of the mark, 0 to 1, or None where it is not marked."""
        return self.mark.fraction if self.mark is not None and self.mark.verdict.is_marked else None

    @property
    def day(self) -> date:
        """Return the day in London time."""
        return self.at.astimezone(LONDON).date()


@dataclass(frozen=True)
class Practised:
    """How much was practised, tests included; all counts are of answers that count, but `tries`."""

    answers: int
    tries: int
    """Every response ever given, second tries and changes of mind included."""
    sessions: int
    """Sessions with at least one answer."""
    days: int
    """Days, in London time, with at least one answer."""
    minutes: float | None
    """Minutes on questions where the time was measured (the longest measured for each); None: nowhere."""
    timed: int
    """On how many questions the time was measured."""


@dataclass(frozen=True)
class DayCount:
    """How many answers that count were given on a day, in London time."""

    day: date
    answers: int


@dataclass(frozen=True)
class Summary:
    """A learner's progress at one moment; every export is written from it and from nothing else."""

    learner: UUID
    name: str
    made_at: datetime
    app_version: str
    content_version: str
    plan: PlanSummary | None
    """None while no qualification is chosen."""
    units: tuple[UnitSummary, ...]
    """The planned units (else the qualification's taught ones, else all that were practised), then
    taught units outside the plan that were practised."""
    sessions: tuple[SessionSummary, ...]
    """Oldest first."""
    answers: tuple[AnswerSummary, ...]
    """Every response, oldest first."""
    disclaimer: str = DISCLAIMER

    @property
    def counting(self) -> tuple[AnswerSummary, ...]:
        """Return the answers that count, oldest first."""
        return tuple(answer for answer in self.answers if answer.counts)

    @property
    def period(self) -> tuple[datetime, datetime] | None:
        """Return when the first and the last answer that counts were given, or None before any."""
        moments = [answer.at for answer in self.counting]
        return (min(moments), max(moments)) if moments else None

    @property
    def practised(self) -> Practised:
        """Return how much was practised."""
        return practised(self.answers)

    @property
    def day_counts(self) -> tuple[DayCount, ...]:
        """Return the answers a day, in order of days; days without any are left out."""
        counts = Counter(answer.day for answer in self.counting)
        return tuple(DayCount(day, counts[day]) for day in sorted(counts))

    @property
    def tests(self) -> tuple[SessionSummary, ...]:
        """Return the finished tests that have a score report, oldest first."""
        return tuple(session for session in self.sessions if session.report is not None)

    @property
    def taught_units(self) -> tuple[UnitSummary, ...]:
        """Return the units that have criteria with mastery of their own."""
        return tuple(unit for unit in self.units if unit.progress is not None)

    @property
    def progress(self) -> QualificationProgress:
        """Return the progress over all the units that are taught, those without an answer too."""
        rolled = (unit.progress for unit in self.units)
        return roll_up_qualification([progress for progress in rolled if progress is not None])

    @property
    def criteria(self) -> tuple[tuple[UnitSummary, OutcomeSummary, CriterionSummary], ...]:
        """Return every criterion with its unit and its outcome, in order."""
        return tuple(
            (unit, outcome, entry)
            for unit in self.units
            for outcome in unit.outcomes
            for entry in outcome.criteria
        )

    def count(self, state: State) -> int:
        """Return how many criteria of all the units are in a state."""
        return self.progress.count(state)


def practised(answers: Iterable[AnswerSummary]) -> Practised:
    """Return how much some answers come to."""
    known = list(answers)
    counting = [answer for answer in known if answer.counts]
    longest: dict[tuple[UUID, int], float] = {}
    for answer in known:
        if answer.seconds is not None:
            key = (answer.attempt, answer.position)
            longest[key] = max(longest.get(key, 0.0), answer.seconds)
    return Practised(
        answers=len(counting),
        tries=len(known),
        sessions=len({answer.attempt for answer in counting}),
        days=len({answer.day for answer in counting}),
        minutes=sum(longest.values()) / 60 if longest else None,
        timed=len(longest),
    )
