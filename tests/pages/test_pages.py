"""What each page does when a learner acts on it."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models import DiskFull
from models.replay import _PARSED
from quiz.questions import question_from_json, right_response
from ui import store

OpenApp = Callable[[], AppTest]


def rows(statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store.database().path)) as connection:
        return connection.execute(statement).fetchall()


def titles(app: AppTest) -> list[str]:
    return [title.value.replace("\\", "") for title in app.title]


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def errors(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.error]


def subheads(app: AppTest) -> list[str]:
    return [head.value for head in app.subheader]


def go(app: AppTest, page: str, **query: str) -> AppTest:
    app.switch_page(f"app_pages/{page}.py")
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def practise(app: AppTest, code: str) -> AppTest:
    """Start five questions on one criterion."""
    go(app, "practice", unit="203")
    app.radio(key="scope").set_value("One criterion").run()
    criteria = app.selectbox(key="criterion")
    criteria.select_index([label.split()[0] for label in criteria.options].index(code)).run()
    app.slider(key="size").set_value(5)
    return app.button(key="start-practice").click().run()


def shown_question(app: AppTest, position: int) -> object:
    attempt = app.query_params["attempt"]
    attempt = attempt[0] if isinstance(attempt, list) else attempt
    found = rows(
        "SELECT q.content FROM attempt_item i JOIN shown_question q ON q.hash = i.question_hash "
        f"WHERE i.attempt_id = '{attempt.replace('-', '')}' AND i.position = {position}"
    )
    return question_from_json(str(found[0][0]))


def give(app: AppTest, position: int, tries: int, right: bool) -> AppTest:
    """Answer the question on the screen through its widgets, whatever its type."""
    question = shown_question(app, position)
    response = right_response(question)
    prefix = next(
        "-".join(str(w.key).split("-")[:2])
        for kind in (app.radio, app.checkbox, app.selectbox)
        for w in kind
        if str(w.key).startswith("answer-")
    )
    if question.type == "single_choice":
        wrong = next(o.key for o in question.options if not o.right)
        app.radio(key=prefix).set_value(response.chosen if right else wrong)
    elif question.type == "multiple_response":
        wrong_keys = [o.key for o in question.options if not o.right][: question.choose]
        for number, option in enumerate(question.options):
            if option.key in (response.chosen if right else wrong_keys):
                app.checkbox(key=f"{prefix}-{number}").check()
    elif question.type == "matching":
        keys = [pair.key for pair in question.pairs]
        rotated = [*keys[1:], keys[0]]
        for number, value in enumerate(keys if right else rotated):
            app.selectbox(key=f"{prefix}-{number}").set_value(value)
    elif question.type == "ordering":
        order = response.order if right else tuple(reversed(response.order))
        for number, step in enumerate(question.steps):
            app.radio(key=f"{prefix}-{number}").set_value(order.index(step.key) + 1)
    else:
        names = list(question.classes)
        for number, case in enumerate(question.cases):
            other = next(name for name in names if name != case.belongs)
            app.radio(key=f"{prefix}-{number}").set_value(case.belongs if right else other)
    return app.button(key="check").click().run()


def test_first_run_says_what_it_is_where_answers_are_and_what_is_known_of_dates(open_app: OpenApp) -> None:
    app = open_app()
    text = " ".join(block.value for block in app.markdown)
    assert titles(app) == ["Headset"]
    assert "Only an assessor can say that a criterion is met" in text
    assert str(store.database().path) in text
    assert "Ask your centre" in text.replace("\\", "")


def test_a_name_is_needed_to_start_and_a_second_one_may_not_repeat_it(open_app: OpenApp) -> None:
    app = open_app()
    app.button(key="start-named").click().run()
    assert errors(app) == ["Type a name first."]
    app.text_input(key="new-name").set_value("Amira")
    app.button(key="start-named").click().run()
    assert titles(app) == ["Hello, Amira"]
    app.button(key="switch").click().run()
    app.text_input(key="new-name").set_value("amira")
    app.button(key="start-named").click().run()
    assert errors(app) == [
        "“amira” is already on this computer. Choose that name in the list, or add an initial."
    ]


def test_two_learners_share_a_machine_and_each_sees_their_own_sessions(open_app: OpenApp) -> None:
    app = open_app()
    app.text_input(key="new-name").set_value("Amira")
    app.button(key="start-named").click().run()
    practise(app, "1.1")
    address = app.query_params["attempt"]
    go(app, "home")
    app.button(key="switch").click().run()
    app.text_input(key="new-name").set_value("Ben")
    app.button(key="start-named").click().run()
    assert titles(app) == ["Hello, Ben"]
    assert not [label for label in labels(app) if label.startswith("Continue")]
    go(app, "practice", attempt=address[0] if isinstance(address, list) else address)
    assert errors(app) == [
        "This session belongs to Amira, and you are Ben. Go to Home, choose Amira, and open it from there."
    ]


def test_a_new_session_greets_whoever_used_the_machine_last(open_app: OpenApp, app: AppTest) -> None:
    app.button(key="switch").click().run()
    app.text_input(key="new-name").set_value("Ben")
    app.button(key="start-named").click().run()
    assert titles(open_app()) == ["Hello, Ben"]


def test_pages_without_a_learner_lead_home(open_app: OpenApp) -> None:
    for page in ("study", "practice", "test", "progress"):
        assert titles(go(open_app(), page)) == ["Headset"]


def test_study_opens_a_criterion_with_note_words_and_task(app: AppTest) -> None:
    go(app, "study", unit="203")
    app.button(key="open-L6017638-3.3").click().run()
    assert titles(app)[0].startswith("3.3 Describe")
    assert [head.value for head in app.header] == ["Words to know", "In your own words"]


def test_the_law_of_a_criterion_is_folded_below_its_note_with_british_dates(app: AppTest) -> None:
    go(app, "study", unit="203", criterion="1.2")
    assert titles(app) == ["1.2 Identify what the law asks of employers and employees"]
    folded = next(entry for entry in app.expander if entry.label.startswith("The law today"))
    facts = [block.value for block in folded.markdown]
    assert folded.label == f"The law today ({len(facts)} points)"
    assert all(re.search(r"; checked on \d{1,2} [A-Z][a-z]+ 20\d\d\)", fact) for fact in facts)


def test_a_criterion_leads_to_its_neighbours_above_and_below_its_note(app: AppTest) -> None:
    go(app, "study", unit="203", criterion="1.2")
    app.button(key="to-L6017638-1.3").click().run()
    assert titles(app)[0].startswith("1.3 ")
    app.button(key="open-L6017638-1.2").click().run()
    assert titles(app)[0].startswith("1.2 ")


def test_an_unknown_criterion_in_the_address_gets_a_clear_message(app: AppTest) -> None:
    go(app, "study", unit="203", criterion="9.9")
    assert errors(app) == ["Unit L/601/7638 has no criterion “9.9”. Choose one under Study."]


def test_an_own_words_answer_is_kept_and_then_its_points_and_model_answer_appear(app: AppTest) -> None:
    go(app, "study", unit="203", criterion="3.3")
    assert "A model answer" not in [expander.label for expander in app.expander]
    app.text_area(key="own-words-L6017638-3.3").set_value("I nod and ask back.")
    app.button(key="save-own-words").click().run()
    assert "A model answer" in [expander.label for expander in app.expander]
    app.checkbox(key="own-words-L6017638-3.3-0").check().run()
    assert rows("SELECT text, points FROM own_words ORDER BY saved_at") == [
        ("I nod and ask back.", "[]"),
        ("I nod and ask back.", "[0]"),
    ]


def test_practice_wrong_then_try_again_then_right_counts_the_first_try(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=False)
    assert "Not yet" in subheads(app)[0]
    assert [b for b in labels(app) if b in {"Try again", "Show the answer", "Next"}] == [
        "Try again",
        "Show the answer",
    ]
    app.button(key="next").click().run()
    give(app, 0, 1, right=True)
    assert "That is right" in subheads(app)[0]
    assert rows("SELECT fraction FROM attempt_item WHERE marked_at IS NOT NULL") == [(0.0,)]
    app.button(key="next").click().run()
    assert titles(app) == ["Criterion 4.1: question 2 of 5"]


def test_practice_show_the_answer_explains_every_part_and_goes_on(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=False)
    app.button(key="show").click().run()
    assert "Next" in labels(app)
    assert rows("SELECT kind FROM attempt_event") == [("show",)]


def test_checking_without_an_answer_says_so_and_stores_nothing(app: AppTest) -> None:
    practise(app, "4.1")
    app.button(key="check").click().run()
    assert errors(app) == ["Choose an answer first."]
    assert rows("SELECT count(*) FROM response") == [(0,)]


def test_practice_is_where_it_was_after_the_tab_is_closed(open_app: OpenApp, app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    app.button(key="next").click().run()
    again = open_app()
    resume = next(button for button in again.button if button.label.startswith("Continue"))
    resume.click().run()
    assert titles(again) == ["Criterion 4.1: question 2 of 5"]


def test_a_whole_practice_session_ends_with_a_summary_and_practice_of_what_was_missed(app: AppTest) -> None:
    practise(app, "4.1")
    for position in range(5):
        give(app, position, 0, right=position != 2)
        if position == 2:
            app.button(key="show").click().run()
        app.button(key="next").click().run()
    assert titles(app) == ["How it went"]
    assert "You answered 5 questions, 4 right on the first try." in [block.value for block in app.markdown]
    app.button(key="practise-missed").click().run()
    assert titles(app) == ["What I missed: question 1 of 5"]


def test_endless_practice_draws_another_question_each_time(app: AppTest) -> None:
    go(app, "practice", unit="203")
    app.toggle(key="endless").set_value(True).run()
    app.button(key="start-practice").click().run()
    assert titles(app) == ["Unit 203: question 1"]
    give(app, 0, 0, right=True)
    app.button(key="next").click().run()
    assert titles(app) == ["Unit 203: question 2"]
    assert rows("SELECT count(DISTINCT question_id) FROM attempt_item") == [(2,)]


def test_the_starting_check_asks_each_criterion_once_in_order(app: AppTest) -> None:
    app.button(key="check-L6017638").click().run()
    codes = [code for (code,) in rows("SELECT criterion FROM attempt_item ORDER BY position")]
    unit = store.bank().pack.select_unit("203")
    assert codes == [criterion.ref.code for criterion in unit.criteria]
    assert titles(app) == ["Starting check: question 1 of 24"]
    go(app, "practice", unit="203")
    app.button(key="starting-check").click().run()
    assert titles(app) == ["Starting check: question 1 of 24"]


def start_test(app: AppTest) -> AppTest:
    go(app, "test", unit="203")
    return app.button(key="start-test").click().run()


def pick(app: AppTest, position: int, right: bool) -> AppTest:
    question = shown_question(app, position)
    radio = next(w for w in app.radio if str(w.key).startswith("answer-"))
    keys = [o.key for o in question.options if o.right is right]
    return app.radio(key=radio.key).set_value(keys[0]).run()


def test_every_pick_in_a_test_is_stored_at_once_and_nothing_is_marked(app: AppTest) -> None:
    start_test(app)
    pick(app, 0, right=False)
    pick(app, 0, right=True)
    assert rows("SELECT position, sequence FROM response ORDER BY sequence") == [(0, 1), (0, 2)]
    assert rows("SELECT count(*) FROM attempt_item WHERE fraction IS NOT NULL") == [(0,)]


def test_flags_moves_and_breaks_survive_a_closed_tab(open_app: OpenApp, app: AppTest) -> None:
    start_test(app)
    app.button(key="flag").click().run()
    app.button(key="next").click().run()
    pick(app, 1, right=True)
    app.button(key="rest").click().run()
    again = go(open_app(), "test", unit="203")
    again.button(key="resume-test").click().run()
    assert titles(again) == ["Rest break"]
    again.button(key="next").click().run()
    assert titles(again) == ["On-screen test: question 2 of 40"]
    assert next(w for w in again.radio if str(w.key).startswith("answer-")).value is not None
    again.button(key="back").click().run()
    assert "Remove flag" in labels(again)


def test_finishing_early_asks_first_and_then_gives_the_score_report(app: AppTest) -> None:
    start_test(app)
    pick(app, 0, right=True)
    app.button(key="to-review").click().run()
    assert titles(app) == ["Review your answers"]
    assert "**Not answered (39):**" in " ".join(block.value for block in app.markdown)
    assert app.button(key="finish").disabled
    app.checkbox(key="sure").check().run()
    app.button(key="finish").click().run()
    assert titles(app) == ["Your practice test"]
    assert [metric.value for metric in app.metric] == ["1 of 40", "0 of 7"]
    assert rows("SELECT count(*) FROM attempt_item WHERE fraction = 1.0") == [(1,)]


def test_a_test_answered_rightly_throughout_is_passed(app: AppTest) -> None:
    start_test(app)
    for position in range(40):
        pick(app, position, right=True)
        app.button(key="next").click().run()
    app.checkbox(key="sure").check().run()
    app.button(key="finish").click().run()
    assert titles(app) == ["Passed"]
    assert [metric.value for metric in app.metric] == ["40 of 40", "7 of 7"]
    go(app, "progress", unit="203")
    assert "40 answers so far, by Just me." in [block.value for block in app.markdown]


def test_a_test_whose_time_ran_out_while_away_is_finished_as_of_its_deadline(
    open_app: OpenApp, app: AppTest
) -> None:
    start_test(app)
    pick(app, 0, right=True)
    with closing(sqlite3.connect(store.database().path)) as connection:
        connection.execute("UPDATE attempt SET started_at = '2026-01-05T10:00:00.000000+00:00'")
        connection.commit()
    progress = go(open_app(), "progress", unit="203")
    assert [button.label for button in progress.button if button.label.startswith("Score report")]
    assert "1 answer so far, by Just me." in [block.value for block in progress.markdown]
    assert rows("SELECT finished_at, finish FROM attempt") == [("2026-01-05T11:00:00.000000+00:00", "time")]


def test_a_report_is_marked_by_its_own_unit_whatever_the_address_says(app: AppTest) -> None:
    start_test(app)
    attempt = app.query_params["attempt"]
    app.button(key="to-review").click().run()
    app.checkbox(key="sure").check().run()
    app.button(key="finish").click().run()
    go(app, "report", attempt=attempt[0] if isinstance(attempt, list) else attempt, unit="201")
    assert any("24 are needed" in block.value for block in app.markdown)


def test_a_session_of_a_unit_that_left_the_content_leaves_home_whole(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    attempt = app.query_params["attempt"]
    with closing(sqlite3.connect(store.database().path)) as connection:
        connection.execute("UPDATE attempt SET unit = 'A/111/2222'")
        connection.commit()
    go(app, "practice", attempt=attempt[0] if isinstance(attempt, list) else attempt)
    assert errors(app)[0].startswith("Unit A/111/2222 is no longer in the content")
    go(app, "home")
    assert titles(app) == ["Hello"]
    assert errors(app) == []


def test_a_pick_that_cannot_be_stored_leaves_the_screen_as_it_is_stored(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_test(app)
    pick(app, 0, right=True)
    radio = next(w for w in app.radio if str(w.key).startswith("answer-"))
    stored = radio.value

    def full(**_: object) -> None:
        raise DiskFull("There is no room left on the disk.")

    monkeypatch.setattr("ui.testing.save_response", full)
    pick(app, 0, right=False)
    assert errors(app) == ["There is no room left on the disk."]
    assert next(w for w in app.radio if str(w.key).startswith("answer-")).value == stored


def test_a_second_paper_shares_no_question_with_the_first(app: AppTest) -> None:
    for _ in range(2):
        start_test(app)
        app.button(key="to-review").click().run()
        app.checkbox(key="sure").check().run()
        app.button(key="finish").click().run()
    papers: dict[object, set[object]] = {}
    for attempt, family in rows("SELECT attempt_id, family FROM attempt_item"):
        papers.setdefault(attempt, set()).add(family)
    first, second = papers.values()
    assert len(first) == len(second) == 40
    assert not first & second


def test_extra_time_is_part_of_the_test(app: AppTest) -> None:
    go(app, "test", unit="203")
    app.number_input(key="extra").set_value(25).run()
    assert [metric.value for metric in app.metric] == ["40", "75"]
    app.button(key="start-test").click().run()
    assert rows("SELECT minutes, extra_percent FROM attempt") == [(60, 25)]
    assert rows("SELECT settings FROM learner") == [(json.dumps({"extra_percent": 25}),)]


@pytest.mark.parametrize("address", ["nonsense", "00000000-0000-4000-8000-000000000000"])
@pytest.mark.parametrize("page", ["practice", "test", "report"])
def test_a_made_up_attempt_gets_a_message_of_ours(app: AppTest, page: str, address: str) -> None:
    go(app, page, attempt=address)
    assert titles(app) == ["Something needs attention"]
    assert errors(app)[0].startswith("There is no such session here")


def test_a_made_up_unit_gets_a_message_of_ours(app: AppTest) -> None:
    go(app, "study", unit="999")
    assert errors(app) == ["There is no unit “999” here. Go to Home and choose a unit."]


def test_a_question_that_left_the_bank_is_still_shown_and_counts(app: AppTest) -> None:
    practise(app, "4.1")
    with closing(sqlite3.connect(store.database().path)) as connection:
        connection.execute(
            'UPDATE shown_question SET content = replace(content, \'"family":"L6017638\', \'"family":"gone\')'
        )
        connection.commit()
    store.database().close()
    store.database.clear()
    _PARSED.clear()  # content changes with a restart, which reads and parses anew
    give(app, 0, 0, right=True)
    assert "That is right" in subheads(app)[0]
    assert "This question has since left the content. Your answer to it still counts." in [
        c.value for c in app.caption
    ]


def test_progress_is_useful_before_the_first_answer_and_after(app: AppTest) -> None:
    go(app, "progress", unit="203")
    assert "Not enough answers yet for any of the 24 criteria" in [head.value for head in app.header]
    practise(app, "4.1")
    for position in range(5):
        give(app, position, 0, right=True)
        app.button(key="next").click().run()
    go(app, "progress", unit="203")
    assert "1 of 24 criteria has an estimate" in [head.value for head in app.header]
    table = app.dataframe[0].value
    row = table[table["Criterion"] == "4.1"].iloc[0]
    assert (row["Answers"], row["State"]) == (5, "Learning")


def test_the_glossary_narrows_to_what_is_sought_and_says_when_nothing_is_found(app: AppTest) -> None:
    go(app, "glossary")
    everything = app.caption[0].value
    app.text_input(key="sought").set_value("grievance").run()
    assert app.caption[0].value != everything
    app.text_input(key="sought").set_value("xyzzy").run()
    assert "No word of the glossary holds that. Try a shorter part of it." in [m.value for m in app.markdown]


def test_a_unit_is_chosen_on_home_and_stays_chosen_on_other_pages(open_app: OpenApp, app: AppTest) -> None:
    units = list(store.bank().pack.units.values())
    for unit in units[-2:]:
        if app.button and f"open-{unit.key}" in [button.key for button in app.button]:
            app.button(key=f"open-{unit.key}").click().run()
        assert unit.title in subheads(app)[0].replace("\\", "")
        go(app, "study")
        assert app.selectbox(key="unit-switch-study").value == unit.key
        go(app, "home")


def test_what_was_left_in_another_unit_is_offered_on_home(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    go(app, "home", unit="206")
    first = next(label for label in labels(app) if label.startswith("Continue"))
    assert first.replace("\\", "") == "Continue: Criterion 4.1, unit 203"
    assert "1 of 5 questions answered; 4 left." in [m.value.replace("\\", "") for m in app.markdown]


def test_letter_keys_can_be_switched_off_for_good(open_app: OpenApp, app: AppTest) -> None:
    go(app, "about")
    app.toggle(key="letter-keys").set_value(False).run()
    assert rows("SELECT settings FROM learner") == [(json.dumps({"letter_keys": False}),)]
    assert go(open_app(), "about").toggle(key="letter-keys").value is False


def test_a_fault_of_our_own_ends_in_a_page_with_a_reference_and_no_traceback(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.session.unit_name", lambda unit: 1 / 0)
    go(app, "study", unit="203")
    assert titles(app)[-1] == "Something needs attention"
    assert "reference" in errors(app)[0]
    assert not app.exception


def test_an_unwritable_data_folder_is_named(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("HEADSET_DATA", str(tmp_path / "file" / "data"))
    store.database.clear()
    app = open_app()
    assert titles(app) == ["Something needs attention"]
    assert errors(app)[0].startswith(f"Headset cannot write to its data folder {tmp_path / 'file' / 'data'}")


def test_a_database_from_a_newer_version_is_refused_unchanged(open_app: OpenApp, app: AppTest) -> None:
    path = store.database().path
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    store.database.clear()
    assert "was written by a newer version of Headset" in errors(open_app())[0]


def test_a_broken_pack_stops_the_app_with_a_page_that_lists_the_findings(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "content" / "units" / "L6017638-responsibilities"
    folder.mkdir(parents=True)
    (folder / "unit.yaml").write_text("unit: L/601/7639\nunit: L/601/7638\n")
    monkeypatch.setenv("HEADSET_CONTENT", str(tmp_path / "content"))
    store.content.clear()
    app = open_app()
    store.content.clear()
    assert titles(app) == ["The content has faults"]
    assert any("(repeated-key)" in block.value for block in app.markdown)
