"""The parts of generated questions: pieces told apart, options built, sentences put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Protocol, TypeVar

from quiz.questions import Option, QuestionHead, SingleChoice, part_key
from quiz.syllabus.knowledge import Basis
from quiz.wording import sentence

_ASKS: Final = re.compile(
    r"(?:what|which|who|whom|whose|when|where|why|how|is|are|do|does|did|can|could|should|would|has|have"
    r"|at|by|for|from|in|on|to|under|with)\b",
    re.IGNORECASE,
)
_POINTS: Final = re.compile(
    r"(?:an?|the|its|their|what|who|whom|whose|when|where|which|why|how)\b", re.IGNORECASE
)
_BASIS_NOTES: Final[dict[Basis, tuple[str, str]]] = {
    "specification": (r"\bthe unit\b", "Answer as the unit describes it."),
    "today": (r"\b(?:today|now)\b", "Answer as things stand today."),
}


class _HasText(Protocol):
    @property
    def text(self) -> str: ...


_Piece = TypeVar("_Piece", bound=_HasText)


@lru_cache(maxsize=16_384)  # authored texts, each compared with all others of its criterion, again and again
def folded(text: str) -> str:
    """Return the text as it is compared: two texts that look the same to a learner are one."""
    return " ".join(text.casefold().split()).rstrip(".")


def distinct(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Return the pieces without those that repeat an earlier one's text."""
    return list({folded(piece.text): piece for piece in reversed(list(pieces))}.values())[::-1]


def apart(pieces: Iterable[_Piece], others: Iterable[_HasText]) -> list[_Piece]:
    """Return the distinct pieces whose text does not stand on the other side as well."""
    taken = {folded(other.text) for other in others}
    return [piece for piece in distinct(pieces) if folded(piece.text) not in taken]


def option(text: str, why: str, *, right: bool = False) -> Option:
    """Return an option that is keyed by the authored text and begins with a capital."""
    return Option(key=part_key(text), text=sentence(text), right=right, why=sentence(why))


def choice(head: QuestionHead, stem: str, right: Option, wrong: Iterable[Option]) -> SingleChoice:
    """Return a single choice; `right` is made the right one."""
    return SingleChoice(head=head, stem=stem, options=(right.model_copy(update={"right": True}), *wrong))


def quoted(text: str) -> str:
    """Return the text in quotation marks, without a full stop at its end."""
    return said(text.removesuffix("."))


def said(text: str) -> str:
    """Return the text in quotation marks as it stands; its own become single ones."""
    return f"“{text.translate({ord('“'): '‘', ord('”'): '’'})}”"


def stopped(text: str) -> str:
    """Return the text with a full stop, unless it ends in a mark of its own."""
    return text if text.rstrip("”’\"'").endswith((".", "?", "!", "…")) else f"{text}."


def ask_about(thing: str, ask: str) -> str:
    """Return a question about a thing, as in “Acas: what is it for?”."""
    if stopped(thing) == thing:
        return f"{sentence(thing)} {sentence(ask)}"
    asked = ask[:1].lower() + ask[1:] if _ASKS.match(ask) else ask
    return f"{sentence(thing)}: {asked}"


def its(name: str) -> str:
    """Return a name that a sentence can point at: “its ground”, but “what it is about” as it is."""
    return name if _POINTS.match(name) else f"its {name}"


def with_basis(stem: str, basis: Basis) -> str:
    """Return the stem with whose rule it asks for, where unit and law differ and it does not say so."""
    said, note = _BASIS_NOTES.get(basis, ("", ""))
    return stem if not note or re.search(said, stem, re.IGNORECASE) else f"{stopped(stem)} {note}"
