"""Drafted study packs from the Import page to every place where a learner meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
import typst
from literal_drafts import CONTENT, FOLDER, KEY, document, put_draft
from streamlit.testing.v1 import AppTest
from test_import_page import given, headers, said
from test_pages import give, go, labels, pick, start_test, titles

from models import export_log, gather, select_learners
from quiz.reports.summary_csv import summary_csv
from quiz.reports.summary_json import summary_json
from quiz.syllabus import CONTENT_DIR, UnitWording, attach_official
from quiz.syllabus.pack import version_of
from ui import clock, store, wording_shown

MARK = "Drafted, not reviewed."
NAME = "Keep a Tea Room (drafted, not reviewed)"


def data_folder() -> Path:
    return store.drafts_path().parent


def draft() -> Path:
    """Put a draft where the app finds it."""
    return put_draft(data_folder())


def is_marked(app: AppTest) -> bool:
    return any(MARK in caption.value for caption in app.caption)


def practise_draft(app: AppTest) -> AppTest:
    go(app, "practice", unit=KEY)
    return app.button(key="start-practice").click().run()


def pdf() -> bytes:
    """Return the tea room's document as a PDF with a ruled table."""
    rows = [line.split("\t")[:4] for line in document().split("\n") if line.count("\t") > 4]
    rows[0] = ["Learning", "outcomes", "", "Assessment criteria"]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    content = CONTENT.strip().replace("\n", "\n\n")
    return typst.compile(
        (
            "#set page(width: 18cm)\n= Unit 7: Keep a Tea Room\nUnit reference number: M\\/701\\/2345\n\nLevel: 2\n\n"
            "Credit value: 9\n\nGuided learning hours: 61\n\nLearning outcomes and assessment criteria\n"
            f"#table(columns: (1cm, 5cm, 1.4cm, 5cm), {cells})\nLearner name: Date:\n\n{content}\n"
        ).encode()
    )


def test_a_pdf_is_read_and_its_unit_drafted(app: AppTest) -> None:
    before = version_of(CONTENT_DIR)
    given(app, pdf(), "tea.pdf")
    assert "In tea.pdf: **1 unit, 2 outcomes and 5 criteria**. Headset has 0 units of them." in said(app)
    assert app.button(key="draft-spec").label == "Draft 1 unit"
    app.button(key="draft-spec").click().run()
    assert f"{KEY}: written." in said(app)
    assert (store.drafts_path() / FOLDER / "1.1.yaml").is_file()
    assert headers(app)[-1] == "Drafts on this computer"
    assert "In use: 7 knowledge blocks" in said(app)
    assert store.bank().pack.units[KEY].drafted
    assert version_of(CONTENT_DIR) == before


def test_home_says_that_a_unit_is_drafted_and_offers_no_paper_of_it(app: AppTest) -> None:
    draft()
    go(app, "practice", unit=KEY)
    go(app, "home")
    assert is_marked(app)
    ways = [str(button.key) for button in app.button if str(button.key).endswith(KEY.replace("/", ""))]
    assert ways == [f"{way}-{KEY.replace('/', '')}" for way in ("check", "study", "practice", "progress")]


def test_a_bar_follows_pages_and_units_and_goes_when_the_document_is_read(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[float, str]] = []
    real = st.progress

    def watched(value: float, text: str) -> object:
        bar = real(value, text)
        move = bar.progress
        shown.append((value, text))
        monkeypatch.setattr(bar, "progress", lambda v, t: (shown.append((v, t)), move(v, t)), raising=False)
        return bar

    monkeypatch.setattr(st, "progress", watched)
    given(app, pdf(), "tea.pdf")
    values = [value for value, _ in shown]
    assert shown[0] == (0.0, "Opening the document…")
    assert (0.7, "Reading page 1 of 1…") in shown
    assert shown[-1] == (1.0, "Reading unit 1 of 1…")
    assert values == sorted(values)
    assert len(app.get("progress")) == 0


def test_a_unit_without_unit_content_is_not_drafted_and_the_page_says_why(app: AppTest) -> None:
    given(app, document(content="").encode(), "tea.txt")
    assert "There is no unit here that can be drafted." in said(app)
    assert "Not drafted: Unit 7. The document prints no unit content for it" in said(app)
    assert not any(button.key == "draft-spec" for button in app.button)


def test_an_edited_draft_is_held_back_until_the_tutor_says_otherwise(app: AppTest) -> None:
    path = draft() / "1.1.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    given(app, document().encode(), "tea.txt")
    app.button(key="draft-spec").click().run()
    assert f"{KEY}: not written: the draft there has been edited." in said(app)
    assert path.read_text(encoding="utf-8").endswith("# mine\n")
    next(box for box in app.checkbox if str(box.key).startswith("draft-again-")).check().run()
    app.button(key="draft-spec").click().run()
    kept = store.drafts_path() / "put aside" / FOLDER
    assert f"What you had edited lies in {kept}." in said(app)
    assert (kept / "1.1.yaml").read_text(encoding="utf-8").endswith("# mine\n")


def test_a_fault_keeps_the_draft_out_and_the_app_whole_until_it_is_mended_and_read_again(
    app: AppTest,
) -> None:
    path = draft() / "1.1.yaml"
    right = path.read_text(encoding="utf-8")
    assert KEY in store.bank().pack.units
    path.write_text(right.replace("verb: Describe", "verb: 7"), encoding="utf-8")
    assert KEY in store.bank().pack.units  # an edit holds once it is said
    go(app, "spec_import")
    app.button(key="read-drafts").click().run()
    assert f"Left out for their faults: {FOLDER}." in said(app)
    assert [box.label for box in app.expander] == [f"{FOLDER}: not used: 1 thing to do"]
    assert "Line 6: " in said(app)
    assert len(store.bank().pack.units) == 11
    assert titles(go(app, "study", unit="203")) == ["Study"]
    path.write_text(right, encoding="utf-8")
    go(app, "spec_import")
    app.button(key="read-drafts").click().run()
    assert "Read again. All of them are in use." in said(app)
    assert KEY in store.bank().pack.units


def test_what_is_left_to_do_stands_under_its_file(app: AppTest) -> None:
    draft()
    go(app, "spec_import")
    lines = [block.value for block in app.markdown]
    assert "**unit.yaml**" in lines
    assert "Write a model answer. Then delete this comment." in lines[lines.index("**1.1.yaml**") + 1]


def test_a_draft_put_aside_is_asked_of_nobody(app: AppTest) -> None:
    draft()
    go(app, "spec_import")
    app.button(key=f"aside-{FOLDER}").click().run()
    assert "Put aside. The files lie in " in said(app)
    assert KEY not in store.bank().pack.units
    assert "Drafts on this computer" not in headers(app)


def test_a_document_is_held_against_what_is_shipped_and_not_against_its_own_draft(app: AppTest) -> None:
    draft()
    given(app, document().encode(), "tea.txt")
    assert "Headset has 0 units of them." in said(app)
    assert "Headset has none of these units, so there is nothing to attach the wording to." in said(app)


def test_practice_of_a_draft_says_so_before_and_with_every_question(app: AppTest) -> None:
    draft()
    assert is_marked(go(app, "practice", unit=KEY))
    practise_draft(app)
    assert titles(app) == [f"Unit {KEY}: question 1 of 10"]
    assert is_marked(app)
    give(app, 0, 0, right=True)
    assert is_marked(app)


def test_nothing_is_marked_where_the_unit_is_shipped(app: AppTest) -> None:
    draft()
    assert not is_marked(go(app, "practice", unit="203"))
    assert not is_marked(go(app, "study", unit="203", criterion="1.1"))


def test_study_lists_and_notes_of_a_draft_say_so(app: AppTest) -> None:
    draft()
    assert is_marked(go(app, "study", unit=KEY))
    go(app, "study", unit=KEY, criterion="1.2")
    assert is_marked(app)
    assert f"Unit {KEY}: {NAME}" in said(app)
    assert "kettles (copper, cast iron, enamel)" in said(app)


def test_a_draft_has_no_paper_and_leads_to_practice(app: AppTest) -> None:
    draft()
    go(app, "test", unit=KEY)
    assert is_marked(app)
    assert "A drafted unit has practice only." in said(app)
    assert "Start test" not in labels(app)
    app.button(key="practise-draft").click().run()
    assert titles(app) == ["Practise"]


def test_the_lesson_screen_says_that_a_question_is_drafted(app: AppTest) -> None:
    draft()
    go(app, "lesson")
    app.selectbox(key="lesson-unit").set_value(KEY).run()
    app.button(key="start-lesson").click().run()
    assert is_marked(go(app, "lesson", lesson=str(app.query_params["lesson"])))


def test_progress_and_every_summary_name_the_unit_as_drafted(app: AppTest) -> None:
    draft()
    practise_draft(app)
    give(app, 0, 0, right=True)
    go(app, "progress", unit=KEY)
    assert is_marked(app)
    assert not any("Readiness" in head for head in (*headers(app), *(s.value for s in app.subheader)))
    assert any(NAME in label for label in labels(go(app, "progress")))
    with store.database().read() as db:
        learner = select_learners(session=db)[0]
        summary = gather(db, store.bank().pack, learner.id, clock.now())
        log = export_log(db, learner.id)
    (unit,) = [unit for unit in summary.units if unit.key == KEY]
    assert (unit.drafted, unit.title, unit.readiness) == (True, NAME, None)
    assert NAME in summary_csv(summary)
    assert f'"title": "{NAME}"' in summary_json(summary, log)
    assert '"drafted": true' in summary_json(summary, log)


def test_a_drafted_question_can_be_hidden_from_learners(app: AppTest) -> None:
    draft()
    family = "M7012345-1.3-fresh-water.one"
    go(app, "questions", unit=KEY, question=family)
    app.button(key="hide-one").click().run()
    assert family in store.bank().overlay.hidden
    assert store.overlaid().reading.findings == ()


def test_a_draft_of_hostile_words_shows_them_as_text(app: AppTest) -> None:
    bad = "cup ~~old~~ [x] <b $y$ |a|"
    put_draft(data_folder(), document(content=CONTENT.replace("less lime", bad)))
    go(app, "study", unit=KEY, criterion="1.3")
    (note,) = [block.value for block in app.markdown if "The unit lists" in block.value]
    assert r"cup \~\~old\~\~ \[x\] \<b \$y\$ \|a\|" in note


def test_the_score_report_shows_the_official_wording(app: AppTest) -> None:
    codes = {criterion.ref.code for criterion in store.bank().pack.units["L/601/7638"].criteria}
    wording = UnitWording(source="cups.txt", criteria={code: f"Pour cup {code}" for code in codes})
    attach_official(wording_shown.path(), {"L/601/7638": wording})
    start_test(app)
    pick(app, 0, right=False)
    app.button(key="to-review").click().run()
    app.checkbox(key="sure").check().run()
    app.button(key="finish").click().run()
    shown = [
        caption.value for caption in app.caption if caption.value.startswith("In the document: Pour cup")
    ]
    assert len(shown) == 40
