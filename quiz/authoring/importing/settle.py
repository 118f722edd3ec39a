"""Readings settled into criteria: codes supplied, cells parted, doubles merged, and every doubt listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from quiz.authoring.importing.likeness import alike, together, word_count
from quiz.authoring.importing.marks import NO_VERBS, Code, code_text, first_word, verb_of
from quiz.authoring.importing.scan import Reading, Scan
from quiz.authoring.importing.specification import SURE, SpecCriterion, SpecOutcome, Unsure

_SENTENCE = re.compile(r"(?<=[\w)”\"'’])\.?\s+(?=[A-Z][a-z]+\b)")
_HYPHEN_GAP = re.compile(r"(?<=[^\W\d_])- (?!and\b|or\b|to\b)(?=[a-z])")
_STRAY_END = re.compile(r"(?:\s+\W{0,2}\d{1,2}(?:\.\d{0,2})?\W{0,2})+$")
_STRAY_START = re.compile(r"^\W{0,3}\d{1,2}\W{0,2}\s+(?=[^\W\d_])")
_OPEN_ENDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "to",
        "which",
        "with",
    ]
)
_LONGEST = 600  # characters; no criterion of any specification seen is half as long


def settle(found: Scan, verbs: frozenset[str], unit: str) -> tuple[tuple[SpecOutcome, ...], list[Unsure]]:
    """Return a unit's outcomes with their criteria, and what is in doubt about them; `unit` names it."""
    settler = _Settler(found, verbs)
    settler.supply_codes()
    settler.part_joint_cells()
    settler.hand_back_leading_words()
    settler.mend_sequence()
    settler.merge_doubles()
    settler.part_sentences()
    settler.note_short_and_missing()
    outcomes = tuple(settler.outcomes())
    doubts = [*found.unsure, *settler.unsure]
    return outcomes, [replace(doubt, what=f"{unit}: {doubt.what}") for doubt in doubts]


class _Settler:
    def __init__(self, found: Scan, verbs: frozenset[str]) -> None:
        self.found = found
        self.verbs = verbs
        self.readings = found.readings
        self.unsure: list[Unsure] = []

    def supply_codes(self) -> None:
        """Give readings without a code the codes that their neighbours leave free, else the next one."""
        at = 0
        while at < len(self.readings):
            if self.readings[at].codes:
                at += 1
                continue
            end = at
            while (
                end < len(self.readings)
                and not self.readings[end].codes
                and (end == at or not self.readings[end].opens)
            ):
                end += 1
            self._supply(at, end)
            at = end

    def _supply(self, at: int, end: int) -> None:
        before = self.readings[at - 1].codes[-1] if at and self.readings[at - 1].codes else (1, 0)
        if (opens := self.readings[at].opens) and opens != before[0]:
            before = (opens, 0)
        after = self.readings[end].codes[0] if end < len(self.readings) and self.readings[end].codes else None
        fits = after is not None and after == (before[0], before[1] + end - at + 1)
        for step, reading in enumerate(self.readings[at:end], start=1):
            reading.codes = ((before[0], before[1] + step),)
            reading.confidence = min(reading.confidence, 0.85 if fits else 0.6)
            how = "the codes around it leave only this one" if fits else "the next after the one before it"
            self._doubt(reading, f"no code is printed; read as {reading.name}, {how}", (reading.name,))

    def part_joint_cells(self) -> None:
        """Part text that stands beside several codes into as many sentences."""
        parted: list[Reading] = []
        for reading in self.readings:
            if len(reading.codes) == 1:
                parted.append(reading)
                continue
            pieces = self._sentences(reading.text)
            if len(pieces) != len(reading.codes):
                self._doubt(
                    reading,
                    "several codes stand beside text that does not part into as many criteria",
                    (reading.text,),
                )
                pieces = [reading.text]
            for code, piece in zip(reading.codes, pieces, strict=False):
                parted.append(
                    replace(
                        reading,
                        codes=(code,),
                        text=piece,
                        confidence=min(reading.confidence, 0.85),
                        doubts=[],
                    )
                )
            self.unsure.extend(
                Unsure(d.line, f"criterion {reading.name}: {d.what}", d.candidates) for d in reading.doubts
            )
            if len(pieces) > 1:
                self.unsure.append(
                    Unsure(
                        reading.line,
                        f"criteria {reading.name} share a cell; parted by sentence",
                        tuple(pieces),
                    )
                )
        self.readings = parted

    def hand_back_leading_words(self) -> None:
        """Give words before the command of a criterion back to the criterion before, where it breaks off."""
        for before, reading in zip(self.readings, self.readings[1:], strict=False):
            words = reading.text.split()
            if not words or words[0][:1].isupper() or first_word(words[0]).casefold() in self.verbs:
                continue
            if before.text.rsplit(" ", 1)[-1].casefold() not in _OPEN_ENDS:
                continue
            place = next((at for at, word in enumerate(words[:8]) if word.casefold() in self.verbs), 0)
            if place and before.codes[0][0] == reading.codes[0][0]:
                moved = " ".join(words[:place])
                before.text, reading.text = f"{before.text} {moved}", " ".join(words[place:])
                for one in (before, reading):
                    one.confidence = min(one.confidence, 0.8)
                    self._doubt(one, "the text had slipped by some words between two rows", (one.text,))

    def mend_sequence(self) -> None:
        """Read a code that is out of sequence as the one its neighbours leave free, where there is just one."""
        taken = {reading.codes[0] for reading in self.readings}
        for before, reading, after in zip(self.readings, self.readings[1:], self.readings[2:], strict=False):
            free = (before.codes[0][0], before.codes[0][1] + 1)
            code = reading.codes[0]
            fits = (
                after.codes[0] == (free[0], free[1] + 1)
                or after.codes[0] == (free[0] + 1, 1)
                and code == before.codes[0]
            )
            if code == free or free in taken or not fits:
                continue
            if code == before.codes[0] and together(before.text, reading.text) is not None:
                continue
            taken.add(free)
            reading.codes = (free,)
            reading.confidence = min(reading.confidence, 0.8)
            self._doubt(
                reading,
                f"printed as {code_text(code)}, out of sequence; read as {code_text(free)}",
                (code_text(free), code_text(code)),
            )

    def merge_doubles(self) -> None:
        """Keep one reading of each code: the fuller where they say the same, the first where they do not."""
        kept: dict[Code, Reading] = {}
        for reading in self.readings:
            code = reading.codes[0]
            first = kept.get(code)
            if first is None:
                kept[code] = reading
                continue
            first.doubts += reading.doubts
            both = (
                together(first.text, reading.text)
                if first.text and reading.text
                else first.text or reading.text
            )
            if both is not None:
                if both != first.text:
                    first.line = reading.line
                if reading.text and first.text and not alike(first.text, reading.text):
                    first.confidence = min(first.confidence, 0.85)
                    self._doubt(first, "printed twice, once in part; read from both", (both,))
                first.text = both
            else:
                first.confidence = min(first.confidence, 0.5)
                self._doubt(first, "printed twice with different words", (first.text, reading.text))
        self.readings = [kept[code] for code in sorted(kept)]

    def part_sentences(self) -> None:
        """Part a criterion that holds the next one too: a second command begins, and the next code is free."""
        parted: list[Reading] = []
        for at, reading in enumerate(self.readings):
            parted.append(reading)
            outcome, number = reading.codes[0]
            following = self.readings[at + 1].codes[0] if at + 1 < len(self.readings) else None
            if following == (outcome, number + 1):
                continue
            pieces = self._sentences(reading.text)
            free = following[1] - number - 1 if following and following[0] == outcome else None
            if len(pieces) < 2 or free is not None and len(pieces) - 1 > free:
                continue
            whole, sure = reading.text, 0.85 if free == len(pieces) - 1 else 0.6
            for step, piece in enumerate(pieces):
                one = reading if step == 0 else Reading(((outcome, number + step),), piece, reading.line)
                one.text, one.confidence = piece, min(one.confidence, sure)
                if step:
                    parted.append(one)
                    what = f"no code is printed; read as {one.name}, as a second command stands in the cell before"
                    self._doubt(one, what, (piece, whole))
        self.readings = parted

    def note_short_and_missing(self) -> None:
        """List criteria without words, words that are no criterion, and codes that are passed over."""
        told: list[Reading] = []
        for reading in self.readings:
            if word_count(reading.text) < 2:
                self.unsure.append(
                    Unsure(
                        reading.line,
                        f"criterion {reading.name}: its text cannot be read",
                        (reading.text,) if reading.text else (),
                    )
                )
                continue
            if len(reading.text) > _LONGEST:
                reading.confidence = min(reading.confidence, 0.3)
                self._doubt(reading, "its text is too long to be one criterion")
            told.append(reading)
        self.readings = told
        before: Code | None = None
        for reading in told:
            outcome, number = reading.codes[0]
            expected = before[1] + 1 if before and before[0] == outcome else 1
            if number > expected:
                missing = ", ".join(code_text((outcome, at)) for at in range(expected, number))
                here = code_text((outcome, number))
                self.unsure.append(
                    Unsure(reading.line, f"{missing} not found before {here}", self._lost(reading))
                )
            if outcome > (before[0] if before else 0) + 1:
                lost = ", ".join(str(at) for at in range((before[0] if before else 0) + 1, outcome))
                self.unsure.append(Unsure(reading.line, f"no criterion of outcome {lost} found"))
            before = reading.codes[0]

    def _lost(self, reading: Reading) -> tuple[str, ...]:
        """Return texts without a place that stand close above a reading: what is missing may be one of them."""
        near = [doubt for doubt in self.found.unsure if reading.line - 3 <= doubt.line <= reading.line]
        return tuple(text for doubt in near for text in doubt.candidates)

    def outcomes(self) -> Iterator[SpecOutcome]:
        """Yield the outcomes in order; one without criteria where only its statement is printed."""
        numbers = {reading.codes[0][0] for reading in self.readings} | set(self.found.statements)
        for number in sorted(numbers):
            mine = [reading for reading in self.readings if reading.codes[0][0] == number]
            pieces = self.found.statements.get(number, [])
            line = pieces[0][0] if pieces else mine[0].line
            statement = _statement([text for _, text in pieces], number)
            if not mine:
                self.unsure.append(Unsure(line, f"outcome {number} has no criteria", (statement,)))
            if not statement:
                self.unsure.append(Unsure(line, f"the statement of outcome {number} is missing"))
            elif statement[:1].islower():
                self.unsure.append(
                    Unsure(line, f"the statement of outcome {number} lacks its beginning", (statement,))
                )
            yield SpecOutcome(number, statement, tuple(self._criterion(reading) for reading in mine))

    def _criterion(self, reading: Reading) -> SpecCriterion:
        text = _HYPHEN_GAP.sub("-", reading.text).strip(" ;|_")
        verb = verb_of(text)
        word = first_word(text).casefold()
        confidence = reading.confidence
        if word in NO_VERBS or word not in self.verbs and (reading.confidence < 1 or not text[:1].isupper()):
            confidence = min(confidence, 0.8)
            self._doubt(reading, f"it begins with “{verb}”, which begins no other criterion", (text,))
        for doubt in reading.doubts:
            self.unsure.append(
                Unsure(doubt.line, f"criterion {reading.name}: {doubt.what}", doubt.candidates or (text,))
            )
        if confidence < SURE and not reading.doubts:
            self.unsure.append(
                Unsure(reading.line, f"criterion {reading.name}: cut out of a cell that holds more", (text,))
            )
        return SpecCriterion(code_text(reading.codes[0]), verb, text, reading.line, round(confidence, 2))

    def _sentences(self, text: str) -> list[str]:
        """Return the parts of a text that each begin with a command of this document."""
        pieces, at = [], 0
        for gap in _SENTENCE.finditer(text):
            if first_word(text[gap.end() :]).casefold() in self.verbs and text.count(
                "(", 0, gap.start()
            ) == text.count(")", 0, gap.start()):
                pieces.append(text[at : gap.start() + (text[gap.start()] == ".")].strip())
                at = gap.end()
        return [*pieces, text[at:].strip()]

    def _doubt(self, reading: Reading, what: str, candidates: tuple[str, ...] = ()) -> None:
        reading.doubts.append(Unsure(reading.line, what, candidates))


def _statement(pieces: list[str], number: int) -> str:
    """Return the statement that pieces of several rows make, without stray numbers and repeated ends."""
    statement = ""
    for piece in pieces:
        piece = _STRAY_END.sub("", _STRAY_START.sub("", f"{piece} ")).strip()
        piece = re.sub(rf"(?<=[^\W\d_]) {number} (?=[^\W\d_])", " ", piece)
        if not word_count(piece):
            continue
        if not statement:
            statement = piece
        elif (
            alike(statement[-len(piece) :], piece)
            or len(piece) > 12
            and together(statement, piece) == statement
        ):
            continue  # printed again after a page's end, or the last words doubled
        else:
            statement = f"{statement} {piece}"
    return _HYPHEN_GAP.sub("-", statement)
