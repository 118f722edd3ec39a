"""Faults of the catalogue that only show when entries are held against one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from quiz.findings import Finding
from quiz.syllabus.crosscheck import not_of_outcome
from quiz.syllabus.outline import LinkFile, OutcomeKind, OutlineFile, SlipFile, UnitOutline, named_ref
from quiz.syllabus.qualification import BarredPair, FurtherCredits, Qualification
from quiz.syllabus.reference import has_right_check_digit, wrong_check_letter
from quiz.syllabus.source import Place, Source

_LONGEST_LABEL = 8
KNOWING_VERBS = frozenset(
    [
        "Analyse",
        "Assess",
        "Define",
        "Describe",
        "Discuss",
        "Evaluate",
        "Explain",
        "Identify",
        "List",
        "Name",
        "Outline",
        "Recognise",
        "State",
        "Summarise",
    ]
)
"""Command verbs that ask for knowledge also inside an outcome about doing."""


def crosscheck_qualification(
    entry: Qualification, source: Source, outlines: Mapping[str, UnitOutline] | None
) -> Iterator[Finding]:
    """Yield faults of a qualification: check figures, units and groups that do not exist or repeat.

    With None for `outlines` it is not asked whether its units exist.
    """

    def finding(place: Place, rule: str, message: str) -> Finding:
        return Finding(source.file, source.line(place), rule, message)

    if entry.number is not None and not has_right_check_digit(entry.number):
        yield finding(
            ("number",), "check-letter", f"{entry.number}: the last figure does not fit the others."
        )
    for index, unit in enumerate(entry.units):
        yield from wrong_check_letter(unit.unit, source, ("units", index))
        if outlines is not None and unit.unit not in outlines:
            message = f"{unit.unit} is a unit of no file under units or outlines."
            yield finding(("units", index), "unknown-unit", message)
    twice = [name for name, times in Counter(unit.unit for unit in entry.units).items() if times > 1]
    twice += [number for number, times in Counter(entry.numbers.values()).items() if times > 1]
    for name in twice:
        yield finding(("units",), "duplicate-id", f"“{name}” stands twice among the units.")
    names = {group.name for group in entry.groups}
    for index, group in enumerate(entry.groups):
        for reference in group.units:
            if reference not in entry.members:
                message = f"Group “{group.name}” names {reference}, which is not among the units."
                yield finding(("groups", index), "unknown-unit", message)
        for part in group.parts:
            if part not in names or part == group.name:
                message = f"Group “{group.name}” is made of “{part}”, which is no other group."
                yield finding(("groups", index), "unknown-group", message)
    for name in (name for name, times in Counter(group.name for group in entry.groups).items() if times > 1):
        yield finding(("groups",), "duplicate-id", f"Two groups are called “{name}”.")
    for name in _in_a_circle(entry):
        yield finding(("groups",), "group-circle", f"Group “{name}” is made of itself by way of its parts.")
    grouped = Counter(unit for group in entry.groups for unit in group.units)
    for reference in sorted(entry.members):
        if grouped[reference] != 1:
            message = f"{reference} has to stand in one group; it stands in {grouped[reference]}."
            yield finding(("groups",), "ungrouped-unit", message)
    for index, rule in enumerate(entry.rules):
        if isinstance(rule, FurtherCredits):
            for name in rule.groups:
                if name not in names:
                    yield finding(("rules", index), "unknown-group", f"There is no group “{name}”.")
        if isinstance(rule, BarredPair):
            for reference in rule.units:
                if reference not in entry.members:
                    yield finding(("rules", index), "unknown-unit", f"{reference} is not among the units.")


def _in_a_circle(entry: Qualification) -> Iterator[str]:
    """Yield the first group that is part of itself, however far down; a circle could not be summed."""
    for group in entry.groups:
        below, seen = list(group.parts), set[str]()
        while below:
            name = below.pop()
            if name == group.name and name not in group.parts:
                yield name
                return
            if name not in seen and name in entry.by_group:
                seen.add(name)
                below.extend(entry.by_group[name].parts)


def crosscheck_outlines(file: OutlineFile, source: Source, taken: Collection[str]) -> Iterator[Finding]:
    """Yield faults of outlines: check letters, repeated units and codes, labels that are too long."""
    seen: set[str] = set(taken)
    for index, unit in enumerate(file.units):
        at: Place = ("units", index)
        yield from wrong_check_letter(unit.unit, source, at)
        if unit.unit in seen:
            yield Finding(source.file, source.line(at), "duplicate-id", f"{unit.unit} has a second outline.")
        seen.add(unit.unit)
        titles: set[str] = set()
        for place, outcome in enumerate(unit.outcomes):
            here: Place = (*at, "outcomes", place)
            if place and outcome.number <= unit.outcomes[place - 1].number:
                message = f"Outcome {outcome.number} has to come before those after it."
                yield Finding(source.file, source.line(here), "wrong-order", message)
            yield from _label(outcome.label, f"outcome {outcome.number}", source, here)
            for number, criterion in enumerate(outcome.criteria):
                line: Place = (*here, "criteria", number)
                if criterion.code.split(".")[0] != str(outcome.number):
                    message = not_of_outcome(criterion.code, outcome.number)
                    yield Finding(source.file, source.line(line), "unknown-criterion", message)
                yield from _label(criterion.label, criterion.code, source, line)
                title = f"{criterion.verb} {criterion.label}"
                if title in titles:
                    message = f"“{title}” is the label of another criterion of the unit as well."
                    yield Finding(source.file, source.line(line), "duplicate-label", message)
                titles.add(title)
        codes = Counter(c.code for outcome in unit.outcomes for c in outcome.criteria)
        for code in (code for code, times in codes.items() if times > 1):
            message = f"Criterion {code} of {unit.unit} stands twice."
            yield Finding(source.file, source.line(at), "duplicate-id", message)


def crosscheck_slips(
    file: SlipFile,
    source: Source,
    outlines: Mapping[str, UnitOutline],
    qualifications: Collection[str],
) -> Iterator[Finding]:
    """Yield slips that repeat an id or name what the content does not hold."""
    seen: set[str] = set()
    for index, slip in enumerate(file.slips):
        line = source.line(("slips", index))
        if slip.id in seen:
            yield Finding(source.file, line, "duplicate-id", f"Slip “{slip.id}” stands twice.")
        seen.add(slip.id)
        if not (slip.qualifications or slip.units or slip.criteria):
            yield Finding(source.file, line, "no-place", f"Slip “{slip.id}” does not say what it is about.")
        unknown = [name for name in slip.qualifications if name not in qualifications]
        unknown += [name for name in slip.units if name not in outlines]
        unknown += [name for name in slip.criteria if not _known_place(name, outlines)]
        for name in unknown:
            yield Finding(
                source.file, line, "unknown-place", f"Slip “{slip.id}” is about “{name}”, which is not here."
            )


def crosscheck_links(
    file: LinkFile, source: Source, outlines: Mapping[str, UnitOutline]
) -> Iterator[Finding]:
    """Yield links from or to what the content does not hold, and links from criteria about doing."""

    def finding(place: Place, rule: str, message: str) -> Finding:
        return Finding(source.file, source.line(place), rule, message)

    for index, entry in enumerate(file.units):
        unit = outlines.get(entry.unit)
        if unit is None:
            yield finding(("units", index), "unknown-unit", f"There is no unit {entry.unit}.")
            continue
        for place, link in enumerate(entry.criteria):
            at: Place = ("units", index, "criteria", place)
            criterion = unit.by_code.get(link.code)
            if criterion is None:
                yield finding(at, "unknown-criterion", f"{entry.unit} has no criterion {link.code}.")
            elif criterion.kind is not OutcomeKind.KNOWLEDGE and criterion.verb not in KNOWING_VERBS:
                yield finding(
                    at, "not-knowledge", f"{entry.unit} {link.code} asks for doing, which notes cannot teach."
                )
            elif criterion.kind is not OutcomeKind.KNOWLEDGE and link.how == "same":
                yield finding(
                    at,
                    "not-knowledge",
                    f"{entry.unit} {link.code} asks for doing: notes can teach it in part only.",
                )
            for target in link.to:
                ref = named_ref(target)
                taught = outlines.get(ref.unit)
                if taught is None or not taught.taught or ref.code not in taught.by_code:
                    yield finding(at, "unknown-criterion", f"“{target}” is no criterion that is taught here.")
    for index, pair in enumerate(file.same_standard):
        for reference in (pair.unit, pair.same_as):
            if reference not in outlines:
                yield finding(("same_standard", index), "unknown-unit", f"There is no unit {reference}.")


def _label(label: str, what: str, source: Source, place: Place) -> Iterator[Finding]:
    words = len(label.replace("/", " ").split())
    if words > _LONGEST_LABEL:
        message = f"The label of {what} has {words} words; {_LONGEST_LABEL} is the most."
        yield Finding(source.file, source.line(place), "long-label", message)


def _known_place(name: str, outlines: Mapping[str, UnitOutline]) -> bool:
    unit, _, code = name.rpartition(" ")
    outline = outlines.get(unit)
    if outline is None:
        return False
    return code in outline.by_code or code in {str(outcome.number) for outcome in outline.outcomes}
