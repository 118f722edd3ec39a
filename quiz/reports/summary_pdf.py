"""A progress summary as a PDF to print and to hand over: tagged, with bookmarks, the same bytes each time.

The words and figures are made here and in `summary_units`; `summary.typ` beside them lays out the
page. All text reaches typst as JSON, which it prints and never reads as markup.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import typst

from quiz.progress import ENOUGH_ANSWERS, State
from quiz.progress.mastery import SECURE_ANSWERS, SECURE_CHANCE, SECURE_DAYS, SECURE_RATE
from quiz.reports.plan_sheet import plan_words
from quiz.reports.summary import PlannedUnit, Summary, UnitSummary
from quiz.reports.summary_units import (
    FEW_TESTS,
    MOST_TESTS,
    Json,
    has_entries,
    percent,
    portfolio_words,
    results_line,
    results_part,
    short_part,
    span,
    text,
    unit_part,
)
from quiz.sessions.attempt import Kind
from quiz.wording import count, day, day_and_time, listed_words, sentence

TEMPLATE = Path(__file__).with_name("summary.typ")
MOST_DAYS = 120
"""A period of more days than this is drawn with a bar a week."""
MOST_PAGES = 4
"""How many pages the summary of one learner may take before fewer units are told in full."""
FULL_UNITS = (2, 1, 0)
"""How many units, those with the most answers, have a line for each criterion; the first that fits is taken.

The others are told in short.
"""
FORM_UNITS = 12
"""How many units a one-page form lists; others are counted."""
FORM_TESTS = 6
"""How many tests a one-page form lists, the last ones; earlier ones are counted."""
_KINDS = {Kind.PRACTICE: "practice", Kind.CHECK: "checks", Kind.REVIEW: "review", Kind.TEST: "tests"}
_LEAST_GAIN = 0.005  # less would be printed as “0 points higher”
_NO_GLYPH = "could not be displayed"


def summary_pdf(summary: Summary) -> bytes:
    """Return the summary as an A4 file: PDF/UA-1, in British English, dated when the summary was made.

    It has two to four pages, and one where nothing was practised. The two units with the most answers
    have a line for each criterion, or one of them, or none, whichever keeps to `MOST_PAGES`; every
    other one is told in short: its criteria by code under their states with the number of answers,
    its readiness in a line. The same summary gives
    the same bytes on every machine, but for a name in a script that the fonts inside typst lack
    (Chinese, say): it is then set in a font of this machine, and where that lacks it too, the file
    stays tagged but shows boxes for it and no longer claims PDF/UA-1.
    """
    for full in FULL_UNITS:
        made = _value([summary], _learner(summary, full))
        if full == FULL_UNITS[-1] or _pages(made) <= MOST_PAGES:
            break
    return _compiled(made, _timestamp([summary]))


def summaries_pdf(summaries: Sequence[Summary]) -> bytes:
    """Return one file with a page for each learner: at a glance, the table of units, and the last tests.

    A page lists `FORM_UNITS` units (those practised or with portfolio entries first) and `FORM_TESTS`
    tests, and counts the others; criteria are in `summary_pdf` of one learner. Every page has a
    bookmark of its own. The file is of the same kind as that of `summary_pdf`.

    Raises:
        ValueError: there is no summary.
    """
    if not summaries:
        raise ValueError("Choose at least one learner to summarise.")
    return _compiled(_value(summaries, *map(_form, summaries)), _timestamp(summaries))


def _made_at(summaries: Sequence[Summary]) -> datetime:
    return max(summary.made_at for summary in summaries).astimezone(UTC)


def _timestamp(summaries: Sequence[Summary]) -> int:
    return int(_made_at(summaries).timestamp())


def _value(summaries: Sequence[Summary], *learners: Json) -> str:
    """Return what `summary.typ` draws, as JSON."""
    made_at = _made_at(summaries)
    title = f"Progress summary: {text(summaries[0].name)}"
    if len(summaries) > 1:
        title = f"Progress summaries of {count(len(summaries), 'learner')}"
    value = {
        "title": title,
        "made": [made_at.year, made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second],
        "secure_rate": SECURE_RATE,
        "learners": learners,
    }
    return json.dumps(value)


def _pages(data: str) -> int:
    """Return how many pages the file will have."""
    found = typst.query(TEMPLATE.read_bytes(), "<pages>", field="value", one=True, sys_inputs={"data": data})
    return int(json.loads(found))


def _compiled(data: str, timestamp: int) -> bytes:
    """Return the file; PDF/UA-1 takes no sign without a glyph, so what typst's own fonts lack is sought further."""
    source = TEMPLATE.read_bytes()
    for own_fonts_only in (True, False):
        try:
            return typst.compile(
                source,
                format="pdf",
                pdf_standards="ua-1",
                sys_inputs={"data": data},
                ignore_system_fonts=own_fonts_only,
                timestamp=timestamp,
            )
        except typst.TypstError as refused:
            if _NO_GLYPH not in str(refused):
                raise
    return typst.compile(source, format="pdf", sys_inputs={"data": data}, timestamp=timestamp)


def _learner(summary: Summary, full_units: int) -> Json:
    """Return the summary of one learner with that many units told in full."""
    numbers = {unit.key: unit.number for unit in summary.units}
    tests = {unit.key: [test for test in summary.tests if test.unit == unit.key] for unit in summary.units}
    told = [unit for unit in summary.units if _is_told(unit, bool(tests[unit.key]))]
    full = {unit.key for unit in sorted(told, key=lambda unit: -unit.answers)[:full_units]}
    most_tests = FEW_TESTS if len(told) > len(full) else MOST_TESTS
    others = [test for test in summary.tests if test.unit not in tests]
    check = summary.plan.check if summary.plan is not None else None
    return {
        **_front(summary),
        "days": _days(summary),
        "plan": {
            "words": _plan_words(summary),
            "missing": [text(rule.sentence) for rule in check.broken] if check else [],
            "rows": _rows(summary, {unit.key: place for place, unit in enumerate(told)}),
        },
        "units": [
            unit_part(unit, tests[unit.key], numbers, most_tests)
            if unit.key in full
            else short_part(unit, tests[unit.key])
            for unit in told
        ],
        "others": results_part(others, of_units=True) if others else None,
        "reading": _reading(len(full), len(told)) if told else [],
    }


def _form(summary: Summary) -> Json:
    """Return what stands on the one page of a learner among many."""
    units = {unit.key: unit for unit in summary.units}
    tested = {test.unit for test in summary.tests}
    told = {key: 0 for key, unit in units.items() if _is_told(unit, key in tested)}
    rows = sorted(_rows(summary, told), key=lambda row: row["place"] is None)
    left = len(rows) - FORM_UNITS
    tests, earlier = summary.tests[-FORM_TESTS:], len(summary.tests) - FORM_TESTS
    return {
        **_front(summary),
        "form": {
            "words": _plan_words(summary),
            "rows": rows[:FORM_UNITS],
            "left": f"And {count(left, 'more unit')}." if left > 0 else "",
            "tests": [results_line(units.get(test.unit), test) for test in tests],
            "earlier": f"Before these: {count(earlier, 'test')}." if earlier > 0 else "",
        },
    }


def _front(summary: Summary) -> Json:
    plan = summary.plan
    return {
        "name": text(summary.name),
        "made": day_and_time(summary.made_at),
        "made_on": day(summary.made_at),
        "version": f"Headset {summary.app_version}",
        "content": f"content {summary.content_version}",
        "disclaimer": summary.disclaimer,
        "qualification": text(plan.title) if plan is not None else "No qualification chosen",
        "period": _period(summary),
        "glance": _glance(summary),
        "next": _next(summary),
        "portfolio": sentence(portfolio_words(entry for _, _, entry in summary.criteria)) + ".",
        "practised": _practised(summary),
    }


def _is_told(unit: UnitSummary, tested: bool) -> bool:
    """Return whether a unit has a section; else its line in the table of units says all there is."""
    return unit.answers > 0 or tested or any(has_entries(entry) for entry in unit.criteria)


def _period(summary: Summary) -> str:
    if summary.period is None:
        return "No practice yet"
    first, last = (day(moment) for moment in summary.period)
    return f"Practice on {first}" if first == last else f"Practice from {first} to {last}"


def _glance(summary: Summary) -> list[Json]:
    practised = summary.practised
    taught = [entry for _, _, entry in summary.criteria if entry.mastery is not None]
    begun = sum(entry.mastery is not None and entry.mastery.answers > 0 for entry in taught)
    return [
        {
            "title": "Answers",
            "value": f"{practised.answers:,}",
            "note": f"in {count(practised.sessions, 'session')}",
        },
        {
            "title": "Days with practice",
            "value": f"{practised.days:,}",
            "note": f"last on {day(summary.period[1])}" if summary.period else "none yet",
        },
        {
            "title": "Criteria likely secure",
            "value": f"{summary.count(State.SECURE)} of {len(taught)}" if taught else "0",
            "note": f"{begun} with answers",
        },
        _chance(summary),
    ]


def _chance(summary: Summary) -> Json:
    """Return the chance for the first unit of `_with_readiness`; a practice paper is never called a test."""
    found = _with_readiness(summary)
    if not found:
        return {"title": "Chance of passing a test today", "value": "not enough answers yet", "note": ""}
    unit = found[0]
    title = f"Chance of passing a {unit.paper} today"
    alike = sum(other.has_test is unit.has_test for other in found) - 1
    more = f"; {count(alike, 'more unit')} below" if alike else ""
    ready = unit.readiness
    if ready is None or ready.chance is None or ready.low is None or ready.high is None:
        return {"title": title, "value": "not enough answers yet", "note": f"Unit {text(unit.number)}{more}"}
    note = f"range {span(ready.low, ready.high)}, Unit {text(unit.number)}{more}"
    return {"title": title, "value": percent(ready.chance), "note": note}


def _with_readiness(summary: Summary) -> list[UnitSummary]:
    """Return the practised units with a readiness: those with an on-screen test first, then by answers."""
    found = [unit for unit in summary.units if unit.readiness is not None and unit.answers > 0]
    return sorted(found, key=lambda unit: (not unit.has_test, -unit.answers))


def _next(summary: Summary) -> str:
    """Return the one thing that would raise the chance of passing most, or nothing where none is known."""
    for unit in _with_readiness(summary):
        ready = unit.readiness
        if ready is None:
            continue
        name = f"Unit {text(unit.number)}"
        if ready.waiting:
            numbers = listed_words([str(number) for number in ready.waiting])
            outcomes = "outcome" if len(ready.waiting) == 1 else "outcomes"
            return f"{name}, {outcomes} {numbers}: more answers are needed before a chance can be given."
        if ready.lifts and ready.lifts[0].gain >= _LEAST_GAIN:
            lift = ready.lifts[0]
            titles = {entry.ref.code: entry.title for entry in unit.criteria}
            points = count(round(100 * lift.gain), "percentage point")
            return (
                f"{name}, criterion {lift.ref.code} ({text(titles.get(lift.ref.code, ''))}). With it secure, the chance of "
                f"passing a {unit.paper} would be {points} higher."
            )
    return ""


def _practised(summary: Summary) -> str:
    practised = summary.practised
    if not practised.answers:
        return (
            f"Nothing has been practised yet. {ENOUGH_ANSWERS} answers to a criterion give a first estimate."
        )
    kinds = Counter(answer.kind for answer in summary.counting)
    parts = [f"{kinds[kind]} in {words}" for kind, words in _KINDS.items() if kinds[kind]]
    said = [
        f"{sentence(count(practised.answers, 'answer'))} in {count(practised.sessions, 'session')} "
        f"on {count(practised.days, 'day')}: {listed_words(parts)}."
    ]
    if practised.tries > practised.answers:
        said.append(f"With second tries and changes of mind it is {practised.tries:,} responses.")
    if practised.minutes is not None:
        minutes = count(max(1, round(practised.minutes)), "minute")
        said.append(f"Time on questions: {minutes}, measured on {practised.timed:,} of them.")
    return " ".join(said)


def _days(summary: Summary) -> Json | None:
    """Return the bars of the answers a day, or a week where the period is long; None before any answer."""
    counts = summary.day_counts
    if not counts:
        return None
    first, last = counts[0].day, counts[-1].day
    step = 1 if (last - first).days < MOST_DAYS else 7
    start = first - timedelta(days=first.weekday()) if step == 7 else first
    bars: Counter[int] = Counter()
    for entry in counts:
        bars[(entry.day - start).days // step] += entry.answers
    top_slot = max(bars, key=lambda slot: (bars[slot], -slot))
    name = "day" if step == 1 else "week"
    most = start + timedelta(days=top_slot * step)
    title = f"Answers per {name}"
    return {
        "title": title,
        "alt": f"Bar chart. {title} from {day(first)} to {day(last)}: {len(bars)} of "
        f"{count((last - start).days // step + 1, name)} with answers, most "
        f"{'on' if step == 1 else 'in the week from'} {day(most)} with {bars[top_slot]:,}.",
        "slots": (last - start).days // step + 1,
        "bars": [{"slot": slot, "answers": bars[slot]} for slot in sorted(bars)],
        "top": bars[top_slot],
        "first": _short(first),
        "last": _short(last),
    }


def _short(value: date) -> str:
    return f"{value.day} {value:%b %Y}"


def _plan_words(summary: Summary) -> str:
    plan = summary.plan
    if plan is None:
        return "No qualification is chosen; these are the units that were practised." if summary.units else ""
    if plan.check is None:
        return "No plan of units is stored yet."
    return plan_words(plan.check)


def _rows(summary: Summary, places: dict[str, int]) -> list[Json]:
    """Return a line for each unit of the plan, then for each other one of the summary."""
    planned = {unit.key: unit for unit in summary.plan.units} if summary.plan is not None else {}
    known = {unit.key: unit for unit in summary.units}
    return [
        _row(planned.get(key), known.get(key), places.get(key), bool(planned))
        for key in dict.fromkeys((*planned, *known))
    ]


def _row(planned: PlannedUnit | None, unit: UnitSummary | None, place: int | None, has_plan: bool) -> Json:
    entry = planned or unit
    assert entry is not None  # a key comes from one of the two
    beside = " (beside the plan)" if has_plan and planned is None else ""
    ready = unit.readiness if unit is not None else None
    chance = ""
    if ready is not None:
        paper = "test" if unit is not None and unit.has_test else "paper"
        chance = "not enough answers yet" if ready.chance is None else f"{percent(ready.chance)}, {paper}"
    return {
        "number": "" if entry.number == entry.key else text(entry.number),
        "title": text(entry.title) + beside,
        "level": _number(entry.level),
        "credit": _number(entry.credit),
        "glh": _number(planned.glh if planned is not None else None),
        "taught": "" if unit is not None and unit.progress is not None else _how_taught(unit),
        "answers": f"{unit.answers:,}" if unit is not None else "",
        "secure": _secure(unit),
        "chance": chance,
        "portfolio": portfolio_words(unit.criteria) if unit is not None else "",
        "place": place,
    }


def _secure(unit: UnitSummary | None) -> str:
    if unit is None or unit.progress is None:
        return ""
    return f"{unit.count(State.SECURE)} of {len(unit.progress.criteria)}"


def _how_taught(unit: UnitSummary | None) -> str:
    linked = unit is not None and any(entry.linked_from for entry in unit.criteria)
    return "taught through other units" if linked else "not taught here"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _reading(full: int, told: int) -> list[Json]:
    who = {
        0: "Units name",
        1: "The unit with the most answers has a line for each criterion; the others name",
    }.get(
        full,
        f"The {count(full, 'unit')} with the most answers have a line for each criterion; the others name",
    )
    short = {
        "term": "Units in short",
        "words": f"{who} criteria by code, each with its number of answers in brackets. "
        "All lines are in the CSV, XLSX and JSON of this summary.",
    }
    return [
        *([short] if told > full else []),
        {
            "term": "Estimate",
            "words": "The chance of a right answer at the first try, with the range in which it lies nine times out of ten. "
            "Only the first answer to a question on a day is evidence. "
            f"Below {ENOUGH_ANSWERS} answers nothing is estimated. The dotted line in the pictures stands at {SECURE_RATE:.0%}.",
        },
        {
            "term": sentence(State.SECURE.value),
            "words": f"{SECURE_ANSWERS} answers or more on {SECURE_DAYS} days or more, and a chance of at least "
            f"{SECURE_CHANCE:.0%} that the true rate is {SECURE_RATE:.0%} or more. “{sentence(State.SLIPPING.value)}” was "
            "likely secure once and is not now.",
        },
        {
            "term": "Chance of passing",
            "words": "Of passing a fresh practice test today, simulated from the estimates of all criteria; the range holds "
            "nine times out of ten. Where a unit is assessed by portfolio there is no test, and it is of a practice paper.",
        },
        {
            "term": "Portfolio",
            "words": "What the learner has entered, assessors' names and dates included. It never changes what practice shows, "
            "nor practice the portfolio.",
        },
    ]
