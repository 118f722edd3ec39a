"""The Import page from a document to its wording beside our labels, and what it refuses."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import give, practise

from quiz.syllabus import CriterionRef, UnitWording, attach_official, read_official
from ui import store, wording_shown

KEY = "L/601/7638"
JOINER = "\u2060"
HOSTILE = "<script>alert(1)</script> **bold** [link](http://evil.example) :material/bolt: $x$ `code`"


def document(*, without: str = "", credit: int | None = None) -> bytes:
    """Return a made-up document on a unit we have: its codes and commands, and words about tea.

    The code `without` is not printed; `credit` is stated in place of the unit's.
    """
    unit = store.bank().pack.outlines[KEY]
    rows = "\n".join(
        f"{outcome.number if at == 0 else ''}\t{'Know tea' if at == 0 else ''}\t"
        f"{'' if criterion.ref.code == without else criterion.ref.code}\t"
        f"{criterion.verb} the tea of cup {criterion.ref.code.replace('.', ' and ')}\t\t\t"
        for outcome in unit.outcomes
        for at, criterion in enumerate(outcome.criteria)
    )
    return (
        f"Unit 3: {unit.title}\n\nUnit reference number: {KEY}\n\nLevel: {unit.level}\n\n"
        f"Credit value: {credit or unit.credit}\n\nGuided learning hours: {unit.glh}\n\n"
        "Learning outcomes and assessment criteria\n\n"
        "Learning outcomes\t\tAssessment criteria\t\tEvidence type\tPortfolio reference\tDate\n"
        f"{rows}\nLearner name:\tDate:\n"
    ).encode()


def go(app: AppTest, page: str, **query: str) -> AppTest:
    app.switch_page(f"app_pages/{page}.py")
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def given(app: AppTest, data: bytes, name: str = "cups.txt") -> AppTest:
    """Open the page, hand it a document and have it read."""
    go(app, "spec_import")
    app.file_uploader(key="spec-file").set_value((name, data, "text/plain"))
    app.run()
    return app.button(key="read-spec").click().run()


def said(app: AppTest) -> str:
    blocks = (*app.markdown, *app.success, *app.warning, *app.error, *app.caption)
    return " ".join(block.value for block in blocks).replace("\\", "").replace(JOINER, "")


def headers(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def wording(code: str) -> str | None:
    return read_official(wording_shown.path()).optional_text(CriterionRef(KEY, code))


def attach(text: str) -> None:
    """Attach a wording to criterion 1.1."""
    attach_official(wording_shown.path(), {KEY: UnitWording(source="cups.txt", criteria={"1.1": text})})


def test_a_document_is_read_attached_shown_and_taken_away(app: AppTest) -> None:
    given(app, document())
    assert "In cups.txt: **1 unit, 7 outcomes and 24 criteria**. Headset has 1 unit of them." in said(app)
    assert "Nothing: all of it was read surely." in said(app)
    assert "Nowhere: titles, levels, credits, hours, codes and commands are the same." in said(app)
    assert not wording_shown.path().exists()
    attach_button = app.button(key="attach-spec")
    assert attach_button.label == "Attach the wording to 1 unit we have"
    attach_button.click().run()
    assert "Attached to 1 unit, 24 criteria." in said(app)
    assert str(wording("1.1")).endswith("the tea of cup 1 and 1")
    assert headers(app)[-1] == "Attached now"
    app.button(key=f"detach-{KEY}").click().run()
    assert f"Taken away from {KEY}." in said(app)
    assert wording("1.1") is None
    assert "Attached now" not in headers(app)


def test_the_page_says_that_the_text_stays_here(app: AppTest) -> None:
    assert "The document and its wording stay on this computer." in said(go(app, "spec_import"))


def test_what_is_unsure_is_left_out_until_it_is_chosen(app: AppTest) -> None:
    given(app, document(without="1.2"))
    assert "1 criterion to settle." in said(app)
    assert "23 criteria ready. 1 criterion of these units would be left out." in said(app)
    (menu,) = [box for box in app.selectbox if str(box.key).startswith("settle-")]
    assert menu.value is None
    assert menu.options[0] == "Leave it out"
    assert menu.options[1].endswith("the tea of cup 1 and 2")
    app.button(key="attach-spec").click().run()
    assert wording("1.2") is None
    (menu,) = [box for box in app.selectbox if str(box.key).startswith("settle-")]
    menu.select_index(1).run()
    assert "24 criteria ready. It replaces what is attached to 1 unit now." in said(app)
    app.button(key="attach-spec").click().run()
    assert str(wording("1.2")).endswith("the tea of cup 1 and 2")


def test_a_figure_that_differs_is_listed(app: AppTest) -> None:
    given(app, document(credit=99))
    table = next(frame.value for frame in app.dataframe if "In the document" in frame.value.columns)
    assert table.to_dict("records") == [
        {
            "Unit": "3",
            "What": "credit",
            "In the document": "99",
            "In Headset": str(store.bank().pack.outlines[KEY].credit),
            "Known slip, read as": "no",
        }
    ]


def archive() -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as zipped:
        zipped.writestr("bomb.txt", "0" * 1_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b" \n ", "is empty"),
        (b"A recipe for scones.\n" * 40, "This is not a specification Headset can read"),
        (b"<html><script>alert(1)</script></html>", "is a web page or holds code of one"),
        (bytes(range(256)) * 40, "binary"),
        (b"%PDF-1.7 and nothing else", "is damaged"),
        (archive(), "is a ZIP archive or an Office document"),
        (b"x" * 7_000_000, "7 MB; 6 MB is the most"),
    ],
)
def test_a_refusal_says_why_and_leaves_nothing(app: AppTest, data: bytes, message: str) -> None:
    given(app, data)
    assert message in said(app)
    assert "Nothing was imported." in said(app)
    assert headers(app) == []
    assert not wording_shown.path().exists()


def test_a_refusal_takes_away_what_was_read_before(app: AppTest) -> None:
    given(app, document())
    assert "Attach" in headers(app)
    app.file_uploader(key="spec-file").set_value(("scones.txt", b"A recipe.", "text/plain"))
    app.run()
    app.button(key="read-spec").click().run()
    assert headers(app) == []


def test_a_damaged_file_of_wording_is_told_and_is_not_written_over(app: AppTest) -> None:
    wording_shown.path().parent.mkdir(parents=True, exist_ok=True)
    wording_shown.path().write_text("{", encoding="utf-8")
    given(app, document())
    assert "is damaged, so no official wording is shown" in said(app)
    app.button(key="attach-spec").click().run()
    assert "is damaged" in said(app)
    assert wording_shown.path().read_text(encoding="utf-8") == "{"


def test_study_portfolio_and_the_catalogue_show_the_wording_beside_our_label(app: AppTest) -> None:
    attach("Describe the tea of cup 1")
    shown = "In the document: Describe the tea of cup 1"
    assert shown in said(go(app, "study", unit=KEY))
    assert shown in said(go(app, "study", unit=KEY, criterion="1.1"))
    assert "In the document" not in said(go(app, "study", unit=KEY, criterion="1.2"))
    assert shown in said(go(app, "portfolio", unit=KEY))
    assert shown in said(go(app, "portfolio", unit=KEY, criterion="1.1"))
    assert "wording: see specification" not in said(app)
    assert "wording: see specification" in said(go(app, "portfolio", unit=KEY, criterion="1.2"))
    go(app, "qualifications", unit=KEY)
    assert f"<span class='official'>{shown}</span>" in "".join(part.proto.body for part in app.get("html"))


def test_practice_shows_the_wording_once_an_answer_is_shown(app: AppTest) -> None:
    attach("Describe the tea of cup 1")
    practise(app, "1.1")
    assert "In the document" not in said(app)
    give(app, 0, 0, right=True)
    assert "In the document: Describe the tea of cup 1" in said(app)


def test_wording_that_is_attached_while_the_app_runs_is_shown_at_the_next_step(app: AppTest) -> None:
    attach("Describe the tea of cup 1")
    assert "cup 1" in said(go(app, "study", unit=KEY, criterion="1.1"))
    attach("Describe the tea of cup 22")
    assert "cup 22" in said(app.run())


def test_hostile_words_of_a_document_are_shown_letter_by_letter(app: AppTest) -> None:
    attach(HOSTILE)
    for page, query in (("study", {"criterion": "1.1"}), ("portfolio", {"criterion": "1.1"})):
        go(app, page, unit=KEY, **query)
        (shown,) = [block.value for block in app.caption if "In the document" in block.value]
        assert r"\<script\>" in shown
        assert r"\*\*bold\*\*" in shown
        assert r"\[link\]" in shown
        assert f":{JOINER}material" in shown
        assert r"\$x\$" in shown
    go(app, "qualifications", unit=KEY)
    html = "".join(part.proto.body for part in app.get("html"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


def test_hostile_words_in_a_document_reach_the_page_as_text(app: AppTest) -> None:
    text = document().decode().replace("the tea of cup 1 and 1", "tea $z$ and :material/bolt: of a cup")
    given(app, text.replace("\t1.1\t", "\t\t", 1).encode(), "**name**.txt")
    shown = " ".join(block.value for block in app.markdown)
    assert r"\*\*name\*\*.txt" in shown
    assert rf"Read as “Identify tea \$z\$ and :{JOINER}material/bolt: of a cup”" in shown


def test_the_portfolio_sheet_has_the_official_wording(app: AppTest) -> None:
    attach("Describe the tea of cup 1")
    unit = store.bank().pack.outlines[KEY]
    assert wording_shown.of_units([unit]) == {CriterionRef(KEY, "1.1"): "Describe the tea of cup 1"}
    go(app, "portfolio", unit=KEY)
    sheets = [str(part.proto) for part in app.get("bidi_component")]
    assert any("<td>Describe the tea of cup 1</td>" in sheet for sheet in sheets)
