"""Rules of combination: which units make a qualification up, and what a choice of units lacks.

Every rule is a limit on a weighted count of units, so that one small evaluator, the counting of valid
choices and the search for the shortest one all read the same rules. Levels are read literally (“at
level 2” is level 2 and no other) and maxima strictly (a choice over a maximum is not valid).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from quiz.errors import NotInQualification
from quiz.syllabus.qualification import (
    BarredPair,
    CreditsAtLevel,
    FurtherCredits,
    Qualification,
    TotalCredits,
)
from quiz.wording import count, listed_words

LimitKind = Literal[
    "total_credits", "credits_at_level", "group_credits", "group_units", "further_credits", "barred_pair"
]  # fmt: skip


NO_RULES = "The document gives no credits or rules, so the choice cannot be checked."


class UnitFacts(Protocol):
    """What the rules need to know of a unit."""

    @property
    def title(self) -> str: ...  # noqa: D102  # what it is stands in its name
    @property
    def level(self) -> int | None: ...  # noqa: D102
    @property
    def credit(self) -> int | None: ...  # noqa: D102
    @property
    def glh(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True)
class Limit:
    """The least and most that the weights of the chosen units may sum to; None where there is no bound."""

    kind: LimitKind
    weights: Mapping[str, int]
    least: int | None
    most: int | None
    about: str = ""
    """A group's title, or the level."""
    note: str = ""

    def sum(self, chosen: Collection[str]) -> int:
        """Return the weighted count of the chosen units."""
        return sum(self.weights.get(unit, 0) for unit in chosen)


@dataclass(frozen=True)
class BrokenRule:
    """A rule that a choice of units does not keep, as one sentence.

    A rule is `missing` something when more units can mend it, and a `conflict` when one has to go.
    """

    kind: LimitKind
    side: Literal["missing", "conflict"]
    sentence: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class PlanCheck:
    """What a choice of units comes to; where the document states no rules, the sums are not known.

    `valid`, `credits` and `hours` are None then, and the credits by level and by group are empty.
    """

    units: tuple[str, ...]
    added: tuple[str, ...]
    """Mandatory units that were not chosen and are in all the same."""
    valid: bool | None
    credits: int | None
    credits_by_level: Mapping[int, int]
    credits_by_group: Mapping[str, int]
    hours: int | None
    broken: tuple[BrokenRule, ...]
    cautions: tuple[str, ...]

    @property
    def missing(self) -> tuple[BrokenRule, ...]:
        """Return the rules that more units can mend."""
        return tuple(rule for rule in self.broken if rule.side == "missing")

    @property
    def conflicts(self) -> tuple[BrokenRule, ...]:
        """Return the rules that only taking a unit away can mend."""
        return tuple(rule for rule in self.broken if rule.side == "conflict")


def limits_of(qualification: Qualification, facts: Mapping[str, UnitFacts]) -> tuple[Limit, ...]:
    """Return every rule of a qualification as a limit, in the order of the document."""
    credit = {unit.unit: facts[unit.unit].credit or 0 for unit in qualification.units}
    return (*_group_limits(qualification, credit), *_other_limits(qualification, facts, credit))


def check_plan(
    qualification: Qualification, facts: Mapping[str, UnitFacts], chosen: Collection[str]
) -> PlanCheck:
    """Return what a choice comes to; mandatory units are in whether they are chosen or not.

    Raises:
        NotInQualification: a chosen unit is not one of the qualification's.
    """
    foreign = [unit for unit in chosen if unit not in qualification.members]
    if foreign:
        raise NotInQualification(
            f"{listed_words(foreign)} {'is' if len(foreign) == 1 else 'are'} not in “{qualification.title}”. "
            "Choose units that it lists."
        )
    added = tuple(unit for unit in qualification.mandatory if unit not in chosen)
    inside = {*chosen, *added}
    units = tuple(entry.unit for entry in qualification.units if entry.unit in inside)
    broken = _broken(qualification, facts, units)
    return PlanCheck(
        units=units,
        added=added,
        valid=not broken if qualification.has_rules else None,
        credits=_total(facts[unit].credit for unit in units) if qualification.has_rules else None,
        credits_by_level=_by_level(facts, units),
        credits_by_group={
            group.name: sum(facts[unit].credit or 0 for unit in qualification.units_of(group) if unit in inside)
            for group in qualification.groups
            if qualification.has_rules
        },
        hours=_total(facts[unit].glh for unit in units) if qualification.has_rules else None,
        broken=broken,
        cautions=tuple(_cautions(qualification, facts, units, not broken)),
    )  # fmt: skip


def unit_name(qualification: Qualification, facts: Mapping[str, UnitFacts], unit: str) -> str:
    """Return the number the qualification gives a unit, else its title and reference."""
    return qualification.numbers.get(unit) or f"“{facts[unit].title}” ({unit})"


def _group_limits(qualification: Qualification, credit: Mapping[str, int]) -> Iterator[Limit]:
    for group in qualification.groups:
        units, rule = qualification.units_of(group), group.rule
        if rule.min_units is not None and rule.min_units == len(units):
            continue  # mandatory: its units are always in, so nothing of it can be broken
        if rule.min_credits or rule.max_credits is not None:
            weights = {unit: credit[unit] for unit in units}
            yield Limit("group_credits", weights, rule.min_credits, rule.max_credits, group.title)
        if rule.min_units or rule.max_units is not None:
            yield Limit("group_units", dict.fromkeys(units, 1), rule.min_units, rule.max_units, group.title)


def _other_limits(
    qualification: Qualification, facts: Mapping[str, UnitFacts], credit: Mapping[str, int]
) -> Iterator[Limit]:
    for rule in qualification.rules:
        match rule:
            case TotalCredits():
                yield Limit("total_credits", credit, rule.credits, None)
            case CreditsAtLevel():
                weights = {unit: value for unit, value in credit.items() if facts[unit].level == rule.level}
                yield Limit("credits_at_level", weights, rule.credits, None, str(rule.level), rule.note or "")
            case FurtherCredits():
                groups = [qualification.by_group[name] for name in rule.groups]
                inside = {unit for group in groups for unit in qualification.units_of(group)}
                least = rule.credits + sum(group.rule.min_credits or 0 for group in groups)
                yield Limit(
                    "further_credits", {unit: credit[unit] for unit in inside}, least, None,
                    listed_words([group.title for group in groups]),
                )  # fmt: skip
            case BarredPair():
                yield Limit("barred_pair", dict.fromkeys(rule.units, 1), None, 1)


def _broken(
    qualification: Qualification, facts: Mapping[str, UnitFacts], units: Collection[str]
) -> tuple[BrokenRule, ...]:
    found: list[BrokenRule] = []
    for limit in limits_of(qualification, facts):
        value = limit.sum(units)
        chosen = tuple(unit for unit in units if unit in limit.weights)
        names = [unit_name(qualification, facts, unit) for unit in chosen]
        if limit.least is not None and value < limit.least:
            found.append(BrokenRule(limit.kind, "missing", _too_little(limit, value, names), chosen))
        elif limit.most is not None and value > limit.most:
            found.append(BrokenRule(limit.kind, "conflict", _too_much(limit, value, names), chosen))
    # A document may bar a pair and also limit the group of the two: that is said once.
    pairs = {rule.units for rule in found if rule.kind == "barred_pair"}
    return tuple(rule for rule in found if rule.kind != "group_units" or rule.units not in pairs)


def _too_little(limit: Limit, value: int, names: list[str]) -> str:
    short = (limit.least or 0) - value
    chosen = f" ({_units(names)})" if names else ""
    match limit.kind:
        case "total_credits":
            return (
                f"At least {limit.least} credits are needed in all; {value} are chosen, {short} more to go."
            )
        case "credits_at_level":
            return (
                f"At least {limit.least} credits have to come from units of level {limit.about}, that level exactly; "
                f"{value} do{chosen}, {short} more to go.{' ' + limit.note if limit.note else ''}"
            )
        case "further_credits":
            return f"{limit.about} together need at least {limit.least} credits; {value} are chosen, {short} more to go."
        case "group_units":
            return f"{limit.about} needs at least {count(limit.least or 0, 'unit')}; {value} chosen{chosen}."
        case _:
            return (
                f"{limit.about} needs at least {count(limit.least or 0, 'credit')}; {value} chosen{chosen}, "
                f"{short} more to go."
            )


def _too_much(limit: Limit, value: int, names: list[str]) -> str:
    match limit.kind:
        case "barred_pair":
            return f"{names[0]} and {names[1]} cannot be taken together."
        case "group_units":
            return (
                f"{limit.about} allows at most {count(limit.most or 0, 'unit')}; "
                f"{len(names)} are chosen ({_units(names)})."
            )
        case _:
            return (
                f"{limit.about} allows at most {count(limit.most or 0, 'credit')}, read strictly; "
                f"{_units(names)} make {value}."
            )


def _units(names: list[str]) -> str:
    return f"{'unit' if len(names) == 1 else 'units'} {listed_words(names)}"


def _total(values: Iterator[int | None]) -> int | None:
    known = list(values)
    return None if any(value is None for value in known) else sum(value or 0 for value in known)


def _by_level(facts: Mapping[str, UnitFacts], units: Collection[str]) -> dict[int, int]:
    levels = sorted({level for unit in units if (level := facts[unit].level) is not None})
    return {
        level: sum(facts[unit].credit or 0 for unit in units if facts[unit].level == level)
        for level in levels
    }


@dataclass(frozen=True)
class _Facts:
    """A unit's figures with one of them read otherwise."""

    title: str
    level: int | None
    credit: int | None
    glh: int | None


def _cautions(
    qualification: Qualification, facts: Mapping[str, UnitFacts], units: Collection[str], valid: bool
) -> Iterator[str]:
    """Yield what to know where the answer hangs on a figure that the documents do not settle."""
    if not qualification.has_rules:
        yield NO_RULES
        return
    for unit in units:
        doubt = getattr(facts[unit], "doubt", None)
        if doubt is None:
            continue
        known = facts[unit]
        other = {**facts, unit: _Facts(known.title, known.level, doubt.value, known.glh)}
        valid_otherwise = not _broken(qualification, other, units)
        if valid_otherwise is not valid:
            yield (
                f"The answer depends on the credits of unit {unit_name(qualification, facts, unit)}: "
                f"{known.credit} on its own page, {doubt.value} in {doubt.where}. Ask your centre which counts."
            )
