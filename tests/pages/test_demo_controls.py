"""The demo class made and removed with a button, and its learners on Home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from models.demo import demo_learners, make_demo
from ui import store
from ui.demo import demo_mark

OpenApp = Callable[[], AppTest]


def tutor_page() -> None:
    from ui.demo import show_demo_controls

    show_demo_controls()


def make(learners: int) -> None:
    make_demo(store.database(), store.bank(), learners=learners, weeks=1, until=date(2026, 11, 20))


def test_one_click_makes_a_class_and_one_removes_it() -> None:
    page = AppTest.from_function(tutor_page, default_timeout=60).run()
    assert [button.label for button in page.button] == ["Make a demo class"]
    page.button(key="make-demo").click().run()
    assert not page.exception
    assert page.success[0].value.startswith("Made a demo class: 30 learners, ")
    assert [button.label for button in page.button] == ["Make a new demo class", "Remove the demo class"]
    with store.database().read() as session:
        assert [demo_mark(learner) for learner in demo_learners(session)] == [" (demo)"] * 30
    page.button(key="remove-demo").click().run()
    assert page.success[0].value.startswith("Removed the demo class of 30 learners")
    assert [button.label for button in page.button] == ["Make a demo class"]
    with store.database().read() as session:
        assert demo_learners(session) == []


def test_nobody_becomes_a_demo_learner_unasked(open_app: OpenApp) -> None:
    make(2)
    app = open_app()
    assert not app.exception
    assert not any(title.value.startswith("Hello") for title in app.title)
    assert not any(key.startswith("learner-") for key in (button.key or "" for button in app.button))
    assert app.button(key="start-alone").label == "Just me"


def test_home_shows_a_demo_learner_by_choice_and_says_demo(open_app: OpenApp) -> None:
    make(2)
    with store.database().read() as session:
        second = demo_learners(session)[1]
    app = open_app()
    assert [option.endswith("(demo)") for option in app.selectbox(key="demo-learner").options] == [True, True]
    app.selectbox(key="demo-learner").select_index(1).run()
    app.button(key="be-demo-learner").click().run()
    assert not app.exception
    assert app.title[0].value.replace("\\", "") == f"Hello, {second.name} (demo)"
