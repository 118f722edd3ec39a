"""A PDF's pages as lines that keep the columns: run as a process of its own by `extract`.

Reads a PDF from standard input and writes one JSON object a line: a page's lines, what is wrong, or that
all is done. Arguments: the most pages, bytes of text, bytes of memory and seconds of processor time.
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import warnings
from collections import Counter
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

_FEWEST_LETTERS = 40  # a page on average; a scanned page has none, or a stamp
_DIGITS = re.compile(r"\d+")
_FURNITURE_LINES = 2  # at the head and at the foot of a page
_PROTECTED = "is encrypted and opens with a password only. Open it with the password, print it to a new PDF and import that."


def main(arguments: list[str]) -> int:
    """Write the pages of the PDF on standard input; return 0 also where it is refused."""
    pages, text_bytes, memory, seconds = map(int, arguments)
    _bound(memory, seconds)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    try:
        problem = _write(sys.stdin.buffer.read(), pages, text_bytes)
    except LimitReachedError:
        problem = "unpacks to far more than it holds, as a file made to do harm does. It was not imported."
    except MemoryError:
        problem = "takes more memory than Headset gives it. Save its text with a PDF reader and import that."
    except DependencyError:
        problem = _PROTECTED
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError,
            OSError, AssertionError, NotImplementedError, LookupError):  # fmt: skip
        # pypdf meets damage with any of these; what was damaged does not matter to whoever chose the file.
        problem = "is damaged and cannot be read. Download it again."
    _tell({"problem": problem} if problem else {"done": True})
    return 0


def _write(data: bytes, most_pages: int, text_bytes: int) -> str:
    """Hand over every page; return what is wrong, or nothing."""
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return _PROTECTED
    count = len(reader.pages)
    if count == 0:
        return "has no page. Download it again."
    if count > most_pages:
        return f"has {count:,} pages; {most_pages:,} is the most. Import the specification on its own."
    texts: list[list[str]] = []
    size = 0
    for at, page in enumerate(reader.pages, start=1):
        lines = page.extract_text(extraction_mode="layout").splitlines()
        size += sum(map(len, lines))
        if size > text_bytes:
            return f"holds more than {text_bytes // 1_000_000} MB of text. This is not one specification."
        texts.append(lines)
        _tell({"page": at, "pages": count, "lines": []})
    letters = sum(sign.isalpha() for lines in texts for line in lines for sign in line)
    if letters < _FEWEST_LETTERS * count:
        return (
            "holds pictures of pages and no text, as a scan does. Run text recognition (OCR) over it first, or ask "
            "the awarding body for a PDF with text."
        )
    repeated = _furniture(texts)
    for at, lines in enumerate(texts, start=1):
        kept = [line.rstrip() for line in lines if _shape(line) not in repeated]
        _tell({"page": at, "pages": count, "lines": [*kept, ""]})
    return ""


def _furniture(pages: list[list[str]]) -> set[str]:
    """Return the heads and feet that stand on a quarter of the pages or more, figures aside."""
    if len(pages) < 8:
        return set()
    counted: Counter[str] = Counter()
    for lines in pages:
        worded = [line for line in lines if line.strip()]
        ends = [*worded[:_FURNITURE_LINES], *worded[-_FURNITURE_LINES:]]
        counted.update({_shape(line) for line in ends if len(line.strip()) < 160})
    heads = re.compile(r"outcome|criteri|^\W*unit\b|level|credit|learner|signature", re.IGNORECASE)
    return {shape for shape, times in counted.items() if times * 4 >= len(pages) and not heads.search(shape)}


def _shape(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _bound(memory: int, seconds: int) -> None:
    """Bound memory and processor time where the system can; Windows has only the clock of `extract`."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _tell(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
