"""What a tutor does with groups: learners, progress, one learner, tasks, comments; and what learners see of it."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import give, go, practise, rows, titles

from models import (
    add_member,
    archive_group,
    create_group,
    create_learner,
    save_comment,
    save_item,
    save_own_words,
    save_task,
    select_learners,
)
from quiz.classes import Group, Task, make_task
from quiz.portfolio import make_item
from quiz.syllabus import CriterionRef
from quiz.wording import day
from ui import store, tutor_notes

NVQ = "A/506/2130"
UNIT = "L/601/7638"
TEA = CriterionRef(UNIT, "1.2")
ITEM = UUID("44444444-4444-4444-8444-444444444444")


def said(app: AppTest) -> str:
    blocks = (*app.markdown, *app.info, *app.success, *app.warning, *app.error, *app.caption)
    return " ".join(block.value for block in blocks).replace("\\", "")


def keys_of(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


def labels(app: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in app.button]


def heads(app: AppTest) -> list[str]:
    return [head.value.replace("\\", "") for head in (*app.header, *app.subheader)]


def table(app: AppTest, column: str):
    """Return the first table that has a column."""
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def me() -> UUID:
    with store.database().read() as db:
        return next(learner.id for learner in select_learners(session=db) if learner.name == "Just me")


def a_group(
    name: str = "Tuesday", *learners: UUID, demo: bool = False, units: tuple[str, ...] = (UNIT,)
) -> Group:
    """Store a group that takes Unit 203, with those learners."""
    now = datetime.now(UTC)
    with store.database().write() as db:
        group = create_group(
            session=db, name=name, qualification=None, units=units, random=Random(name), now=now, demo=demo
        )
        for learner in learners:
            add_member(session=db, group_id=group.id, learner=learner, now=now)
    return group


def a_learner(name: str) -> UUID:
    with store.database().write() as db:
        return create_learner(session=db, name=name, now=datetime.now(UTC) - timedelta(days=1)).id


def a_task(group: Group, questions: int = 2, days: int = 7) -> Task:
    now = datetime.now(UTC) - timedelta(days=1)
    task = make_task(
        uuid4(), group.id, title="Two on 4.1", unit=UNIT, codes=["4.1"], questions=questions,
        due=(now + timedelta(days=days)).date(), now=now, today=now.date(),
    )  # fmt: skip
    with store.database().write() as db:
        save_task(session=db, task=task)
    return task


def work_of(learner: UUID) -> None:
    """Store an own-words answer and a piece of evidence."""
    with store.database().write() as db:
        save_own_words(
            session=db,
            learner=learner,
            ref=TEA,
            text="First line.\nSecond *line*.",
            points=[0],
            now=datetime.now(UTC),
        )
        item = make_item(
            ITEM, title="Email", type_code="P", reference="A7", kept_where="Blue folder", dated=None, note="A note",
            refs=[TEA, CriterionRef(UNIT, "4.1")],
        )  # fmt: skip
        save_item(session=db, learner=learner, item=item, now=datetime.now(UTC))


def five_answers(app: AppTest, code: str) -> None:
    practise(app, code)
    for position in range(5):
        give(app, position, 0, right=True)
        app.button(key="next").click().run()


def test_without_a_group_the_page_offers_to_make_one(app: AppTest) -> None:
    go(app, "groups")
    assert titles(app) == ["Groups"]
    assert "There is no group yet." in said(app)
    assert keys_of(app) == ["make-group", "make-demo"]


def test_a_group_is_made_and_opens_where_learners_are_added(app: AppTest) -> None:
    go(app, "groups")
    app.button(key="make-group").click().run()
    assert app.error[0].value.replace("\\", "") == "Give the group a name first."
    app.text_input(key="new-group-name").set_value("Tuesday")
    app.selectbox(key="new-group-qualification").set_value("nvq2-cco")
    app.button(key="make-group").click().run()
    assert rows("SELECT name, qualification, units, demo FROM learner_group") == [
        ("Tuesday", "nvq2-cco", None, 0)
    ]
    assert titles(app) == ["Tuesday"]
    go(app, "groups")
    assert "Tuesday: 0 learners" in labels(app)


def test_the_machine_needs_no_learner_of_its_own_for_a_group(open_app) -> None:
    app = open_app()
    go(app, "groups")
    assert titles(app) == ["Groups"]
    group = a_group()
    go(app, "groups", group=str(group.id), view="members")
    assert "No learner is on this computer yet." in said(app)


def test_an_empty_group_leads_to_its_learners_and_they_are_added_and_taken_out(app: AppTest) -> None:
    group, learner = a_group(), me()
    go(app, "groups", group=str(group.id))
    assert "No learner is in this group yet." in said(app)
    assert "to-members" in keys_of(app)
    go(app, "groups", group=str(group.id), view="members")
    app.multiselect(key=f"add-{group.id.hex}").set_value([learner])
    app.button(key="add-members").click().run()
    assert rows("SELECT learner_id, left_at FROM group_member") == [(learner.hex, None)]
    assert [row.label.split(",")[0] for row in app.expander] == ["Just me"]
    assert "Every learner of this computer is in the group." in said(app)
    app.button(key=f"take-out-{learner.hex}").click().run()
    assert rows("SELECT count(*) FROM group_member WHERE left_at IS NULL") == [(0,)]
    assert rows("SELECT count(*) FROM learner") == [(1,)]


def test_a_group_is_renamed_and_keeps_to_the_units_chosen(app: AppTest) -> None:
    group = a_group("Tuesday", me(), units=(UNIT, "T/503/0356"))
    go(app, "groups", group=str(group.id), view="settings")
    app.text_input(key=f"name-{group.id.hex}").set_value("Wednesday")
    app.multiselect(key=f"units-{group.id.hex}-None").set_value(["T/503/0356"])
    app.button(key="save-group").click().run()
    assert rows("SELECT name, units FROM learner_group") == [("Wednesday", '["T/503/0356"]')]
    go(app, "groups", group=str(group.id))
    assert titles(app) == ["Wednesday"]
    assert len(app.selectbox(key=f"group-unit-{group.id.hex}").options) == 1


def test_a_name_that_another_group_has_is_refused(app: AppTest) -> None:
    a_group("Monday")
    group = a_group("Tuesday")
    go(app, "groups", group=str(group.id), view="settings")
    app.text_input(key=f"name-{group.id.hex}").set_value("monday")
    app.button(key="save-group").click().run()
    assert "There is a group “Monday” already" in said(app)
    assert rows("SELECT name FROM learner_group ORDER BY name") == [("Monday",), ("Tuesday",)]


def test_a_group_is_archived_and_brought_back(app: AppTest) -> None:
    group = a_group("Tuesday", me())
    go(app, "groups", group=str(group.id), view="settings")
    app.button(key="archive-group").click().run()
    assert "its learners do not see its tasks" in said(app)
    go(app, "groups")
    assert "Every group is archived." in said(app)
    assert f"open-{group.id.hex}" in keys_of(app)
    go(app, "groups", group=str(group.id))
    app.button(key="restore-group").click().run()
    assert rows("SELECT archived_at FROM learner_group") == [(None,)]


def test_a_group_is_removed_only_after_a_question_that_says_what_goes(app: AppTest) -> None:
    group = a_group("Tuesday", me(), a_learner("Eve"))
    a_task(group)
    with store.database().write() as db:
        save_comment(
            session=db,
            comment_id=uuid4(),
            group_id=group.id,
            learner=me(),
            ref=TEA,
            text="Good",
            now=datetime.now(UTC),
        )
    go(app, "groups", group=str(group.id), view="settings")
    assert (
        "Remove “Tuesday” for good? With it go 2 memberships, 1 task and 1 comment. "
        "No learner is removed, and no answer, own-words answer or portfolio of theirs."
    ) in said(app)
    app.button(key="remove-group").click().run()
    assert [rows(f"SELECT count(*) FROM {t}") for t in ("learner_group", "group_member", "group_task", "tutor_comment")] == [
        [(0,)], [(0,)], [(0,)], [(0,)],
    ]  # fmt: skip
    assert rows("SELECT count(*) FROM learner") == [(2,)]


def test_progress_of_a_class_of_one_says_who_practised_and_where_there_is_too_little(app: AppTest) -> None:
    group = a_group("Tuesday", me(), a_learner("Eve"))
    five_answers(app, "4.1")
    go(app, "groups", group=str(group.id))
    assert "**1 of 2 learners** practised this week" in said(app)
    assert table(app, "Last practised").values.tolist() == [["Eve", "not yet"]]
    shown = table(app, "4.1")
    assert shown["Learner"].tolist() == ["Eve", "Just me"]
    assert shown["4.1"].tolist()[0] == "no answer"
    assert shown["4.1"].tolist()[1].endswith("%, 5 answers")
    assert "2 learners, 1 of 24 criteria with estimates; 4.1 is the weakest on average" in heads(app)
    assert "Not enough answers yet to say who is at risk (2 learners)" in heads(app)
    assert "No test of this unit has been finished yet." in said(app)
    app.selectbox(key=f"class-outcome-{UNIT}").set_value(1).run()
    assert "Not enough answers yet for any criterion (2 learners)" in heads(app)


def test_the_unit_with_answers_comes_first_and_another_can_be_chosen(app: AppTest) -> None:
    group = a_group("Tuesday", me(), units=("T/503/0356", UNIT))
    five_answers(app, "4.1")
    go(app, "groups", group=str(group.id))
    box = app.selectbox(key=f"group-unit-{group.id.hex}")
    assert box.value == UNIT
    assert any("(5 answers)" in option for option in box.options)
    box.set_value("T/503/0356").run()
    assert str(app.query_params["unit"]) in ("T/503/0356", "['T/503/0356']")
    assert "Not enough answers yet for any criterion (1 learner)" in heads(app)


def test_one_learner_is_looked_at_without_switching_who_learns_here(app: AppTest) -> None:
    eve = a_learner("Eve")
    group = a_group("Tuesday", eve)
    work_of(eve)
    go(app, "groups", group=str(group.id), learner=str(eve))
    assert titles(app) == ["Eve"]
    assert "Nothing has been answered in this unit yet." in said(app)
    assert "First line. Second *line*." in said(app).replace("\n\n", " ")
    assert "the learner ticked 1 of" in said(app)
    assert "Reference A7; kept: Blue folder" in said(app)
    go(app, "home")
    assert titles(app) == ["Hello"]
    assert me() == UUID(str(app.session_state["learner-id"]))


def test_estimates_of_one_learner_are_those_the_learner_sees(app: AppTest) -> None:
    group = a_group("Tuesday", me())
    five_answers(app, "4.1")
    go(app, "progress", unit="203")
    seen = table(app, "Estimate, %").astype(str).values.tolist()
    go(app, "groups", group=str(group.id), learner=str(me()))
    assert table(app, "Estimate, %").astype(str).values.tolist() == seen


def test_comments_are_stored_shown_and_removed(app: AppTest) -> None:
    eve = a_learner("Eve")
    group = a_group("Tuesday", eve)
    work_of(eve)
    go(app, "groups", group=str(group.id), learner=str(eve))
    own, item = f"{eve.hex}-{TEA}", f"{eve.hex}-{ITEM.hex}"
    app.button(key=f"comment-save-{own}").click().run()
    assert app.error[0].value.replace("\\", "") == "Write the comment first."
    app.text_area(key=f"comment-text-{own}").set_value("Say more.")
    app.button(key=f"comment-save-{own}").click().run()
    app.text_area(key=f"comment-text-{item}").set_value("Add a date.")
    app.button(key=f"comment-save-{item}").click().run()
    assert rows("SELECT about, criterion, item_id, text FROM tutor_comment ORDER BY made_at") == [
        ("own_words", "1.2", None, "Say more."),
        ("evidence", "1.2", ITEM.hex, "Add a date."),
    ]
    assert "Say more." in said(app)
    with store.database().read() as db:
        learner = next(one for one in select_learners(session=db) if one.id == eve)
    assert [comment.text for comment in tutor_notes.comments_for(learner, TEA)] == ["Say more."]
    assert tutor_notes.comments_for(learner, CriterionRef(UNIT, "4.1")) == ()
    assert [comment.text for comment in tutor_notes.comments_on_item(learner, ITEM)] == ["Add a date."]
    first = str(rows("SELECT id FROM tutor_comment ORDER BY made_at")[0][0])
    app.button(key=f"remove-comment-{first}").click().run()
    assert rows("SELECT text FROM tutor_comment") == [("Add a date.",)]


def test_a_comment_on_evidence_that_is_gone_is_still_shown_to_the_tutor(app: AppTest) -> None:
    group = a_group("Tuesday", me())
    with store.database().write() as db:
        save_comment(
            session=db, comment_id=uuid4(), group_id=group.id, learner=me(), ref=TEA, text="Good", now=datetime.now(UTC),
            item=ITEM,
        )  # fmt: skip
    go(app, "groups", group=str(group.id), learner=str(me()))
    assert [e.label for e in app.expander if "removed" in e.label] == [
        "Comments on evidence that the learner has removed (1)"
    ]
    assert "Good" in said(app)


def test_a_unit_without_questions_still_shows_its_evidence(app: AppTest) -> None:
    group = a_group("Tuesday", me(), units=(NVQ,))
    go(app, "groups", group=str(group.id))
    assert "Headset has no questions for the units of this group." in said(app)
    go(app, "groups", group=str(group.id), learner=str(me()))
    assert "Headset has no questions of its own for this unit" in said(app)
    assert "No evidence for this unit yet." in said(app)


def test_a_task_is_set_for_an_outcome_and_shows_who_did_it(app: AppTest) -> None:
    group = a_group("Tuesday", me(), a_learner("Eve"))
    go(app, "groups", group=str(group.id), view="tasks")
    assert "No task is set." in said(app)
    outcome = store.bank().pack.units[UNIT].outcomes[2]
    app.selectbox(key=f"task-outcome-{UNIT}").set_value(outcome)
    app.number_input(key="task-questions").set_value(5)
    app.button(key="set-task").click().run()
    assert rows("SELECT title, unit, codes, questions FROM group_task") == [
        ("Unit 203, outcome 3: 5 questions", UNIT, '["3.1", "3.2", "3.3"]', 5)
    ]
    five_answers(app, "3.1")
    go(app, "groups", group=str(group.id), view="tasks")
    assert "Done by 1 of 2 learners." in said(app)
    found = table(app, "How")
    assert found[["Learner", "Answered"]].values.tolist() == [["Eve", "0 of 5"], ["Just me", "5 of 5"]]
    assert found["How"][0] == "not begun"
    assert re.fullmatch(r"done on time, \d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d", found["How"][1])


def test_a_task_that_is_due_in_the_past_is_refused(app: AppTest) -> None:
    group = a_group("Tuesday", me())
    go(app, "groups", group=str(group.id), view="tasks")
    app.date_input(key="task-due").set_value("2020-01-01")
    app.button(key="set-task").click().run()
    assert "1 January 2020 is past." in said(app)
    assert rows("SELECT count(*) FROM group_task") == [(0,)]


def test_a_withdrawn_task_is_listed_apart(app: AppTest) -> None:
    group = a_group("Tuesday", me())
    task = a_task(group)
    go(app, "groups", group=str(group.id), view="tasks")
    app.button(key=f"withdraw-{task.id.hex}").click().run()
    assert "No task is set." in said(app)
    assert "Two on 4.1, withdrawn on" in said(app)


def notes() -> None:
    """Be a page that shows what the tutor set and said; run by Streamlit's tester."""
    from ui import session, tutor_notes

    learner = session.optional_learner()
    if learner is not None:
        tutor_notes.show_tasks(learner)


@pytest.fixture
def at_home(app: AppTest) -> AppTest:
    """Return a page with the notes of the learner “Just me”."""
    assert titles(app) == ["Hello"]
    return AppTest.from_function(notes, default_timeout=60)


def test_a_learner_without_a_task_or_comment_sees_nothing(at_home: AppTest) -> None:
    a_task(a_group("Others", a_learner("Eve")))
    at_home.run()
    assert len(at_home.main.children) == 0


def test_a_learner_sees_their_open_tasks_and_the_latest_comments(at_home: AppTest) -> None:
    group = a_group("Tuesday", me(), demo=True)
    task = a_task(group)
    with store.database().write() as db:
        save_comment(
            session=db,
            comment_id=uuid4(),
            group_id=group.id,
            learner=me(),
            ref=TEA,
            text="Good",
            now=datetime.now(UTC),
        )
    at_home.run()
    assert [head.value for head in at_home.header] == ["From your tutor"]
    assert "Two on 4.1" in said(at_home)
    assert "Tuesday (demo); unit 203: 4.1" in said(at_home)
    assert f"2 questions, by {day(task.due)}" in said(at_home)
    assert keys_of(at_home) == [f"do-task-{task.id.hex}", "read-own_words-L6017638-1.2"]
    assert labels(at_home)[1] == "A comment on your own-words answer to 203, 1.2"


def test_an_overdue_task_stays_and_a_finished_one_goes(app: AppTest, at_home: AppTest) -> None:
    group = a_group("Tuesday", me())
    task = a_task(group, questions=5, days=0)
    at_home.run()
    assert f"5 questions, by {day(task.due)}" in said(at_home)
    five_answers(app, "4.1")
    at_home.run()
    assert len(at_home.header) == 0


def test_a_task_of_an_archived_group_is_not_shown_to_its_learner(at_home: AppTest) -> None:
    group = a_group("Tuesday", me())
    a_task(group)
    with store.database().write() as db:
        archive_group(session=db, group_id=group.id, now=datetime.now(UTC))
    at_home.run()
    assert len(at_home.header) == 0


def test_a_demo_group_says_demo_on_the_list_on_its_page_and_with_its_learners(app: AppTest) -> None:
    group = a_group("Tuesday", me(), demo=True)
    go(app, "groups")
    assert "Tuesday (demo): 1 learner" in labels(app)
    for view in ("progress", "tasks", "members", "settings"):
        go(app, "groups", group=str(group.id), view=view)
        assert titles(app) == ["Tuesday (demo)"]
    go(app, "groups", group=str(group.id), learner=str(me()))
    assert titles(app) == ["Just me (demo)"]


def test_a_class_of_thirty_is_shown_whole(app: AppTest) -> None:
    group = a_group("Tuesday", *(a_learner(f"Learner {number}") for number in range(30)))
    go(app, "groups", group=str(group.id))
    assert len(table(app, "1.1")) == 30
    assert sum(key.startswith("open-") for key in keys_of(app)) == 30
    go(app, "groups", group=str(group.id), view="members")
    assert sum(key.startswith("take-out-") for key in keys_of(app)) == 30


def test_an_address_that_leads_nowhere_is_said_plainly(app: AppTest) -> None:
    group = a_group("Tuesday")
    for query, words in (
        ({"group": "nonsense"}, "There is no such group"),
        ({"group": str(uuid4())}, "This group is not here any more."),
        ({"group": str(group.id), "learner": str(me())}, "This learner is not in the group any more."),
    ):
        go(app, "groups", **query)
        assert words in app.error[0].value.replace("\\", "")
    other = a_group("Monday", me())
    go(app, "groups", group=str(other.id), unit="T/503/0356")
    assert "There is no unit “T/503/0356” in this group." in app.error[0].value.replace("\\", "")


def test_a_test_whose_time_ran_out_unseen_is_in_the_results(app: AppTest) -> None:
    group = a_group("Tuesday", me())
    go(app, "test", unit="203")
    app.button(key="start-test").click().run()
    with closing(sqlite3.connect(store.database().path)) as connection:
        connection.execute("UPDATE attempt SET started_at = '2026-01-05T09:00:00.000000+00:00'")
        connection.commit()
    go(app, "groups", group=str(group.id))
    assert rows("SELECT finish FROM attempt") == [("time",)]
    assert table(app, "Tests sat")[["Learner", "Result"]].values.tolist() == [["Just me", "not passed"]]
