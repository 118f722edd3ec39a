"""Ways to finish a plan: how many there are, exactly, and which needs the fewest hours, provably."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from quiz.errors import NoPlan
from quiz.syllabus.combination import Limit, UnitFacts, check_plan, limits_of
from quiz.syllabus.qualification import Qualification

_State = tuple[int, ...]


@dataclass(frozen=True)
class Suggestion:
    """A valid choice that holds everything chosen so far and needs the fewest guided learning hours."""

    units: tuple[str, ...]
    added: tuple[str, ...]
    """What comes on top of the chosen and the mandatory units."""
    hours: int
    cautions: tuple[str, ...] = ()
    """What to know where the choice is valid under one reading of the documents only."""


def count_plans(
    qualification: Qualification, facts: Mapping[str, UnitFacts], chosen: Collection[str]
) -> int | None:
    """Return how many valid choices hold all the chosen units; None where there are no rules.

    Exact, by dynamic programming over the units: what has been summed so far under each limit is
    capped where more makes no difference and dropped once no later unit touches the limit. Units
    alike under every limit are taken together, with the number of ways to pick k of them.

    Raises:
        NotInQualification: a chosen unit is not one of the qualification's.
    """
    if not qualification.has_rules:
        return None
    held = check_plan(qualification, facts, chosen).units
    free = [entry.unit for entry in qualification.units if entry.unit not in held]
    limits = [limit for limit in limits_of(qualification, facts) if _can_bind(limit, held, free)]
    kinds = Counter(tuple(limit.weights.get(unit, 0) for limit in limits) for unit in free)
    # Limits that few kinds of unit touch are finished first, so that the states stay few.
    touched = [sum(1 for kind in kinds if kind[at]) for at in range(len(limits))]
    order = sorted(kinds, key=lambda kind: sorted(touched[at] for at, weight in enumerate(kind) if weight))
    last = [
        max((place for place, kind in enumerate(order) if kind[at]), default=-1) for at in range(len(limits))
    ]
    caps = [_cap(limit) for limit in limits]
    states: dict[_State, int] = {
        tuple(min(limit.sum(held), cap) for limit, cap in zip(limits, caps, strict=True)): 1
    }
    states = _finished(states, [at for at, place in enumerate(last) if place == -1], limits)
    for place, kind in enumerate(order):
        states = _step(states, kind, kinds[kind], limits, caps)
        states = _finished(states, [at for at, end in enumerate(last) if end == place], limits)
    return sum(states.values())  # fmt: skip


def suggest(
    qualification: Qualification, facts: Mapping[str, UnitFacts], chosen: Collection[str]
) -> Suggestion:
    """Return the valid choice that holds all the chosen units and has the fewest hours.

    Among those with the fewest hours it is one with the fewest units. Solved to proven optimality
    by HiGHS (`scipy.optimize.milp`), with no gap allowed.

    Raises:
        NotInQualification: a chosen unit is not one of the qualification's.
        NoPlan: the document states no rules, or no valid choice holds all the chosen units.
    """
    # Slow to import and rarely needed.
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not qualification.has_rules:
        raise NoPlan(
            f"The document states no rules for “{qualification.title}”, so nothing can be suggested."
        )
    check = check_plan(qualification, facts, chosen)
    units = [entry.unit for entry in qualification.units]
    held = [float(unit in check.units) for unit in units]
    limits = limits_of(qualification, facts)
    # An hour outweighs any number of units.
    cost = [(facts[unit].glh or 0) * (len(units) + 1) + 1 for unit in units]
    rows = np.array([[limit.weights.get(unit, 0) for unit in units] for limit in limits], dtype=float)
    least = [-np.inf if limit.least is None else limit.least for limit in limits]
    most = [np.inf if limit.most is None else limit.most for limit in limits]
    result = milp(
        np.array(cost, dtype=float),
        integrality=np.ones(len(units)),
        bounds=Bounds(np.array(held), np.ones(len(units))),
        constraints=LinearConstraint(rows, least, most),
        options={"mip_rel_gap": 0.0},
    )
    if result.status != 0:
        reasons = " ".join(rule.sentence for rule in check.conflicts)
        raise NoPlan(
            f"No valid plan holds all of the ticked units. {reasons or 'Take one away and try again.'}".strip()
        )
    picked = tuple(unit for unit, share in zip(units, result.x, strict=True) if share > 0.5)
    added = tuple(unit for unit in picked if unit not in check.units)
    hours = sum(facts[unit].glh or 0 for unit in picked)
    return Suggestion(picked, added, hours, check_plan(qualification, facts, picked).cautions)


def _can_bind(limit: Limit, held: Sequence[str], free: Sequence[str]) -> bool:
    """Return whether the limit is not kept anyway, whatever is added to what is held."""
    value = limit.sum(held)
    kept_below = limit.least is None or value >= limit.least
    kept_above = limit.most is None or value + limit.sum(free) <= limit.most
    return not (kept_below and kept_above)


def _cap(limit: Limit) -> int:
    """Return the sum from which more makes no difference; one over the most is too much already."""
    return limit.most + 1 if limit.most is not None else limit.least or 0


def _step(
    states: Mapping[_State, int], kind: _State, units: int, limits: Sequence[Limit], caps: Sequence[int]
) -> dict[_State, int]:
    """Return the states after taking any number of the units of one kind."""
    found: dict[_State, int] = defaultdict(int)
    ways = [comb(units, taken) for taken in range(units + 1)]
    mosts = [limit.most if limit.most is not None else None for limit in limits]
    for state, number in states.items():
        for taken in range(units + 1):
            after = tuple(
                [
                    cap if (total := value + taken * weight) > cap else total
                    for value, weight, cap in zip(state, kind, caps, strict=True)
                ]
            )
            if any(most is not None and value > most for value, most in zip(after, mosts, strict=True)):
                break
            found[after] += number * ways[taken]
    return found


def _finished(
    states: Mapping[_State, int], ends: Sequence[int], limits: Sequence[Limit]
) -> dict[_State, int]:
    """Return the states that keep the limits no later unit touches, with those sums forgotten."""
    if not ends:
        return dict(states)
    found: dict[_State, int] = defaultdict(int)
    for state, number in states.items():
        kept = all(
            (limits[at].least is None or state[at] >= (limits[at].least or 0))
            and (limits[at].most is None or state[at] <= (limits[at].most or 0))
            for at in ends
        )
        if kept:
            found[tuple([0 if at in ends else value for at, value in enumerate(state)])] += number
    return found
