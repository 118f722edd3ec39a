"""The plan of a qualification as a sheet to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from quiz.reports.sheets import sheet_page
from quiz.syllabus import NO_RULES, PlanCheck, Qualification, UnitOutline
from quiz.wording import count

_COLUMNS = ("Number", "Unit", "Reference", "Level", "Credits", "Hours")


def plan_sheet(
    qualification: Qualification,
    outlines: Mapping[str, UnitOutline],
    check: PlanCheck,
    learner: str,
) -> str:
    """Return the chosen units group by group, what they come to, and what is missing or broken."""
    parts = [
        f"<h1>{escape(qualification.title)}</h1>",
        f"<p class='small'>Plan of {escape(learner)}. {escape(qualification.dates_note)}</p>",
    ]
    for group in qualification.printed_groups:
        chosen = [unit for unit in group.units if unit in check.units]
        if not chosen:
            continue
        columns = _COLUMNS if qualification.has_rules else _COLUMNS[1:3]
        head = "".join(f"<th>{title}</th>" for title in columns)
        rows = "".join(_row(qualification, outlines[unit], columns) for unit in chosen)
        title = escape(group.title[:1].upper() + group.title[1:])
        parts.append(f"<h2>{title}</h2><table><tr>{head}</tr>{rows}</table>")
    parts.append(f"<p><b>{escape(plan_words(check))}</b></p>")
    for title, rules in (("Still missing", check.missing), ("Against the rules", check.conflicts)):
        if rules:
            items = "".join(f"<li>{escape(rule.sentence)}</li>" for rule in rules)
            parts.append(f"<h2>{title}</h2><ul>{items}</ul>")
    parts += [f"<p>{escape(caution)}</p>" for caution in check.cautions if caution != NO_RULES]
    return sheet_page(f"Plan: {qualification.short}", "".join(parts))


def plan_words(check: PlanCheck) -> str:
    """Return what a plan comes to in one line."""
    units = count(len(check.units), "unit")
    if check.credits is None:
        return f"{units}. {NO_RULES}"
    levels = ", ".join(f"{value} at level {level}" for level, value in check.credits_by_level.items())
    verdict = "This is a valid choice." if check.valid else "This is not a valid choice yet."
    return f"{units}, {count(check.credits, 'credit')} ({levels}), {check.hours} guided learning hours. {verdict}"


def _row(qualification: Qualification, unit: UnitOutline, columns: Sequence[str]) -> str:
    cells = {
        "Number": qualification.numbers.get(unit.key, ""),
        "Unit": unit.title,
        "Reference": unit.key,
        "Level": unit.level,
        "Credits": unit.credit,
        "Hours": unit.glh,
    }
    return "<tr>" + "".join(f"<td>{escape(_text(cells[name]))}</td>" for name in columns) + "</tr>"


def _text(value: object) -> str:
    return "not known" if value is None else str(value)
