"""A qualification as its document states it: dates, groups, rules of combination, its own numbering."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from quiz.syllabus.entry import Entry, IsoDate, Slug, Text, UnitKey
from quiz.wording import count, day_of


class GroupRule(Entry):
    """The least and most units and credits of a group; null where nothing is stated."""

    min_units: StrictInt | None = None
    max_units: StrictInt | None = None
    min_credits: StrictInt | None = None
    max_credits: StrictInt | None = None


class Group(Entry):
    """A group of units, or a group made of other groups (`parts`)."""

    name: Text
    title: Text
    rule: GroupRule = GroupRule()
    units: tuple[UnitKey, ...] = ()
    parts: tuple[Text, ...] = ()


class TotalCredits(Entry):
    """At least so many credits in all."""

    kind: Literal["total_credits"]
    credits: StrictInt = Field(gt=0)


class CreditsAtLevel(Entry):
    """At least so many credits from units of a level, of exactly that level."""

    kind: Literal["credits_at_level"]
    level: StrictInt
    credits: StrictInt = Field(gt=0)
    note: Text | None = None


class FurtherCredits(Entry):
    """At least so many credits from some groups beyond the least that each of them asks for."""

    kind: Literal["further_credits"]
    credits: StrictInt = Field(gt=0)
    groups: tuple[Text, ...] = Field(min_length=1)


class BarredPair(Entry):
    """Two units of which at most one may be taken."""

    kind: Literal["barred_pair"]
    units: tuple[UnitKey, UnitKey]


CombinationRule = Annotated[
    TotalCredits | CreditsAtLevel | FurtherCredits | BarredPair, Field(discriminator="kind")
]


class Registration(Entry):
    """Whether anybody can still register, and since when not; `not_known` where no document says."""

    status: Literal["closed", "not_known"]
    on: IsoDate | None = None
    certificates_until: IsoDate | None = None


class DatedFact(Entry):
    """A date that the document states."""

    what: Text
    on: IsoDate


class QualificationUnit(Entry):
    """A unit's place in a qualification, with the number printed there; null where none is printed."""

    unit: UnitKey
    number: Text | None


class Qualification(Entry):
    """A qualification as its document states it; null where the document is silent."""

    key: Slug
    title: Text
    short: Text
    body: Text
    number: Text | None
    level: StrictInt
    scqf_level: StrictInt | None = None
    min_credit: StrictInt | None
    glh: StrictInt | None
    glh_max: StrictInt | None = None
    tqt: StrictInt | None
    registration: Registration
    dates: tuple[DatedFact, ...] = ()
    dates_note: Text
    facts: tuple[Text, ...] = ()
    portfolio_only: StrictBool = False
    """Whether every unit is assessed by portfolio, also one that another qualification tests on screen."""
    groups: tuple[Group, ...]
    rules: tuple[CombinationRule, ...] = ()
    units: tuple[QualificationUnit, ...]

    @property
    def registered_until(self) -> str:
        """Say in a line whether anybody can still register."""
        if self.registration.status == "not_known":
            return "No closing date known"
        return (
            f"Registration closed on {day_of(self.registration.on)}"
            if self.registration.on
            else "Registration closed"
        )

    @property
    def line(self) -> str:
        """Return its awarding body, how many units it has, and whether anybody can still register."""
        return f"{self.body}, {count(len(self.units), 'unit')}. {self.registered_until}"

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Map each unit's reference to this qualification's own number for it, where it has one."""
        return {entry.unit: entry.number for entry in self.units if entry.number is not None}

    @cached_property
    def members(self) -> frozenset[str]:
        """Return the references of its units."""
        return frozenset(entry.unit for entry in self.units)

    @cached_property
    def by_group(self) -> dict[str, Group]:
        """Map names to groups."""
        return {group.name: group for group in self.groups}

    def units_of(self, group: Group) -> tuple[str, ...]:
        """Return the units of a group and of its parts, each once, in the order printed."""
        found = [*group.units]
        for part in group.parts:
            found.extend(self.units_of(self.by_group[part]))
        return tuple(dict.fromkeys(found))

    @cached_property
    def mandatory(self) -> tuple[str, ...]:
        """Return the units of every group that asks for all of its units."""
        return tuple(
            unit
            for group in self.groups
            for unit in self.units_of(group)
            if group.rule.min_units is not None and group.rule.min_units == len(self.units_of(group))
        )

    @cached_property
    def printed_groups(self) -> tuple[Group, ...]:
        """Return the groups that list units themselves: each unit stands in exactly one of them."""
        return tuple(group for group in self.groups if group.units)

    @property
    def has_rules(self) -> bool:
        """Return whether the document says which units make the qualification up."""
        return bool(self.rules)
