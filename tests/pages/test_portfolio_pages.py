"""What the portfolio does: standings, evidence, counts, confirmations, drafts, sheets."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

from streamlit.testing.v1 import AppTest

from models import save_item, select_learners
from quiz.portfolio import make_item
from quiz.syllabus import CriterionRef
from ui import store


def rows(statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store.database().path)) as connection:
        return connection.execute(statement).fetchall()


def go(app: AppTest, page: str, **query: str) -> AppTest:
    app.switch_page(f"app_pages/{page}.py")
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    blocks = (*app.markdown, *app.info, *app.success, *app.warning, *app.error, *app.caption)
    return " ".join(block.value for block in blocks).replace("\\", "")


def labels(app: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in app.button]


def table(app: AppTest, column: str):
    """Return the first table that has a column."""
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def add_item(app: AppTest, unit: str, code: str, title: str) -> AppTest:
    go(app, "portfolio", unit=unit, criterion=code)
    (key,) = (
        field.key.removeprefix("title-") for field in app.text_input if field.key.startswith("title-new-")
    )
    app.text_input(key=f"title-{key}").set_value(title)
    app.selectbox(key=f"type-{key}").set_value("WT")
    app.text_input(key=f"reference-{key}").set_value("3b")
    return app.button(key=f"save-{key}").click().run()


def test_without_a_plan_every_taught_unit_is_listed_and_a_plan_is_offered(app: AppTest) -> None:
    go(app, "portfolio")
    assert sum(str(b.key).startswith("open-") for b in app.button) == 11
    assert "You have no plan yet" in said(app)
    assert "Nothing has been practised or gathered yet." in said(app)
    app.button(key="make-plan").click().run()
    assert [title.value for title in app.title] == ["Plan"]


def test_a_standing_is_stored_as_it_is_chosen_and_confirmed_is_not_among_the_choices(app: AppTest) -> None:
    go(app, "portfolio")
    assert any(
        label.startswith("203 Principles") and label.endswith(": 24 criteria") for label in labels(app)
    )
    go(app, "portfolio", unit="203")
    standing = app.selectbox(key="standing-L6017638-1.1")
    assert standing.options == ["Nothing yet", "Gathering", "Ready for the assessor"]
    standing.set_value("ready for the assessor").run()
    assert rows("SELECT criterion, status, assessor FROM portfolio_status") == [
        ("1.1", "ready for the assessor", None)
    ]
    go(app, "portfolio")
    assert any(
        "203 Principles" in label and "0 of 24 with evidence, 0 confirmed" in label for label in labels(app)
    )


def test_a_piece_of_evidence_is_added_and_its_criterion_is_gathering(app: AppTest) -> None:
    add_item(app, "L/601/7638", "1.1", "Notes on my contract")
    assert rows("SELECT title, type, reference FROM evidence_item") == [("Notes on my contract", "WT", "3b")]
    assert "**Status:** gathering." in said(app)
    assert "Evidence for 1.1 (1)" in labels(go(app, "portfolio", unit="203"))


def test_nothing_yet_is_refused_where_evidence_came_while_the_list_was_open(app: AppTest) -> None:
    go(app, "portfolio", unit="203")
    standing = "standing-L6017638-1.1"
    app.selectbox(key=standing).set_value("gathering").run()
    with store.database().write() as db:  # in another tab
        (learner,) = select_learners(session=db)
        piece = make_item(
            uuid4(), title="Notes", type_code="P", reference="", kept_where="", dated=None, note="",
            refs=[CriterionRef("L/601/7638", "1.1")],
        )  # fmt: skip
        save_item(session=db, learner=learner.id, item=piece, now=datetime(2026, 11, 20, 12, tzinfo=UTC))
    app.selectbox(key=standing).set_value("nothing yet").run()
    assert (
        app.error[0].value == "There is evidence for 1.1, so it is gathering at least. Nothing was changed."
    )
    assert rows("SELECT status FROM portfolio_status") == [("gathering",)]
    assert app.selectbox(key=standing).options == ["Gathering", "Ready for the assessor"]


def test_a_piece_without_a_title_is_refused_and_nothing_is_lost(app: AppTest) -> None:
    go(app, "portfolio", unit="203", criterion="1.1")
    app.text_area(key="note-new-L6017638-1.1-0").set_value("Three pages")
    app.button(key="save-new-L6017638-1.1-0").click().run()
    assert app.error[0].value == "Give the piece of evidence a title, so that the assessor can find it."
    assert app.text_area(key="note-new-L6017638-1.1-0").value == "Three pages"
    assert rows("SELECT count(*) FROM evidence_item") == [(0,)]


def test_one_piece_serves_criteria_of_several_units(app: AppTest) -> None:
    add_item(app, "L/601/7638", "1.1", "Witness statement")
    go(app, "portfolio", unit="202", criterion="1.2")
    (item,) = rows("SELECT id FROM evidence_item")
    app.button(key=f"attach-{item[0]}").click().run()
    assert rows("SELECT unit, criterion FROM evidence_link ORDER BY unit") == [
        ("A/503/0360", "1.2"), ("L/601/7638", "1.1"),
    ]  # fmt: skip
    go(app, "portfolio")
    assert table(app, "Serves")["Serves"].tolist() == ["202 1.2, 203 1.1"]


def test_a_piece_is_changed_and_removed_only_after_a_clear_question(app: AppTest) -> None:
    add_item(app, "L/601/7638", "1.1", "Notes")
    item = str(rows("SELECT id FROM evidence_item")[0][0])
    app.text_input(key=f"kept-{item}").set_value("Blue folder")
    app.button(key=f"save-{item}").click().run()
    assert rows("SELECT kept_where FROM evidence_item") == [("Blue folder",)]
    assert "It is removed for good, for every criterion it serves: 203 1.1." in said(app)
    app.button(key=f"remove-{item}").click().run()
    assert rows("SELECT count(*) FROM evidence_item") == [(0,)]
    assert rows("SELECT count(*) FROM evidence_link") == [(0,)]


def test_only_a_name_and_a_date_typed_in_confirm_a_criterion(app: AppTest) -> None:
    go(app, "portfolio", unit="203", criterion="2.1")
    app.button(key="confirm").click().run()
    assert app.error[0].value == "Type the name of the assessor who confirmed it."
    app.text_input(key="assessor").set_value("P Okafor")
    app.date_input(key="confirmed-on").set_value("2026-11-02")
    app.button(key="confirm").click().run()
    assert "Entered as confirmed by P Okafor on 2 November 2026." in said(app)
    go(app, "portfolio", unit="203")
    assert "Confirmed by P Okafor on 2 November 2026" in said(app)
    assert "standing-L6017638-2.1" not in [box.key for box in app.selectbox]
    go(app, "portfolio", unit="203", criterion="2.1")
    app.button(key="take-back").click().run()
    assert "**Status:** ready for the assessor." in said(app)


def test_the_least_evidence_of_unit_203_is_counted_off(app: AppTest) -> None:
    go(app, "portfolio", unit="203", criterion="1.3")
    assert "0 of 2 numbers reached." in said(app)
    labels_shown = [entry.label.replace("\\", "") for entry in app.number_input]
    assert labels_shown == ["Sources inside the organisation (at least 2)", "Sources outside it (at least 2)"]
    app.number_input(key="count-L6017638-1.3-0").set_value(2).run()
    assert "1 of 2 numbers reached." in said(app)
    assert rows("SELECT name, count FROM evidence_count") == [("sources inside the organisation", 2)]


def test_an_own_words_answer_becomes_a_draft_with_one_click_and_only_once(app: AppTest) -> None:
    go(app, "study", unit="203", criterion="1.2")
    app.text_area(key="own-words-L6017638-1.2").set_value("Where I work the law asks for a lot.")
    app.button(key="save-own-words").click().run()
    app.button(key="draft-own-words").click().run()
    assert "draft-own-words" not in [button.key for button in app.button]
    assert "Your answer is in your portfolio." in said(app)
    assert rows("SELECT type, draft, note FROM evidence_item") == [
        ("RA", 1, "Where I work the law asks for a lot.")
    ]
    go(app, "portfolio", unit="203", criterion="1.2")
    assert "own-words-draft" not in [button.key for button in app.button]


def test_practice_and_portfolio_stand_side_by_side_and_are_not_mixed(app: AppTest) -> None:
    add_item(app, "L/601/7638", "1.1", "Notes")
    go(app, "portfolio", unit="203")
    frame = table(app, "Evidence gathered")
    first = frame.iloc[0].tolist()
    assert first == ["1.1 Identify what an employment contract has to settle", "0", "no", "no", "yes", "no"]


def test_the_types_of_evidence_are_changed_for_this_machine(app: AppTest) -> None:
    go(app, "portfolio")
    app.text_area(key="evidence-types").set_value("V: a video\nV: a voice recording")
    app.button(key="save-types").click().run()
    assert "The code “V” is there twice." in app.error[0].value.replace("\\", "")
    app.text_area(key="evidence-types").set_value("V: a video\nP: a product")
    app.button(key="save-types").click().run()
    go(app, "portfolio", unit="203", criterion="1.1")
    assert app.selectbox(key="type-new-L6017638-1.1-0").options == ["V: a video", "P: a product"]


def test_an_item_of_a_type_that_was_taken_off_the_list_keeps_it(app: AppTest) -> None:
    add_item(app, "L/601/7638", "1.1", "Notes")
    go(app, "portfolio")
    app.text_area(key="evidence-types").set_value("V: a video")
    app.button(key="save-types").click().run()
    item = str(rows("SELECT id FROM evidence_item")[0][0])
    go(app, "portfolio", unit="203", criterion="1.1")
    assert app.selectbox(key=f"type-{item}").value == "WT"


def test_evidence_of_a_unit_known_by_its_title_only_is_kept_for_the_whole_unit(app: AppTest) -> None:
    go(app, "portfolio", unit="A/506/2130")
    assert "list this unit by its title only" in said(app)
    assert "Evidence for whole unit (0)" in labels(app)
    go(app, "portfolio", unit="A/506/2130", criterion="0.0")
    key = "new-A5062130-0.0-0"
    app.text_input(key=f"title-{key}").set_value("Call log")
    app.selectbox(key=f"type-{key}").set_value("P")
    app.button(key=f"save-{key}").click().run()
    assert rows("SELECT unit, criterion FROM evidence_link") == [("A/506/2130", "0.0")]


def test_a_piece_needs_a_type_that_the_learner_chooses(app: AppTest) -> None:
    go(app, "portfolio", unit="203", criterion="1.1")
    app.text_input(key="title-new-L6017638-1.1-0").set_value("Notes")
    app.button(key="save-new-L6017638-1.1-0").click().run()
    assert app.error[0].value == "Choose the type of evidence."
    assert rows("SELECT count(*) FROM evidence_item") == [(0,)]


def test_taking_away_the_evidence_behind_a_confirmation_says_that_the_entry_stays(app: AppTest) -> None:
    add_item(app, "L/601/7638", "2.1", "Notes")
    app.text_input(key="assessor").set_value("P Okafor")
    app.date_input(key="confirmed-on").set_value("2026-11-02")
    app.button(key="confirm").click().run()
    assert "203 2.1 is entered as confirmed; that entry stays." in said(app)


def test_the_checklist_shows_how_much_of_the_least_is_counted(app: AppTest) -> None:
    go(app, "portfolio", unit="203", criterion="1.1")
    app.number_input(key="count-L6017638-1.1-0").set_value(3).run()
    go(app, "portfolio", unit="203")
    assert "3 of 4 main points of the contract" in said(app)


def test_an_unknown_unit_or_criterion_is_said_plainly(app: AppTest) -> None:
    go(app, "portfolio", unit="203", criterion="9.9")
    assert "Unit L/601/7638 has no criterion “9.9”." in app.error[0].value.replace("\\", "")
    go(app, "portfolio", unit="Q/000/0000")
    assert "There is no unit “Q/000/0000” in the catalogue." in app.error[0].value.replace("\\", "")
