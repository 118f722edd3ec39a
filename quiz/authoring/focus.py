"""What part of the content is looked at: all, a unit, a criterion."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.errors import NotInBank
from quiz.syllabus import Criterion, Pack, Reading


@dataclass(frozen=True)
class Focus:
    """A part of the content: a unit by its reference number, a criterion by its code, or everything."""

    unit: str | None = None
    code: str | None = None
    broken: frozenset[str] = frozenset()
    """Unit files that cannot be used: their faults are everyone's who works in the folder."""

    def shows(self, file: str) -> bool:
        """Return whether findings in that file belong to the part."""
        if self.unit is None and self.code is None:
            return True
        if self.unit is not None and not file.startswith(f"units/{self.unit.replace('/', '')}-"):
            return False
        return self.code is None or file.endswith(f"/{self.code}.yaml") or file in self.broken

    def holds(self, criterion: Criterion) -> bool:
        """Return whether the criterion belongs to the part."""
        return self.unit in {None, criterion.ref.unit} and self.code in {None, criterion.ref.code}

    def file(self, pack: Pack) -> str:
        """Return the file that stands for the part: a unit's own file, or the folder of units."""
        return pack.units[self.unit].source.file if self.unit and self.unit in pack.units else "units"


EVERYTHING = Focus()


def focus_on(reading: Reading, unit: str | None, code: str | None) -> Focus:
    """Return the part of the content named by a unit's reference or number and a criterion's code.

    Raises:
        NotInBank: no unit of the content or of a qualification has that name.
    """
    pack = reading.pack
    usable = {entry.source.file for entry in pack.units.values()}
    broken = frozenset(
        finding.file
        for finding in reading.findings
        if finding.file.endswith("/unit.yaml") and finding.file not in usable
    )
    if unit is None:
        return Focus(None, code, broken)
    named = unit.replace("/", "").upper()
    known = {key: key for key in pack.units}
    for qualification in pack.qualifications.values():
        known |= {number: key for key, number in qualification.numbers.items()}
        known |= {key: key for key in qualification.numbers}
    for name, key in known.items():
        if name == unit or name.replace("/", "") == named:
            return Focus(key, code, broken)
    raise NotInBank(f"There is no unit “{unit}”. Known units: {', '.join(sorted(known))}.")
