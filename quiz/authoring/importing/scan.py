"""The rows of a unit's criteria, one after another, as readings of criteria and pieces of statements.

Nothing is decided here that needs a look at what follows; `settle` does that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quiz.authoring.importing.likeness import is_echo, together, word_count
from quiz.authoring.importing.marks import (
    NO_VERBS,
    Code,
    CodeMark,
    Mark,
    NumberMark,
    TextMark,
    code_text,
    first_word,
    marks_of,
)
from quiz.authoring.importing.rows import Row
from quiz.authoring.importing.specification import Unsure

_HEADER_WORDS = re.compile(
    r"learningoutcomes?|assessmentcriteria|assessmentcriterion|evidencetype|evidence|portfolioreference|reference"
    r"|portfolio|date|thelearner(?:will|can|should)|learner|learn?|n?ning|outcomes?|asse|sessment|ssment|criteria"
)
_HEADER_SIGN = re.compile(r"ningoutcome|ssmentcriteri|evidencetypeportfolio")
_SIGNATURE = re.compile(
    r"\b(learner|candidate|assessor|verifier|verifer|tutor) (name|signature)\b|^\W*\(if sampled\)|^\W*date\W*$",
    re.IGNORECASE,
)
_COLUMN_WORDS = frozenset({"reference", "type", "evidence", "portfolio", "date"})
_LEAD_NUMBER = re.compile(r"^\W{0,2}(\d{1,2})\W{0,2}\s+(?=[^\W\d_])")


@dataclass
class Reading:
    """A criterion as it was met: without codes where none was printed, with several where a cell holds several."""

    codes: tuple[Code, ...]
    text: str
    line: int
    confidence: float = 1.0
    opens: int | None = None
    """The number of the outcome that begins with this row, where it is printed."""
    merged: bool = False
    """Whether the text was cut out of a cell that holds more than it."""
    doubts: list[Unsure] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the codes as printed."""
        return " and ".join(map(code_text, self.codes)) or "without a code"


@dataclass
class Scan:
    """What the rows hold: readings in order, statements by outcome, and what has no place."""

    readings: list[Reading] = field(default_factory=list)
    statements: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    unsure: list[Unsure] = field(default_factory=list)


def is_header(row: Row) -> bool:
    """Return whether a row is the head of a table of criteria, however torn its words are."""
    squashed = re.sub(r"[^a-z]", "", "".join(row.cells).casefold())
    if len(squashed) > 150 or not _HEADER_SIGN.search(squashed):
        return False
    return len(_HEADER_WORDS.sub("", squashed)) <= 12


def _only_header_words(row: Row) -> bool:
    """Return whether a row holds nothing but the lower lines of a head whose words are wrapped."""
    squashed = re.sub(r"[^a-z]", "", "".join(row.cells).casefold())
    return not re.search(r"\d", "".join(row.cells)) and not _HEADER_WORDS.sub("", squashed).replace(
        "type", ""
    )


def is_signature(row: Row) -> bool:
    """Return whether a row is one where somebody signs below a table."""
    return bool(_SIGNATURE.search(" ".join(row.cells)[:200]))


def scan(rows: Sequence[Row], verbs: frozenset[str]) -> Scan:
    """Return the readings of a unit's rows."""
    scanner = _Scanner(verbs)
    tables: list[list[Row]] = [[]]
    headed = -9
    for row in rows:
        if is_header(row) or row.line - headed <= 2 and _only_header_words(row):
            headed = row.line
            if tables[-1]:
                tables.append([])
        elif not is_signature(row):
            tables[-1].append(row)
    for table in tables:
        scanner.read_table([(row, list(marks_of(row, verbs))) for row in table])
    return scanner.found


class _Scanner:
    def __init__(self, verbs: frozenset[str]) -> None:
        self.found = Scan()
        self.verbs = verbs
        self.outcome = 0
        self.column = 0
        self.in_statement = False
        self.in_cell = False  # whether criteria stand together in a cell beside their outcome

    def read_table(self, table: list[tuple[Row, list[Mark]]]) -> None:
        alone = Counter(m.column for _, marks in table for m in marks if isinstance(m, CodeMark) and m.alone)
        within = Counter(m.column for _, marks in table for m in marks if isinstance(m, CodeMark))
        places = alone or within
        if places:
            # A stray copy of a code stands left of the code: of two places as common, the right one counts.
            self.column = max(places, key=lambda column: (places[column], column))
        crowded = sum(sum(isinstance(m, CodeMark) for m in marks) > 1 for _, marks in table)
        coded = sum(any(isinstance(m, CodeMark) for m in marks) for _, marks in table)
        self.in_cell = crowded * 2 >= coded
        for row, marks in table:
            if lost := self._lost_point(marks):
                marks = [lost if m is marks[lost.column] else m for m in marks]
            if any(isinstance(mark, CodeMark) for mark in marks):
                self._coded(row, marks)
            elif marks:
                self._codeless(row, marks)

    def _lost_point(self, marks: list[Mark]) -> CodeMark | None:
        """Return the code that a number such as 48 stands for, where 4.8 is the next; column: its place in marks."""
        if not self.found.readings or any(isinstance(m, CodeMark) for m in marks):
            return None
        last = self.found.readings[-1].codes
        for at, mark in enumerate(marks[:-1]):
            if last and isinstance(mark, NumberMark) and isinstance(marks[at + 1], TextMark):
                outcome, number = last[-1][0], last[-1][1] + 1
                if mark.number >= 11 and str(mark.number) == f"{outcome}{number}":
                    return CodeMark((outcome, number), at, True, misread=True)
        return None

    def _coded(self, row: Row, marks: list[Mark]) -> None:
        lead: list[TextMark] = []
        number: int | None = None
        groups: list[tuple[list[CodeMark], list[TextMark]]] = []
        for mark in marks:
            if isinstance(mark, CodeMark):
                if groups and not groups[-1][1]:
                    if groups[-1][0][-1].column == mark.column:
                        groups[-1][0].append(mark)
                    else:
                        groups[-1][0][:] = [mark]  # a stray copy stands left of the code
                else:
                    groups.append(([mark], []))
            elif isinstance(mark, TextMark):
                (groups[-1][1] if groups else lead).append(mark)
            elif not groups and mark.column == 0:
                number = mark.number
        first = groups[0][0][0].code
        opens = self._opened(first[0], number)
        self.in_statement = False
        self._state(row, lead, first[0])
        for at, (codes, texts) in enumerate(groups):
            crowded = sum(mark.column == codes[0].column for mark in marks) > 2 or bool(
                lead and texts and texts[0].column == lead[-1].column
            )
            after = groups[at + 1][0][0] if at + 1 < len(groups) else None
            self._keep(row, codes, texts, opens if at == 0 else None, crowded and not self.in_cell)
            if texts and after and after.column == codes[0].column and after.code[0] > codes[0].code[0]:
                last = self.found.readings[-1]
                last.confidence = 0.5
                what = "words of the next outcome may stand at its end"
                last.doubts.append(Unsure(row.line, what, (last.text,)))

    def _opened(self, outcome: int, number: int | None) -> int | None:
        before, self.outcome = self.outcome, outcome
        return outcome if outcome != before or number == outcome else None

    def _keep(
        self, row: Row, codes: list[CodeMark], texts: list[TextMark], opens: int | None, merged: bool
    ) -> None:
        reading = Reading(tuple(mark.code for mark in codes), "", row.line, opens=opens, merged=merged)
        if any(mark.misread for mark in codes):
            reading.confidence = 0.8
            reading.doubts.append(Unsure(row.line, f"its code is printed unclearly; read as {reading.name}"))
        if merged:
            reading.confidence = min(reading.confidence, 0.85)
        main, *rest = [mark for mark in texts if mark.text.casefold() not in _COLUMN_WORDS] or [
            TextMark("", 0)
        ]
        reading.text = main.text
        for mark in rest:
            both = together(reading.text, mark.text)
            if both is not None:
                reading.text = both
            elif row.wrapped:
                self._nowhere(row, mark.text)
            else:
                reading.confidence = min(reading.confidence, 0.85)
                joined = f"{reading.text} {mark.text}"
                what = "text stands beside it that may belong to it"
                reading.doubts.append(Unsure(row.line, what, (reading.text, joined)))
        self.found.readings.append(reading)

    def _codeless(self, row: Row, marks: list[Mark]) -> None:
        number = next((m.number for m in marks if isinstance(m, NumberMark) and m.column == 0), None)
        texts = [mark for mark in marks if isinstance(mark, TextMark)]
        linear = len(row.cells) == 1
        if (
            linear
            and texts
            and (led := _LEAD_NUMBER.match(texts[0].text))
            and int(led[1]) == self.outcome + 1
        ):
            number = int(led[1])
        opens = None
        if number is not None and number == self.outcome + 1:
            self.outcome = opens = number
            self.in_statement = linear
        if linear:
            lead, rest = (texts, []) if self.in_statement or not self.found.readings else ([], texts)
        else:
            lead = [mark for mark in texts if mark.column < max(self.column, 1)]
            rest = [mark for mark in texts if mark.column >= max(self.column, 1)]
        self._state(row, lead, self.outcome or 1)
        if rest:
            self._uncoded(row, [mark.text for mark in rest], opens)

    def _uncoded(self, row: Row, texts: list[str], opens: int | None) -> None:
        """Keep text of the criterion's column that has no code: a criterion, or more of the one before."""
        last = self.found.readings[-1] if self.found.readings else None
        begins = next((text for text in texts if self._commands(text, opens is not None)), None)
        if begins and not row.wrapped and len(row.cells) > 1:
            self.found.readings.append(Reading((), begins, row.line, 0.85, opens))
            for text in texts:
                if text is not begins and not is_echo(text, begins):
                    self._nowhere(row, text)
        elif (
            last is not None
            and opens is None
            and (row.wrapped or len(row.cells) == 1 or texts[0][:1].islower())
        ):
            last.text = f"{last.text} {' '.join(texts)}".strip()
            if not row.wrapped and len(row.cells) > 1:
                last.confidence = min(last.confidence, 0.85)
                last.doubts.append(
                    Unsure(row.line, "its text runs on in another row of the table", (last.text,))
                )
        else:
            for text in texts:
                self._nowhere(row, text)

    def _commands(self, text: str, opening: bool) -> bool:
        """Return whether a text begins as a criterion does; beside a new outcome any verb may."""
        word = first_word(text).casefold()
        if not text[:1].isupper() or word in NO_VERBS:
            return False
        return word in self.verbs or opening and word_count(text) > 3

    def _state(self, row: Row, lead: list[TextMark], outcome: int) -> None:
        """Add the outcome's side of a row to its statement, without what only repeats its neighbour."""
        pieces = [mark.text for mark in lead if word_count(mark.text) or mark.column <= 1]
        text = ""
        for piece in pieces:
            if not text or len(text) <= 3 and not text[:1].isdigit() and len(piece) > 3:
                text = piece
            else:
                text = together(text, piece) or f"{text} {piece}"
        if text:
            self.found.statements.setdefault(outcome, []).append((row.line, text))

    def _nowhere(self, row: Row, text: str) -> None:
        if word_count(text):
            self.found.unsure.append(Unsure(row.line, "this text has no place", (text,)))
