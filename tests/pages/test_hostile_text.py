"""What somebody typed or imported is sent to no page as mark-up, and runs in no file that is taken away."""

import csv
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from literal_hostile import GROUP, HOSTILE, IMPORTED, LINE, NAME, TEXT, TITLE, UNIT, Hostile, fill, squeezed
from openpyxl import load_workbook
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from models import gather, select_portfolio
from quiz.progress.readiness import readiness_today
from quiz.reports import portfolio_csv, portfolio_sheet
from quiz.reports.portfolio_xlsx import portfolio_xlsx
from quiz.reports.summary_csv import summaries_csv, summary_csv
from quiz.reports.summary_pdf import summary_pdf
from quiz.reports.summary_xlsx import summaries_xlsx, summary_xlsx
from quiz.syllabus import Pack
from quiz.wording import FORMULA_STARTS
from ui import clock, keys, store

AT = {"unit": UNIT, "criterion": "1.2"}
WIDGETS = ("label", "help", "placeholder")
# What would be mark-up in Streamlit's Markdown: each is somewhere in the hostile texts.
LIVE = re.compile(
    r"(?<!\\)<[a-z/]|(?<!\\)\]\(|(?<!\\)!\[|:(?:red|small|smile|streamlit|help|material/zq|blue|::)|(?<!\\)://|(?<!\u2060)www\."
    r"|(?<!\\)\$|(?<!\\)`zq|(?<!\\)_zq|~~zq|(?<!\\)&#?\w+;|[\w]@zq|^(?:[#>-]|1\.) zq|(?:^|\s)(?:->|<-|--)(?:\s|$)",
    re.MULTILINE,
)


@pytest.fixture
def stored(own_database: None, shipped_pack: Pack) -> Hostile:
    return fill(store.database().path.parent, shipped_pack)


def parts(node: Any) -> Iterator[Any]:
    """Yield every element and block of a page."""
    yield node
    for child in getattr(node, "children", {}).values():
        yield from parts(child)


def markdown_of(app: AppTest) -> Iterator[str]:
    """Yield every text of a page that Streamlit reads as Markdown."""
    for part in (*parts(app.main), *parts(app.sidebar)):
        sent = getattr(part, "proto", None)
        if sent is None or part.type == "html":
            continue
        for field, value in sent.ListFields():
            if isinstance(value, str) and field.name in {"body", *WIDGETS}:
                yield value
            elif field.name == "options" and part.type in {"radio", "button_group", "pills"}:
                yield from (option if isinstance(option, str) else option.content for option in value)
            elif field.name in {"expandable", "popover"}:
                yield value.label


def html_of(app: AppTest) -> str:
    return "\n".join(str(block.proto.body) for block in app.get("html"))


def open_page(app: AppTest, page: str, query: dict[str, str], learner: UUID) -> None:
    app.query_params.clear()
    app.query_params.update(query)
    app.session_state[keys.LEARNER] = learner
    app.switch_page(f"app_pages/{page}.py").run()


def addresses(ids: Hostile) -> list[tuple[str, dict[str, str]]]:
    group = {"group": str(ids.group)}
    return [
        ("home", {}),
        ("study", AT),
        ("practice", {}),
        ("practice", {"attempt": str(ids.practising)}),
        ("report", {"attempt": str(ids.sat)}),
        ("progress", {}),
        ("progress", {"unit": UNIT}),
        ("progress", AT),
        ("portfolio", {}),
        ("portfolio", {"unit": UNIT}),
        ("portfolio", AT),
        ("plan", {}),
        ("about", {}),
        ("qualifications", {"unit": UNIT}),
        ("spec_import", {}),
        ("questions", {}),
        ("lesson", {}),
        ("lesson", {"lesson": str(ids.lesson), "at": "1", "step": "4"}),
        ("lesson", {"lesson": str(ids.live)}),
        ("lesson", {"lesson": str(ids.live), "view": "summary"}),
        ("groups", {}),
        *(("groups", {**group, "view": view}) for view in ("progress", "tasks", "members", "settings")),
        ("groups", {**group, "learner": str(ids.learner), "unit": UNIT}),
    ]


def test_no_page_is_sent_anything_typed_or_imported_as_markup(
    stored: Hostile, open_app: Callable[[], AppTest]
) -> None:
    app, met = open_app(), set()
    for page, query in addresses(stored):
        open_page(app, page, query, stored.learner)
        assert not app.exception, (page, query)
        for text in markdown_of(app):
            if "zq" in text.lower():
                assert not LIVE.search(text), (page, query, text)
                met.add(page)
        for frame in app.dataframe:  # its reader may save it as CSV
            said = [*frame.value.columns, *frame.value.to_numpy(dtype=object).ravel()]
            risky = [cell for cell in said if isinstance(cell, str) and cell.startswith(FORMULA_STARTS)]
            assert risky == [], (page, query)
        body = html_of(app)
        assert not re.search(r"<(?:img src=x|b>zq|i>zq|u>zq|script)", body), (page, query)
        met |= {page} if "zq" in body else set()
    assert met == {page for page, _ in addresses(stored)} - {"plan"}  # which shows nothing that is typed


@pytest.mark.parametrize("text", [*HOSTILE, TEXT, LINE, TITLE, NAME, GROUP, IMPORTED])
def test_the_check_above_would_find_each_text_if_it_were_sent_as_it_is(text: str) -> None:
    assert LIVE.search(text)


def test_an_imported_name_comes_without_signs_that_turn_what_follows(stored: Hostile) -> None:
    with store.database().read() as db:
        (name,) = db.connection().exec_driver_sql(
            "SELECT name FROM learner WHERE id = ?", (stored.imported.hex,)
        ).one()  # fmt: skip
    assert name == IMPORTED


# --- Files


@pytest.fixture
def taken_away(stored: Hostile) -> dict[str, Any]:
    pack = store.bank().pack
    with store.database().read() as db:
        both = [
            gather(db, pack, who, clock.now(), readiness_today) for who in (stored.learner, stored.imported)
        ]
        portfolio = select_portfolio(session=db, learner=stored.learner)
    summary, units = both[0], [(TITLE, pack.outlines[UNIT])]
    return {
        "csv": [*map(summary_csv, both), summaries_csv(both), portfolio_csv(units, portfolio, GROUP)],
        "xlsx": [*map(summary_xlsx, both), summaries_xlsx(both), portfolio_xlsx(units, portfolio, GROUP)],
        "html": portfolio_sheet(units, portfolio, GROUP),
        "pdf": summary_pdf(summary),
    }


def test_no_cell_of_a_file_runs_as_a_formula(taken_away: dict[str, Any]) -> None:
    written = [
        cell
        for text in taken_away["csv"]
        for row in csv.reader(StringIO(text.lstrip("\ufeff")))
        for cell in row
    ]
    assert {f"'{text[0]}" for text in (GROUP, IMPORTED, TITLE)} <= {cell[:2] for cell in written}
    assert not any(cell.startswith(FORMULA_STARTS) for cell in written)
    for data in taken_away["xlsx"]:
        cells = [cell for sheet in load_workbook(BytesIO(data)) for row in sheet.iter_rows() for cell in row]
        assert not any(cell.data_type == "f" for cell in cells)
        risky = [
            cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(FORMULA_STARTS)
        ]
        assert all(cell.quotePrefix for cell in risky)
        assert not any(cell.hyperlink for cell in cells)


def test_every_csv_file_is_written_in_the_one_place_that_makes_cells_harmless() -> None:
    root = Path(__file__).resolve().parents[2]
    sources = [path for room in ("app_pages", "models", "quiz", "ui") for path in (root / room).rglob("*.py")]
    writers = re.compile(r"csv\.(?:writer|DictWriter)|\.to_csv|\.to_excel|Workbook\(\)")
    found = {
        str(path.relative_to(root)) for path in sources if writers.search(path.read_text(encoding="utf-8"))
    }
    books = {"quiz/reports/portfolio_xlsx.py", "quiz/reports/summary_xlsx.py"}
    assert found == {"quiz/reports/cells.py", *books}


def test_a_sheet_to_print_holds_what_was_typed_as_text(taken_away: dict[str, Any]) -> None:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: set[str] = set()
            self.said: list[str] = []

        def handle_starttag(self, tag: str, attributes: Any) -> None:
            self.tags.add(tag)

        def handle_data(self, data: str) -> None:
            self.said.append(data)

    reader = Reader()
    reader.feed(taken_away["html"])
    assert not reader.tags & {"script", "img", "a", "b", "i", "u", "iframe"}
    said = squeezed(" ".join(reader.said))
    assert all(squeezed(text) in said for text in (LINE, TITLE, GROUP))


def test_the_pdf_links_nowhere_and_shows_the_name_letter_by_letter(taken_away: dict[str, Any]) -> None:
    pages = PdfReader(BytesIO(taken_away["pdf"])).pages
    links = [entry.get_object() for page in pages for entry in page.get("/Annots", [])]
    assert not [link for link in links if "/A" in link and "/URI" in link["/A"]]
    assert NAME in " ".join(" ".join(page.extract_text() for page in pages).split())
