"""Learners report questions; the Questions page shows reports and statistics."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from streamlit.testing.v1 import AppTest
from test_pages import give, go, practise, rows, titles

from models import create_attempt, create_learner, save_finish, save_response
from quiz.questions import SingleChoiceResponse, right_response
from quiz.sessions import Attempt, Item, Kind, answer, finish
from ui import store


def said(app: AppTest) -> str:
    blocks = (*app.markdown, *app.success, *app.error, *app.caption)
    return " ".join(block.value for block in blocks).replace("\\", "")


def many_answers(family: str, learners: int, right: int) -> None:
    """Let that many learners answer a question of the family and three others, so many of them rightly."""
    bank, start = store.bank(), datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    others = [
        entry.family
        for c in bank.pack.select_unit("203").criteria[:3]
        for entry in bank.written(c.ref, today=start.date())[:1]
    ]
    with store.database().write() as db:
        for number in range(learners):
            learner = create_learner(session=db, name=f"Learner {number}", now=start)
            questions = [bank.question(name, number) for name in (family, *others)]
            attempt = Attempt(
                id=uuid4(), learner=learner.id, unit="L/601/7638", kind=Kind.PRACTICE, title="Practice",
                started_at=start, items=tuple(map(Item, questions)), size=len(questions),
            )  # fmt: skip
            create_attempt(session=db, attempt=attempt, plan="{}", seed=1, content_version="x")
            for position, question in enumerate(questions):
                now = start + timedelta(minutes=position + 1)
                response = right_response(question)
                if position == 0 and number >= right:
                    wrong = min((o for o in question.options if not o.right), key=lambda o: o.key)
                    response = SingleChoiceResponse(chosen=wrong.key)
                attempt = answer(attempt, position, response, now, 20.0)
                save_response(
                    session=db, attempt=attempt, position=position, response=response, now=now,
                    submit_id=uuid4(), seconds=20.0,
                )  # fmt: skip
            save_finish(session=db, attempt=finish(attempt, start + timedelta(hours=1)))


def single_choice() -> str:
    bank = store.bank()
    unit = bank.pack.select_unit("203")
    today = datetime(2026, 11, 2, tzinfo=UTC).date()
    return next(
        entry.family
        for criterion in unit.criteria[5:]
        for entry in bank.written(criterion.ref, today=today)
        if entry.entry.type == "single_choice"
    )


def test_a_question_just_answered_is_reported_and_reaches_the_page_as_it_was_shown(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    attempt = str(app.query_params["attempt"]).replace("-", "")[:8]
    app.text_area(key=f"report-{attempt}-0-text").set_value("Two of these are right.")
    app.button(key=f"report-{attempt}-0-send").click().run()
    assert "Thank you. Your report is stored." in said(app)
    assert rows("SELECT reason, text FROM question_report") == [
        ("the answer is wrong", "Two of these are right.")
    ]
    go(app, "questions")
    assert "“Two of these are right.”" in said(app)
    report = str(rows("SELECT id FROM question_report")[0][0])
    app.text_input(key=f"note-{report}").set_value("Reworded")
    app.button(key=f"settle-{report}").click().run()
    assert "No report is waiting." in said(app)
    assert rows("SELECT settled_note FROM question_report") == [("Reworded",)]


def test_something_else_needs_a_few_words(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    attempt = str(app.query_params["attempt"]).replace("-", "")[:8]
    app.radio(key=f"report-{attempt}-0-reason").set_value("something else")
    app.button(key=f"report-{attempt}-0-send").click().run()
    assert "Say in a few words what is wrong with the question." in said(app)
    assert rows("SELECT count(*) FROM question_report") == [(0,)]


def test_the_page_is_useful_before_anybody_has_answered(app: AppTest) -> None:
    go(app, "questions")
    assert titles(app) == ["Questions"]
    assert "No report is waiting." in said(app)
    assert "No question of this unit has been answered yet." in said(app)


def test_below_thirty_answers_nothing_is_said_against_a_question(app: AppTest) -> None:
    many_answers(single_choice(), learners=29, right=3)
    go(app, "questions", unit="203")
    assert "0 of them are worth a look" in said(app)


def test_a_question_that_few_get_right_comes_first_and_shows_how_its_options_fell(app: AppTest) -> None:
    family = single_choice()
    many_answers(family, learners=40, right=6)
    go(app, "questions", unit="203")
    first = next(str(button.key) for button in app.button if str(button.key).startswith("open-"))
    assert first == f"open-{family}"
    go(app, "questions", unit="203", question=family)
    assert [metric.value for metric in app.metric][:2] == ["40", "15"]
    table = app.dataframe[0].value
    assert "6 of 40 (15 %)" in table["Taken"].tolist()
    assert "34 of 40 (85 %)" in table["Taken"].tolist()


def test_an_unknown_question_is_said_plainly(app: AppTest) -> None:
    go(app, "questions", unit="203", question="nonsense")
    assert "Nobody has answered the question “nonsense” yet." in said(app)
