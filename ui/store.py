"""The content and the database, opened once for all sessions of this server."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from models import Database, data_folder, open_database
from quiz.sessions import OVERLAY_NAME, OverlayReading, QuestionBank, overlay_stamp, read_overlay
from quiz.syllabus import CONTENT_DIR, load_packs

CONTENT_VARIABLE = "HEADSET_CONTENT"


@dataclass(frozen=True)
class Overlaid:
    """The bank under the overlay as its file stands, and what was found in the file."""

    stamp: tuple[Path, tuple[int, ...]]
    bank: QuestionBank
    reading: OverlayReading


class Content:
    """The shipped questions, and the overlay that was last laid over them.

    Every session asks the file's stamp, which costs microseconds, so that a change by anybody, also by
    hand, holds for all of them at their next step. The pack itself is not read again.
    """

    def __init__(self, shipped: QuestionBank) -> None:
        """Begin without an overlay."""
        self.shipped = shipped
        self._kept: Overlaid | None = None

    def under(self, path: Path) -> Overlaid:
        """Return the bank under the overlay in a file; under none where the file has faults."""
        stamp = (path, overlay_stamp(path))
        kept = self._kept
        if kept is None or kept.stamp != stamp:
            reading = read_overlay(path, self.shipped)
            kept = Overlaid(stamp, self.shipped.with_overlay(reading.overlay), reading)
            self._kept = kept
        return kept


@st.cache_resource(show_spinner="Opening the questions…")
def content() -> Content:
    """Return the content, read once and shared.

    Raises:
        PackError: the content has faults.
    """
    folder = Path(os.environ.get(CONTENT_VARIABLE) or CONTENT_DIR)
    loaded = Content(QuestionBank(load_packs(folder, data_folder(os.environ) / "compiled")))
    # The content never goes away: it need not be looked through at every collection.
    gc.collect()
    gc.freeze()
    return loaded


def bank() -> QuestionBank:
    """Return the question bank under the local overlay, immutable and shared.

    Raises:
        PackError: the content has faults.
    """
    return overlaid().bank


def overlaid() -> Overlaid:
    """Return the bank under the local overlay as it stands now, with what was found in its file.

    Raises:
        PackError: the content has faults.
    """
    return content().under(overlay_path())


def overlay_path() -> Path:
    """Return where the local overlay lies, whether there is one or not."""
    return data_folder(os.environ) / OVERLAY_NAME


@st.cache_resource(show_spinner="Opening your answers…")
def database() -> Database:
    """Return the open database.

    Raises:
        StorageError: it cannot be opened.
    """
    return open_database(data_folder(os.environ))
