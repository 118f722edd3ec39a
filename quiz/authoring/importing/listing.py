"""What was found in a document, for a person: a line a unit, then everything to settle."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.authoring.importing.specification import SURE, Specification, SpecUnit
from quiz.wording import count

_LONGEST = 110


def listing(specification: Specification) -> str:
    """Return a summary to read: totals, units with their counts, and what a person has to settle."""
    return "\n".join(_lines(specification))


def _lines(specification: Specification) -> Iterator[str]:
    units = specification.units
    outcomes = sum(len(unit.outcomes) for unit in units)
    unsure = sum(criterion.confidence < SURE for unit in units for criterion in unit.criteria)
    yield (
        f"{count(len(units), 'unit')}, {count(outcomes, 'outcome')}, "
        f"{count(specification.criteria_count, 'criterion', 'criteria')}; "
        f"{unsure} of the criteria and {count(len(specification.unsure), 'place')} in all to settle."
    )
    yield ""
    for unit in units:
        yield _unit_line(unit)
    if specification.unsure:
        yield ""
        yield "To settle (line: what is in doubt; readings):"
        for doubt in specification.unsure:
            yield f"{doubt.line}: {doubt.what}"
            for candidate in doubt.candidates:
                yield f"      {candidate if len(candidate) <= _LONGEST else candidate[: _LONGEST - 1] + '…'}"


def _unit_line(unit: SpecUnit) -> str:
    facts = [f"level {unit.level or '?'}", f"{unit.credit or '?'} credits", f"{unit.glh or '?'} hours"]
    facts += [count(len(unit.outcomes), "outcome"), count(len(unit.criteria), "criterion", "criteria")]
    if topics := sum(len(content.topics) for content in unit.content):
        facts.append(count(topics, "topic"))
    return f"{unit.number or '?':>7}  {unit.key or '?':<11} {unit.title or '(no title)'}: {', '.join(facts)}"
