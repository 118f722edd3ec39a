"""Practice as a learner does it: start, answer, show the answer, go on, end. Each step is stored at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from secrets import randbits
from typing import Final
from uuid import UUID, uuid4, uuid5

from models import (
    StoredAttempt,
    append_item,
    create_attempt,
    save_event,
    save_finish,
    save_response,
    select_attempt,
    select_met_in_test,
    select_optional_just_begun,
    select_seen_families,
)
from quiz.questions import Question, Response
from quiz.sessions import (
    Attempt,
    History,
    Item,
    Kind,
    PracticePlan,
    Sureness,
    answer,
    draw,
    draw_all,
    finish,
    show_answer,
)
from quiz.syllabus import Unit
from ui import clock, store

_SAME_CLICK: Final = timedelta(seconds=5)


def start(learner: UUID, unit: Unit, plan: PracticePlan, title: str, kind: Kind = Kind.PRACTICE) -> UUID:
    """Store a new practice session with its first questions and return its id.

    One on the same plan that was begun seconds ago and has no answer is that session: the second click of
    a double one runs beside the first.
    """
    now, seed = clock.now(), randbits(31)
    bank = store.bank()
    questions = draw_all(plan, bank, seed, today=clock.today(), history=_history(learner, unit.key))
    attempt = Attempt(
        id=uuid4(),
        learner=learner,
        unit=unit.key,
        kind=kind,
        title=title,
        started_at=now,
        items=tuple(Item(question) for question in questions),
        size=plan.size,
    )
    with store.database().write() as session:
        begun = select_optional_just_begun(
            session=session, learner=learner, unit=unit.key, kind=kind, plan=plan.to_json(), since=now - _SAME_CLICK
        )  # fmt: skip
        if begun is not None:
            return begun
        create_attempt(
            session=session,
            attempt=attempt,
            plan=plan.to_json(),
            seed=seed,
            content_version=bank.pack.version,
        )
    return attempt.id


def check_plan(unit: Unit) -> PracticePlan:
    """Return the plan of the starting check: every criterion once, in order."""
    codes = tuple(criterion.ref.code for criterion in unit.criteria)
    return PracticePlan(unit.key, codes, len(codes), mixed=False)


def submit(
    attempt_id: UUID,
    position: int,
    tries: int,
    response: Response,
    seconds: float | None = None,
    sure: Sureness | None = None,
) -> StoredAttempt | None:
    """Store a response and return how the attempt then stands.

    Sent twice (a double click, a rerun) it is stored once; None: it was there already.

    Raises:
        MoveRefused: it is no full answer, or the session takes no more.
    """
    now = clock.now()
    with store.database().write() as session:
        attempt = select_attempt(session=session, attempt_id=attempt_id).attempt
        if len(attempt.items[position].given) != tries:
            return None
        answered = answer(attempt, position, response, now, seconds, sure)
        save_response(
            session=session,
            attempt=answered,
            position=position,
            response=response,
            now=now,
            submit_id=uuid5(attempt_id, f"{position}:{tries}"),
            seconds=seconds,
            sure=sure,
        )
        return select_attempt(session=session, attempt_id=attempt_id)


def reveal(attempt_id: UUID, position: int) -> StoredAttempt | None:
    """Store that the learner asked to see the answer, and return how the attempt then stands; None: they had."""
    now = clock.now()
    with store.database().write() as session:
        attempt = select_attempt(session=session, attempt_id=attempt_id).attempt
        if attempt.items[position].shown_at is not None:
            return None
        attempt = show_answer(attempt, position, now)
        save_event(session=session, attempt=attempt, kind="show", now=now, position=position)
        return select_attempt(session=session, attempt_id=attempt_id)


def go_on(attempt_id: UUID, position: int) -> StoredAttempt | None:
    """Move to the question after that position and return how the attempt then stands.

    An endless session draws one more; the last one ends. None: it has ended, or was gone on from already.
    """
    now = clock.now()
    # Looked at and stored in one transaction: the second click of a double one runs beside the first.
    with store.database().write() as session:
        stored = select_attempt(session=session, attempt_id=attempt_id)
        attempt, following = stored.attempt, position + 1
        if attempt.position != position:
            return None
        if following >= len(attempt.items):
            if attempt.size is not None:
                save_finish(session=session, attempt=finish(attempt, now))
                return None
            append_item(session=session, attempt=attempt, question=_another(stored), now=now)
        save_event(session=session, attempt=attempt, kind="move", now=now, position=following)
        return select_attempt(session=session, attempt_id=attempt_id)


def end(attempt_id: UUID) -> None:
    """Store that the session is finished."""
    with store.database().write() as session:
        save_finish(
            session=session,
            attempt=finish(select_attempt(session=session, attempt_id=attempt_id).attempt, clock.now()),
        )


def missed_codes(attempt: Attempt) -> tuple[str, ...]:
    """Return the codes of criteria in which a first try was not fully right, in order."""
    refs = {
        item.question.head.ref
        for item in attempt.items
        if item.first is not None and item.first.mark is not None and item.first.mark.fraction < 1
    }
    return tuple(ref.code for ref in sorted(refs, key=lambda ref: ref.sort_key))


def size_for(codes: Sequence[str]) -> int:
    """Return how many questions suit that many criteria: two each, between 5 and 30."""
    return min(30, max(5, 2 * len(codes)))


def _another(stored: StoredAttempt) -> Question:
    """Return the next question of an endless session."""
    attempt = stored.attempt
    return draw(
        PracticePlan.from_json(stored.plan),
        store.bank(),
        stored.seed,
        today=clock.today(),
        history=_history(attempt.learner, attempt.unit),
        asked=[item.question for item in attempt.items],
    )


def _history(learner: UUID, unit: str) -> History:
    with store.database().read() as session:
        return History(
            select_seen_families(session=session, learner=learner, unit=unit),
            select_met_in_test(session=session, learner=learner, unit=unit),
        )
