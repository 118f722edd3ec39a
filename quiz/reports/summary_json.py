"""A summary as JSON: every figure, and the log of answers from which another machine can take it in.

The form is described in `docs/summary-json.md` and, for programs, in `summary.schema.json` beside
this module. `SCHEMA` rises when a reader of the older form would misread the newer one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from quiz.progress import Readiness, State
from quiz.questions import content_hash
from quiz.reports.summary import (
    AnswerSummary,
    CriterionSummary,
    PlanSummary,
    SessionSummary,
    Summary,
    UnitSummary,
)

HEADSET: Final = "summary"
"""What the field `headset` says in every file of this form."""
SCHEMA: Final = 1


def summary_json(summary: Summary, log: Mapping[str, Any], here: Mapping[str, Any] | None = None) -> str:
    """Return one learner's figures and log as a JSON document, ending in a line break.

    `log` is what `models.export_log` returned for the same learner; `here` is what `models.export_held`
    did, for a document of everything that a machine holds about them.
    """
    document = {"headset": HEADSET, "schema": SCHEMA, **summary_values(summary), "log": log}
    return _text(document if here is None else {**document, "here": here})


def summaries_json(summaries: Iterable[tuple[Summary, Mapping[str, Any]]]) -> str:
    """Return several learners as one JSON document: `summaries` holds a document for each."""
    several = [
        {"headset": HEADSET, "schema": SCHEMA, **summary_values(summary), "log": log}
        for summary, log in summaries
    ]
    return _text({"headset": HEADSET, "schema": SCHEMA, "summaries": several})


def summary_values(summary: Summary) -> dict[str, Any]:
    """Return the figures of a summary as values that go into JSON, moments in UTC, shares from 0 to 1."""
    period, much = summary.period, summary.practised
    return {
        "made_at": _moment(summary.made_at),
        "app_version": summary.app_version,
        "content_version": summary.content_version,
        "disclaimer": summary.disclaimer,
        "learner": {"id": str(summary.learner), "name": summary.name},
        "plan": _plan(summary.plan) if summary.plan else None,
        "period": {"from": _moment(period[0]), "to": _moment(period[1])} if period else None,
        "practised": {
            "answers": much.answers,
            "tries": much.tries,
            "sessions": much.sessions,
            "days": much.days,
            "minutes": much.minutes,
            "timed": much.timed,
        },
        "days": [{"day": entry.day.isoformat(), "answers": entry.answers} for entry in summary.day_counts],
        "states": {state.value: summary.count(state) for state in State},
        "units": [_unit(unit) for unit in summary.units],
        "tests": [_test(test) for test in summary.tests],
        "sessions": [_session(session) for session in summary.sessions],
        "answers": [_answer(answer) for answer in summary.answers],
    }


def _plan(plan: PlanSummary) -> dict[str, Any]:
    check = plan.check
    return {
        "qualification": plan.qualification,
        "title": plan.title,
        "units": [
            {
                "unit": unit.key,
                "number": unit.number,
                "title": unit.title,
                "level": unit.level,
                "credit": unit.credit,
                "glh": unit.glh,
                "taught": unit.taught,
            }
            for unit in plan.units
        ],
        "check": None
        if check is None
        else {
            "valid": check.valid,
            "credits": check.credits,
            "hours": check.hours,
            "credits_by_level": {str(level): value for level, value in check.credits_by_level.items()},
            "missing": [rule.sentence for rule in check.missing],
            "conflicts": [rule.sentence for rule in check.conflicts],
            "cautions": list(check.cautions),
        },
    }


def _unit(unit: UnitSummary) -> dict[str, Any]:
    return {
        "unit": unit.key,
        "number": unit.number,
        "title": unit.title,
        "taught": unit.taught,
        "drafted": unit.drafted,
        "planned": unit.planned,
        "has_test": unit.has_test,
        "level": unit.level,
        "credit": unit.credit,
        "answers": unit.answers,
        "states": {state.value: unit.count(state) for state in State},
        "outcomes": [
            {
                "number": outcome.number,
                "label": outcome.label,
                "answers": outcome.answers,
                "criteria": [_criterion(entry) for entry in outcome.criteria],
            }
            for outcome in unit.outcomes
        ],
        "readiness": _readiness(unit, unit.readiness) if unit.readiness else None,
    }


def _criterion(entry: CriterionSummary) -> dict[str, Any]:
    mastery, portfolio = entry.mastery, entry.portfolio
    confirmed = portfolio.status.confirmed_on
    return {
        "criterion": entry.ref.code,
        "verb": entry.verb,
        "label": entry.label,
        "practice": None
        if mastery is None
        else {
            "state": mastery.state.value,
            "answers": mastery.answers,
            "days": mastery.days,
            "estimate": mastery.mean if entry.known else None,
            "low": mastery.low if entry.known else None,
            "high": mastery.high if entry.known else None,
            "last": _moment(mastery.last) if mastery.last else None,
        },
        "linked": {
            "from": [{"unit": ref.unit, "criterion": ref.code} for ref in entry.linked_from],
            "answers": entry.linked_answers,
        },
        "portfolio": {
            "standing": portfolio.status.standing.value,
            "words": portfolio.status.words,
            "assessor": portfolio.status.assessor,
            "confirmed_on": confirmed.isoformat() if confirmed else None,
            "pieces": portfolio.pieces,
            "drafts": portfolio.drafts,
        },
    }


def _readiness(unit: UnitSummary, readiness: Readiness) -> dict[str, Any]:
    return {
        "chance": readiness.chance,
        "low": readiness.low,
        "high": readiness.high,
        "outcomes": [
            {
                "number": outcome.number,
                "label": outcome.label,
                "criteria": outcome.criteria,
                "needed": outcome.needed,
                "answers": outcome.answers,
                "chance": outcome.chance,
                "likely": outcome.likely,
                "low": outcome.low,
                "high": outcome.high,
            }
            for outcome in readiness.outcomes
        ],
        "lifts": [{"criterion": lift.ref.code, "gain": lift.gain} for lift in readiness.lifts],
        "waiting": list(readiness.waiting),
        "questions": unit.paper_questions,
        "pass_mark": unit.pass_mark,
    }


def _test(test: SessionSummary) -> dict[str, Any]:
    report = test.report
    assert report is not None
    assert test.finished_at is not None
    return {
        "session": str(test.id),
        "unit": test.unit,
        "finished_at": _moment(test.finished_at),
        "passed": report.passed,
        "right": report.right,
        "total": report.total,
        "pass_mark": report.pass_mark,
        "outcomes": [
            {
                "number": outcome.number,
                "passed": outcome.passed,
                "shown": outcome.shown,
                "criteria": len(outcome.criteria),
                "needed": outcome.needed,
                "earned": outcome.earned,
                "available": outcome.available,
            }
            for outcome in report.outcomes
        ],
    }


def _session(session: SessionSummary) -> dict[str, Any]:
    return {
        "session": str(session.id),
        "unit": session.unit,
        "kind": session.kind.value,
        "title": session.title,
        "started_at": _moment(session.started_at),
        "last_at": _moment(session.last_at),
        "finished_at": _moment(session.finished_at) if session.finished_at else None,
        "finish": session.finish.value if session.finish else None,
        "questions": session.questions,
        "answered": session.answered,
        "minutes": session.minutes,
        "extra_percent": session.extra_percent,
    }


def _answer(answer: AnswerSummary) -> dict[str, Any]:
    head = answer.question.head
    return {
        "response": str(answer.id),
        "session": str(answer.attempt),
        "kind": answer.kind.value,
        "at": _moment(answer.at),
        "unit": head.unit,
        "criterion": head.criterion,
        "position": answer.position,
        "try": answer.try_number,
        "counts": answer.counts,
        "question": head.id,
        "family": head.family,
        "shown": content_hash(answer.question),
        "stem": answer.stem,
        "given": answer.given,
        "verdict": answer.mark.verdict.value if answer.mark else None,
        "fraction": answer.fraction,
        "seconds": answer.seconds,
        "sure": answer.sure.value if answer.sure else None,
    }


def _moment(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, ending in Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
