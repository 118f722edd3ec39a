"""Backup, restore and deletion as a settings page shows them; mounted here on a page of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from literal_attempts import START, at
from streamlit.testing.v1 import AppTest

from models import Learner, create_learner, save_own_words, select_learners
from models.backup import backup_bytes
from models.deletion import delete_learner
from quiz.syllabus import CriterionRef
from ui import store

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
from dataclasses import replace
import streamlit as st
from ui import session
from ui.keeping import show_backup, show_delete, show_restore, show_what_was_done
from ui.shell import PAGES

def settings():
    show_backup()
    show_restore()
    learner = session.optional_learner()
    if learner is not None:
        show_delete(learner)

pages = [st.Page(settings, title="Settings", default=True)]
pages += [replace(entry, default=False).page() for entry in PAGES]
page = st.navigation(pages)
if page.url_path == "home":
    show_what_was_done()
page.run()
"""


@pytest.fixture
def open_settings(tmp_path: Path) -> Callable[[], AppTest]:
    """Return a function that opens the app on a page with the parts."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "app_pages").symlink_to(ROOT / "app_pages")
    (tmp_path / "app" / "main.py").write_text(SCRIPT)
    return lambda: AppTest.from_file(str(tmp_path / "app" / "main.py"), default_timeout=60).run()


def stored() -> tuple[Learner, Learner]:
    """Store Eve and then Sam *Lee*, who wrote something and is the one who used the machine last."""
    with store.database().write() as session:
        eve = create_learner(session=session, name="Eve", now=START)
        sam = create_learner(session=session, name="Sam *Lee*", now=at(1))
        save_own_words(
            session=session, learner=sam.id, ref=CriterionRef("L/601/7638", "1.1"), text="Tea", points=[], now=at(2)
        )  # fmt: skip
    return eve, sam


def names() -> list[str]:
    with store.database().read() as session:
        return sorted(learner.name for learner in select_learners(session=session))


def test_a_learner_is_deleted_by_typing_the_name_and_home_then_has_nobody_chosen(
    open_settings: Callable[[], AppTest],
) -> None:
    stored()
    page = open_settings()
    assert not page.exception
    assert any(
        entry.value.startswith("Headset holds about **Sam \\*Lee\\***: 1 text in their own words. Deleting")
        for entry in page.markdown
    )
    page.text_input(key="delete-name").set_value("Sam").run()
    page.button(key="delete-everything").click().run()
    assert [error.value for error in page.error] == ["That is not the name, so nothing was deleted."]
    assert names() == ["Eve", "Sam *Lee*"]

    page.text_input(key="delete-name").set_value("Sam *Lee*")
    page.button(key="delete-everything").click().run()
    assert not page.exception
    assert names() == ["Eve"]
    assert [entry.value for entry in page.success] == ["Deleted everything about Sam \\*Lee\\*."]
    assert [title.value for title in page.title] == ["Headset"]  # the welcome, although Eve is there
    page.run()
    assert [title.value for title in page.title] == ["Headset"]
    assert list(page.success) == []


def test_a_backup_is_restored_from_the_page_once_it_is_clear_what_is_in_it(
    open_settings: Callable[[], AppTest],
) -> None:
    _, sam = stored()
    saved = backup_bytes(store.database())
    delete_learner(store.database(), sam.id)
    page = open_settings()
    page.file_uploader(key="restore-file").set_value(
        ("headset-backup.db", saved, "application/vnd.sqlite3")
    ).run()
    assert not page.exception
    assert [entry.value for entry in page.warning] == [
        "The backup holds 2 learners and 0 answers. It takes the place of everything here, for everybody. What is here "
        "now is kept as a file beside it."
    ]
    assert names() == ["Eve"]
    page.button(key="restore-backup").click().run()
    assert not page.exception
    assert names() == ["Eve", "Sam *Lee*"]
    assert page.success[0].value.startswith(
        "Restored 2 learners and 0 answers. What was here before is kept as "
    )
    folder = store.database().path.parent
    assert [path.name for path in folder.glob("headset-partial-*")] == []
    assert len(list(folder.glob("headset-replaced-*.db"))) == 1


def test_a_file_that_is_no_backup_is_told_and_changes_nothing(open_settings: Callable[[], AppTest]) -> None:
    stored()
    page = open_settings()
    page.file_uploader(key="restore-file").set_value(
        ("letter.db", b"Dear Sam", "application/octet-stream")
    ).run()
    assert len(page.error) == 1
    assert "is no database, so it is no backup of Headset" in page.error[0].value
    assert [button.key for button in page.button if button.key == "restore-backup"] == []
    assert names() == ["Eve", "Sam *Lee*"]
