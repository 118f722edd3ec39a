"""Keeping answers, on a settings page: a backup out, one back, and everything about a learner gone for good."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import streamlit as st

from models import Learner, StorageError, data_folder
from models.backup import Contents, backup_bytes, examine, restore
from models.copies import PARTIAL
from models.deletion import delete_learner, select_held
from models.everything import everything_json
from quiz.wording import NOT_THE_NAME, count, day_and_time
from ui import access, clock, keys, store
from ui.text import plain

_SAID = "keeping-said"
_UPLOAD, _NAME = "restore-file", "delete-name"


def show_backup() -> None:
    """Offer all answers of this machine as one file, made when it is asked for; to learners of a class nothing is shown."""
    if not access.role().trusted:
        return
    database = store.database()
    st.markdown(
        "A backup is one file with the answers, texts and portfolios of everybody here. Local corrections of questions "
        "are in a file of their own beside it, and not in the backup. Keep it where only you can read it."
    )
    st.download_button(
        "Save a backup",
        lambda: backup_bytes(database),  # outside the page: it gets everything it needs from here
        file_name=f"headset-backup-{clock.today().isoformat()}.db",
        mime="application/vnd.sqlite3",
        on_click="ignore",
        key="save-backup",
    )


def show_restore() -> None:
    """Offer to put a backup in place of all answers here, once it is clear what is in it; nothing for learners of a class."""
    if not access.role().trusted:
        return
    chosen = st.file_uploader("Restore a backup", type=["db"], key=_UPLOAD)
    if chosen is None:
        return
    try:
        with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=store.database().path.parent) as folder:
            file = Path(folder) / "backup.db"
            file.write_bytes(chosen.getbuffer())
            contents = examine(file)
            st.warning(
                f"The backup holds {_words(contents)}. It takes the place of everything here, for everybody. What is here "
                "now is kept as a file beside it."
            )
            if not st.button("Replace everything here with the backup", key="restore-backup"):
                return
            with st.spinner("Restoring the backup…"):
                done = restore(file, data_folder(os.environ), now=clock.now())
    except (StorageError, OSError) as error:
        st.error(plain(str(error)))
        return
    st.cache_data.clear()
    if done.damaged:
        store.database.clear()
    _leave(f"Restored {_words(done.contents)}. What was here before is kept as {done.replaced}.", None)


def show_delete(learner: Learner) -> None:
    """Offer to delete everything about a learner: what there is, a copy of it to keep, and their name to type.

    Afterwards this session is on Home and has no learner. In class mode deletion is the tutor's, and the copy
    leaves out what is not finished, since it would tell the keys of a test that is being sat.
    """
    trusted = access.role().trusted
    database, pack, now = store.database(), store.bank().pack, clock.now()
    with database.read() as db:
        held = select_held(session=db, learner=learner.id)
    st.markdown(
        f"Headset holds about **{plain(learner.label)}**: {held.words}. "
        + (
            "Deleting removes all of it for good, and nobody can bring it back. Backups and files saved elsewhere are not "
            "touched."
            if trusted
            else "The file below has all of it but sessions and lessons that are not finished. Your tutor can delete it all "
            "for good: ask them, and save the file first."
        )
    )
    st.download_button(
        "Save everything as a file first",
        lambda: everything_json(database, pack, learner.id, now, finished_only=not trusted),
        file_name="headset-everything.json",
        mime="application/json",
        on_click="ignore",
        key="save-everything",
    )
    if not trusted:
        return
    with st.form("delete-learner", border=False):
        typed = st.text_input(f"Type {plain(learner.name)} to delete it", key=_NAME, max_chars=60)
        if not st.form_submit_button("Delete everything", key="delete-everything"):
            return
    if " ".join(typed.split()) != learner.name:
        st.error(NOT_THE_NAME)
        return
    try:
        with st.spinner("Deleting everything…"):
            deleted = delete_learner(database, learner.id)
    except StorageError as error:
        st.error(plain(str(error)))
        return
    st.cache_data.clear()
    rest = (
        ""
        if deleted.clean
        else " Traces in the file are overwritten when Headset next starts: it was in use."
    )
    _leave(f"Deleted everything about {deleted.name}.{rest}", learner)


def show_what_was_done() -> None:
    """Show, once, what a deletion or a restore has done: for Home, where the session is then."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(plain(said))


def _leave(said: str, gone: Learner | None) -> None:
    """Go to Home with nothing left of this session but what it is told, and no learner in place of one who is gone."""
    st.session_state.clear()
    st.session_state[_SAID] = said
    if gone is not None:
        # A learner who is not there any more: without it the one who used this machine last would be chosen.
        st.session_state[keys.LEARNER] = gone.id
    st.switch_page("app_pages/home.py")


def _words(contents: Contents) -> str:
    told = f"{count(contents.learners, 'learner')} and {count(contents.responses, 'answer')}"
    return f"{told}, the last of {day_and_time(contents.latest)}" if contents.latest else told
