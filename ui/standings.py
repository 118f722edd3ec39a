"""What practice shows and what the portfolio holds, for the units of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from models import Learner, select_facility, select_portfolio, select_sums
from quiz.portfolio import Portfolio, UnitStanding, side_by_side
from quiz.syllabus import UnitOutline
from ui import store


def portfolio_of(learner: Learner) -> Portfolio:
    """Return all that the learner has entered about evidence."""
    with store.database().read() as session:
        return select_portfolio(session=session, learner=learner.id)


def standings(learner: Learner, units: Sequence[UnitOutline], portfolio: Portfolio) -> list[UnitStanding]:
    """Return the four facts about each criterion of some units."""
    pack = store.bank().pack
    needed = {link.ref.unit for unit in units for c in unit.criteria for link in pack.teaching(c.ref)}
    with store.database().read() as session:
        sums = select_sums(session=session, learner=learner.id)
        facility = select_facility(session=session, demo=learner.demo) if sums.totals.facts else {}
    refs = [criterion.ref for key in needed & set(pack.units) for criterion in pack.units[key].criteria]
    mastery = {entry.ref: entry for entry in sums.mastery(refs, facility)}
    return [side_by_side(pack, unit, mastery, portfolio) for unit in units]
