"""What is known of a learner, read once for a page: progress, review, readiness, next steps.

It is read from the learner's running sums, whose size does not grow with the answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from secrets import randbits
from typing import Any
from uuid import UUID, uuid4

import streamlit as st

from models import (
    Learner,
    create_attempt,
    save_settings,
    select_attempts,
    select_cards,
    select_days,
    select_due,
    select_facility,
    select_past,
    select_questions_of,
    select_sums,
)
from quiz.errors import NotInBank
from quiz.progress import (
    PER_DAY,
    Mastery,
    NextStep,
    Progress,
    ReviewCard,
    Schedule,
    StepKind,
    StudiedUnit,
    Unfinished,
    UnitProgress,
    next_steps,
    roll_up,
)
from quiz.progress.ledger import DayCount, Ledger
from quiz.progress.readiness import Readiness, readiness_today
from quiz.progress.review import scheduled
from quiz.sessions import Attempt, Item, Kind, PracticePlan, ReviewPlan, draw_review, reviewable
from quiz.syllabus import CriterionRef, Unit
from quiz.wording import LONDON, count, sentence
from ui import clock, keys, practising, session, store
from ui.text import plain

SHOWN = 3
"""How many steps stand at the end of a session or a test."""


@dataclass(frozen=True)
class Learning:
    """A learner's running sums in every unit, and what follows from them."""

    learner: Learner
    units: tuple[Unit, ...]
    """The taught units of the plan, then those that help with its criteria."""
    sums: Ledger
    facility: dict[CriterionRef, float]

    @property
    def answers(self) -> int:
        """Return how many answers there are, all evidence counted."""
        return self.sums.totals.facts

    @property
    def test_date(self) -> date | None:
        """Return the date of the test that the learner has set, or None."""
        kept = self.learner.settings.get("test_date")
        return date.fromisoformat(kept) if isinstance(kept, str) else None

    @property
    def per_day(self) -> int:
        """Return how many questions a day of review holds at most."""
        kept = self.learner.settings.get("per_day")
        return kept if isinstance(kept, int) and kept > 0 else PER_DAY

    @cached_property
    def by_unit(self) -> dict[str, int]:
        """Return how many answers there are in each unit that has any."""
        return {unit: self.sums.facts_in(unit) for unit in self.sums.units}

    @cached_property
    def practised(self) -> tuple[Unit, ...]:
        """Return the taught units that have an answer, those of the plan first."""
        units = store.bank().pack.units
        known = (*self.units, *(unit for unit in units.values() if unit not in self.units))
        return tuple(unit for unit in known if unit.key in self.by_unit)

    @cached_property
    def _mastery(self) -> dict[CriterionRef, Mastery]:
        """Return the mastery in every taught unit; the learner's level is that over all of them."""
        units = store.bank().pack.units.values()
        refs = [criterion.ref for unit in units for criterion in unit.criteria]
        return {entry.ref: entry for entry in self.sums.mastery(refs, self.facility)}

    def mastery(self, unit: Unit) -> tuple[Mastery, ...]:
        """Return the mastery of a unit's criteria, in order."""
        return tuple(self._mastery[criterion.ref] for criterion in unit.criteria)

    def progress(self, unit: Unit) -> Progress:
        """Return the progress in a unit, with how it came about; that is read for it."""
        mastery = self.mastery(unit)
        with store.database().read() as db:
            past = select_past(session=db, learner=self.learner.id, unit=unit.key)
        return Progress(mastery, Ledger(self.sums.totals, past=past).timeline(mastery))

    def rolled_up(self, unit: Unit) -> UnitProgress:
        """Return the progress in a unit by outcome."""
        return roll_up(unit, self.mastery(unit))

    def readiness(self, unit: Unit) -> Readiness:
        """Return how ready the learner is for a fresh paper of the unit."""
        return readiness_today(unit, self.mastery(unit))

    @cached_property
    def schedule(self) -> Schedule:
        """Return when each question is due again; what has left the content is not due."""
        bank, today = store.bank(), clock.today()
        with store.database().read() as db:
            cards = select_cards(session=db, learner=self.learner.id)
            reviewed = self._reviewed(db, today)
        found = scheduled(cards, today, self.test_date, reviewed)
        due = [card.family for card in found.due(today)]
        gone = set(due) - set(reviewable(due, bank, today=today))
        return found.only({card.family for card in found.cards} - gone) if gone else found

    @cached_property
    def due(self) -> Schedule:
        """Return the schedule for today: the cards of one session, and how many more are due."""
        bank, today = store.bank(), clock.today()
        with store.database().read() as db:
            every = select_due(session=db, learner=self.learner.id, today=today, exam=self.test_date)
            askable = reviewable(every, bank, today=today)
            cards = select_cards(session=db, learner=self.learner.id, families=askable[: self.per_day])
            reviewed = self._reviewed(db, today)
        found = scheduled(cards, today, self.test_date, reviewed)
        return replace(found, waiting=len(askable) - len(cards))

    def _reviewed(self, db: Any, today: date) -> int:
        days = select_days(session=db, learner=self.learner.id, first=today, last=today)
        return days.get(today, DayCount()).reviewed


def learning_of(learner: Learner) -> Learning:
    """Return what is known of a learner."""
    with store.database().read() as db:
        sums = select_sums(session=db, learner=learner.id)
        facility = select_facility(session=db, demo=learner.demo) if sums.totals.facts else {}
    return Learning(learner, tuple(session.taught_for(session.planned_units(learner))), sums, facility)


def steps_for(learning: Learning) -> tuple[NextStep, ...]:
    """Return what to do next, the first thing first."""
    with store.database().read() as db:
        left = select_attempts(session=db, learner=learning.learner.id, kinds=list(Kind), finished=False)
        tests = select_attempts(session=db, learner=learning.learner.id, kinds=[Kind.TEST], finished=True)
    pack = store.bank().pack
    last = {test.unit: _day(test.finished_at) for test in reversed(tests) if test.finished_at}
    units = [
        StudiedUnit(
            progress=learning.rolled_up(unit),
            number=session.number(unit.key),
            has_test=unit.entry.assessment == "onscreen_test",
            chance=_chance(learning, unit),
            last_test=last.get(unit.key),
        )
        for unit in _in_order(learning)
    ]
    return next_steps(
        today=clock.today(),
        units=units,
        schedule=learning.due,
        unfinished=[
            Unfinished(a.id, a.unit, a.kind, _titled(a.title, a.unit), a.answered, a.size)
            for a in left
            if a.unit in pack.units
        ],
        exam=learning.test_date,
        per_day=learning.per_day,
    )


def show_steps(learner: Learner, steps: Sequence[NextStep], key: str, *, foremost: bool = True) -> None:
    """Show steps as buttons with their reasons; unless told otherwise the first one is the one to take.

    That one stands on a panel of its own and has the page's primary button.
    """
    for place, step in enumerate(steps):
        first = foremost and place == 0
        name = f"resume-{step.attempt.hex}" if step.attempt is not None else f"step-{place}"
        with st.container(key=f"{'hero' if first else 'way'}-{key}-{place}", gap="xsmall"):
            if first:
                st.markdown(plain(step.reason))
            if st.button(
                plain(step.title),
                key=f"{key}-{name}",
                type="primary" if first else "secondary",
                width="stretch",
            ):
                take(learner, step)
            if not first:
                st.caption(plain(step.reason))


def what_next(learning: Learning, key: str, most: int = SHOWN) -> tuple[NextStep, ...]:
    """Show the first steps under a heading, at most so many, and return those shown."""
    steps = steps_for(learning)[:most]
    if steps:
        st.header("What next", anchor=False)
        show_steps(learning.learner, steps, key)
    return steps


def practises(steps: Sequence[NextStep], unit: Unit, codes: Sequence[str]) -> bool:
    """Return whether one of the steps is practice of just these criteria of a unit."""
    return any(
        step.kind is StepKind.WEAKEST
        and step.unit == unit.key
        and {ref.code for ref in step.refs} == set(codes)
        for step in steps
    )


def leads_to_test(learner: Learner, steps: Sequence[NextStep], unit: Unit) -> bool:
    """Return whether one of the steps begins a test of a unit or goes on with one."""
    return any(
        step.unit == unit.key and (step.kind is StepKind.TEST or _goes_on_with_test(learner, step))
        for step in steps
    )


def take(learner: Learner, step: NextStep) -> None:
    """Go where a step leads."""
    pack = store.bank().pack
    if step.kind is StepKind.CONTINUE:
        page = "test" if _goes_on_with_test(learner, step) else "practice"
        st.switch_page(f"app_pages/{page}.py", query_params={"attempt": str(step.attempt)})
    if step.kind is StepKind.REVIEW:
        begin_review(learning_of(learner))
    if step.unit is None or step.unit not in pack.units:
        raise NotInBank("This unit is no longer in the content. Go to Home and choose another.")
    st.session_state[keys.UNIT] = step.unit
    if step.kind is StepKind.TEST:
        st.switch_page("app_pages/test.py", query_params={"unit": step.unit})
    if step.kind is StepKind.START:
        st.switch_page("app_pages/study.py", query_params={"unit": step.unit, "criterion": step.refs[0].code})
    plan = PracticePlan(step.unit, tuple(ref.code for ref in step.refs), 10)
    attempt = practising.start(learner.id, pack.units[step.unit], plan, f"Criterion {step.refs[0].code}")
    st.switch_page("app_pages/practice.py", query_params={"attempt": str(attempt)})


def begin_review(learning: Learning) -> None:
    """Start a review of what is due and go to it; without anything due, go to the Review page."""
    cards = learning.due.today_part(clock.today(), learning.per_day)
    if not cards:
        st.switch_page("app_pages/review.py")
    st.switch_page("app_pages/practice.py", query_params={"attempt": str(_review(learning, cards))})


def save_choice(learner_id: UUID, **settings: object) -> None:
    """Store settings of a learner."""
    with store.database().write() as db:
        save_settings(session=db, learner_id=learner_id, settings=settings)


def outcome_words(progress: UnitProgress) -> str:
    """Return in which outcome of a unit there is most to gain, in words."""
    begun = [outcome for outcome in progress.outcomes if outcome.answers]
    if not begun:
        return "nothing answered yet"
    return f"most to gain: outcome {progress.weakest.number}, {progress.weakest.label}"


def _goes_on_with_test(learner: Learner, step: NextStep) -> bool:
    if step.kind is not StepKind.CONTINUE:
        return False
    with store.database().read() as db:
        open_tests = select_attempts(session=db, learner=learner.id, kinds=[Kind.TEST], finished=False)
    return any(test.id == step.attempt for test in open_tests)


def _review(learning: Learning, cards: Sequence[ReviewCard]) -> UUID:
    now, seed, bank = clock.now(), randbits(31), store.bank()
    families = tuple(card.family for card in cards)
    with store.database().read() as db:
        seen = select_questions_of(session=db, learner=learning.learner.id, families=families)
    questions = draw_review(families, bank, seed, seen, today=clock.today())
    unit, _ = Counter(question.head.unit for question in questions).most_common(1)[0]
    attempt = Attempt(
        id=uuid4(),
        learner=learning.learner.id,
        unit=unit,
        kind=Kind.REVIEW,
        title=f"Review of {count(len(questions), 'question')}",
        started_at=now,
        items=tuple(Item(question) for question in questions),
        size=len(questions),
    )
    with store.database().write() as db:
        create_attempt(
            session=db,
            attempt=attempt,
            plan=ReviewPlan(families).to_json(),
            seed=seed,
            content_version=bank.pack.version,
        )
    return attempt.id


def _in_order(learning: Learning) -> Sequence[Unit]:
    """Return the units of the plan; before the first answer the one whose card Home shows comes first."""
    if learning.answers:
        return learning.units
    shown = session.unit()
    return sorted(learning.units, key=lambda unit: unit.key != shown.key)


def _chance(learning: Learning, unit: Unit) -> float | None:
    if unit.entry.assessment != "onscreen_test" or unit.key not in learning.by_unit:
        return None
    return learning.readiness(unit).chance


def _titled(title: str, unit: str) -> str:
    number = session.number(unit)
    return title if number in title else f"{sentence(title)}, unit {number}"


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
