"""The hidden option that makes Headset fast still exists and still works."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from serving import Server

SCRIPT = Path(__file__).parent / "collections_counted.py"


def collections_after_five_runs(page: Page, tmp_path: Path, *options: str) -> int:
    server = Server(tmp_path / "data", SCRIPT, *options)
    try:
        page.goto(server.url)
        for run in range(1, 6):
            expect(page.get_by_text(f"run {run}:")).to_be_visible()
            page.get_by_role("button", name="Again").click()
        text = page.get_by_text("run 6:").inner_text()
    finally:
        server.kill()
    found = re.search(r": (\d+) full", text)
    assert found
    return int(found[1])


@pytest.mark.parametrize(("options", "least", "most"), [((), 0, 2), (("--runner.postScriptGC=true",), 4, 99)])
def test_no_full_collection_follows_a_run_under_our_settings(
    page: Page, tmp_path: Path, options: tuple[str, ...], least: int, most: int
) -> None:
    assert least <= collections_after_five_runs(page, tmp_path, *options) <= most
