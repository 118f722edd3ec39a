"""What a live lesson shows on the classroom screen and on a learner's device, and what it stores."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from literal_questions import MULTIPLE_RESPONSE, ORDERING, single_choice
from sqlalchemy import event
from streamlit.testing.v1 import AppTest
from test_pages import errors, go, labels, rows, subheads, titles

from models import (
    create_device,
    create_group,
    create_learner,
    create_lesson,
    end_live,
    free_nickname,
    join_live,
    open_live,
    remove_participant,
    save_hands,
    save_live_answer,
    save_place,
    select_participants,
)
from quiz.questions import MultipleResponseResponse, OrderingResponse, Response, SingleChoiceResponse
from quiz.sessions import Lesson, Step
from ui import store
from ui.news import NEWS, answers_of, place_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TEA = (single_choice(), MULTIPLE_RESPONSE, ORDERING, single_choice(criterion="1.2"))


def html(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def said(app: AppTest) -> str:
    return " ".join([*(entry.value for entry in app.markdown), html(app)]).replace("\\", "")


def a_group(name: str = "Tuesday") -> UUID:
    with store.database().write() as session:
        return create_group(
            session=session, name=name, qualification=None, units=None, random=Random(name), now=NOW
        ).id


def live(group: UUID | None = None, title: str = "Tea", minute: int = 0) -> UUID:
    """Return a lesson of four questions that waits for learners."""
    lesson, now = Lesson(uuid4(), "L/601/7638", title, TEA), NOW + timedelta(minutes=minute)
    with store.database().write() as session:
        create_lesson(session=session, lesson=lesson, now=now)
        open_live(session=session, lesson=lesson.id, group=group, random=Random(title), now=now)
    return lesson.id


def join(lesson: UUID, name: str, *, profile: bool = False, keeps: bool = False) -> tuple[UUID, UUID]:
    """Return the device and the participant of somebody who joins."""
    with store.database().write() as session:
        now = NOW + timedelta(seconds=len(select_participants(session=session, lesson=lesson)))
        learner = create_learner(session=session, name=f"{name} Khan", now=now).id if profile else None
        device = create_device(session=session, now=now, learner=learner)[0].id
        who = join_live(
            session=session, lesson=lesson, device=device, name=name, learner=learner, keeps=keeps, now=now
        )
    return device, who.id


def screen_at(lesson: UUID, position: int, step: Step) -> None:
    with store.database().write() as session:
        save_place(session=session, lesson=lesson, position=position, step=step)


def answer(participant: UUID, position: int, response: Response) -> None:
    with store.database().write() as session:
        save_live_answer(
            session=session, participant=participant, position=position, response=response, now=NOW
        )


def end(lesson: UUID) -> None:
    with store.database().write() as session:
        end_live(session=session, lesson=lesson, content_version="1", now=NOW)


def on_device(device: str) -> None:
    """Show what the page shows a device; which one it is comes from its cookie, which a tester has not."""
    from uuid import UUID

    from models import Device
    from ui import live_phone
    from ui.shell import show_fault

    place = live_phone.optional_place(Device(UUID(device), None, False))
    if place is not None:
        live_phone.show(place)
    show_fault()


def phone(device: UUID) -> AppTest:
    return AppTest.from_function(on_device, kwargs={"device": str(device)}, default_timeout=60).run()


# --- Who may, and what is needed


def test_on_ones_own_machine_the_pages_say_how_a_class_is_started(app: AppTest) -> None:
    go(app, "lesson")
    assert "start-live" not in [button.key for button in app.button]
    assert "python -m ui.server" in app.caption[0].value
    go(app, "live")
    assert titles(app) == ["Live lessons need class mode"]
    assert "python -m ui.server" in said(app)


# --- The classroom screen


def test_the_lobby_lists_who_has_joined_and_begins_with_the_first_question(app: AppTest) -> None:
    lesson = live()
    go(app, "lesson", lesson=str(lesson))
    assert [head.value for head in app.header] == ["Nobody has joined yet"]
    join(lesson, "Amina")
    join(lesson, "Tom")
    app.run()
    assert [head.value for head in app.header] == ["2 have joined"]
    assert app.pills[0].options == ["Amina", "Tom"]
    told = NEWS.number(place_of(lesson))
    app.button(key="begin").click().run()
    assert titles(app) == ["Tea: question 1 of 4"]
    assert rows("SELECT position, step FROM live_lesson") == [(0, 0)]
    assert NEWS.number(place_of(lesson)) == told + 1


def test_the_screen_goes_forth_and_back_and_a_new_session_finds_the_place(
    app: AppTest, open_app: object
) -> None:
    lesson = live()
    go(app, "lesson", lesson=str(lesson))
    for key in ("begin", "next", "reveal", "reveal", "hide"):
        app.button(key=key).click().run()
    assert rows("SELECT position, step, uncovered FROM live_lesson") == [(1, 1, "[1]")]
    again = go(open_app(), "lesson", lesson=str(lesson), at="3", step="4")
    assert titles(again) == ["Tea: question 2 of 4"]
    assert "class='lesson'" in html(again)
    again.button(key="back").click().run()
    assert rows("SELECT position, step FROM live_lesson") == [(0, 0)]


def test_the_last_question_is_shown_before_the_summary_of_a_running_lesson(app: AppTest) -> None:
    lesson = live()
    screen_at(lesson, 2, Step.NOTE)
    go(app, "lesson", lesson=str(lesson))
    app.button(key="next").click().run()
    assert titles(app) == ["Tea: question 4 of 4"]
    app.button(key="finish").click().run()
    assert titles(app) == ["How it is going"]
    assert rows("SELECT ended_at FROM live_lesson") == [(None,)]


def test_the_bar_counts_who_has_answered_once_there_are_options(app: AppTest) -> None:
    lesson = live()
    _, amina = join(lesson, "Amina")
    join(lesson, "Tom")
    screen_at(lesson, 0, Step.QUESTION)
    go(app, "lesson", lesson=str(lesson))
    assert "2 are in" in html(app)
    app.button(key="reveal").click().run()
    assert "0 of 2 have answered" in html(app)
    answer(amina, 0, SingleChoiceResponse(chosen="b"))
    app.run()
    assert "1 of 2 have answered" in html(app)
    assert "1 of 1, 100%" not in html(app)


def test_the_split_puts_devices_and_hands_together(app: AppTest) -> None:
    lesson = live()
    _, amina = join(lesson, "Amina")
    screen_at(lesson, 0, Step.OPTIONS)
    answer(amina, 0, SingleChoiceResponse(chosen="b"))
    with store.database().write() as session:
        save_hands(session=session, lesson_id=lesson, position=0, option="a", hands=3)
    go(app, "lesson", lesson=str(lesson))
    app.button(key="reveal").click().run()
    shown = html(app)
    assert "<b>3 of 4, 75%</b>" in shown
    assert "<b>1 of 4, 25%</b>" in shown
    assert shown.count("<b>0 of 4, 0%</b>") == 2
    app.button(key="reveal").click().run()
    assert '<span class="label">3 of 4, 75%</span>' in html(app)


def test_a_question_with_two_answers_is_split_over_people(app: AppTest) -> None:
    lesson = live()
    people = [join(lesson, name)[1] for name in ("Amina", "Tom")]
    screen_at(lesson, 1, Step.OPTIONS)
    answer(people[0], 1, MultipleResponseResponse(chosen=("a", "b")))
    answer(people[1], 1, MultipleResponseResponse(chosen=("a", "c")))
    screen_at(lesson, 1, Step.ANSWER)
    go(app, "lesson", lesson=str(lesson))
    shown = html(app)
    assert "<b>2 of 2, 100%</b>" in shown
    assert shown.count("<b>1 of 2, 50%</b>") == 2


def test_a_question_without_options_says_how_many_were_right(app: AppTest) -> None:
    lesson = live()
    people = [join(lesson, name)[1] for name in ("Amina", "Tom", "Wei")]
    screen_at(lesson, 2, Step.OPTIONS)
    for who, order in zip(
        people, (("b", "a", "p", "d"), ("b", "a", "d", "p"), ("d", "p", "a", "b")), strict=True
    ):
        answer(who, 2, OrderingResponse(order=order))
    screen_at(lesson, 2, Step.ANSWER)
    go(app, "lesson", lesson=str(lesson))
    assert "aria-label='All right: 1 answer; Partly right: 1 answer; Not yet: 1 answer'" in html(app)


@pytest.mark.parametrize(
    ("key", "left"), [("free-name", [("Amina", None, 1)]), ("remove-name", [])], ids=["let in", "remove"]
)
def test_a_name_is_let_in_again_or_taken_out_after_a_clear_question(
    app: AppTest, key: str, left: list[tuple[object, ...]]
) -> None:
    lesson = live()
    _, amina = join(lesson, "Amina")
    screen_at(lesson, 0, Step.OPTIONS)
    answer(amina, 0, SingleChoiceResponse(chosen="b"))
    with store.database().write() as session:
        # Back to the lobby: the names stand open there.
        session.connection().exec_driver_sql("UPDATE live_lesson SET position = NULL")
    go(app, "lesson", lesson=str(lesson))
    assert key not in [button.key for button in app.button]
    app.pills[0].select(str(amina)).run()
    assert "Let the name in again on another device?" in said(app)
    told = NEWS.number(place_of(lesson)), NEWS.number(answers_of(lesson))
    app.button(key=key).click().run()
    assert (
        rows(
            "SELECT p.nickname, p.device_id, count(a.id) FROM participant p "
            "LEFT JOIN live_answer a ON a.participant_id = p.id GROUP BY p.id"
        )
        == left
    )
    assert (NEWS.number(place_of(lesson)), NEWS.number(answers_of(lesson))) == (told[0] + 1, told[1] + 1)


def test_the_end_is_asked_for_and_the_summary_says_first_what_to_teach_again(app: AppTest) -> None:
    lesson = live()
    people = [join(lesson, name)[1] for name in ("Tom", "Amina", "Bo")]
    screen_at(lesson, 0, Step.OPTIONS)
    for who, chosen in zip(people, "bba", strict=True):
        answer(who, 0, SingleChoiceResponse(chosen=chosen))
    screen_at(lesson, 3, Step.OPTIONS)
    answer(people[0], 3, SingleChoiceResponse(chosen="a"))
    go(app, "lesson", lesson=str(lesson))
    assert "End the live lesson? Devices then show how each learner did" in said(app)
    app.button(key="end-live").click().run()
    assert titles(app) == ["How it went"]
    assert rows("SELECT code FROM live_lesson") == [(None,)]
    assert app.header[0].value == "Worth teaching again"
    unit = store.bank().pack.units["L/601/7638"]
    assert f"<li>1.1 {unit.by_code['1.1'].title}<b>33% right</b></li>" in html(app)
    criteria, questions, people_table = (table.value for table in app.table)
    assert criteria["Right"].tolist() == ["33% of 3, teach again", "100% of 1"]
    assert questions["Right"].tolist() == ["1 (33%)", "", "", "1 (100%)"]
    assert people_table["Name"].tolist() == ["Amina", "Bo", "Tom"]
    assert people_table["Right"].tolist() == ["0", "1", "1"]
    assert [entry.label for entry in app.expander] == ["By question", "By learner (not for the screen)"]


def test_an_ended_lesson_is_looked_at_again_without_moving_anybody(app: AppTest) -> None:
    lesson = live()
    _, amina = join(lesson, "Amina")
    screen_at(lesson, 0, Step.OPTIONS)
    answer(amina, 0, SingleChoiceResponse(chosen="b"))
    end(lesson)
    go(app, "lesson", lesson=str(lesson))
    assert titles(app) == ["How it went"]
    app.button(key="back-to-lesson").click().run()
    app.button(key="reveal").click().run()
    app.button(key="reveal").click().run()
    assert "<b>1 of 1, 100%</b>" in html(app)
    assert rows("SELECT position, step FROM live_lesson") == [(0, 1)]


def test_earlier_lessons_say_which_were_live(app: AppTest) -> None:
    end(live(title="First"))
    live(title="Second", minute=5)
    go(app, "lesson")
    listed = [label for label in labels(app) if "4 questions" in label]
    assert [label.rsplit(", ", 1)[1] for label in listed] == ["live now", "live"]


def test_the_live_lessons_of_a_group_stand_among_its_results(app: AppTest) -> None:
    group = a_group()
    lesson = live(group)
    _, amina = join(lesson, "Amina")
    screen_at(lesson, 0, Step.OPTIONS)
    answer(amina, 0, SingleChoiceResponse(chosen="b"))
    end(lesson)
    live(title="Of no group", minute=1)

    def results(group: str) -> None:
        from uuid import UUID

        from models import select_optional_group
        from ui import live_screen, store

        with store.database().read() as session:
            found = select_optional_group(session=session, group_id=UUID(group))
        live_screen.show_group_lessons(found)

    shown = AppTest.from_function(results, kwargs={"group": str(group)}, default_timeout=60).run()
    assert [label.replace("\\", "") for label in labels(shown)] == [
        "Tea, 20 November 2026, 09:00: 1 joined, 1 answer"
    ]
    assert shown.dataframe[0].value["Right"].tolist() == ["0% of 1, teach again"]
    empty = AppTest.from_function(results, kwargs={"group": str(a_group("Friday"))}, default_timeout=60).run()
    assert "No live lesson yet" in empty.markdown[0].value


# --- A learner's device


def test_a_device_waits_looks_and_answers_as_the_screen_goes_on() -> None:
    lesson = live()
    device, _ = join(lesson, "Amina")
    app = phone(device)
    assert titles(app) == ["You are in as Amina"]
    screen_at(lesson, 0, Step.QUESTION)
    app.run()
    assert titles(app) == ["Amina: question 1 of 4"]
    assert app.header[0].value == "The brew is too weak. What helps?"
    assert "Look at the screen" in html(app)
    assert len(app.radio) == 0
    screen_at(lesson, 0, Step.OPTIONS)
    app.run()
    assert len(app.radio) == 1


def test_a_pick_is_stored_at_once_may_change_and_is_told_to_the_screen() -> None:
    lesson = live()
    device, _ = join(lesson, "Amina")
    screen_at(lesson, 0, Step.OPTIONS)
    app = phone(device)
    told = NEWS.number(answers_of(lesson))
    app.radio[0].set_value("b").run()
    assert "Sent: B. You can change it until the answer is shown." in html(app)
    app.radio[0].set_value("a").run()
    assert rows("SELECT position, fraction FROM live_answer") == [(0, 1.0)]
    assert NEWS.number(answers_of(lesson)) == told + 2
    assert phone(device).radio[0].value == "a"


def test_a_pick_after_the_reveal_is_refused_in_words_and_the_one_before_stands() -> None:
    lesson = live()
    device, who = join(lesson, "Amina")
    screen_at(lesson, 0, Step.OPTIONS)
    answer(who, 0, SingleChoiceResponse(chosen="b"))
    app = phone(device)
    screen_at(lesson, 0, Step.ANSWER)
    app.radio[0].set_value("a").run()
    assert errors(app) == ["The answer has been on the screen already, so this one was not stored."]
    assert rows("SELECT fraction FROM live_answer") == [(0.0,)]
    assert subheads(app) == ["Not yet"]


def test_after_the_reveal_a_device_shows_its_own_answer_then_why_then_the_note() -> None:
    lesson = live()
    device, who = join(lesson, "Amina")
    screen_at(lesson, 0, Step.OPTIONS)
    answer(who, 0, SingleChoiceResponse(chosen="b"))
    screen_at(lesson, 0, Step.ANSWER)
    app = phone(device)
    shown = html(app)
    assert shown.index("More milk") < shown.index("More leaves")
    assert "A bigger cup" not in shown
    assert "About more milk." not in shown
    screen_at(lesson, 0, Step.WHY)
    app.run()
    assert "About more milk." in html(app)
    assert "About more leaves." in html(app)
    screen_at(lesson, 0, Step.NOTE)
    app.run()
    criterion = store.bank().pack.units["L/601/7638"].by_code["1.1"]
    assert subheads(app) == ["Not yet", f"1.1 {criterion.title}"]


def test_what_was_shown_once_takes_no_answer_when_it_is_covered_again() -> None:
    lesson = live()
    device, who = join(lesson, "Amina")
    screen_at(lesson, 1, Step.OPTIONS)
    answer(who, 1, MultipleResponseResponse(chosen=("c", "a")))
    screen_at(lesson, 1, Step.ANSWER)
    screen_at(lesson, 1, Step.OPTIONS)
    app = phone(device)
    assert len(app.checkbox) == 0
    assert "The answer has been shown already. You answered A and C." in html(app)


def test_an_answer_in_parts_is_sent_by_the_button_and_comes_back_after_a_reload() -> None:
    lesson = live()
    device, _ = join(lesson, "Amina")
    screen_at(lesson, 2, Step.OPTIONS)
    app = phone(device)
    for radio, place in zip(app.radio, (3, 1, 4, 2), strict=True):
        radio.set_value(place)
    app.button(key="check").click().run()
    assert "Sent. You can change it and send it again until the answer is shown." in html(app)
    assert rows("SELECT fraction FROM live_answer") == [(1.0,)]
    assert [radio.value for radio in phone(device).radio] == [3, 1, 4, 2]


def test_a_device_that_was_freed_or_taken_out_is_in_no_lesson() -> None:
    lesson = live()
    (freed, first), (removed, second) = join(lesson, "Amina"), join(lesson, "Tom")
    with store.database().write() as session:
        free_nickname(session=session, lesson=lesson, participant=first)
        remove_participant(session=session, lesson=lesson, participant=second)
    assert [len(phone(device).title) for device in (freed, removed)] == [0, 0]


@pytest.mark.parametrize(
    ("keeps", "told", "sessions"),
    [
        (True, "Your answers are kept in your own practice.", [("Lesson: Tea", 1)]),
        (False, "Your answers were not kept in your own practice; they count for the class only.", []),
    ],
)
def test_at_the_end_a_learner_sees_how_it_went_and_whether_it_was_kept(
    keeps: bool, told: str, sessions: list[tuple[object, ...]]
) -> None:
    lesson = live()
    device, who = join(lesson, "Amina", profile=True, keeps=not keeps)
    screen_at(lesson, 0, Step.OPTIONS)
    answer(who, 0, SingleChoiceResponse(chosen="b"))
    app = phone(device)
    app.toggle(key="keeps").set_value(keeps).run()
    end(lesson)
    app.run()
    assert app.header[0].value == "How it went"
    assert "You answered 1 of 4 questions, **none of them right**." in said(app)
    assert "<b>0 of 1 right</b>" in html(app)
    assert told in said(app)
    assert "Practise what I missed" in labels(app)
    assert rows("SELECT title, size FROM attempt") == sessions


def test_somebody_without_a_profile_is_not_asked_about_practice() -> None:
    lesson = live()
    device, who = join(lesson, "Tom")
    screen_at(lesson, 0, Step.OPTIONS)
    answer(who, 0, SingleChoiceResponse(chosen="a"))
    app = phone(device)
    assert len(app.toggle) == 0
    end(lesson)
    app.run()
    assert "1 of 1 right" in html(app)
    assert "own practice" not in said(app)
    assert labels(app) == []


@contextmanager
def counted() -> Iterator[list[str]]:
    """Yield a list that grows by one with each transaction of the database."""
    begun: list[str] = []
    engine = store.database()._reading

    def count(_connection: object) -> None:
        begun.append("begin")

    event.listen(engine, "begin", count)
    try:
        yield begun
    finally:
        event.remove(engine, "begin", count)


def test_a_drawing_on_a_device_reads_the_database_twice_beside_the_look_at_who_it_is() -> None:
    lesson = live()
    device, _ = join(lesson, "Amina", profile=True)
    screen_at(lesson, 0, Step.OPTIONS)
    app = phone(device)
    with counted() as begun:
        app.run()
    assert len(begun) == 2
