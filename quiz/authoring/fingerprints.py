"""Fingerprints of specification documents: enough to recognise six copied words, too little to read.

Every run of six words of a document is kept as a hash of five bytes, sorted and joined. With 10^5 runs
the chance that fresh words match by accident is 10^-7.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

RUN = 6
_BYTES = 5
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_FOLDER = Path(__file__).parent
FINGERPRINTS = _FOLDER / "fingerprints.bin"
NAMES = _FOLDER / "names.txt"


@dataclass(frozen=True)
class Documents:
    """The runs of words that stand in specification documents, and the names that anyone may use."""

    runs: frozenset[bytes]
    names: tuple[tuple[str, ...], ...]


class Token(NamedTuple):
    """A word of a text, folded for comparison, where it stands, and whether it is an abbreviation."""

    word: str
    start: int
    is_abbreviation: bool


def tokens(text: str) -> list[Token]:
    """Return the words of a text, in lower case, with their places."""
    return [
        Token(match.group().lower(), match.start(), len(match.group()) > 1 and match.group().isupper())
        for match in _TOKEN.finditer(text.replace("’", "'"))
    ]


def run_hash(run: Iterable[str]) -> bytes:
    """Return the hash that stands for a run of words."""
    return hashlib.blake2b(" ".join(run).encode(), digest_size=_BYTES).digest()


def fingerprint(texts: Iterable[str]) -> bytes:
    """Return the sorted hashes of every run of six words of the documents, joined."""
    return b"".join(
        sorted({run_hash(run) for text in texts for run in _runs([t.word for t in tokens(text)])})
    )


def read_documents(fingerprints: Path = FINGERPRINTS, names: Path = NAMES) -> Documents:
    """Return the shipped fingerprints with the names of Acts, bodies, units and qualifications."""
    return _read_documents(fingerprints, names)


@cache
def _read_documents(fingerprints: Path, names: Path) -> Documents:
    data = fingerprints.read_bytes()
    lines = names.read_text(encoding="utf-8").splitlines()
    return Documents(
        frozenset(data[at : at + _BYTES] for at in range(0, len(data), _BYTES)),
        tuple(name_words(line) for line in lines if line.strip() and not line.startswith("#")),
    )


def name_words(name: str) -> tuple[str, ...]:
    """Return a name as its folded words."""
    return tuple(token.word for token in tokens(name))


def _runs(found: list[str]) -> Iterator[list[str]]:
    for at in range(len(found) - RUN + 1):
        yield found[at : at + RUN]
