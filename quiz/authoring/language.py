"""Rules on single texts: spelling, placeholders, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quiz.authoring.rule import Rule, Spot, TextSubject
from quiz.authoring.words import PLACEHOLDERS

_SPELLINGS: Final = {
    "behavior": "behaviour",
    "behaviors": "behaviours",
    "canceled": "cancelled",
    "canceling": "cancelling",
    "catalog": "catalogue",
    "center": "centre",
    "centers": "centres",
    "color": "colour",
    "colors": "colours",
    "counselor": "counsellor",
    "defense": "defence",
    "dialog": "dialogue",
    "enroll": "enrol",
    "enrollment": "enrolment",
    "favor": "favour",
    "favorite": "favourite",
    "favors": "favours",
    "fulfill": "fulfil",
    "fulfillment": "fulfilment",
    "gotten": "got",
    "gray": "grey",
    "honor": "honour",
    "humor": "humour",
    "labeled": "labelled",
    "labeling": "labelling",
    "labor": "labour",
    "modeling": "modelling",
    "neighbor": "neighbour",
    "neighbors": "neighbours",
    "offense": "offence",
    "paycheck": "payslip",
    "program": "programme",
    "programs": "programmes",
    "rumor": "rumour",
    "rumors": "rumours",
    "signaling": "signalling",
    "skillful": "skilful",
    "theater": "theatre",
    "traveled": "travelled",
    "traveling": "travelling",
    "analyze": "analyse",
    "analyzed": "analysed",
    "analyzing": "analysing",
    "apologize": "apologise",
}
_SPELLING = re.compile(rf"\b(?:{'|'.join(map(re.escape, _SPELLINGS))})\b", re.IGNORECASE)
_IZE = re.compile(
    r"\b(?!(?:cap|down|over|under|mid|out)?siz|priz|seiz|apprais|citiz)(\w{2,})iz(e[drs]?|ing|ations?|ational)\b",
    re.IGNORECASE,
)
# A computer runs a program; what people follow is a programme.
_FOLLOWED = re.compile(
    r"\b(?:training|development|induction|learning|loyalty|reward|bonus|mentoring|coaching|wellbeing)\s+$",
    re.IGNORECASE,
)
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_PHONE = re.compile(r"(?<![\w.,£/-])(?:\+44[ -]?(?:\(0\))?|\(?0)(?:\d[ )-]{0,2}){8,9}\d(?![\w/-])")
# Numbers set aside by Ofcom for use in drama, https://www.ofcom.org.uk (numbers for drama)
_DRAMA = re.compile(
    r"0(?:11[3-8]4960|1[2-6]14960|1914980|2079460|2896496|2920180|1632960|7700900|8081570|9098790|3069990)\d{3}"
)


def american_spelling(shown: TextSubject) -> Iterator[Spot]:
    """Yield a spot for each word spelt the American way."""
    for match in _SPELLING.finditer(shown.text):
        word = match.group()
        if word.lower() in {"program", "programs"} and not _FOLLOWED.search(shown.text[: match.start()]):
            continue
        yield _at(
            shown, match.start(), f"“{word}” is spelt the American way; write “{_SPELLINGS[word.lower()]}”."
        )
    for match in _IZE.finditer(shown.text):
        if match.group().lower() not in _SPELLINGS:
            british = f"{match.group(1)}is{match.group(2)}"
            yield _at(shown, match.start(), f"“{match.group()}” is spelt with a z; write “{british}”.")


def unknown_placeholder(shown: TextSubject) -> Iterator[Spot]:
    """Yield a spot for each placeholder that nothing fills, and for each stray brace."""
    known = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
    for match in _BRACES.finditer(shown.text):
        if match.group(1) is None:
            yield _at(
                shown, match.start(), f"There is a single “{match.group()}”; a placeholder is one of {known}."
            )
        elif not shown.in_item:
            yield _at(
                shown,
                match.start(),
                f"“{match.group()}” is filled in blocks and questions only; write the words out here.",
            )
        elif match.group(1) not in PLACEHOLDERS:
            yield _at(
                shown, match.start(), f"“{match.group()}” is not a known placeholder; use one of {known}."
            )


def real_phone_number(shown: TextSubject) -> Iterator[Spot]:
    """Yield a spot for each telephone number that somebody may have."""
    for match in _PHONE.finditer(shown.text):
        digits = re.sub(r"\D", "", match.group().replace("(0)", ""))
        national = "0" + digits.removeprefix("44") if match.group().startswith("+") else digits
        if not _DRAMA.fullmatch(national):
            yield _at(
                shown,
                match.start(),
                f"{match.group().strip()} may be somebody's number; use {{phone}}, or one that Ofcom keeps for drama "
                "(such as 01632 960123).",
            )


def _at(shown: TextSubject, start: int, message: str) -> Spot:
    down = shown.text.count("\n", 0, start) + 1 if "\n" in shown.text else 0
    return Spot(shown.place, message, down)


TEXT_RULES: Final = (
    Rule("american-spelling", american_spelling),
    Rule("unknown-placeholder", unknown_placeholder),
    Rule("real-phone-number", real_phone_number),
)
