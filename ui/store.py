"""The content and the database, opened once for all sessions of this server."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import streamlit as st

from models import Database, data_folder, open_database
from quiz.sessions import QuestionBank
from quiz.syllabus import CONTENT_DIR, load_packs

CONTENT_VARIABLE = "HEADSET_CONTENT"


@st.cache_resource(show_spinner="Opening the questions…")
def bank() -> QuestionBank:
    """Return the question bank, immutable and shared.

    Raises:
        PackError: the content has faults.
    """
    folder = Path(os.environ.get(CONTENT_VARIABLE) or CONTENT_DIR)
    loaded = QuestionBank(load_packs(folder, data_folder(os.environ) / "compiled"))
    # The content never goes away: it need not be looked through at every collection.
    gc.collect()
    gc.freeze()
    return loaded


@st.cache_resource(show_spinner="Opening your answers…")
def database() -> Database:
    """Return the open database.

    Raises:
        StorageError: it cannot be opened.
    """
    return open_database(data_folder(os.environ))
