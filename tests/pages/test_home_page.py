"""Home: one best next step, progress at a glance, the rest folded, on the first day and months later."""

from streamlit.testing.v1 import AppTest
from test_pages import give, go, practise, subheads
from test_plan_pages import box, work_towards
from test_review_and_progress import a_month_passes, five_answers, said
from test_what_next import primary


def heads(app: AppTest) -> list[str]:
    return [head.value for head in app.header]


def folded(app: AppTest) -> list[str]:
    return [part.label for part in app.expander]


def glanced(app: AppTest) -> str:
    """Return the marks of the unit at hand with their counts; nothing where there are none."""
    return next((body for part in app.get("html") if "'strip'" in (body := part.proto.body)), "")


def test_on_the_first_day_there_is_one_thing_to_press_and_nothing_is_counted_against_anybody(
    app: AppTest,
) -> None:
    assert primary(app) == ["Begin criterion 1.1 of unit 203"]
    assert "It is the first of 24 criteria." in said(app)
    assert "no answer yet" not in said(app)
    assert glanced(app) == ""
    assert heads(app) == ["What next", "Your unit now"]
    assert folded(app) == ["Your other units (10)"]


def test_after_the_first_answers_the_strip_says_what_is_known_and_not_what_is_missing(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    go(app, "home")
    assert primary(app) == ["Continue: Criterion 4.1, unit 203"]
    assert "1 question answered. 5 on one criterion give its first estimate." in said(app)
    assert "1 not enough answers yet" in glanced(app)
    assert "0 " not in glanced(app).split("class='tally'")[1]
    assert "Or something else" in folded(app)


def test_an_estimate_shows_in_the_strip_of_its_outcome(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    go(app, "home")
    assert "Outcome 4: 4.1 learning, 4.2 not started, 4.3 not started." in glanced(app)
    assert "1 learning" in glanced(app)
    assert subheads(app)[0].startswith("Unit 203:")


def test_months_later_what_is_due_comes_first_and_the_other_steps_are_folded(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    a_month_passes()
    go(app, "home")
    assert primary(app) == ["Review 5 questions"]
    assert folded(app)[0] == "Or something else"


def test_a_unit_that_was_begun_says_so_in_the_list_and_the_others_say_their_size(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    go(app, "home", unit="206")
    labels = [b.label.replace("\\", "") for b in app.button if str(b.key).startswith("open-")]
    begun = next(label for label in labels if label.startswith("203"))
    assert begun.endswith("(5 questions answered)")
    assert next(label for label in labels if label.startswith("201")).endswith("(level 2, 2 credits)")


def test_with_nothing_but_a_plan_its_units_and_those_that_help_are_folded(app: AppTest) -> None:
    work_towards(app, "nvq2-cco")
    box(app, "nvq2-cco", "K/503/0385").check().run()
    go(app, "home")
    assert heads(app) == ["What next", "A unit that teaches what yours ask for"]
    assert folded(app)[-1] == "Units of your plan (3)"
    assert folded(app)[0].startswith("Units that teach what yours ask for (")
    assert len(primary(app)) == 1
