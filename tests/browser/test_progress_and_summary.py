"""A learner practises, sees the criterion move, and takes the summary away in every format."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from serving import Server
from test_stories import heading, press, rows, settled

Start = Callable[[], Page]


def answer_somehow(page: Page) -> None:
    """Give some full answer to whatever question is on the screen, with the mouse."""
    main = page.locator('[data-testid="stMain"]')
    choices = page.locator('[class*="st-key-choices-"]')
    if choices.count():
        asked = choices.inner_text()
        wanted = 3 if "Choose three" in asked else 2 if "Choose two" in asked else 1
        for place in range(wanted):
            choices.locator("label:has(input)").nth(place).click()
        return
    selects = main.locator('[data-testid="stSelectbox"] input')
    for place in range(selects.count()):
        selects.nth(place).click()
        page.get_by_role("option").nth(place).click()
        expect(page.get_by_role("option")).to_have_count(0)
        expect(selects.nth(place)).not_to_have_value("")
    groups = main.locator('[data-testid="stRadio"]')
    for place in range(groups.count()):
        labels = groups.nth(place).locator("label:has(input)")
        labels.nth(place % labels.count()).click()


def practise_criterion(page: Page, server: Server, code: str) -> None:
    """Answer five questions on a criterion of Unit 203, whatever the answers."""
    page.goto(f"{server.url}/study?unit=203&criterion={code}")
    page.get_by_role("button", name="Practise this").click()
    for number in range(1, 6):
        heading(page, f"Criterion {code}: question {number} of 10")
        expect(page.get_by_role("button", name="Check answer")).to_be_visible()
        settled(page)
        answer_somehow(page)
        page.get_by_role("button", name="Check answer").click()
        expect(page.locator('[class*="st-key-feedback-"]').get_by_role("heading")).to_be_visible()
        settled(page)
        if page.get_by_role("button", name="Show the answer").count():
            page.get_by_role("button", name="Show the answer").click()
        page.get_by_role("button", name="Next").click()
    heading(page, f"Criterion {code}: question 6 of 10")


def test_the_criterion_moves_with_practice_and_every_format_holds_the_same_figures(
    start: Start, server: Server, tmp_path: Path
) -> None:
    page = start()
    page.goto(f"{server.url}/progress?unit=203")
    expect(page.get_by_text("Not enough answers yet for any of the 24 criteria")).to_be_visible()
    practise_criterion(page, server, "4.1")
    page.goto(f"{server.url}/progress?unit=203")
    expect(page.get_by_text("1 of 24 criteria has an estimate")).to_be_visible()
    assert rows(server, "SELECT count(*) FROM attempt_item WHERE marked_at IS NOT NULL") == [(5,)]
    page.goto(f"{server.url}/progress")
    files: dict[str, bytes] = {}
    for name in ("PDF", "XLSX", "CSV", "JSON", "xAPI"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download {name}").click()
        target = tmp_path / name
        download.value.save_as(target)
        files[name] = target.read_bytes()
    document = json.loads(files["JSON"])
    assert len(document["answers"]) >= 5
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(files["PDF"])).pages)
    assert "4.1" in text
    assert "Quiz practice, not assessment" in " ".join(text.split())
    sheet = load_workbook(io.BytesIO(files["XLSX"]))["Criteria"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(line for line in lines if line and "Answers" in line)
    in_book = next(line for line in lines if "4.1" in line)[head.index("Answers")]
    table = list(csv.reader(io.StringIO(files["CSV"].decode("utf-8-sig"))))
    head_csv = next(line for line in table if "Answers" in line)
    in_csv = next(line for line in table if "4.1" in line)[head_csv.index("Answers")]
    assert (in_book, in_csv) == (5, "5")
    statements = json.loads(files["xAPI"])
    assert sum(statement["verb"]["id"].endswith("/answered") for statement in statements) >= 5


def test_a_lesson_is_given_with_the_keyboard_alone(start: Start, server: Server) -> None:
    page = start()
    page.goto(f"{server.url}/lesson")
    page.get_by_role("button", name="Start the lesson").click()
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()
    first = page.get_by_role("heading", level=2).first.inner_text()
    press(page, "ArrowRight")
    expect(page.locator("ol.lesson").first).to_be_visible()
    press(page, "r")
    press(page, "PageDown")
    expect(page.locator("ul.explained")).to_be_visible()
    press(page, "h")
    expect(page.locator("ul.explained")).to_have_count(0)
    press(page, "n")
    expect(page.get_by_role("heading", level=1)).to_contain_text("question 2 of 10")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("question 2 of 10")
    press(page, "p")
    expect(page.get_by_role("heading", level=2).first).to_have_text(first)
