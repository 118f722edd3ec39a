"""The content and the database, opened once for all sessions of this server."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from models import Database, data_folder, open_database
from quiz.sessions import OVERLAY_NAME, OverlayReading, QuestionBank, overlay_stamp, read_overlay
from quiz.syllabus import (
    CONTENT_DIR,
    DRAFTS_NAME,
    NO_DRAFTS,
    DraftReading,
    drafts_stamp,
    load_packs,
    read_drafts,
    with_drafts,
)
from ui.memory import return_memory
from ui.turns import aside, forget, once

CONTENT_VARIABLE = "HEADSET_CONTENT"


@dataclass(frozen=True)
class Drafted:
    """The shipped questions with those of the drafts beside them, and what was found in the drafts."""

    stamp: tuple[Path, int]
    bank: QuestionBank
    reading: DraftReading


@dataclass(frozen=True)
class Overlaid:
    """The bank under the overlay as its file stands, and what was found in the file."""

    stamp: tuple[Path, tuple[int, ...]]
    over: Drafted
    bank: QuestionBank
    reading: OverlayReading


class Content:
    """The shipped questions, the drafts last read beside them, and the overlay that was last laid over both.

    Every session asks the stamps of the overlay's file and of the drafts' folder, which costs microseconds,
    so that a change holds for all of them at their next step: of the overlay also one by hand, of the drafts
    one that is written or said to be read again. The pack itself is not read again.
    """

    def __init__(self, shipped: QuestionBank) -> None:
        """Begin without drafts and overlay."""
        self.shipped = shipped
        self._drafted: Drafted | None = None
        self._kept: Overlaid | None = None

    def beside(self, drafts: Path) -> Drafted:
        """Return the bank with the drafts in a folder; a draft that has faults is not in it."""
        stamp = (drafts, drafts_stamp(drafts))
        kept = self._drafted
        if kept is None or kept.stamp != stamp:
            reading = read_drafts(drafts, self.shipped.pack) if stamp[1] else NO_DRAFTS
            pack = with_drafts(self.shipped.pack, reading)
            bank = self.shipped if pack is self.shipped.pack else QuestionBank(pack)
            kept = Drafted(stamp, bank, reading)
            self._drafted = kept
        return kept

    def under(self, path: Path, drafts: Path) -> Overlaid:
        """Return the bank under the overlay in a file; under none where the file has faults."""
        over = self.beside(drafts)
        stamp = (path, overlay_stamp(path))
        kept = self._kept
        if kept is None or kept.stamp != stamp or kept.over is not over:
            reading = read_overlay(path, over.bank)
            kept = Overlaid(stamp, over, over.bank.with_overlay(reading.overlay), reading)
            self._kept = kept
        return kept


@st.cache_resource(show_spinner="Opening the questions…")
def content() -> Content:
    """Return the content, read once and shared.

    Raises:
        PackError: the content has faults.
    """
    return_memory()
    folder = Path(os.environ.get(CONTENT_VARIABLE) or CONTENT_DIR)
    loaded = Content(QuestionBank(load_packs(folder, data_folder(os.environ) / "compiled")))
    gc.freeze()  # the content never goes away: it need not be looked through at every collection
    return loaded


def bank() -> QuestionBank:
    """Return the question bank under the local overlay, immutable and shared.

    Raises:
        PackError: the content has faults.
    """
    return overlaid().bank


def overlaid() -> Overlaid:
    """Return the bank under the local overlay, with what was found in its file.

    It is as the file stood when this page, part or step first asked; `look_again` asks anew.

    Raises:
        PackError: the content has faults.
    """
    return once("overlaid", _overlaid)


def _overlaid() -> Overlaid:
    folder = data_folder(os.environ)
    return content().under(folder / OVERLAY_NAME, folder / DRAFTS_NAME)


def look_again() -> None:
    """Look at the overlay's file and the drafts anew: they were changed in the run that goes on."""
    forget("overlaid")


def drafted() -> Drafted:
    """Return the bank with the drafts as they were last read, without the overlay.

    Raises:
        PackError: the shipped content has faults.
    """
    return content().beside(drafts_path())


def drafts_path() -> Path:
    """Return where drafts lie, whether there are any or not."""
    return data_folder(os.environ) / DRAFTS_NAME


def overlay_path() -> Path:
    """Return where the local overlay lies, whether there is one or not."""
    return data_folder(os.environ) / OVERLAY_NAME


@st.cache_resource(show_spinner="Opening your answers…")
def database() -> Database:
    """Return the open database.

    Raises:
        StorageError: it cannot be opened.
    """
    return open_database(data_folder(os.environ), aside=aside)
