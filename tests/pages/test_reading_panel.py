"""How a learner likes to read: set on any page, kept with the learner, and nobody else's."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import go, rows

from models import create_learner, save_settings, select_learners
from models.everything import everything_json
from ui import keys, store
from ui.comfort import Comfort

OpenApp = Callable[[], AppTest]
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def settings_of(name: str) -> dict[str, object]:
    found = rows(f"SELECT settings FROM learner WHERE name = '{name}'")
    return dict(json.loads(str(found[0][0])))


def style(app: AppTest) -> str:
    """Return the style that the page was sent: it is one element, and stands beside the page."""
    styles = [block.proto.body for block in app._tree.get("html") if block.proto.body.startswith("<style>")]
    (one,) = [body for body in styles if "stMain" in body]
    return str(one)


def chosen(app: AppTest) -> Comfort:
    return Comfort(
        app.radio(key="reading-panel-text_size").value,
        app.radio(key="reading-panel-line_spacing").value,
        app.radio(key="reading-panel-tint").value,
        app.radio(key="reading-panel-typeface").value,
        app.toggle(key="reading-panel-less_movement").value,
    )


def opened(app: AppTest) -> AppTest:
    app.session_state["reading-panel"] = True
    return app.run()


def test_a_closed_panel_sends_nothing_of_what_is_in_it(app: AppTest) -> None:
    go(app, "practice")
    assert [widget.key for widget in app.radio] == ["scope"]


@pytest.mark.parametrize(
    "page", ["home", "study", "practice", "review", "test", "progress", "plan", "portfolio"]
)
def test_the_panel_is_on_every_page_of_a_learner(app: AppTest, page: str) -> None:
    opened(go(app, page))
    assert chosen(app) == Comfort()


def test_a_choice_holds_at_once_and_is_kept_with_the_learner(app: AppTest, open_app: OpenApp) -> None:
    opened(go(app, "practice"))
    app.radio(key="reading-panel-text_size").set_value("150").run()
    assert ":root { font-size: 159.375% !important; }" in style(app)
    app.toggle(key="reading-panel-less_movement").set_value(True).run()
    assert settings_of("Just me") == {
        "less_movement": True,
        "line_spacing": "normal",
        "text_size": "150",
        "tint": "none",
        "typeface": "hyperlegible",
    }
    later = open_app()
    assert ":root { font-size: 159.375% !important; }" in style(later)
    assert chosen(opened(go(later, "test"))) == Comfort(size="150", less_movement=True)


def test_back_to_normal_takes_every_choice_back(app: AppTest) -> None:
    with store.database().write() as session:
        (learner,) = select_learners(session=session)
        save_settings(
            session=session, learner_id=learner.id, settings=Comfort("200", "wide", "blue").settings
        )
    opened(go(app, "study"))
    app.button(key="reading-panel-reset").click().run()
    assert Comfort.of(settings_of("Just me")) == Comfort()
    assert app.button(key="reading-panel-reset").disabled


def test_the_help_page_has_the_same_choices(app: AppTest) -> None:
    go(app, "about")
    app.radio(key="reading-about-tint").set_value("lilac").run()
    assert settings_of("Just me")["tint"] == "lilac"
    assert "rgb(138 79 208 / 0.15)" in style(app)
    assert chosen(opened(app)) == Comfort(tint="lilac")


def test_another_learner_of_the_computer_reads_as_they_like(app: AppTest) -> None:
    with store.database().write() as session:
        other = create_learner(session=session, name="Sam", now=NOW)
        save_settings(session=session, learner_id=other.id, settings={"tint": "green", "letter_keys": False})
    go(app, "home")
    assert "rgb(46 154 46" not in style(app)
    app.button(key="switch").click().run()
    app.button(key=f"learner-{other.id.hex}").click().run()
    assert "rgb(46 154 46 / 0.16)" in style(app)
    assert app.session_state[keys.READER].name == "Sam"


def test_what_nobody_can_have_chosen_is_read_as_not_chosen(app: AppTest) -> None:
    with store.database().write() as session:
        (learner,) = select_learners(session=session)
        hostile = {
            "text_size": "9</style>",
            "tint": ["cream"],
            "typeface": 3,
            "line_spacing": None,
            "less_movement": "x",
        }
        save_settings(session=session, learner_id=learner.id, settings=hostile)
    app.run()
    go(app, "practice")
    assert app.session_state[keys.READER].settings["tint"] == ["cream"]
    assert style(app).count("</style>") == 1
    assert chosen(opened(app)) == Comfort()


def test_a_lesson_on_the_classroom_screen_is_shown_without_a_learners_choices(app: AppTest) -> None:
    with store.database().write() as session:
        (learner,) = select_learners(session=session)
        save_settings(session=session, learner_id=learner.id, settings={"tint": "grey", "text_size": "200"})
    app.run()  # what was stored elsewhere is met by this run and holds from the next
    assert "rgb(112 122 132" in style(go(app, "lesson"))
    app.button(key="start-lesson").click().run()
    assert "rgb(112 122 132" not in style(app)
    assert "font-size: 212.5%" not in style(app)


def test_it_is_part_of_everything_about_a_learner(app: AppTest) -> None:
    opened(go(app, "home"))
    app.radio(key="reading-panel-typeface").set_value("dyslexic").run()
    with store.database().read() as session:
        (learner,) = select_learners(session=session)
    exported = json.loads(everything_json(store.database(), store.bank().pack, learner.id, NOW))
    assert exported["log"]["learner"]["settings"]["typeface"] == "dyslexic"


def test_before_there_is_a_learner_a_choice_holds_for_the_visit(open_app: OpenApp) -> None:
    app = opened(open_app())
    app.radio(key="reading-panel-tint").set_value("peach").run()
    assert "rgb(240 112 32 / 0.15)" in style(app)
    assert "Kept until you close this page." in [caption.value for caption in app.caption]
    assert rows("SELECT count(*) FROM learner") == [(0,)]


def test_single_letters_as_keys_can_be_switched_off_by_anybody(app: AppTest, open_app: OpenApp) -> None:
    go(app, "about")
    app.toggle(key="letter-keys").set_value(False).run()
    assert settings_of("Just me") == {"letter_keys": False}
    assert open_app().session_state[keys.READER].settings == {"letter_keys": False}


def test_what_is_typed_in_own_words_is_kept_before_it_is_saved(app: AppTest, open_app: OpenApp) -> None:
    go(app, "study", unit="203", criterion="3.3")
    app.text_area(key="own-words-L6017638-3.3").set_value("I nod and").run()
    assert rows("SELECT count(*) FROM own_words") == [(0,)]
    assert "A model answer" not in [expander.label for expander in app.expander]
    later = go(open_app(), "study", unit="203", criterion="3.3")
    assert later.text_area(key="own-words-L6017638-3.3").value == "I nod and"
    later.text_area(key="own-words-L6017638-3.3").set_value("I nod and ask back.")
    later.button(key="save-own-words").click().run()
    assert rows("SELECT text FROM own_words") == [("I nod and ask back.",)]
    assert settings_of("Just me") == {"typed-L6017638-3.3": None}


def test_a_change_to_a_saved_answer_is_kept_beside_it(app: AppTest, open_app: OpenApp) -> None:
    go(app, "study", unit="203", criterion="3.3")
    app.text_area(key="own-words-L6017638-3.3").set_value("First.")
    app.button(key="save-own-words").click().run()
    app.text_area(key="own-words-L6017638-3.3").set_value("First. Second.").run()
    later = go(open_app(), "study", unit="203", criterion="3.3")
    assert later.text_area(key="own-words-L6017638-3.3").value == "First. Second."
    assert rows("SELECT text FROM own_words") == [("First.",)]
    later.text_area(key="own-words-L6017638-3.3").set_value("").run()
    again = go(open_app(), "study", unit="203", criterion="3.3")
    assert again.text_area(key="own-words-L6017638-3.3").value == "First."
