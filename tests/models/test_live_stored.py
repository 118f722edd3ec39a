"""Live lessons as stored: who is in them, which answers count, what is left when they have ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from literal_attempts import RIGHT, START, WRONG, at, question
from literal_packs import criterion, pack_of, unit_of
from literal_questions import MULTIPLE_RESPONSE
from sqlalchemy.exc import IntegrityError

from models import (
    Database,
    GroupLesson,
    Learner,
    LiveLesson,
    RecordMissing,
    count_live_answers,
    create_device,
    create_group,
    create_learner,
    create_lesson,
    delete_group,
    delete_lesson,
    end_live,
    export_log,
    forget_devices,
    free_nickname,
    gather,
    import_log,
    join_live,
    open_database,
    open_live,
    remove_participant,
    save_keeps,
    save_live_answer,
    save_place,
    save_settings,
    select_attempt,
    select_attempts,
    select_evidence,
    select_group_lessons,
    select_live_answers,
    select_optional_current,
    select_optional_joinable,
    select_optional_lesson,
    select_optional_live,
    select_optional_participant,
    select_participants,
)
from models.demo import remove_demo
from quiz.classes import CODE_SIGNS, Group
from quiz.errors import EntryRefused, MoveRefused
from quiz.progress import QuizEvidence
from quiz.questions import MultipleResponseResponse, Question, Response, SingleChoiceResponse
from quiz.reports.summary_json import summary_json
from quiz.sessions import (
    MOST_PARTICIPANTS,
    Finish,
    Kind,
    Lesson,
    LiveAnswer,
    LivePlace,
    LiveStage,
    Participant,
    PracticePlan,
    Step,
)
from quiz.syllabus import CriterionRef

UNIT = "L/601/7638"
NOBODY = UUID("99999999-9999-4999-8999-999999999999")
ASKED = (question("1.1"), question("1.2"), MULTIPLE_RESPONSE)
GONE = r"^This live lesson is not here any more\. Ask your tutor for a new code\.$"
OUT = r"^You are not in this lesson any more\. Join it again with the code on the screen\.$"
ELSEWHERE = r"^The class has gone on to another question\. Here it is\.$"
SHOWN = r"^The answer has been on the screen already, so this one was not stored\.$"


@pytest.fixture
def lesson(database: Database) -> Lesson:
    """Return a lesson of three questions that learners may join."""
    return started(database)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """Return the database of another machine."""
    opened = open_database(tmp_path / "other")
    yield opened
    opened.close()


def stored_lesson(database: Database, title: str = "Tea", minute: float = 0, *asked: Question) -> Lesson:
    made = Lesson(uuid4(), UNIT, title, asked or ASKED)
    with database.write() as session:
        create_lesson(session=session, lesson=made, now=at(minute))
    return made


def opened(
    database: Database, lesson: Lesson, minute: float = 0, seed: int = 1, group: Group | None = None
) -> LiveLesson:
    with database.write() as session:
        return open_live(
            session=session, lesson=lesson.id, group=group.id if group else None, random=Random(seed),
            now=at(minute),
        )  # fmt: skip


def started(database: Database, title: str = "Tea", minute: float = 0, group: Group | None = None) -> Lesson:
    made = stored_lesson(database, title, minute)
    opened(database, made, minute, group=group)
    return made


def a_group(database: Database, name: str = "Tuesday", demo: bool = False) -> Group:
    with database.write() as session:
        return create_group(
            session=session,
            name=name,
            qualification=None,
            units=None,
            random=Random(name),
            now=START,
            demo=demo,
        )


def a_learner(database: Database, name: str) -> Learner:
    with database.write() as session:
        return create_learner(session=session, name=name, now=START)


def a_device(database: Database, learner: Learner | None = None) -> UUID:
    with database.write() as session:
        device, _ = create_device(session=session, now=START, learner=learner.id if learner else None)
    return device.id


def join(
    database: Database,
    lesson: Lesson,
    name: str,
    learner: Learner | None = None,
    *,
    keeps: bool = False,
    device: UUID | None = None,
    minute: float = 0,
) -> Participant:
    device = device or a_device(database, learner)
    with database.write() as session:
        return join_live(
            session=session, lesson=lesson.id, device=device, name=name,
            learner=learner.id if learner else None, keeps=keeps, now=at(minute),
        )  # fmt: skip


def show(database: Database, lesson: Lesson, position: int, step: Step = Step.OPTIONS) -> LivePlace:
    with database.write() as session:
        return save_place(session=session, lesson=lesson.id, position=position, step=step)


def send(
    database: Database, who: Participant, position: int, response: Response, minute: float = 1
) -> LiveAnswer:
    with database.write() as session:
        return save_live_answer(
            session=session, participant=who.id, position=position, response=response, now=at(minute)
        )


def free(database: Database, lesson: Lesson, who: Participant) -> None:
    with database.write() as session:
        free_nickname(session=session, lesson=lesson.id, participant=who.id)


def ended(database: Database, lesson: Lesson, minute: float) -> int:
    with database.write() as session:
        return end_live(session=session, lesson=lesson.id, content_version="v9", now=at(minute))


def live(database: Database, lesson: Lesson) -> LiveLesson:
    with database.read() as session:
        found = select_optional_live(session=session, lesson=lesson.id)
    assert found is not None
    return found


def names(database: Database, lesson: Lesson) -> list[str]:
    with database.read() as session:
        return [one.nickname for one in select_participants(session=session, lesson=lesson.id)]


def answers(database: Database, lesson: Lesson, **only: object) -> list[LiveAnswer]:
    with database.read() as session:
        return select_live_answers(session=session, lesson=lesson.id, **only)


def answered(database: Database, lesson: Lesson, position: int) -> int:
    with database.read() as session:
        return count_live_answers(session=session, lesson=lesson.id, position=position)


def current(database: Database, device: UUID) -> UUID | None:
    with database.read() as session:
        return select_optional_current(session=session, device=device)


def evidence(database: Database, learner: Learner) -> list[QuizEvidence]:
    with database.read() as session:
        return select_evidence(session=session, learner=learner.id)


def fact(code: str, fraction: float, minute: float) -> QuizEvidence:
    name = f"L6017638-{code}-01"
    return QuizEvidence(CriterionRef(UNIT, code), name, name, fraction, at(minute), Kind.PRACTICE, None, None)


def number(database: Database, table: str) -> int:
    with database.read() as session:
        return int(session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def left(database: Database) -> tuple[int, int, int]:
    """Return how many live lessons, participants and answers are stored."""
    return (
        number(database, "live_lesson"),
        number(database, "participant"),
        number(database, "live_answer"),
    )


# Opening


def test_an_opened_lesson_waits_and_is_found_by_its_code_of_six_signs(database: Database) -> None:
    lesson = stored_lesson(database)
    with database.read() as session:
        assert select_optional_live(session=session, lesson=lesson.id) is None
    found = opened(database, lesson, 1)
    assert found.code is not None
    assert len(found.code) == 6
    assert set(found.code) <= set(CODE_SIGNS)
    assert found == LiveLesson(lesson.id, found.code, None, at(1), None, LivePlace(LiveStage.WAITING))
    assert live(database, lesson) == found
    with database.read() as session:
        assert select_optional_joinable(session=session, code=found.code) == found
        assert select_optional_joinable(session=session, code="777777") is None


def test_a_lesson_opened_twice_stays_as_it_is(database: Database, lesson: Lesson) -> None:
    before = live(database, lesson)
    assert opened(database, lesson, 5, seed=2, group=a_group(database)) == before
    assert number(database, "live_lesson") == 1


def test_the_same_chance_gives_another_code_where_the_first_is_taken(database: Database) -> None:
    codes = [opened(database, stored_lesson(database), seed=7).code for _ in range(2)]
    source = Random(7)
    assert codes == ["".join(source.choice(CODE_SIGNS) for _ in range(6)) for _ in range(2)]


def test_a_lesson_that_is_gone_is_not_opened(database: Database) -> None:
    words = r"^This lesson is not here any more\. Start another under Lesson\.$"
    with pytest.raises(RecordMissing, match=words):
        opened(database, Lesson(NOBODY, UNIT, "Tea", ASKED))


# Joining


def test_who_joins_has_their_name_trimmed_and_keeps_only_with_a_profile(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    sam = join(database, lesson, "  Sam \n S ", learner, keeps=True, minute=1)
    assert sam == Participant(sam.id, "Sam S", at(1), learner.id, True, True)
    guest = join(database, lesson, "Guest", keeps=True, minute=2)
    assert guest == Participant(guest.id, "Guest", at(2), None, False, True)
    with database.read() as session:
        assert select_participants(session=session, lesson=lesson.id) == [sam, guest]


@pytest.mark.parametrize("name", ["Weiß", "weiss", " WEISS "])
def test_a_nickname_is_taken_whatever_its_capitals(database: Database, lesson: Lesson, name: str) -> None:
    join(database, lesson, "Weiss")
    with pytest.raises(EntryRefused, match=r"^Somebody in this lesson is called “Weiss” already\. Choose"):
        join(database, lesson, name)
    assert names(database, lesson) == ["Weiss"]


def test_the_database_holds_a_nickname_once_in_a_lesson(database: Database, lesson: Lesson) -> None:
    join(database, lesson, "Sam")
    with pytest.raises(IntegrityError), database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO participant SELECT '00000000000000000000000000000001', lesson_id, NULL, NULL, 'SAM',"
            " folded, keeps, joined_at FROM participant"
        )


def test_a_nickname_may_be_in_two_lessons(database: Database, lesson: Lesson) -> None:
    second = stored_lesson(database, "Cups")
    opened(database, second, seed=2)
    join(database, lesson, "Sam")
    join(database, second, "Sam")
    assert (names(database, lesson), names(database, second)) == (["Sam"], ["Sam"])


@pytest.mark.parametrize(("name", "words"), [(" ", "^Type the name"), ("x" * 25, "^That name is 25")])
def test_a_nickname_that_cannot_be_taken_is_refused(
    database: Database, lesson: Lesson, name: str, words: str
) -> None:
    with pytest.raises(EntryRefused, match=words):
        join(database, lesson, name)
    assert names(database, lesson) == []


def test_a_device_stays_who_it_was_whatever_name_it_brings(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    device = a_device(database, learner)
    sam = join(database, lesson, "Sam", learner, keeps=True, device=device, minute=1)
    for name in ("Eve", "Sam", ""):
        again = join(database, lesson, name, device=device, minute=2)
        assert again == replace(sam, joined_at=at(2))
    assert names(database, lesson) == ["Sam"]
    with database.read() as session:
        assert select_optional_participant(session=session, lesson=lesson.id, device=device) == again
        assert select_optional_participant(session=session, lesson=lesson.id, device=NOBODY) is None


def test_a_freed_nickname_goes_to_the_next_device_with_its_answers(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    old, new = a_device(database), a_device(database, learner)
    sam = join(database, lesson, "Sam", device=old)
    show(database, lesson, 0)
    send(database, sam, 0, RIGHT)
    free(database, lesson, sam)
    with database.read() as session:
        assert select_participants(session=session, lesson=lesson.id) == [replace(sam, connected=False)]
        assert select_optional_participant(session=session, lesson=lesson.id, device=old) is None
    again = join(database, lesson, "SAM", learner, keeps=True, device=new, minute=3)
    assert again == Participant(sam.id, "Sam", at(3), learner.id, True, True)
    assert [one.participant for one in answers(database, lesson)] == [sam.id]
    with pytest.raises(EntryRefused, match="is called “Sam” already"):
        join(database, lesson, "Sam", device=old)


def test_a_nickname_is_freed_and_somebody_taken_out_in_their_own_lesson_only(
    database: Database, lesson: Lesson
) -> None:
    second = stored_lesson(database, "Cups")
    opened(database, second, seed=2)
    sam = join(database, lesson, "Sam")
    with database.write() as session:
        free_nickname(session=session, lesson=second.id, participant=sam.id)
        remove_participant(session=session, lesson=second.id, participant=sam.id)
        free_nickname(session=session, lesson=lesson.id, participant=NOBODY)
        remove_participant(session=session, lesson=lesson.id, participant=NOBODY)
    with database.read() as session:
        assert select_participants(session=session, lesson=lesson.id) == [sam]


def test_who_is_taken_out_goes_with_their_answers_and_the_nickname_is_free(
    database: Database, lesson: Lesson
) -> None:
    sam, eve = join(database, lesson, "Sam"), join(database, lesson, "Eve")
    show(database, lesson, 0)
    for one in (sam, eve):
        send(database, one, 0, RIGHT)
    with database.write() as session:
        remove_participant(session=session, lesson=lesson.id, participant=sam.id)
    assert names(database, lesson) == ["Eve"]
    assert [one.participant for one in answers(database, lesson)] == [eve.id]
    with pytest.raises(RecordMissing, match=OUT):
        send(database, sam, 0, RIGHT)
    with pytest.raises(RecordMissing, match=OUT), database.write() as session:
        save_keeps(session=session, participant=sam.id, keeps=True)
    assert join(database, lesson, "Sam").id != sam.id


def test_a_full_lesson_takes_nobody_new_but_those_who_are_in_it_and_a_freed_nickname(
    database: Database, lesson: Lesson
) -> None:
    assert MOST_PARTICIPANTS == 200
    with database.write() as session:
        for place in range(200):
            device, _ = create_device(session=session, now=START)
            last = join_live(
                session=session, lesson=lesson.id, device=device.id, name=f"Learner {place}", learner=None,
                keeps=False, now=START,
            )  # fmt: skip
    words = r"^This lesson is full: 200 have joined\. Look on with somebody\.$"
    with pytest.raises(EntryRefused, match=words):
        join(database, lesson, "One too many")
    assert join(database, lesson, "Anything", device=device.id).nickname == "Learner 199"
    free(database, lesson, last)
    assert join(database, lesson, "learner 199").id == last.id
    assert len(names(database, lesson)) == 200


def test_nobody_joins_a_lesson_that_has_ended_or_is_gone(database: Database, lesson: Lesson) -> None:
    ended(database, lesson, 1)
    with pytest.raises(
        MoveRefused, match=r"^This lesson has ended\. Ask your tutor for the code of the next"
    ):
        join(database, lesson, "Sam")
    with pytest.raises(RecordMissing, match=GONE):
        join(database, stored_lesson(database), "Sam")


def test_the_lesson_of_a_device_is_the_one_it_joined_last(database: Database, lesson: Lesson) -> None:
    second = stored_lesson(database, "Cups")
    opened(database, second, seed=2)
    device = a_device(database)
    assert current(database, device) is None
    join(database, lesson, "Sam", device=device, minute=1)
    assert current(database, device) == lesson.id
    join(database, second, "Sam", device=device, minute=2)
    assert current(database, device) == second.id
    join(database, lesson, "Sam", device=device, minute=3)
    assert current(database, device) == lesson.id


def test_a_device_that_takes_a_freed_nickname_is_in_that_lesson(database: Database, lesson: Lesson) -> None:
    second = stored_lesson(database, "Cups")
    opened(database, second, seed=2)
    device = a_device(database)
    sam = join(database, lesson, "Sam", minute=1)
    join(database, second, "Sam", device=device, minute=2)
    free(database, lesson, sam)
    join(database, lesson, "Sam", device=device, minute=3)
    assert current(database, device) == lesson.id


# What the screen shows


def test_the_place_is_stored_with_every_answer_that_was_shown(database: Database, lesson: Lesson) -> None:
    assert show(database, lesson, 0, Step.ANSWER) == LivePlace(
        LiveStage.ASKING, 0, Step.ANSWER, frozenset({0})
    )
    show(database, lesson, 2, Step.NOTE)
    place = show(database, lesson, 1, Step.OPTIONS)
    assert place == LivePlace(LiveStage.ASKING, 1, Step.OPTIONS, frozenset({0, 2}))
    assert live(database, lesson).place == place


def test_the_place_of_a_lesson_that_has_ended_or_is_gone_does_not_move(
    database: Database, lesson: Lesson
) -> None:
    show(database, lesson, 1, Step.ANSWER)
    ended(database, lesson, 1)
    with pytest.raises(MoveRefused, match=r"^This live lesson has ended\. Open it again to go on\.$"):
        show(database, lesson, 2)
    assert live(database, lesson).place == LivePlace(LiveStage.ENDED, 1, Step.ANSWER, frozenset({1}))
    with pytest.raises(RecordMissing, match=GONE):
        show(database, stored_lesson(database), 0)


# Answers


def test_an_answer_is_stored_with_what_it_earned_and_its_moment_in_utc(
    database: Database, lesson: Lesson
) -> None:
    sam = join(database, lesson, "Sam")
    show(database, lesson, 2)
    half = MultipleResponseResponse(chosen=("a", "c"))
    with database.write() as session:
        given = save_live_answer(
            session=session, participant=sam.id, position=2, response=half,
            now=at(4).astimezone(timezone(timedelta(hours=5))),
        )  # fmt: skip
    assert given == LiveAnswer(sam.id, 2, half, 0.5, at(4))
    assert answers(database, lesson) == [given]
    assert answers(database, lesson)[0].given_at.utcoffset() == timedelta(0)


def test_a_change_of_mind_replaces_the_answer(database: Database, lesson: Lesson) -> None:
    sam = join(database, lesson, "Sam")
    show(database, lesson, 0)
    assert send(database, sam, 0, RIGHT, 1) == LiveAnswer(sam.id, 0, RIGHT, 1.0, at(1))
    assert send(database, sam, 0, WRONG, 2) == LiveAnswer(sam.id, 0, WRONG, 0.0, at(2))
    assert answers(database, lesson) == [LiveAnswer(sam.id, 0, WRONG, 0.0, at(2))]
    assert answered(database, lesson, 0) == 1


def test_answers_are_counted_and_listed_by_position_and_by_participant(
    database: Database, lesson: Lesson
) -> None:
    sam, eve = join(database, lesson, "Sam"), join(database, lesson, "Eve")
    second = stored_lesson(database, "Cups")
    opened(database, second, seed=2)
    stranger = join(database, second, "Al")
    show(database, second, 0)
    send(database, stranger, 0, RIGHT)
    show(database, lesson, 1)
    send(database, eve, 1, RIGHT, 1)
    show(database, lesson, 0)
    send(database, sam, 0, RIGHT, 3)
    send(database, eve, 0, WRONG, 2)
    first = LiveAnswer(eve.id, 0, WRONG, 0.0, at(2))
    mine = LiveAnswer(sam.id, 0, RIGHT, 1.0, at(3))
    last = LiveAnswer(eve.id, 1, RIGHT, 1.0, at(1))
    assert answers(database, lesson) == [first, mine, last]
    assert answers(database, lesson, position=0) == [first, mine]
    assert answers(database, lesson, participant=eve.id) == [first, last]
    assert answers(database, lesson, position=1, participant=sam.id) == []
    assert [answered(database, lesson, place) for place in range(3)] == [2, 1, 0]


@pytest.mark.parametrize(
    ("shown", "position", "words"),
    [
        ([], 0, ELSEWHERE),
        (
            [(0, Step.QUESTION)],
            0,
            r"^The options are not on the screen now, so this answer was not stored\.$",
        ),
        ([(0, Step.OPTIONS), (0, Step.ANSWER)], 0, SHOWN),
        ([(0, Step.ANSWER), (0, Step.OPTIONS)], 0, SHOWN),
        ([(0, Step.ANSWER), (1, Step.OPTIONS), (0, Step.OPTIONS)], 0, SHOWN),
        ([(0, Step.OPTIONS), (1, Step.OPTIONS)], 0, ELSEWHERE),
        ([(0, Step.OPTIONS)], 1, ELSEWHERE),
        ([(0, Step.OPTIONS)], 3, ELSEWHERE),
        ([(0, Step.OPTIONS)], -1, ELSEWHERE),
    ],
)
def test_an_answer_at_the_wrong_moment_is_refused_and_not_stored(
    database: Database, lesson: Lesson, shown: list[tuple[int, Step]], position: int, words: str
) -> None:
    sam = join(database, lesson, "Sam")
    for place, step in shown:
        show(database, lesson, place, step)
    with pytest.raises(MoveRefused, match=words):
        send(database, sam, position, RIGHT)
    assert answers(database, lesson) == []


def test_what_was_answered_before_the_answer_was_shown_stands(database: Database, lesson: Lesson) -> None:
    sam = join(database, lesson, "Sam")
    show(database, lesson, 0)
    send(database, sam, 0, WRONG)
    show(database, lesson, 0, Step.ANSWER)
    show(database, lesson, 0)
    with pytest.raises(MoveRefused, match=SHOWN):
        send(database, sam, 0, RIGHT, 2)
    assert answers(database, lesson) == [LiveAnswer(sam.id, 0, WRONG, 0.0, at(1))]


def test_an_empty_answer_is_refused_and_the_one_before_stands(database: Database, lesson: Lesson) -> None:
    sam = join(database, lesson, "Sam")
    show(database, lesson, 0)
    send(database, sam, 0, WRONG)
    with pytest.raises(MoveRefused, match=r"^Choose an answer first\.$"):
        send(database, sam, 0, SingleChoiceResponse(chosen=None), 2)
    assert [one.response for one in answers(database, lesson)] == [WRONG]


def test_a_lesson_that_has_ended_takes_no_answer(database: Database, lesson: Lesson) -> None:
    sam = join(database, lesson, "Sam")
    show(database, lesson, 0)
    ended(database, lesson, 1)
    with pytest.raises(MoveRefused, match=r"^The lesson has ended, so this answer was not stored\.$"):
        send(database, sam, 0, RIGHT, 2)
    assert answers(database, lesson) == []


# Ending


def answer_all(database: Database, lesson: Lesson, *people: Participant) -> None:
    """Ask 1.2 and then 1.1: a wrong answer in minute 2, and a right one in 4 after a wrong one in 3."""
    show(database, lesson, 1)
    for one in people:
        send(database, one, 1, WRONG, 2)
    show(database, lesson, 1, Step.NOTE)
    show(database, lesson, 0)
    for one in people:
        send(database, one, 0, WRONG, 3)
        send(database, one, 0, RIGHT, 4)


def test_an_ended_lesson_becomes_practice_of_those_who_said_so_and_have_a_profile(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    eve, idle = a_learner(database, "Eve"), a_learner(database, "Idle")
    people = [
        join(database, lesson, "Sam", learner, keeps=True),
        join(database, lesson, "Eve", eve, keeps=False),
        join(database, lesson, "Guest", keeps=True),
    ]
    join(database, lesson, "Idle", idle, keeps=True)
    answer_all(database, lesson, *people)
    assert ended(database, lesson, 9) == 1
    assert evidence(database, learner) == [fact("1.2", 0.0, 2), fact("1.1", 1.0, 4)]
    assert (evidence(database, eve), evidence(database, idle)) == ([], [])
    assert number(database, "attempt") == 1
    found = live(database, lesson)
    assert (found.code, found.ended_at, found.place.stage) == (None, at(9), LiveStage.ENDED)
    assert len(answers(database, lesson)) == 6


def test_the_practice_of_a_lesson_is_a_finished_session_in_the_order_of_the_answers(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    answer_all(database, lesson, join(database, lesson, "Sam", learner, keeps=True))
    ended(database, lesson, 9)
    with database.read() as session:
        (listed,) = select_attempts(
            session=session, learner=learner.id, kinds=[Kind.PRACTICE], finished=True, unit=UNIT
        )
        stored = select_attempt(session=session, attempt_id=listed.id)
    assert (listed.title, listed.started_at, listed.finished_at) == ("Lesson: Tea", at(2), at(4))
    assert (listed.size, listed.answered) == (2, 2)
    assert (stored.seed, stored.content_version) == (0, "v9")
    assert PracticePlan.from_json(stored.plan) == PracticePlan(UNIT, ("1.2", "1.1"), 2)
    items = stored.attempt.items
    assert [item.question for item in items] == [ASKED[1], ASKED[0]]
    assert [[(one.response, one.at) for one in item.given] for item in items] == [
        [(WRONG, at(2))],
        [(RIGHT, at(4))],
    ]
    assert stored.attempt.finish is Finish.LEARNER


def test_whether_answers_are_kept_may_be_said_until_the_end(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    eve = a_learner(database, "Eve")
    changing = [
        (join(database, lesson, "Sam", learner, keeps=False), True),
        (join(database, lesson, "Eve", eve, keeps=True), False),
        (join(database, lesson, "Guest"), True),
    ]
    answer_all(database, lesson, *(one for one, _ in changing))
    with database.write() as session:
        for one, keeps in changing:
            save_keeps(session=session, participant=one.id, keeps=keeps)
    with database.read() as session:
        found = select_participants(session=session, lesson=lesson.id)
    assert {one.nickname: one.keeps for one in found} == {"Sam": True, "Eve": False, "Guest": False}
    assert ended(database, lesson, 9) == 1
    assert (len(evidence(database, learner)), evidence(database, eve)) == (2, [])


def test_a_lesson_ended_twice_adds_nothing(database: Database, lesson: Lesson, learner: Learner) -> None:
    answer_all(database, lesson, join(database, lesson, "Sam", learner, keeps=True))
    assert [ended(database, lesson, 9), ended(database, lesson, 10)] == [1, 0]
    assert live(database, lesson).ended_at == at(9)
    assert (number(database, "attempt"), number(database, "response")) == (1, 2)


def test_a_lesson_opened_again_has_a_new_code_its_place_and_its_people(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    sam = join(database, lesson, "Sam", learner)
    show(database, lesson, 0, Step.ANSWER)
    before = live(database, lesson)
    ended(database, lesson, 9)
    with database.read() as session:
        assert select_optional_joinable(session=session, code=before.code or "") is None
    again = opened(database, lesson, 20, seed=2)
    assert again == replace(before, code=again.code, opened_at=at(20))
    assert again.code not in {None, before.code}
    with database.read() as session:
        assert select_participants(session=session, lesson=lesson.id) == [sam]


def test_a_lesson_opened_again_and_ended_adds_only_the_new_answers(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    sam = join(database, lesson, "Sam", learner, keeps=True)
    answer_all(database, lesson, sam)
    ended(database, lesson, 9)
    opened(database, lesson, 20)
    assert ended(database, lesson, 21) == 0
    opened(database, lesson, 30)
    show(database, lesson, 2)
    send(database, sam, 2, MultipleResponseResponse(chosen=("a", "d")), 31)
    assert ended(database, lesson, 32) == 1
    third = fact("1.1", 0.5, 31)
    assert evidence(database, learner) == [fact("1.2", 0.0, 2), fact("1.1", 1.0, 4), third]
    with database.read() as session:
        found = select_attempts(session=session, learner=learner.id, kinds=[Kind.PRACTICE], finished=True)
    assert [(one.started_at, one.size) for one in found] == [(at(31), 1), (at(2), 2)]


def test_a_lesson_that_was_never_live_is_not_ended(database: Database) -> None:
    with pytest.raises(RecordMissing, match=GONE):
        ended(database, stored_lesson(database), 1)


# Groups


def test_the_live_lessons_of_a_group_are_listed_the_newest_first_with_their_numbers(
    database: Database, learner: Learner
) -> None:
    tuesday, friday = a_group(database), a_group(database, "Friday")
    for title, minute, group in (
        ("Old", 1, tuesday),
        ("New", 2, tuesday),
        ("Theirs", 3, friday),
        ("Free", 4, None),
    ):
        made = stored_lesson(database, title, minute)
        opened(database, made, minute, seed=int(minute), group=group)
        if title == "Old":
            old = made
        if title == "New":
            new = made
    stored_lesson(database, "Never live", 5)
    answer_all(database, old, join(database, old, "Sam", learner), join(database, old, "Eve"))
    join(database, old, "Al")
    ended(database, old, 9)
    with database.read() as session:
        assert select_group_lessons(session=session, group=tuesday.id) == [
            GroupLesson(live(database, new), "New", 0, 0),
            GroupLesson(live(database, old), "Old", 3, 4),
        ]
        assert [one.title for one in select_group_lessons(session=session, group=friday.id)] == ["Theirs"]
        assert select_group_lessons(session=session, group=NOBODY) == []
    assert live(database, old).group == tuesday.id


# What goes with what


def test_a_deleted_lesson_takes_people_and_answers_and_leaves_devices_and_practice(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    answer_all(database, lesson, join(database, lesson, "Sam", learner, keeps=True))
    second = stored_lesson(database, "Cups")
    opened(database, second, seed=2)
    join(database, second, "Eve")
    ended(database, lesson, 9)
    assert left(database) == (2, 2, 2)
    before = evidence(database, learner)
    with database.write() as session:
        delete_lesson(session=session, lesson_id=lesson.id)
    assert left(database) == (1, 1, 0)
    assert number(database, "device") == 2
    assert evidence(database, learner) == before
    assert len(before) == 2


def test_a_deleted_group_leaves_its_live_lessons_without_a_group(
    database: Database, learner: Learner
) -> None:
    group = a_group(database)
    lesson = started(database, group=group)
    answer_all(database, lesson, join(database, lesson, "Sam", learner))
    before = live(database, lesson)
    assert before.group == group.id
    with database.write() as session:
        delete_group(session=session, group_id=group.id)
    assert live(database, lesson) == replace(before, group=None)
    assert left(database) == (1, 1, 2)


def test_a_learner_who_is_removed_leaves_the_lesson_with_their_answers(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    sam, guest = join(database, lesson, "Sam", learner, keeps=True), join(database, lesson, "Guest")
    answer_all(database, lesson, sam, guest)
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM learner WHERE id = ?", (learner.id.hex,))
    assert names(database, lesson) == ["Guest"]
    assert {one.participant for one in answers(database, lesson)} == {guest.id}
    assert ended(database, lesson, 9) == 0


def test_a_device_that_is_forgotten_frees_the_nickname_and_leaves_the_answers(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    sam = join(database, lesson, "Sam", learner, keeps=True)
    answer_all(database, lesson, sam)
    with database.write() as session:
        forget_devices(session=session, learner=learner.id)
    with database.read() as session:
        assert select_participants(session=session, lesson=lesson.id) == [replace(sam, connected=False)]
    assert left(database) == (1, 1, 2)
    assert join(database, lesson, "Sam", learner, keeps=True, minute=5).id == sam.id
    assert ended(database, lesson, 9) == 1
    assert len(evidence(database, learner)) == 2


def test_a_nickname_whose_device_was_forgotten_waits_for_its_own_learner(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    sam = join(database, lesson, "Sam", learner, keeps=True)
    with database.write() as session:
        forget_devices(session=session, learner=learner.id)
    with pytest.raises(EntryRefused, match="is called “Sam” already"):
        join(database, lesson, "Sam")
    assert join(database, lesson, "Sam", learner, keeps=True, minute=5).id == sam.id


def test_a_learner_on_a_second_device_is_who_they_were_on_the_first(
    database: Database, lesson: Lesson, learner: Learner
) -> None:
    first, second = a_device(database, learner), a_device(database, learner)
    sam = join(database, lesson, "Sam", learner, keeps=True, device=first)
    again = join(database, lesson, "Somebody else", learner, device=second, minute=2)
    assert again == replace(sam, joined_at=at(2))
    assert names(database, lesson) == ["Sam"]
    with database.read() as session:
        assert select_optional_participant(session=session, lesson=lesson.id, device=first) is None


def test_a_lesson_is_not_opened_for_a_group_that_is_gone(database: Database, lesson: Lesson) -> None:
    gone = pytest.raises(RecordMissing, match="This group is not here any more")
    with gone, database.write() as session:
        open_live(session=session, lesson=lesson.id, group=NOBODY, random=Random(1), now=at(1))


def test_practice_from_a_lesson_goes_to_another_machine_once_and_without_the_lesson(
    database: Database, other: Database, lesson: Lesson, learner: Learner
) -> None:
    answer_all(database, lesson, join(database, lesson, "Sam", learner, keeps=True))
    ended(database, lesson, 9)
    with database.read() as session:
        pack = pack_of(unit_of([criterion(code) for code in ("1.1", "1.2")], {1: 2}))
        written = summary_json(gather(session, pack, learner.id, at(10)), export_log(session, learner.id))
    with other.write() as session:
        first = import_log(session, json.loads(written), at(11))
    with other.write() as session:
        second = import_log(session, json.loads(written), at(12))
    assert (first.new_attempts, first.new_responses) == (1, 2)
    assert (second.new_attempts, second.new_responses, second.already_there) == (0, 0, 2)
    assert evidence(other, learner) == evidence(database, learner)
    assert left(other) == (0, 0, 0)


def test_removing_the_demo_class_leaves_real_people_and_their_answers_in_its_lesson(
    database: Database, learner: Learner
) -> None:
    made_up, group = a_learner(database, "Made up"), a_group(database, demo=True)
    with database.write() as session:
        save_settings(session=session, learner_id=made_up.id, settings={"demo": True})
    lesson = started(database, group=group)
    sam = join(database, lesson, "Sam", learner, keeps=True)
    answer_all(database, lesson, sam, join(database, lesson, "Made up", made_up, keeps=True))
    assert ended(database, lesson, 9) == 2
    with database.write() as session:
        assert remove_demo(session) == 1
    assert names(database, lesson) == ["Sam"]
    assert {one.participant for one in answers(database, lesson)} == {sam.id}
    assert (live(database, lesson).group, number(database, "device")) == (None, 1)
    assert len(evidence(database, learner)) == 2
    with database.read() as session:
        kept = select_optional_lesson(session=session, lesson_id=lesson.id)
    assert kept is not None
    assert kept.questions == ASKED
