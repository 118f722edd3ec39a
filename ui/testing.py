"""The on-screen test as a learner sits it: start, pick, flag, rest, finish. Each step is stored at once."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import randbits
from uuid import UUID, uuid4, uuid5

from models import (
    StoredAttempt,
    create_attempt,
    save_event,
    save_finish,
    save_response,
    save_settings,
    select_attempt,
    select_attempts,
    select_papers_sat,
    select_seen_families,
)
from quiz.errors import MoveRefused
from quiz.questions import SingleChoiceResponse, Verdict, mark
from quiz.sessions import (
    Attempt,
    Item,
    Kind,
    Paper,
    answer,
    assemble,
    begin_break,
    end_break,
    finish,
    flag,
    move,
    settle,
    unseen_papers,
)
from quiz.syllabus import Unit
from ui import clock, store


@dataclass(frozen=True)
class Supply:
    """What papers there still are for a learner."""

    unseen: int
    """How many more papers are made only of questions never seen before."""
    sat: int


def supply(learner: UUID, unit: Unit) -> Supply:
    """Return how many wholly unseen papers are left, and how many have been started."""
    with store.database().read() as session:
        seen = select_seen_families(session=session, learner=learner, unit=unit.key)
        sat = select_papers_sat(session=session, learner=learner, unit=unit.key)
    return Supply(unseen_papers(unit, store.bank(), today=clock.today(), seen=seen), len(sat))


def start(learner: UUID, unit: Unit, extra_percent: int) -> UUID:
    """Store a new test on a paper the learner has never sat, and return its id. Its clock runs from now.

    One of the unit that is not finished is that test: a second click begins no other. The extra time is
    kept as the learner's own for the next test.

    Raises:
        CannotAssemble: no new paper can be drawn.
    """
    now, bank = clock.now(), store.bank()
    with store.database().read() as session:
        seen = select_seen_families(session=session, learner=learner, unit=unit.key)
        sat = select_papers_sat(session=session, learner=learner, unit=unit.key)
    paper = assemble(unit, bank, randbits(31), today=clock.today(), seen=seen, sat=sat)
    attempt = Attempt(
        id=uuid4(),
        learner=learner,
        unit=unit.key,
        kind=Kind.TEST,
        title=unit.blueprint.name,
        started_at=now,
        items=tuple(Item(question) for question in paper.questions),
        size=len(paper.questions),
        minutes=unit.blueprint.minutes,
        extra_percent=extra_percent,
    )
    with store.database().write() as session:
        begun = select_attempts(
            session=session, learner=learner, unit=unit.key, kinds=[Kind.TEST], finished=False, limit=1
        )
        if begun:
            return begun[0].id
        save_settings(session=session, learner_id=learner, settings={"extra_percent": extra_percent})
        create_attempt(
            session=session, attempt=attempt, plan="{}", seed=paper.seed, content_version=bank.pack.version
        )
    return attempt.id


def printed_paper(learner: UUID, unit: Unit, seed: int) -> Paper:
    """Return a paper to print, made without the questions kept for tests still to come."""
    with store.database().read() as session:
        seen = select_seen_families(session=session, learner=learner, unit=unit.key)
    return assemble(unit, store.bank(), seed, today=clock.today(), seen=seen, reserved=False)


def pick(attempt_id: UUID, position: int, chosen: str) -> StoredAttempt | None:
    """Store the option picked and return how the test then stands; None: it was the one that stands already.

    Each change of mind is a response of its own, even when picks come faster than the page is
    drawn: what was stored last decides, not what the page knew.

    Raises:
        MoveRefused: the test has ended or is on a break, or there is no such option; what was picked
            before stays.
    """
    now = clock.now()
    response = SingleChoiceResponse(chosen=chosen)
    with store.database().write() as session:
        attempt = select_attempt(session=session, attempt_id=attempt_id).attempt
        given, question = attempt.items[position].given, attempt.items[position].question
        if mark(question, response).verdict is Verdict.MALFORMED:
            raise MoveRefused("Choose one of the options shown. What you had chosen before stays.")
        if given and given[-1].response == response:
            return None
        answered = answer(attempt, position, response, now)
        save_response(
            session=session,
            attempt=answered,
            position=position,
            response=response,
            now=now,
            submit_id=uuid5(attempt_id, f"{position}:{len(given)}:{chosen}"),
        )
        return select_attempt(session=session, attempt_id=attempt_id)


def standing(attempt_id: UUID, position: int) -> str | None:
    """Return the option that is stored at a position, or None."""
    with store.database().read() as session:
        item = select_attempt(session=session, attempt_id=attempt_id).attempt.items[position]
    latest = item.latest
    return latest.response.chosen if latest and isinstance(latest.response, SingleChoiceResponse) else None


def set_flag(attempt_id: UUID, position: int, flagged: bool) -> StoredAttempt | None:
    """Store that a question is flagged for review, or no longer is, and return how the test then stands.

    None: it was so already.
    """
    now = clock.now()
    with store.database().write() as session:
        attempt = select_attempt(session=session, attempt_id=attempt_id).attempt
        if attempt.items[position].flagged == flagged:
            return None
        attempt = flag(attempt, position, flagged, now)
        save_event(
            session=session, attempt=attempt, kind="flag" if flagged else "unflag", now=now, position=position
        )
        return select_attempt(session=session, attempt_id=attempt_id)


def go_to(attempt_id: UUID, position: int) -> StoredAttempt | None:
    """Store that the learner has gone to a question, and return how the test then stands; None: nothing is stored."""
    now = clock.now()
    with store.database().write() as session:
        before = select_attempt(session=session, attempt_id=attempt_id).attempt
        attempt = move(before, position)
        if position == before.position or settle(attempt, now).finished:
            return None
        save_event(session=session, attempt=attempt, kind="move", now=now, position=position)
        return select_attempt(session=session, attempt_id=attempt_id)


def rest(attempt_id: UUID) -> None:
    """Stop the clock and store when."""
    now = clock.now()
    with store.database().write() as session:
        attempt = select_attempt(session=session, attempt_id=attempt_id).attempt
        if not attempt.on_break:
            save_event(session=session, attempt=begin_break(attempt, now), kind="break_start", now=now)


def resume(attempt_id: UUID) -> None:
    """Let the clock run again and store when."""
    now = clock.now()
    with store.database().write() as session:
        attempt = select_attempt(session=session, attempt_id=attempt_id).attempt
        if attempt.on_break:
            save_event(session=session, attempt=end_break(attempt, now), kind="break_end", now=now)


def end(attempt_id: UUID) -> None:
    """Store that the test is finished, now or as of its deadline, and mark it."""
    now = clock.now()
    with store.database().write() as session:
        attempt = select_attempt(session=session, attempt_id=attempt_id).attempt
        if attempt.on_break:
            save_event(session=session, attempt=attempt, kind="break_end", now=now)
        save_finish(session=session, attempt=finish(attempt, now))
