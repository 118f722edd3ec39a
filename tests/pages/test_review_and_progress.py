"""What next, review, sureness, the drill-down of progress, and the files to take away."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from test_pages import give, go, labels, practise, rows, titles

from models import (
    create_learner,
    export_log,
    gather,
    import_file,
    import_words,
    open_database,
    save_settings,
    select_optional_learner,
)
from models.sums import rebuild_all
from quiz.progress.readiness import readiness_today
from quiz.reports.summary_json import summary_json
from quiz.reports.summary_xlsx import summary_xlsx
from ui import keys, store
from ui.learning import learning_of


def said(app: AppTest) -> str:
    blocks = (*app.markdown, *app.info, *app.success, *app.warning, *app.error, *app.caption)
    return " ".join(block.value for block in blocks).replace("\\", "")


def keys_of(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


def five_answers(app: AppTest, code: str, right: bool) -> None:
    """Answer five questions on a criterion, on the first try."""
    practise(app, code)
    for position in range(5):
        give(app, position, 0, right=right)
        if not right:
            app.button(key="show").click().run()
        app.button(key="next").click().run()


def a_month_passes() -> None:
    """Move everything that was answered thirty days back, as if it had been done then."""
    back = timedelta(days=30)
    with sqlite3.connect(store.database().path) as connection:
        for table, column in (
            ("attempt_item", "marked_at"),
            ("attempt_item", "shown_at"),
            ("response", "given_at"),
        ):
            for identity, moment in connection.execute(
                f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL"
            ).fetchall():
                earlier = (datetime.fromisoformat(moment) - back).isoformat(timespec="microseconds")
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (earlier, identity))
    connection.close()
    rebuild_all(store.database().write)


def test_a_newcomer_is_told_where_to_begin(app: AppTest) -> None:
    assert [key for key in keys_of(app) if key.startswith("first-")] == ["first-step-0"]
    first = app.button(key="first-step-0")
    assert first.label.replace("\\", "") == "Begin criterion 1.1 of unit 203"
    assert app.subheader[0].value.startswith("Unit 203:")
    others = [button.label.replace("\\", "") for button in app.button if str(button.key).startswith("other-")]
    assert others == []  # one new unit is enough to begin; the others are listed below
    first.click().run()
    assert titles(app)[0].startswith("1.1 ")


def test_what_was_left_comes_first_and_is_gone_on_with(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    go(app, "home")
    attempt = str(rows("SELECT id FROM attempt")[0][0])
    app.button(key=f"first-resume-{attempt}").click().run()
    assert titles(app)[0].startswith("Criterion 4.1: question")


def test_review_says_what_it_is_before_the_first_answer(app: AppTest) -> None:
    go(app, "review")
    assert "Nothing has been answered yet." in said(app)
    app.button(key="first-practice").click().run()
    assert titles(app) == ["Practise"]


def test_nothing_is_due_on_the_day_of_good_answers_and_the_next_day_is_named(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    go(app, "review")
    assert "Nothing is due today." in said(app)
    assert "Next: 5 questions on" in said(app)


def test_after_a_month_what_is_due_is_reviewed_with_answers_stored_as_a_review(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    a_month_passes()
    go(app, "review")
    assert "5 questions for today." in said(app)
    app.button(key="start-review").click().run()
    assert titles(app) == ["Review of 5 questions: question 1 of 5"]
    go(app, "practice", attempt=str(app.query_params["attempt"]))
    for position in range(5):
        give(app, position, 0, right=True)
        app.button(key="next").click().run()
    assert titles(app) == ["How it went"]
    assert rows("SELECT count(*) FROM attempt_item WHERE kind = 'review' AND marked_at IS NOT NULL") == [(5,)]
    go(app, "review")
    assert "Nothing is due today." in said(app)


def test_a_day_holds_no_more_than_the_learner_sets_and_the_rest_is_spread(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    five_answers(app, "4.2", right=True)
    a_month_passes()
    go(app, "review")
    app.number_input(key="per-day").set_value(5).run()
    assert "5 questions for today." in said(app)
    table = app.table[0].value
    assert table["Day"].tolist()[0] == "Today"
    assert table["Questions"].tolist() == [5, 5]
    assert set(table["From"]) <= {"203: 4.1", "203: 4.2", "203: 2 criteria"}
    assert said(app).count("10 questions") == 1
    assert "5 a day until" in said(app)
    assert "What you get wrong comes back within days, on top of this." in said(app)
    assert rows("SELECT settings FROM learner") == [('{"per_day": 5}',)]


def test_a_test_date_is_kept_and_brings_everything_before_it(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    go(app, "review")
    chosen = date.today() + timedelta(days=30)
    app.date_input(key="test-date").set_value(chosen).run()
    assert json.loads(str(rows("SELECT settings FROM learner")[0][0])) == {"test_date": chosen.isoformat()}
    assert "Nothing is due today; 5 questions come due before" in said(app)
    assert "5 questions due before" not in said(app)


def test_how_sure_one_is_is_asked_only_when_switched_on_and_stored(app: AppTest) -> None:
    practise(app, "4.1")
    assert not any(str(radio.key).endswith("-sure") for radio in app.radio)
    go(app, "practice", unit="203")
    app.toggle(key="ask-sure").set_value(True).run()
    practise(app, "4.1")
    sure = next(radio for radio in app.radio if str(radio.key).endswith("-sure"))
    assert sure.options == ["Guess", "Think so", "Sure"]
    sure.set_value("sure")
    give(app, 0, 0, right=False)
    assert rows("SELECT sure FROM response") == [("sure",)]
    assert rows("SELECT sure FROM attempt_item WHERE marked_at IS NOT NULL") == [("sure",)]
    assert rows("SELECT seconds > 0 FROM response") == [(1,)]


def test_progress_leads_from_all_units_to_the_answers_themselves(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    go(app, "progress")
    assert "5" in [metric.value for metric in app.metric]
    stands = {str(b.key): b.label.rsplit(": ", 1)[1] for b in app.button if str(b.key).startswith("open-")}
    assert stands["open-L/601/7638"] == "0 of 24 likely secure"
    assert stands["open-J/503/0393"] == "24 criteria"  # nothing of it has been answered
    app.button(key="open-L/601/7638").click().run()
    assert titles(app)[0].startswith("Unit 203")
    app.button(key="open-L6017638-4.1").click().run()
    assert titles(app) == ["4.1 Explain why work standards are settled with others"]
    assert "Learning, " in said(app)
    shown = [entry.label.replace("\\", "") for entry in app.expander]
    assert len(shown) == 5
    assert all(": right. " in label for label in shown)


def test_readiness_waits_until_every_outcome_has_answers(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    go(app, "progress", unit="203")
    assert (
        "Not enough answers yet: seven outcomes need more answers (outcomes 1, 2, 3, 4, 5, 6 and 7)."
        in said(app).replace("**", "")
    )


def test_one_criterion_answered_well_is_not_proposed_as_the_one_with_most_to_gain(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    go(app, "home")
    assert app.button(key="first-step-0").label.replace("\\", "") == "Begin criterion 1.1 of unit 203"
    assert "most to gain" not in said(app)


def test_answers_in_one_unit_lift_another_on_the_page_and_are_not_counted_there(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    learner = UUID(str(rows("SELECT id FROM learner")[0][0]))
    with store.database().read() as db:
        found = select_optional_learner(session=db, learner_id=learner)
        summary = gather(db, store.bank().pack, learner, datetime.now(UTC), readiness_today)
    assert found is not None
    known = learning_of(found)
    other = known.progress(store.bank().pack.units["T/503/0356"])
    # (5 + 5.2)/13 against (3.25 + 5.2)/13 = .65
    assert [entry.mean for entry in other.mastery] == pytest.approx([10.2 / 13] * len(other.mastery))
    assert (other.answers, other.timeline) == (0, ())
    shown = next(unit for unit in summary.units if unit.key == "L/601/7638")
    page = known.progress(store.bank().pack.units["L/601/7638"])
    assert tuple(entry.mastery for entry in shown.criteria) == page.mastery
    assert shown.timeline == page.timeline


def test_where_marks_are_lost_names_the_misunderstanding(app: AppTest) -> None:
    five_answers(app, "4.1", right=False)
    go(app, "progress", unit="203")
    assert any(" marks lost, most in 4.1" in head.value for head in app.header)


def test_the_figures_of_a_file_are_those_of_the_page(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)
    go(app, "progress", unit="203")
    table = next(frame.value for frame in app.dataframe if "Estimate, %" in frame.value.columns)
    shown = table[table["Criterion"] == "4.1"].iloc[0]
    learner = rows("SELECT id FROM learner")[0][0]

    with store.database().read() as db:
        summary = gather(db, store.bank().pack, UUID(str(learner)), datetime.now(UTC), readiness_today)
    sheet = load_workbook(BytesIO(summary_xlsx(summary)))["Criteria"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(line for line in lines if "Estimate" in line)
    line = next(line for line in lines if "4.1" in line)
    assert round(line[head.index("Estimate")] * 100) == float(shown["Estimate, %"])
    assert line[head.index("Answers")] == int(shown["Answers"]) == 5


def test_the_totals_of_the_page_are_those_of_the_summary_and_count_units_not_started(app: AppTest) -> None:
    five_answers(app, "4.1", right=False)
    learner = UUID(str(rows("SELECT id FROM learner")[0][0]))
    with store.database().write() as db:
        save_settings(session=db, learner_id=learner, settings={"qualification": "btec2-cco"})
    go(app, "progress")
    with store.database().read() as db:
        whole = gather(db, store.bank().pack, learner, datetime.now(UTC), readiness_today).progress
    assert {metric.label: metric.value for metric in app.metric} == {
        "Answers": "5",
        "Likely secure": f"0 of {len(whole.criteria)}",
        "Slipping": "0",
    }
    assert (len(whole.units), len(whole.not_started)) == (11, 10)
    assert (
        "Most to gain: Unit 203, outcome 4, how to work with colleagues and support them. "
        "Not started: 10 of 11 units."
    ) in said(app)


def test_the_summary_is_offered_in_every_format(app: AppTest) -> None:
    go(app, "progress")
    offered = [entry.label for entry in app.get("download_button")]
    assert offered == ["Download PDF", "Download XLSX", "Download CSV", "Download JSON", "Download xAPI"]


def test_progress_of_another_computer_is_taken_in_without_doubling(app: AppTest) -> None:
    five_answers(app, "4.1", right=True)

    learner = UUID(str(rows("SELECT id FROM learner")[0][0]))
    now = datetime.now(UTC)
    with store.database().read() as db:
        text = summary_json(gather(db, store.bank().pack, learner, now), export_log(db, learner))
    with store.database().write() as db:
        results = import_file(session=db, data=text.encode(), now=now)
    assert import_words(results[0]) == (
        "Just me: 0 new sessions, 0 new answers, 0 new entries of plan and portfolio, 0 brought up to date; "
        "5 answers already here."
    )
    assert rows("SELECT count(*) FROM response") == [(5,)]


def test_after_an_import_a_new_session_opens_as_the_learner_from_before(
    app: AppTest, open_app: Callable[[], AppTest], tmp_path: Path
) -> None:
    there = open_database(tmp_path / "there")
    now = datetime.now(UTC)
    with there.write() as db:
        sam = create_learner(session=db, name="Sam", now=now)
    with there.read() as db:
        text = summary_json(gather(db, store.bank().pack, sam.id, now), export_log(db, sam.id))
    there.close()
    with store.database().write() as db:
        (result,) = import_file(session=db, data=text.encode(), now=datetime.now(UTC))
    assert (result.created, result.learner.name) == (True, "Sam")
    assert open_app().session_state[keys.LEARNER] == app.session_state[keys.LEARNER] != sam.id


def test_an_unknown_criterion_of_progress_is_said_plainly(app: AppTest) -> None:
    go(app, "progress", unit="203", criterion="9.9")
    assert "Unit L/601/7638 has no criterion “9.9”." in app.error[0].value.replace("\\", "")
    assert labels(app) == ["Back to Home"]


def test_a_criterion_shows_its_ten_newest_answers_and_older_ones_when_asked_for(app: AppTest) -> None:
    for _ in range(3):
        five_answers(app, "1.1", right=True)
    go(app, "progress", unit="203", criterion="1.1")
    assert len(app.expander) == 10
    newest = [entry.label for entry in app.expander]
    app.button(key="older-answers").click().run()
    assert len(app.expander) == 15
    assert [entry.label for entry in app.expander][:10] == newest
    assert "older-answers" not in keys_of(app)
