"""What is proposed at the end of practice, of a review and of a test: the list that Home shows."""

from streamlit.testing.v1 import AppTest
from test_pages import give, go, pick, practise, rows, shown_question, start_test, titles
from test_review_and_progress import a_month_passes, five_answers, keys_of, said


def proposed(app: AppTest) -> list[str]:
    """Return the steps of the list on the screen, the first thing first."""
    return [button.label.replace("\\", "") for button in app.button if is_step(str(button.key))]


def is_step(key: str) -> bool:
    return key.startswith(
        ("next-step-", "next-resume-", "first-step-", "first-resume-", "other-step-", "other-resume-")
    )


def primary(app: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in app.button if button.proto.type == "primary"]


def on_home(app: AppTest) -> list[str]:
    """Go to Home and return its whole list."""
    go(app, "home")
    return proposed(app)


def this_attempt(app: AppTest) -> str:
    named = app.query_params["attempt"]
    return named[0] if isinstance(named, list) else named


def finish_test(app: AppTest) -> str:
    """Hand in the test on the screen and return its attempt, whose report is then shown."""
    attempt = this_attempt(app)
    app.button(key="to-review").click().run()
    app.checkbox(key="sure").check().run()
    app.button(key="finish").click().run()
    go(app, "report", attempt=attempt)
    return attempt


def test_finished_practice_proposes_the_first_three_steps_of_home(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    assert titles(app) == ["How it went"]
    shown = proposed(app)
    assert shown == ["Begin criterion 1.1 of unit 203", "Begin criterion 1.1 of unit 201"]
    assert primary(app) == ["Begin criterion 1.1 of unit 203"]
    assert said(app).count("It is the first of 9 criteria.") == 1
    assert "It is the next in order; 23 of 24 criteria have no answer yet." in said(app)
    assert on_home(app)[:3] == shown


def test_a_step_after_practice_leads_where_it_says(app: AppTest) -> None:
    practise(app, "4.1")
    app.button(key="end").click().run()
    go(app, "practice", attempt=this_attempt(app))
    app.button(key="next-step-0").click().run()
    assert titles(app)[0].startswith("1.1 ")
    assert app.query_params["unit"] in ("L/601/7638", ["L/601/7638"])


def test_after_practice_what_was_left_elsewhere_comes_first_and_the_finished_session_does_not_return(
    app: AppTest,
) -> None:
    practise(app, "4.2")
    give(app, 0, 0, right=True)
    left = this_attempt(app).replace("-", "")
    five_answers(app, "4.1", right=True)
    shown = proposed(app)
    assert shown[0] == "Continue: Criterion 4.2, unit 203"
    assert "Continue: Criterion 4.1, unit 203" not in shown
    assert primary(app) == shown[:1]
    assert "1 of 5 questions answered; 4 left." in said(app)
    assert on_home(app)[:3] == shown
    go(app, "practice", attempt=str(rows("SELECT id FROM attempt WHERE finished_at IS NOT NULL")[0][0]))
    app.button(key=f"next-resume-{left}").click().run()
    assert titles(app)[0].startswith("Criterion 4.2: question")


def test_the_answers_of_the_session_just_finished_count_in_what_comes_next(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    assert "Practise criterion 4.2 of unit 203" not in proposed(app)
    five_answers(app, "4.2", right=False)
    assert proposed(app)[0] == "Practise criterion 4.2 of unit 203"
    assert "It has most to gain:" in said(app)
    assert "from 5 answers." in said(app)
    assert on_home(app)[0] == "Practise criterion 4.2 of unit 203"


def test_what_was_missed_is_not_offered_twice_where_the_list_proposes_just_that(app: AppTest) -> None:
    practise(app, "4.1")
    earlier = this_attempt(app)
    for position in range(5):
        give(app, position, 0, right=position != 2)
        if position == 2:
            app.button(key="show").click().run()
        app.button(key="next").click().run()
    assert "practise-missed" in keys_of(app)
    five_answers(app, "4.2", right=False)
    assert proposed(app)[0] == "Practise criterion 4.2 of unit 203"
    assert "practise-missed" not in keys_of(app)
    go(app, "practice", attempt=earlier)
    assert proposed(app)[0] == "Practise criterion 4.2 of unit 203"
    assert "practise-missed" in keys_of(app)
    app.button(key="next-step-0").click().run()
    assert titles(app) == ["Criterion 4.2: question 1 of 10"]


def test_practice_ended_before_the_first_answer_proposes_what_home_proposes(app: AppTest) -> None:
    practise(app, "4.1")
    app.button(key="end").click().run()
    assert "No question was answered in this session." in said(app)
    shown = proposed(app)
    assert shown[0] == "Begin criterion 1.1 of unit 203"
    assert not app.dataframe
    assert on_home(app)[:3] == shown


def test_a_finished_review_is_not_proposed_again_and_the_first_step_is_that_of_home(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    a_month_passes()
    assert on_home(app)[0] == "Review 5 questions"
    app.button(key="first-step-0").click().run()
    go(app, "practice", attempt=this_attempt(app))
    for position in range(5):
        give(app, position, 0, right=True)
        app.button(key="next").click().run()
    assert titles(app) == ["How it went"]
    shown = proposed(app)
    assert shown == ["Begin criterion 1.1 of unit 203", "Begin criterion 1.1 of unit 201"]
    assert primary(app) == shown[:1]
    others = [key for key in keys_of(app) if not is_step(key)]
    assert others == ["see-review", "see-progress"]
    assert on_home(app)[:3] == shown


def test_a_review_that_leaves_more_for_today_is_followed_by_the_rest_of_it(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    a_month_passes()
    go(app, "review")
    app.button(key="start-review").click().run()
    go(app, "practice", attempt=this_attempt(app))
    give(app, 0, 0, right=True)
    app.button(key="end").click().run()
    assert proposed(app)[0] == "Review 4 questions"
    assert primary(app) == ["Review 4 questions"]
    assert on_home(app)[0] == "Review 4 questions"


def test_review_with_nothing_left_for_today_proposes_the_first_step_of_home(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    go(app, "review")
    assert "Nothing is due today." in said(app)
    shown = proposed(app)
    assert shown == primary(app) == ["Begin criterion 1.1 of unit 203"]
    assert on_home(app)[:1] == shown


def test_review_with_something_due_proposes_only_that(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    a_month_passes()
    go(app, "review")
    assert proposed(app) == []
    assert primary(app) == ["Review 5 questions now"]


def test_the_score_report_proposes_the_first_three_steps_of_home_with_the_test_counted(app: AppTest) -> None:
    before = on_home(app)
    start_test(app)
    # Papers are drawn anew each time: the one question that is answered may be about 1.1.
    first = "1.2" if shown_question(app, 0).head.criterion == "1.1" else "1.1"
    pick(app, 0, right=False)
    finish_test(app)
    assert titles(app) == ["Your practice test"]
    shown = proposed(app)
    assert shown == [f"Begin criterion {first} of unit 203", "Begin criterion 1.1 of unit 201"]
    assert before == ["Begin criterion 1.1 of unit 203"]
    assert primary(app) == shown[:1]
    others = [key for key in keys_of(app) if not is_step(key) and not key.endswith("-send")]
    assert others == ["practise-missed", "another-test"]
    assert on_home(app)[:3] == shown


def test_what_was_missed_in_a_test_is_practised_from_its_report(app: AppTest) -> None:
    start_test(app)
    finish_test(app)
    app.button(key="practise-missed").click().run()
    assert titles(app) == ["What I missed in the test: question 1 of 30"]


def test_while_a_test_of_the_unit_is_open_a_report_leads_to_it_by_one_button(app: AppTest) -> None:
    start_test(app)
    finished = finish_test(app)
    start_test(app)
    pick(app, 0, right=True)
    opened = this_attempt(app).replace("-", "")
    go(app, "report", attempt=finished)
    assert proposed(app)[0] == "Continue: On-screen test, unit 203"
    assert "another-test" not in keys_of(app)
    app.button(key=f"next-resume-{opened}").click().run()
    assert titles(app) == ["On-screen test: question 1 of 40"]


def test_an_open_test_of_another_unit_leaves_another_test_of_this_one_on_offer(app: AppTest) -> None:
    start_test(app)
    finished = finish_test(app)
    go(app, "test", unit="201")
    app.button(key="start-test").click().run()
    go(app, "report", attempt=finished)
    assert proposed(app)[0].startswith("Continue: ")
    assert proposed(app)[0].endswith(", unit 201")
    app.button(key="another-test").click().run()
    assert app.query_params["unit"] in ("L/601/7638", ["L/601/7638"])
