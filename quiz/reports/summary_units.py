"""A unit of a progress summary in the words, figures and places that its page is drawn from.

Everything here is plain JSON: text as it is printed, and numbers from 0 to 1 as shares of a width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quiz.portfolio import Standing
from quiz.progress import OutcomeReadiness, Readiness, State
from quiz.reports.summary import (
    UNKNOWN_STATES,
    CriterionSummary,
    SessionSummary,
    UnitSummary,
)
from quiz.syllabus import CriterionRef
from quiz.wording import count, day, listed_words, sentence, without_controls

Json = dict[str, Any]
STATES = (State.SECURE, State.LEARNING, State.SLIPPING, State.NOT_ENOUGH, State.NOT_STARTED)
"""The states in the order in which they are drawn and listed."""
MOST_TESTS = 8
"""How many tests of a unit are listed; earlier ones are counted."""
FEW_TESTS = 4
"""The same where some units are told in short."""
_STANDINGS = (Standing.CONFIRMED, Standing.READY, Standing.GATHERING)
_SHORT_STANDINGS = {
    Standing.CONFIRMED: "confirmed",
    Standing.READY: "ready for the assessor",
    Standing.GATHERING: "gathering",
}


def text(value: str) -> str:
    """Return text on one line, without signs that no font has."""
    return " ".join(without_controls(value).split())


def percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return f"{share:.0%}"


def span(low: float, high: float) -> str:
    """Return a range of shares, as in “64% to 94%”."""
    return f"{low:.0%} to {high:.0%}"


def has_entries(entry: CriterionSummary) -> bool:
    """Return whether anything is entered about a criterion's portfolio."""
    return entry.portfolio.status.standing is not Standing.NOTHING or entry.portfolio.pieces > 0


def portfolio_words(criteria: Iterable[CriterionSummary]) -> str:
    """Return how many criteria stand where, as in “4 confirmed, 3 gathering”; else “nothing yet”."""
    counts = Counter(entry.portfolio.status.standing for entry in criteria)
    return ", ".join(
        f"{counts[standing]} {_SHORT_STANDINGS[standing]}" for standing in _STANDINGS if counts[standing]
    ) or Standing.NOTHING.value  # fmt: skip


def state_counts(unit: UnitSummary) -> list[tuple[State, int]]:
    """Return the states that criteria of a unit are in, with how many each."""
    return [(state, unit.count(state)) for state in STATES if unit.count(state)]


def unit_part(
    unit: UnitSummary,
    tests: Sequence[SessionSummary],
    numbers: Mapping[str, str],
    most_tests: int = MOST_TESTS,
) -> Json:
    """Return what a unit's section says; `numbers` names the units that criteria are linked to.

    A unit that was practised has a line for each criterion. One with portfolio entries only has a
    line for each entry, and the other criteria are named in one sentence.
    """
    practised = _is_practised(unit, tests)
    shown = unit.criteria if practised else tuple(entry for entry in unit.criteria if has_entries(entry))
    left = [entry.ref.code for entry in unit.criteria if entry not in shown]
    return {
        "name": text(unit.name),
        "facts": _facts(unit),
        "bar": _state_bar(unit) if practised else None,
        "practised": practised,
        "outcomes": [
            {
                "title": text(f"{outcome.number} {sentence(outcome.label)}"),
                "criteria": [_criterion(entry, numbers) for entry in outcome.criteria if entry in shown],
            }
            for outcome in unit.outcomes
            if any(entry in shown for entry in outcome.criteria)
        ],
        "left": f"Nothing entered for {listed_words(left)}." if left else "",
        "confirmed": _confirmed(shown),
        "readiness": _readiness(unit, unit.readiness) if practised and unit.readiness is not None else None,
        "tests": {"title": f"{sentence(unit.paper)} results by outcome", **results_part(tests, most_tests)}
        if tests
        else None,
    }


def _confirmed(criteria: Sequence[CriterionSummary]) -> str:
    """Return who confirmed which criteria when, in one line; nothing where none is confirmed."""
    codes: dict[str, list[str]] = {}
    for entry in criteria:
        if entry.portfolio.status.standing is Standing.CONFIRMED:
            codes.setdefault(text(entry.portfolio.status.words), []).append(entry.ref.code)
    return "; ".join(f"{listed_words(named)} {words}" for words, named in codes.items())


def _is_practised(unit: UnitSummary, tests: Sequence[SessionSummary]) -> bool:
    return unit.progress is not None and (unit.answers > 0 or bool(tests))


def _codes(unit: UnitSummary, state: State) -> str:
    """Return the criteria in a state, each with its answers in brackets where it has some: “1.1 (6), 1.4”."""
    found = [e for e in unit.criteria if e.mastery is not None and e.mastery.state is state]
    return ", ".join(
        f"{e.ref.code}\N{NO-BREAK SPACE}({e.mastery.answers})"
        if e.mastery is not None and e.mastery.answers
        else e.ref.code
        for e in found
    )


def _portfolio_codes(unit: UnitSummary) -> str:
    parts: list[str] = []
    for standing in _STANDINGS:
        codes = [e.ref.code for e in unit.criteria if e.portfolio.status.standing is standing]
        if codes:
            parts.append(f"{_SHORT_STANDINGS[standing]} {listed_words(codes)}")
    return "; ".join(parts) or Standing.NOTHING.value


def short_part(unit: UnitSummary, tests: Sequence[SessionSummary]) -> Json:
    """Return what a unit's section says in short: each criterion by code, under its state, with its answers.

    The rest is a sentence each: readiness, the last test, what the portfolio holds.
    """
    practised = _is_practised(unit, tests)
    said: list[tuple[str, str]] = []
    if practised and unit.readiness is not None:
        ready = unit.readiness
        said.append((_ready_title(unit), f"{_ready_words(ready)}. {_ready_why(unit, ready)}"))
    if practised:
        named = "; ".join(f"{state.value} {_codes(unit, state)}" for state, _ in state_counts(unit))
        said.append(("Criteria (answers)", f"{named}."))
    if tests:
        last = tests[-1]
        report = last.report
        assert report is not None  # of `Summary.tests`, which are those with a report
        title = sentence(f"{unit.paper}s")
        when = f"the last on {day(last.finished_at or last.last_at)}"
        right = f"{report.right} of {report.total} right ({report.pass_mark} needed), {last.result}"
        said.append((title, f"{len(tests)}, {when}: {right}."))
    said.append(("Portfolio (as entered by the learner)", f"{_portfolio_codes(unit)}."))
    return {
        "name": text(unit.name),
        "bar": _state_bar(unit) if practised else None,
        "short": [{"term": term, "words": words} for term, words in said],
    }


def results_line(unit: UnitSummary | None, test: SessionSummary) -> Json:
    """Return a finished test as the line of a table over all units: when, of which unit, with what result."""
    report = test.report
    assert report is not None  # of `Summary.tests`, which are those with a report
    short = [f"{outcome.number}" for outcome in report.outcomes if not outcome.passed]
    return {
        "day": day(test.finished_at or test.last_at),
        "unit": text(unit.name if unit is not None else test.unit_title),
        "title": text(test.title),
        "right": f"{report.right} of {report.total} ({report.pass_mark})",
        "result": test.result,
        "passed": report.passed,
        "short": listed_words(short) if short else "none",
    }


def results_part(tests: Sequence[SessionSummary], most: int = MOST_TESTS, of_units: bool = False) -> Json:
    """Return the last `most` of some finished tests, outcome by outcome, and a word on earlier ones.

    A test is named where not all have one name; with `of_units` its name begins with its unit's.
    `name` is the one name of all, else nothing.
    """
    shown, earlier = tests[-most:], tests[:-most]
    numbers = sorted({o.number for test in shown if test.report is not None for o in test.report.outcomes})
    passed = sum(test.result == "passed" for test in earlier)
    names = [text(f"{test.unit_title}: {test.title}" if of_units else test.title) for test in shown]
    return {
        "outcomes": numbers,
        "rows": [_test(test, name, numbers) for test, name in zip(shown, names, strict=True)],
        "name": names[0] if len(set(names)) == 1 else "",
        "earlier": f"Before these: {count(len(earlier), 'test')}, {passed} passed." if earlier else "",
    }


def _facts(unit: UnitSummary) -> str:
    known = [f"Unit reference {text(unit.key)}"]
    if unit.level is not None:
        known.append(f"level {unit.level}")
    if unit.credit is not None:
        known.append(count(unit.credit, "credit"))
    known.append(count(len(unit.criteria), "criterion", "criteria"))
    return sentence(" · ".join(known))


def _state_bar(unit: UnitSummary) -> Json:
    parts = state_counts(unit)
    return {
        "parts": [{"state": state.value, "count": number} for state, number in parts],
        "alt": "Bar of the unit's criteria by state: "
        + ", ".join(f"{number} {state.value}" for state, number in parts)
        + ".",
    }


def _criterion(entry: CriterionSummary, numbers: Mapping[str, str]) -> Json:
    mastery = entry.mastery
    known = mastery is not None and mastery.state not in UNKNOWN_STATES
    return {
        "code": entry.ref.code,
        "title": text(entry.title),
        "answers": _answers(entry),
        "estimate": f"{percent(mastery.mean)} ({span(mastery.low, mastery.high)})"
        if mastery and known
        else "",
        "bar": {"mean": mastery.mean, "low": mastery.low, "high": mastery.high}
        if mastery and known
        else None,
        "state": entry.state_words,
        "shape": mastery.state.value if mastery is not None else "",
        "links": _links(entry.linked_from, numbers),
        "portfolio": _SHORT_STANDINGS.get(entry.portfolio.status.standing, Standing.NOTHING.value),
        "confirmed": entry.portfolio.status.standing is Standing.CONFIRMED,
        "pieces": _pieces(entry),
    }


def _answers(entry: CriterionSummary) -> str:
    if entry.mastery is None:
        return f"{entry.linked_answers} there" if entry.linked_answers else "0"
    if not entry.mastery.answers:
        return "0"
    return f"{entry.mastery.answers} ({entry.mastery.days})"


def _pieces(entry: CriterionSummary) -> str:
    drafts = f" ({entry.portfolio.drafts})" if entry.portfolio.drafts else ""
    return f"{entry.portfolio.pieces}{drafts}"


def _links(refs: Sequence[CriterionRef], numbers: Mapping[str, str]) -> str:
    by_unit: dict[str, list[str]] = {}
    for ref in refs:
        by_unit.setdefault(ref.unit, []).append(ref.code)
    return "; ".join(f"{numbers.get(unit, unit)}: {', '.join(codes)}" for unit, codes in by_unit.items())


def _ready_title(unit: UnitSummary) -> str:
    return f"Readiness for {'the' if unit.has_test else 'a'} {unit.paper}"


def _ready_words(readiness: Readiness) -> str:
    if readiness.chance is None or readiness.low is None or readiness.high is None:
        return "not enough answers yet"
    return f"{percent(readiness.chance)}, range {span(readiness.low, readiness.high)}"


def _ready_why(unit: UnitSummary, readiness: Readiness) -> str:
    if readiness.chance is not None or not readiness.waiting:
        return f"{unit.pass_words}."
    waiting = [str(number) for number in readiness.waiting]
    noun, has = ("Outcome", "has") if len(waiting) == 1 else ("Outcomes", "have")
    return f"{noun} {listed_words(waiting)} {has} too few answers. {unit.pass_words}."


def _readiness(unit: UnitSummary, readiness: Readiness) -> Json:
    return {
        "title": _ready_title(unit),
        "words": _ready_words(readiness),
        "why": _ready_why(unit, readiness),
        "rows": [_ready_outcome(outcome) for outcome in readiness.outcomes],
    }


def _ready_outcome(outcome: OutcomeReadiness) -> Json:
    known = outcome.likely is not None and outcome.low is not None and outcome.high is not None
    return {
        "title": text(f"{outcome.number} {sentence(outcome.label)}"),
        "answers": str(outcome.answers),
        "needed": f"{outcome.needed} of {outcome.criteria}",
        "likely": outcome.words,
        "chance": percent(outcome.chance) if outcome.chance is not None else "",
        "bar": {
            "likely": outcome.likely,
            "low": outcome.low,
            "high": outcome.high,
            "needed": outcome.needed,
            "criteria": outcome.criteria,
        }
        if known
        else None,
    }


def _test(test: SessionSummary, name: str, numbers: Sequence[int]) -> Json:
    report = test.report
    assert report is not None  # of `Summary.tests`, which are those with a report
    by_number = {outcome.number: outcome for outcome in report.outcomes}
    cells = [
        {
            "words": f"{by_number[number].shown} of {len(by_number[number].criteria)}",
            "short": not by_number[number].passed,
        }
        if number in by_number
        else {"words": "not asked", "short": False}
        for number in numbers
    ]
    return {
        "day": day(test.finished_at or test.last_at),
        "title": name,
        "right": f"{report.right} of {report.total}",
        "needed": str(report.pass_mark),
        "result": test.result,
        "passed": report.passed,
        "outcomes": cells,
    }
