"""A learner's progress summary, gathered from the database in a handful of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.attempts import select_open_tests, settle_attempt
from models.errors import RecordMissing
from models.evidence import select_evidence
from models.learners import Learner, select_optional_learner
from models.plans import select_optional_plan
from models.portfolios import select_portfolio
from models.replay import select_attempt
from models.sums import select_facility
from models.tables import AttemptItemRow, AttemptRow, ResponseRow, ShownQuestionRow
from quiz.portfolio import Portfolio
from quiz.progress import Mastery, Progress, Readiness, estimate_each
from quiz.questions import Question, mark, question_from_json, response_from_json
from quiz.reports.summary import (
    AnswerSummary,
    CriterionPortfolio,
    CriterionSummary,
    OutcomeSummary,
    PlannedUnit,
    PlanSummary,
    SessionSummary,
    Summary,
    UnitSummary,
)
from quiz.sessions import Attempt, Finish, Given, Item, Kind, Sureness, score
from quiz.syllabus import CriterionRef, Pack, PlanCheck, Qualification, Unit, UnitOutline, check_plan
from quiz.version import VERSION
from quiz.wording import gone

ReadinessOf = Callable[[Unit, Sequence[Mastery]], Readiness]
"""Returns the readiness for a unit's paper from the mastery of its criteria."""


@dataclass
class _Sitting:
    """A stored attempt with its questions and the responses to each, in the order of the log."""

    row: AttemptRow
    questions: dict[int, Question] = field(default_factory=dict)
    given: dict[int, list[ResponseRow]] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return Kind(self.row.kind)

    @property
    def last_at(self) -> datetime:
        return max(
            (entry.given_at for given in self.given.values() for entry in given), default=self.row.started_at
        )


def gather(
    session: Session,
    pack: Pack,
    learner_id: UUID,
    now: datetime,
    readiness: ReadinessOf | None = None,
) -> Summary:
    """Return the learner's progress summary as of `now`; the number of queries does not grow with answers.

    Every taught unit is estimated as on the Progress page, with the learner's level over all units.
    `readiness` is asked for every unit that has answers; without it no readiness is given. A test
    whose time ran out unseen counts as not finished: `settle_tests` comes first.

    Raises:
        RecordMissing: the learner is not in the database.
    """
    learner = select_optional_learner(session=session, learner_id=learner_id)
    if learner is None:
        raise RecordMissing(gone("learner", "Choose a name again."))
    qualification = _qualification(pack, learner)
    check = _check(session, pack, learner, qualification)
    progress = _progress(session, pack, learner)
    portfolio = select_portfolio(session=session, learner=learner_id)
    sittings = _sittings(session, learner_id)
    number = _numbering(pack, qualification)
    planned = _planned(pack, qualification, check)
    beside = [key for key, shown in progress.items() if shown.answers and key not in planned]
    return Summary(
        learner=learner.id,
        name=learner.label,
        made_at=now,
        app_version=VERSION,
        content_version=pack.version,
        plan=_plan(pack, qualification, check),
        units=tuple(
            _unit(pack, key, number(key), key in planned, progress, portfolio, readiness)
            for key in (*planned, *beside)
        ),
        sessions=tuple(
            _session(pack, sitting, number(sitting.row.unit))
            for sitting in sittings
            if sitting.given or sitting.kind is Kind.TEST
        ),
        answers=tuple(
            sorted(
                (answer for sitting in sittings for answer in _answers(sitting, number(sitting.row.unit))),
                key=lambda answer: (answer.at, answer.position, answer.try_number, answer.id.hex),
            )
        ),
    )


def settle_tests(session: Session, learner_id: UUID, now: datetime) -> None:
    """Store every test of the learner whose time ran out unseen as finished at its deadline."""
    for attempt_id in select_open_tests(session=session, learner=learner_id):
        stored = select_attempt(session=session, attempt_id=attempt_id)
        settle_attempt(session=session, attempt=stored.attempt, now=now)


def _qualification(pack: Pack, learner: Learner) -> Qualification | None:
    key = learner.settings.get("qualification")
    return pack.qualifications.get(key) if isinstance(key, str) else None


def _check(
    session: Session, pack: Pack, learner: Learner, qualification: Qualification | None
) -> PlanCheck | None:
    if qualification is None:
        return None
    chosen = select_optional_plan(session=session, learner=learner.id, qualification=qualification.key)
    if chosen is None:
        return None
    return check_plan(qualification, pack.outlines, chosen & qualification.members)


def _numbering(pack: Pack, qualification: Qualification | None) -> Callable[[str], str]:
    key = qualification.key if qualification is not None else None
    return lambda unit: pack.number(unit, key)


def _planned(pack: Pack, qualification: Qualification | None, check: PlanCheck | None) -> Sequence[str]:
    """Return the units of the plan; without one the taught units of the qualification; else none."""
    if check is not None:
        return check.units
    if qualification is not None:
        return [entry.unit for entry in qualification.units if entry.unit in pack.units]
    return []


def _plan(pack: Pack, qualification: Qualification | None, check: PlanCheck | None) -> PlanSummary | None:
    if qualification is None:
        return None
    outlines = [pack.outlines[key] for key in (check.units if check is not None else ())]
    units = tuple(
        PlannedUnit(
            unit.key, pack.number(unit.key, qualification.key), unit.title, unit.level, unit.credit,
            unit.glh, unit.taught,
        )
        for unit in outlines
    )  # fmt: skip
    return PlanSummary(qualification.key, qualification.title, units, check)


def _progress(session: Session, pack: Pack, learner: Learner) -> dict[str, Progress]:
    """Return the progress of every taught unit, those without an answer too."""
    return estimate_each(
        select_evidence(session=session, learner=learner.id),
        {key: [criterion.ref for criterion in unit.criteria] for key, unit in pack.units.items()},
        select_facility(session=session, demo=learner.demo),
    )


def _unit(
    pack: Pack,
    key: str,
    number: str,
    planned: bool,
    progress: Mapping[str, Progress],
    portfolio: Portfolio,
    readiness: ReadinessOf | None,
) -> UnitSummary:
    taught = pack.units.get(key)
    if taught is None:
        return _listed_unit(pack, pack.outlines[key], number, planned, progress, portfolio)
    shown = progress[key]
    mastery = {entry.ref: entry for entry in shown.mastery}
    outcomes = tuple(
        OutcomeSummary(
            outcome.number,
            outcome.label,
            tuple(
                CriterionSummary(
                    criterion.ref, criterion.entry.verb, criterion.entry.label, mastery[criterion.ref],
                    _portfolio(portfolio, criterion.ref),
                )
                for criterion in taught.of_outcome(outcome.number)
            ),
        )
        for outcome in taught.outcomes
    )  # fmt: skip
    return UnitSummary(
        key, number, taught.title, True, planned, taught.entry.level, taught.entry.credit, outcomes,
        shown.timeline,
        readiness(taught, shown.mastery) if readiness and shown.answers and not taught.drafted else None,
        has_test=taught.entry.assessment == "onscreen_test",
        paper_questions=taught.blueprint.size,
        pass_mark=taught.blueprint.hurdle.pass_mark,
        drafted=taught.drafted,
    )  # fmt: skip


def _listed_unit(
    pack: Pack,
    outline: UnitOutline,
    number: str,
    planned: bool,
    progress: Mapping[str, Progress],
    portfolio: Portfolio,
) -> UnitSummary:
    """Return a unit that Headset lists: its criteria have a portfolio, and links to what teaches them."""
    answers = {entry.ref: entry.answers for shown in progress.values() for entry in shown.mastery}
    outcomes: list[OutcomeSummary] = []
    for outcome in outline.outcomes:
        criteria: list[CriterionSummary] = []
        for criterion in outcome.criteria:
            linked = tuple(link.ref for link in pack.teaching(criterion.ref))
            criteria.append(
                CriterionSummary(
                    criterion.ref, criterion.verb, criterion.label, None,
                    _portfolio(portfolio, criterion.ref), linked,
                    sum(answers.get(ref, 0) for ref in linked),
                )
            )  # fmt: skip
        outcomes.append(OutcomeSummary(outcome.number, outcome.label, tuple(criteria)))
    return UnitSummary(
        outline.key, number, outline.title, False, planned, outline.level, outline.credit, tuple(outcomes)
    )


def _portfolio(portfolio: Portfolio, ref: CriterionRef) -> CriterionPortfolio:
    items = portfolio.items_for(ref)
    return CriterionPortfolio(portfolio.status(ref), len(items), sum(item.draft for item in items))


def _sittings(session: Session, learner: UUID) -> list[_Sitting]:
    """Return every attempt with its questions and responses, in four queries; oldest first."""
    found = {
        row.id: _Sitting(row)
        for row in session.exec(
            select(AttemptRow)
            .where(AttemptRow.learner_id == learner)
            .order_by(col(AttemptRow.started_at), col(AttemptRow.id))
        )
    }
    questions = _questions(session, learner)
    for attempt_id, position, digest in session.exec(
        select(AttemptItemRow.attempt_id, AttemptItemRow.position, AttemptItemRow.question_hash)
        .where(AttemptItemRow.learner_id == learner)
        .order_by(col(AttemptItemRow.position))
    ):
        found[attempt_id].questions[position] = questions[digest]
    for response in session.exec(
        select(ResponseRow)
        .join(AttemptRow, col(AttemptRow.id) == col(ResponseRow.attempt_id))
        .where(AttemptRow.learner_id == learner)
        .order_by(col(ResponseRow.sequence))
    ):
        found[response.attempt_id].given.setdefault(response.position, []).append(response)
    return list(found.values())


def _questions(session: Session, learner: UUID) -> dict[str, Question]:
    wanted = select(AttemptItemRow.question_hash).where(AttemptItemRow.learner_id == learner)
    rows = session.exec(select(ShownQuestionRow).where(col(ShownQuestionRow.hash).in_(wanted)))
    return {row.hash: question_from_json(row.content) for row in rows}


def _answers(sitting: _Sitting, number: str) -> Iterable[AnswerSummary]:
    test = sitting.kind is Kind.TEST
    for position, given in sitting.given.items():
        question = sitting.questions[position]
        for try_number, entry in enumerate(given, 1):
            response = response_from_json(entry.response)
            stands = try_number == len(given) and sitting.row.finished_at is not None
            marked = mark(question, response) if stands or not test else None
            is_evidence = stands if test else try_number == 1
            yield AnswerSummary(
                id=entry.id,
                attempt=sitting.row.id,
                position=position,
                try_number=try_number,
                kind=sitting.kind,
                unit_number=number,
                at=entry.given_at,
                question=question,
                response=response,
                mark=marked,
                counts=is_evidence and marked is not None and marked.verdict.is_marked,
                seconds=entry.seconds,
                sure=Sureness(entry.sure) if entry.sure else None,
            )


def _session(pack: Pack, sitting: _Sitting, number: str) -> SessionSummary:
    row, unit = sitting.row, pack.units.get(sitting.row.unit)
    report = None
    if unit is not None and sitting.kind is Kind.TEST and row.finished_at is not None:
        report = score(_finished_test(sitting), unit.blueprint.hurdle)
    return SessionSummary(
        id=row.id,
        unit=row.unit,
        unit_number=number,
        unit_title=_title(pack, row.unit),
        kind=sitting.kind,
        title=row.title,
        started_at=row.started_at,
        last_at=sitting.last_at,
        finished_at=row.finished_at,
        finish=Finish(row.finish) if row.finish else None,
        questions=len(sitting.questions),
        answered=len(sitting.given),
        minutes=row.minutes,
        extra_percent=row.extra_percent,
        report=report,
    )


def _finished_test(sitting: _Sitting) -> Attempt:
    """Return the test with the responses that stand, marked: what `score` reads."""
    items: list[Item] = []
    for position, question in sorted(sitting.questions.items()):
        given = sitting.given.get(position)
        stands: tuple[Given, ...] = ()
        if given:
            response = response_from_json(given[-1].response)
            stands = (Given(response, given[-1].given_at, mark(question, response)),)
        items.append(Item(question, stands))
    row = sitting.row
    return Attempt(
        id=row.id, learner=row.learner_id, unit=row.unit, kind=Kind.TEST, title=row.title,
        started_at=row.started_at, items=tuple(items), finished_at=row.finished_at,
    )  # fmt: skip


def _title(pack: Pack, unit: str) -> str:
    if unit in pack.units:
        return pack.units[unit].title
    return pack.outlines[unit].title if unit in pack.outlines else unit
