"""The text of a file as lines, in bounded time and memory: PDF, plain text or Markdown.

What a file is shows in its first bytes, not in its name. A PDF is read in a process of its own, which is
ended when it takes too long or too much memory, so that no file can hold Headset up.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from quiz.errors import ImportRefused

MEGABYTE = 1_000_000

_ARCHIVES = {
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"PK\x05\x06": "an empty ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "an RTF document",
}
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<script[\s>]|<iframe[\s>]|<svg[\s>]|javascript:",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_LINE_ENDS = re.compile(r"\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Limits:
    """How much a file may take; the defaults hold three times the largest specification seen."""

    file_bytes: int = 40 * MEGABYTE
    text_bytes: int = 6 * MEGABYTE
    line_characters: int = 60_000
    pages: int = 1_500
    seconds: float = 120
    memory_bytes: int = 1_000 * MEGABYTE


LIMITS = Limits()


def read_file(path: Path, limits: Limits = LIMITS, progress: Progress | None = None) -> list[str]:
    """Return the lines of a file; no more of it is read than the limits allow. See `read_lines`."""
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise ImportRefused(_too_large(path.name, size, limits.file_bytes))
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise ImportRefused(
            f"“{path.name}” cannot be read: {error.strerror or error}. Check its place and that you may open it."
        ) from error
    return read_lines(data, path.name, limits, progress)


def read_lines(
    data: bytes, name: str, limits: Limits = LIMITS, progress: Progress | None = None
) -> list[str]:
    """Return the lines of a file's text.

    Args:
        data: the whole file.
        name: what the file is called, for messages.
        limits: how much it may take.
        progress: called with the pages read and the pages there are, for a PDF.

    Raises:
        ImportRefused: where it is empty, too large, encrypted, scanned, an archive, a web page, a picture or
            binary. The text says which, and what to do.
    """
    if len(data) > limits.file_bytes:
        raise ImportRefused(_too_large(name, len(data), limits.file_bytes))
    if not data.strip():
        raise ImportRefused(f"“{name}” is empty. Download the specification again.")
    if b"%PDF-" in data[:1024]:
        return _of_pdf(data, name, limits, progress)
    for start, kind in _ARCHIVES.items():
        if data.startswith(start):
            raise ImportRefused(
                f"“{name}” is {kind}. Import the specification itself, as PDF, text or Markdown."
            )
    if data.startswith(_IMAGES):
        raise ImportRefused(f"“{name}” is a picture. Import the specification as PDF with text, or as text.")
    return _of_text(data, name, limits)


def _of_text(data: bytes, name: str, limits: Limits) -> list[str]:
    if len(data) > limits.text_bytes:
        raise ImportRefused(_too_large(name, len(data), limits.text_bytes))
    if _HTML.search(data):
        raise ImportRefused(
            f"“{name}” is a web page or holds code of one. Save the specification as PDF or plain text and import that."
        )
    text = _decoded(data, name)
    lines = _LINE_ENDS.split(text)
    for at, line in enumerate(lines, start=1):
        if len(line) > limits.line_characters:
            raise ImportRefused(
                f"“{name}”, line {at}, has {len(line):,} characters; {limits.line_characters:,} is the most. "
                "This is not the text of a specification."
            )
    return lines


def _decoded(data: bytes, name: str) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROLS.findall(text)) <= len(text) // 500:
            return _CONTROLS.sub(" ", text)
        break
    raise ImportRefused(
        f"“{name}” is not text: it is binary. Import the specification as PDF, text or Markdown."
    )


def _of_pdf(data: bytes, name: str, limits: Limits, progress: Progress | None) -> list[str]:
    """Return the lines of a PDF's pages, read by `pdf_pages` in a process of its own."""
    command = [sys.executable, "-m", "quiz.authoring.importing.pdf_pages"]
    command += [
        str(limits.pages),
        str(limits.text_bytes),
        str(limits.memory_bytes),
        str(int(limits.seconds) + 1),
    ]
    root = Path(__file__).resolve().parents[3]
    process = subprocess.Popen(  # nosec B603  # our own interpreter and module; the file is only its input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
    )
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    watch = threading.Timer(limits.seconds, end)
    watch.daemon = True
    watch.start()
    try:
        feed = threading.Thread(target=_feed, args=(process, data), daemon=True)
        feed.start()
        pages, problem = _pages_of(process, progress)
        process.wait()
        feed.join()
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
    if late.is_set():
        raise ImportRefused(
            f"“{name}” took longer than {limits.seconds:.0f} seconds to read and was left alone. "
            "Save its text with a PDF reader and import that."
        )
    if problem:
        raise ImportRefused(f"“{name}” {problem}")
    if pages is None:
        raise ImportRefused(
            f"“{name}” is damaged or would take more memory than Headset gives it. Download it again, or save its "
            "text with a PDF reader and import that."
        )
    return pages


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    try:
        if process.stdin:
            process.stdin.write(data)
            process.stdin.close()
    except OSError:
        pass  # the reader has ended before the file did; its own message says why


def _pages_of(process: subprocess.Popen[bytes], progress: Progress | None) -> tuple[list[str] | None, str]:
    """Return the lines that the reading process hands over, or None and what it found wrong."""
    lines: list[str] = []
    if process.stdout is None:
        return None, ""
    for raw in process.stdout:
        try:
            told = json.loads(raw)
        except ValueError:
            return None, ""
        if "problem" in told:
            return None, str(told["problem"])
        if "done" in told:
            return lines, ""
        lines += told["lines"]
        if progress and not told["lines"]:  # each page is told once when it is read, then handed over
            progress(told["page"], told["pages"])
    return None, ""


def _too_large(name: str, size: int, most: int) -> str:
    return (
        f"“{name}” has {size / MEGABYTE:.0f} MB; {most / MEGABYTE:.0f} MB is the most for such a file. "
        "Choose the specification on its own."
    )
