"""Loading packs: every file of `content/` as frozen values, every fault as a finding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from quiz.collecting import uncollected
from quiz.errors import NotInBank, PackError
from quiz.findings import Finding
from quiz.syllabus.catalogue import read_catalogue
from quiz.syllabus.compiled import CompiledSources, Read
from quiz.syllabus.criterion import CriterionEntry
from quiz.syllabus.crosscheck import crosscheck_criterion, crosscheck_unit, missing_criteria
from quiz.syllabus.glossary import Glossary, make_glossary
from quiz.syllabus.outline import (
    CriterionOutline,
    OutcomeKind,
    OutcomeOutline,
    SameStandard,
    SlipEntry,
    Teaching,
    UnitLinks,
    UnitOutline,
    named_ref,
)
from quiz.syllabus.qualification import Qualification
from quiz.syllabus.source import Source, read_source
from quiz.syllabus.syllabus import Blueprint, CriterionRef, LearningOutcome, UnitEntry
from quiz.syllabus.validate import validate

CONTENT_DIR = Path(__file__).resolve().parents[2] / "content"
DRAFTED: Final = "drafted, not reviewed"
"""How a drafted unit and its questions are marked for learners."""


@dataclass(frozen=True)
class Criterion:
    """An assessment criterion with its content and the file it was read from."""

    ref: CriterionRef
    entry: CriterionEntry
    source: Source = field(repr=False, compare=False)

    @property
    def title(self) -> str:
        """Return the command verb and our label, as in “Identify what employment law asks …”."""
        return f"{self.entry.verb} {self.entry.label}"


@dataclass(frozen=True)
class Unit:
    """A unit with all of its criteria, in order of their codes."""

    entry: UnitEntry
    criteria: tuple[Criterion, ...]
    source: Source = field(repr=False, compare=False)

    @property
    def key(self) -> str:
        """Return the unit reference number."""
        return self.entry.unit

    @property
    def title(self) -> str:
        """Return the unit's title; that of a draft says so wherever the unit is named."""
        return f"{self.entry.title} ({DRAFTED})" if self.drafted else self.entry.title

    @property
    def drafted(self) -> bool:
        """Return whether the unit was drafted from a document and nobody has reviewed it."""
        return self.entry.drafted

    @property
    def outcomes(self) -> tuple[LearningOutcome, ...]:
        """Return the learning outcomes in order."""
        return self.entry.outcomes

    @property
    def blueprint(self) -> Blueprint:
        """Return how a paper of this unit is drawn."""
        return self.entry.blueprint

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        """Map codes to criteria."""
        return {criterion.ref.code: criterion for criterion in self.criteria}

    def of_outcome(self, number: int) -> tuple[Criterion, ...]:
        """Return the criteria of one outcome, in order."""
        return tuple(c for c in self.criteria if c.ref.outcome == number)


@dataclass(frozen=True)
class Pack:
    """All content: immutable once loaded."""

    qualifications: Mapping[str, Qualification]
    units: Mapping[str, Unit]
    """The units that Headset teaches."""
    version: str
    """A hash of every file: the same content gives the same version."""
    outlines: Mapping[str, UnitOutline] = field(default_factory=dict)
    """Every unit of the catalogue, taught or not."""
    slips: Sequence[SlipEntry] = ()
    links: Mapping[str, UnitLinks] = field(default_factory=dict)
    """What teaches the criteria of units that are not taught themselves."""
    same_standard: Sequence[SameStandard] = ()

    def select_unit(self, name: str) -> Unit:
        """Return a taught unit by its reference number or its number in a qualification.

        Raises:
            NotInBank: no taught unit has that name.
        """
        unit = self.optional_unit(name)
        if unit is None:
            known = ", ".join(f"{self.number(key)} ({key})" for key in self.units) or "none"
            raise NotInBank(f"There is no unit “{name}” in the content. Known units: {known}.")
        return unit

    def optional_unit(self, name: str) -> Unit | None:
        """Return a taught unit by reference or number, or None."""
        compact = _compact(name)
        for unit in self.units.values():
            if _compact(unit.key) == compact or name in self._numbers.get(unit.key, ()):
                return unit
        return None

    def optional_outline(self, name: str, qualification: str | None = None) -> UnitOutline | None:
        """Return any unit of the catalogue by reference, or by its number in the qualification, or None.

        An SQA code may be given without its level. Without a qualification a number names a unit only where no other unit has it elsewhere.
        """
        name = name.strip()
        compact = _compact(name)
        by_reference = next(
            (
                u
                for u in self.outlines.values()
                if compact in (_compact(u.key), _compact(u.key.split(" ")[0]))
            ),
            None,
        )
        if by_reference is not None:
            return by_reference
        if qualification is not None:
            numbers = self.qualifications[qualification].numbers
            return next((self.outlines[key] for key, number in numbers.items() if number == name), None)
        named = [key for key, numbers in self._numbers.items() if name in numbers]
        if not named:
            named = [
                unit.key
                for unit in self.outlines.values()
                if _compact(name) in map(_compact, unit.printed_as)
            ]
        return self.outlines[named[0]] if len(named) == 1 else None

    def number(self, unit_key: str, qualification: str | None = None) -> str:
        """Return the number a unit has in a qualification, or its reference where it has none there.

        Without a qualification, or for a unit outside it, the first qualification that numbers the
        unit counts.
        """
        if qualification is not None and unit_key in self.qualifications[qualification].members:
            return self.qualifications[qualification].numbers.get(unit_key, unit_key)
        return next(iter(self._numbers.get(unit_key, ())), unit_key)

    def places(self, unit_key: str) -> tuple[Qualification, ...]:
        """Return the qualifications that list a unit."""
        return tuple(q for q in self.qualifications.values() if unit_key in q.members)

    def slips_about(self, name: str) -> tuple[SlipEntry, ...]:
        """Return the slips to show for a qualification's key or a unit's reference."""
        return tuple(
            slip
            for slip in self.slips
            if name in slip.qualifications
            or name in slip.units
            or any(criterion.rpartition(" ")[0] == name for criterion in slip.criteria)
        )

    def teaching(self, ref: CriterionRef) -> tuple[Teaching, ...]:
        """Return the taught criteria for a criterion of any unit: its own, or those linked.

        Those that teach it in full come first.
        """
        if self.optional_criterion(ref) is not None:
            return (Teaching(ref, "same", "headset"),)
        return self._teaching.get(ref, ())

    def same_as(self, unit_key: str) -> tuple[SameStandard, ...]:
        """Return the pairs of units on the same standard in which a unit stands, on either side."""
        return tuple(pair for pair in self.same_standard if unit_key in (pair.unit, pair.same_as))

    @cached_property
    def _teaching(self) -> dict[CriterionRef, tuple[Teaching, ...]]:
        found: dict[CriterionRef, tuple[Teaching, ...]] = {}
        for links in self.links.values():
            for link in links.criteria:
                ref = CriterionRef(links.unit, link.code)
                targets = tuple(Teaching(named_ref(target), link.how, link.by) for target in link.to)
                found[ref] = (*found.get(ref, ()), *targets)
        return {
            ref: tuple(sorted(known, key=lambda link: link.how != "same")) for ref, known in found.items()
        }

    @cached_property
    def _numbers(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for qualification in self.qualifications.values():
            for key, number in qualification.numbers.items():
                found[key] = (*found.get(key, ()), number)
        return found

    def optional_criterion(self, ref: CriterionRef) -> Criterion | None:
        """Return a criterion, or None when the content no longer holds it."""
        unit = self.units.get(ref.unit)
        return unit.by_code.get(ref.code) if unit else None

    @cached_property
    def glossary(self) -> Glossary:
        """Return every word to know of every unit."""
        return make_glossary((criterion.ref, criterion.entry) for criterion in self.criteria)

    @property
    def criteria(self) -> Iterator[Criterion]:
        """Yield every criterion of every unit."""
        for unit in self.units.values():
            yield from unit.criteria


@dataclass(frozen=True)
class Reading:
    """What could be read of the content, and every finding on the way."""

    pack: Pack
    findings: tuple[Finding, ...]
    catalogue: tuple[Source, ...] = ()
    """The files about qualifications, listed units, slips and links."""


def load_packs(content_dir: Path = CONTENT_DIR, compiled_dir: Path | None = None) -> Pack:
    """Return all content.

    With `compiled_dir` the parsed values are kept there from one start to the next; they are
    checked anew each time.

    Raises:
        PackError: the content has at least one fault; all of them are in its `findings`.
    """
    if compiled_dir is not None:
        compiled = CompiledSources(compiled_dir, version_of(content_dir))
        reading = _read(content_dir, compiled.read)
        if not reading.findings:
            compiled.save()
            return reading.pack
    reading = read_packs(content_dir)
    errors = tuple(finding for finding in reading.findings if finding.severity == "error")
    if errors:
        raise PackError(errors)
    return reading.pack


def read_packs(content_dir: Path = CONTENT_DIR) -> Reading:
    """Return what can be read, with every fault as a finding; never raises for a fault in a file."""
    return _read(content_dir, read_source)


@uncollected()
def _read(content_dir: Path, read: Read) -> Reading:
    findings: list[Finding] = []
    units: dict[str, Unit] = {}
    sources: list[Source] = []
    unit_files = sorted(content_dir.glob("units/*/unit.yaml"))
    for folder in sorted(p for p in content_dir.glob("units/*") if p.is_dir()):
        if folder / "unit.yaml" not in unit_files:
            findings.append(
                Finding(
                    f"units/{folder.name}/unit.yaml", 1, "missing-unit-file", "The folder has no unit.yaml."
                )
            )
    for path in unit_files:
        unit = read_unit(path, content_dir, findings, read, sources)
        if unit is None:
            continue
        if unit.key in units:
            findings.append(
                Finding(
                    unit.source.file,
                    1,
                    "duplicate-id",
                    f"Unit {unit.key} is also in {units[unit.key].source.file}.",
                )
            )
            continue
        units[unit.key] = unit
    if not units and not findings:
        findings.append(
            Finding("units", 1, "no-content", f"No unit was found under {content_dir / 'units'}.")
        )
    findings.extend(repeated_question_ids(sources))
    taught = {unit.key: taught_outline(unit) for unit in units.values()}
    catalogue = read_catalogue(content_dir, read, taught, whole=not findings)
    findings.extend(catalogue.findings)
    pack = Pack(
        catalogue.qualifications,
        units,
        version_of(content_dir),
        catalogue.outlines,
        catalogue.slips,
        catalogue.links,
        catalogue.same_standard,
    )
    return Reading(pack, tuple(sorted(findings)), catalogue.sources)


def taught_outline(unit: Unit) -> UnitOutline:
    """Return the outline of a taught unit: all its outcomes ask for knowledge."""
    kind = OutcomeKind.KNOWLEDGE
    return UnitOutline(
        key=unit.key,
        title=unit.title,
        level=unit.entry.level,
        credit=unit.entry.credit,
        glh=unit.entry.glh,
        outcomes=tuple(
            OutcomeOutline(
                outcome.number,
                kind,
                outcome.label,
                tuple(
                    CriterionOutline(c.ref, c.entry.verb, c.entry.label, kind)
                    for c in unit.of_outcome(outcome.number)
                ),
            )
            for outcome in unit.outcomes
        ),
        taught=True,
    )


def _compact(name: str) -> str:
    return name.replace("/", "").replace(" ", "").upper()


def read_unit(
    path: Path, content_dir: Path, findings: list[Finding], read: Read, sources: list[Source]
) -> Unit | None:
    """Return the unit of a `unit.yaml` with its criteria, or None where that file has a fault.

    Faults are added to `findings`, the criteria's files to `sources`.
    """
    source = read(path, content_dir)
    entry = validate(UnitEntry, source, findings)
    if entry is None:
        # The criteria are read all the same, so that one fault does not hide the rest.
        for file in sorted(path.parent.glob("[0-9]*.yaml")):
            sources.append(read(file, content_dir))
            validate(CriterionEntry, sources[-1], findings)
        return None
    findings.extend(crosscheck_unit(entry, source, path.parent.name))
    criteria: list[Criterion] = []
    files = [file for file in sorted(path.parent.glob("*.yaml")) if file.name != "unit.yaml"]
    findings.extend(missing_criteria(entry, path.parent.name, {file.name for file in files}))
    for file in files:
        criterion_source = read(file, content_dir)
        sources.append(criterion_source)
        criterion = validate(CriterionEntry, criterion_source, findings)
        if criterion is None:
            continue
        findings.extend(crosscheck_criterion(criterion, criterion_source, entry, file.stem))
        ref = CriterionRef(entry.unit, criterion.criterion)
        if any(ref == other.ref for other in criteria):
            findings.append(
                Finding(criterion_source.file, 1, "duplicate-id", f"Criterion {ref.code} has a second file.")
            )
            continue
        criteria.append(Criterion(ref, criterion, criterion_source))
    return Unit(entry, tuple(sorted(criteria, key=lambda c: c.ref.sort_key)), source)


def repeated_question_ids(sources: Iterable[Source]) -> Iterator[Finding]:
    """Yield a finding for each id that stands twice, also in files that have other faults."""
    seen: dict[str, str] = {}
    for source in sources:
        for index, question_id in _question_ids(source.data):
            line = source.line(("questions", index, "id"))
            if question_id in seen:
                message = f"Question “{question_id}” is also at {seen[question_id]}."
                yield Finding(source.file, line, "duplicate-id", message)
            else:
                seen[question_id] = f"{source.file}:{line}"


def _question_ids(data: Any) -> Iterator[tuple[int, str]]:
    questions = data.get("questions") if isinstance(data, dict) else None
    for index, question in enumerate(questions if isinstance(questions, list) else ()):
        if isinstance(question, dict) and isinstance(question.get("id"), str):
            yield index, question["id"]


def version_of(content_dir: Path) -> str:
    """Return a hash of every YAML file below a folder: the same files give the same hash."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(content_dir.rglob("*.yaml")):
        digest.update(path.relative_to(content_dir).as_posix().encode())
        try:
            digest.update(path.read_bytes())
        except OSError:
            continue
    return digest.hexdigest()
