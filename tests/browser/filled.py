"""A data folder with something of everything in it: a demo class of ten, and a learner with months behind them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from literal_questions import ONE_OF_EACH

from models import (
    Database,
    create_attempt,
    create_group,
    create_lesson,
    note_use,
    open_database,
    report_question,
    save_comment,
    save_finish,
    save_hands,
    save_own_words,
    save_response,
    save_settings,
    save_task,
    select_learners,
)
from models.demo import make_demo
from quiz.classes import make_task
from quiz.questions import SingleChoice, SingleChoiceResponse
from quiz.sessions import Attempt, Item, Kind, Lesson, QuestionBank, answer, assemble, finish
from quiz.statistics import ReportReason
from quiz.syllabus import CONTENT_DIR, CriterionRef, load_packs
from quiz.wording import LONDON

UNIT = "L/601/7638"


@dataclass(frozen=True)
class Filled:
    """A filled folder and the ids in it."""

    folder: Path
    learner: UUID
    member: UUID
    group: UUID
    own_group: UUID
    own_code: str
    practising: UUID
    passed: UUID
    lesson: UUID
    family: str


def fill(folder: Path) -> Filled:
    """Make the folder. One of the demo class becomes real: the learner who used this machine last."""
    bank = QuestionBank(load_packs(CONTENT_DIR, folder / "compiled"))
    now = datetime.now(UTC)
    with closing(open_database(folder)) as database:
        demo = make_demo(database, bank, learners=10, weeks=3, seed=5, until=now.astimezone(LONDON).date())
        steady = [one for one in demo.learners if one not in demo.at_risk]
        learner, member = steady[0], steady[1]
        with database.write() as db:
            save_settings(session=db, learner_id=learner, settings={"demo": False, "ask_sure": True})
            note_use(session=db, learner_id=learner, now=now)
            group = create_group(
                session=db, name="Tuesday", qualification=None, units=(UNIT,), random=Random(4), now=now
            )
            save_task(
                session=db,
                task=make_task(
                    uuid4(), demo.groups[0], title="Rights at work", unit=UNIT, codes=["1.2", "1.3"], questions=10,
                    due=now.date() + timedelta(days=6), now=now, today=now.date(),
                ),
            )  # fmt: skip
            save_own_words(
                session=db, learner=learner, ref=CriterionRef(UNIT, "1.2"), text="My contract says when I work.",
                points=(0,), now=now,
            )  # fmt: skip
            save_comment(
                session=db, comment_id=uuid4(), group_id=demo.groups[0], learner=learner,
                ref=CriterionRef(UNIT, "1.2"), text="Say where you keep it.", now=now,
            )  # fmt: skip
            lesson = Lesson(uuid4(), UNIT, "Tea", ONE_OF_EACH)
            create_lesson(session=db, lesson=lesson, now=now)
            for option, hands in (("a", 12), ("b", 5)):
                save_hands(session=db, lesson_id=lesson.id, position=0, option=option, hands=hands)
            known = {entry.id: entry for entry in select_learners(session=db)}
        assert not known[learner].demo
        practising = _practice(database, learner, now)
        passed, family = _passed(database, bank, learner, now)
    return Filled(
        folder,
        learner,
        member,
        demo.groups[0],
        group.id,
        group.join_code,
        practising,
        passed,
        lesson.id,
        family,
    )


def _practice(database: Database, learner: UUID, now: datetime) -> UUID:
    """Store a session with a question of each type, not begun."""
    attempt = Attempt(
        id=uuid4(), learner=learner, unit=UNIT, kind=Kind.PRACTICE, title="Tea", started_at=now,
        items=tuple(Item(question) for question in ONE_OF_EACH), size=len(ONE_OF_EACH),
    )  # fmt: skip
    with database.write() as db:
        create_attempt(session=db, attempt=attempt, plan="{}", seed=1, content_version="1")
    return attempt.id


def _passed(database: Database, bank: QuestionBank, learner: UUID, now: datetime) -> tuple[UUID, str]:
    """Store a test with every answer right, of which one question was reported; return it and that question."""
    unit, began = bank.pack.units[UNIT], now - timedelta(hours=2)
    paper = assemble(unit, bank, 77, today=now.date())
    attempt = Attempt(
        id=uuid4(), learner=learner, unit=UNIT, kind=Kind.TEST, title=unit.blueprint.name, started_at=began,
        items=tuple(Item(question) for question in paper.questions), size=len(paper.questions),
        minutes=unit.blueprint.minutes,
    )  # fmt: skip
    with database.write() as db:
        create_attempt(session=db, attempt=attempt, plan="{}", seed=77, content_version="1")
        for position, question in enumerate(paper.questions):
            assert isinstance(question, SingleChoice)
            at = began + timedelta(seconds=30 * position)
            response = SingleChoiceResponse(chosen=next(o.key for o in question.options if o.right))
            attempt = answer(attempt, position, response, at)
            save_response(
                session=db, attempt=attempt, position=position, response=response, now=at, submit_id=uuid4()
            )
        save_finish(session=db, attempt=finish(attempt, began + timedelta(minutes=30)))
        report_question(
            session=db, learner=learner, attempt_id=attempt.id, position=0, reason=ReportReason.OTHER,
            text="The second option is right too.", now=now,
        )  # fmt: skip
    written = next(q for q in paper.questions if q.head.origin == "written")
    return attempt.id, written.head.family
