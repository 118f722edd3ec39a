"""A class with something of everything in it: Samira, in every table that can hold her, and Eve."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

from alembic import command
from alembic.config import Config
from literal_attempts import RIGHT, START, WRONG, at, practice, question
from sqlalchemy import create_engine
from stored_moves import begin, give, set_flag

import models
from models import (
    Database,
    Learner,
    add_member,
    create_device,
    create_group,
    create_learner,
    create_lesson,
    create_return_code,
    join_live,
    open_live,
    report_question,
    save_comment,
    save_count,
    save_item,
    save_live_answer,
    save_own_words,
    save_place,
    save_plan,
    save_status,
)
from quiz.portfolio import EvidenceItem, Standing, Status
from quiz.sessions import Lesson, Step
from quiz.statistics import ReportReason
from quiz.syllabus import CriterionRef

TEA = CriterionRef("L/601/7638", "1.1")
EVES_ATTEMPT = UUID("33333333-3333-4333-8333-333333333333")
EVIDENCE = UUID("44444444-4444-4444-8444-444444444444")
LESSON = UUID("55555555-5555-4555-8555-555555555555")
COMMENT = UUID("66666666-6666-4666-8666-666666666666")

HER_TEXTS = (
    "Samira Okonkwo",
    "I warm the pot before I pour",
    "Photograph of the green kettle",
    "Locker seventeen",
    "The kettle question has two keys",
    "Sammy the Swift",
    "sammy the swift",
    "Well put about the pot",
    "Question L6017638-1.2-01?",
)
"""What can be traced back to Samira; the last is a question that only she was shown."""
EVES_TEXTS = ("Eve", "Eve says milk first", "Quick Eve", "Question L6017638-1.1-01?", "Tuesday tea")


def a_class(database: Database) -> tuple[Learner, Learner]:
    """Store the class and return Samira and Eve."""
    with database.write() as session:
        sam = create_learner(session=session, name="Samira Okonkwo", now=START)
        eve = create_learner(session=session, name="Eve", now=at(1))
    hers = begin(database, practice(question("1.1"), question("1.2"), learner=sam.id))
    hers = give(database, hers, 0, RIGHT, at(1))
    hers = give(database, hers, 1, WRONG, at(2))
    set_flag(database, hers, 1, True, at(2))
    give(
        database, begin(database, practice(question("1.1"), learner=eve.id, id=EVES_ATTEMPT)), 0, WRONG, at(3)
    )
    _entries(database, sam, eve)
    _lesson(database, sam, eve)
    return sam, eve


def _entries(database: Database, sam: Learner, eve: Learner) -> None:
    item = EvidenceItem(
        EVIDENCE, "Photograph of the green kettle", "P", "A7", "Locker seventeen", date(2026, 11, 1), "", (TEA,),
        False,
    )  # fmt: skip
    with database.write() as session:
        save_own_words(
            session=session,
            learner=sam.id,
            ref=TEA,
            text="I warm the pot before I pour",
            points=[0],
            now=at(4),
        )
        save_own_words(
            session=session, learner=eve.id, ref=TEA, text="Eve says milk first", points=[], now=at(4)
        )
        save_item(session=session, learner=sam.id, item=item, now=at(5))
        save_status(session=session, learner=sam.id, ref=TEA, status=Status(Standing.GATHERING), now=at(5))
        save_count(session=session, learner=sam.id, ref=TEA, name="methods", count=2)
        save_plan(session=session, learner=sam.id, qualification="btec2-cco", units=["L/601/7638"], now=at(5))
        report_question(
            session=session, learner=sam.id, attempt_id=UUID("22222222-2222-4222-8222-222222222222"), position=1,
            reason=ReportReason.SEVERAL, text="The kettle question has two keys", now=at(6),
        )  # fmt: skip
        group = create_group(
            session=session, name="Tuesday tea", qualification=None, units=None, random=Random(1), now=START
        )
        for learner in (sam, eve):
            add_member(session=session, group_id=group.id, learner=learner.id, now=at(1))
        save_comment(
            session=session, comment_id=COMMENT, group_id=group.id, learner=sam.id, ref=TEA,
            text="Well put about the pot", now=at(7),
        )  # fmt: skip
        create_return_code(session=session, learner=sam.id, random=Random(2), now=at(8))


def _lesson(database: Database, sam: Learner, eve: Learner) -> None:
    """Samira joins before she has a profile on her device; it becomes hers afterwards."""
    with database.write() as session:
        create_lesson(
            session=session, lesson=Lesson(LESSON, "L/601/7638", "Tea", (question("1.3"),)), now=START
        )
        open_live(session=session, lesson=LESSON, group=None, random=Random(3), now=START)
        for learner, name in ((sam, "Sammy the Swift"), (eve, "Quick Eve")):
            device, _ = create_device(session=session, now=START)
            who = join_live(
                session=session, lesson=LESSON, device=device.id, name=name, learner=None, keeps=False, now=at(1)
            )  # fmt: skip
            save_place(session=session, lesson=LESSON, position=0, step=Step.OPTIONS)
            save_live_answer(session=session, participant=who.id, position=0, response=RIGHT, now=at(2))
            models.bind_device(session=session, device=device.id, learner=learner.id)


def of_form(folder: Path, form: str, learner: UUID) -> Path:
    """Make a database of an older form with one learner, Samira, and her text; return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(Path(models.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{folder / 'headset.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, form)
    engine.dispose()
    with closing(sqlite3.connect(folder / "headset.db")) as connection, connection:
        connection.execute(
            "INSERT INTO learner VALUES (?, 'Samira Okonkwo', '2026-11-22T09:00:00.000000+00:00', "
            "'2026-11-22T09:05:00.000000+00:00', '{}')",
            (learner.hex,),
        )
        connection.execute(
            "INSERT INTO own_words VALUES ('22222222222242228222222222222222', ?, 'L/601/7638', '1.1', "
            "'I warm the pot before I pour', '[0]', '2026-11-22T09:03:00.000000+00:00')",
            (learner.hex,),
        )
    return folder / "headset.db"


def found_in(paths: list[Path], texts: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return which of the texts, in UTF-8 or UTF-16, stand in which of the files."""
    return [
        (path.name, text)
        for path in paths
        for text in texts
        if any(text.encode(form) in path.read_bytes() for form in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    """Return what a query finds in a database file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()
