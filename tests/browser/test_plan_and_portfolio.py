"""A learner plans units, gathers evidence and takes the sheet away, in a real browser."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from serving import Server
from test_stories import settled

Start = Callable[[], Page]


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text)).to_be_visible()


def rows(server: Server, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(server.data / "headset.db")) as connection:
        return connection.execute(statement).fetchall()


def choose_qualification(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_plan_is_made_suggested_and_kept_over_a_restart(start: Start, server: Server) -> None:
    page = start()
    page.get_by_role("button", name="Choose a qualification and plan its units").click()
    heading(page, "Plan")
    choose_qualification(page, "Pearson Edexcel Level 2 NVQ Certificate")
    expect(page.get_by_text("102,711")).to_be_visible()
    page.get_by_text("10 Using the Internet: level 1").click()
    page.get_by_text("29 Using the Internet: level 2").click()
    expect(
        page.get_by_text("Sub-group C2 IT1 allows at most 1 unit; 2 are chosen (units 10 and 29).")
    ).to_be_visible()
    page.get_by_text("10 Using the Internet: level 1").click()
    expect(page.get_by_text("allows at most 1 unit")).to_have_count(0)
    page.get_by_role("button", name="Suggest the shortest way to finish").click()
    page.get_by_role("button", name="Take this plan").click()
    expect(page.get_by_text("This is a valid choice of units.")).to_be_visible()
    server.kill()
    server.start()
    page.goto(server.url)
    expect(page.get_by_text("This is a valid choice.")).to_be_visible()
    expect(page.get_by_text("Units of your plan (")).to_be_visible()


def test_a_portfolio_is_filled_and_its_sheet_downloaded(start: Start, server: Server, tmp_path: Path) -> None:
    page = start()
    page.goto(f"{server.url}/portfolio?unit=203")
    heading(page, "Portfolio: Unit 203")
    page.locator("summary", has_text="1.3 ").click()
    page.get_by_role("button", name="Evidence for 1.3 (0)").click()
    heading(page, "1.3 Identify where to find out about rights at work")
    settled(page)
    page.get_by_role("textbox", name="Title").fill("Staff handbook, page 4")
    kind = page.get_by_role("combobox", name="Type")
    kind.focus()
    page.keyboard.type("watched")
    expect(page.get_by_role("option", name="O: the assessor watched you at work")).to_be_visible()
    page.keyboard.press("Enter")
    expect(kind).to_have_value("O: the assessor watched you at work")
    page.get_by_role("textbox", name="Portfolio reference").fill("7")
    page.get_by_role("textbox", name="Where it is kept").fill("Blue folder")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Staff handbook, page 4")).to_be_visible()
    expect(page.get_by_text("Status: gathering.")).to_be_visible()
    page.get_by_role("textbox", name="Name of the assessor").fill("P Okafor")
    dates = page.get_by_role("group", name="Date of the confirmation")
    dates.get_by_role("spinbutton").first.click()
    page.keyboard.type("02112026")
    page.get_by_role("button", name="Enter the confirmation").click()
    expect(page.get_by_text("Entered as confirmed by P Okafor on 2 November 2026.")).to_be_visible()
    page.get_by_role("button", name="The unit's checklist").click()
    heading(page, "Portfolio: Unit 203")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as XLSX").click()
    target = tmp_path / "sheet.xlsx"
    download.value.save_as(target)
    sheet = load_workbook(BytesIO(target.read_bytes())).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    line = next(line for line in lines if line[1] == "1.3")
    assert line[2] == "Identify where to find out about rights at work (wording: see specification)"
    assert line[3:] == [
        "O",
        "7 · Staff handbook, page 4 · Blue folder",
        None,
        "Confirmed by P Okafor on 2 November 2026",
    ]
    assert rows(server, "SELECT count(*) FROM evidence_item") == [(1,)]
