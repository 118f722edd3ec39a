"""A summary as xAPI 1.0.3 statements, as a learning record store takes them in.

Each response is a statement with the response's own id, so that a store that gets it twice keeps it
once; sittings and tests have ids made from the sitting's. The same summary gives the same text.

- Actor: an account at `HOME_PAGE` named by the learner's UUID. The top-level domain `.invalid` is
  reserved (RFC 2606): the account is nobody's address.
- Interactions as the specification's section on `cmi.interaction` sets them out: choice for single
  choice and multiple response, matching for matching and sorting, sequencing for ordering. Parts are
  named by their keys and listed in the order of those, so that an activity is described in the same
  way however it was shown.
- A statement carries no `version`: a client need not set it, and 1.0.3 allows it only “1.0.0”.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid5

from quiz.questions import (
    Matching,
    MatchingResponse,
    MultipleResponse,
    MultipleResponseResponse,
    Ordering,
    OrderingResponse,
    Question,
    Response,
    SingleChoice,
    SingleChoiceResponse,
    SortingResponse,
    Verdict,
    part_key,
    right_response,
)
from quiz.reports.summary import AnswerSummary, SessionSummary, Summary
from quiz.sessions.attempt import Kind
from quiz.sessions.score import ScoreReport

HOME_PAGE: Final = "https://headset.invalid"
LANGUAGE: Final = "en-GB"
_VERBS: Final = "http://adlnet.gov/expapi/verbs"
_ACTIVITIES: Final = "http://adlnet.gov/expapi/activities"
COUNTS: Final = "urn:headset:extension:counts"
"""Whether a response counts: the first try in practice, the one that stands in a finished test."""
SURE: Final = "urn:headset:extension:sure"
"""How sure the learner said they were: guess, think so, sure."""

Statement = dict[str, Any]


def summary_xapi(summary: Summary) -> str:
    """Return one learner's statements as a JSON array in order of time, ending in a line break."""
    return _text(statements(summary))


def summaries_xapi(summaries: Iterable[Summary]) -> str:
    """Return the statements of several learners as one JSON array, in order of time."""
    every = [statement for summary in summaries for statement in statements(summary)]
    return _text(sorted(every, key=_order))


def statements(summary: Summary) -> list[Statement]:
    """Return a statement for each response, each sitting's start and end, and each test's result."""
    actor = {
        "objectType": "Agent",
        "name": summary.name,
        "account": {"homePage": HOME_PAGE, "name": str(summary.learner)},
    }
    platform = f"Headset {summary.app_version}"
    made: list[Statement] = []
    for session in summary.sessions:
        made += _of_session(session, actor, platform, summary.disclaimer)
    made += [_answered(answer, actor, platform) for answer in summary.answers]
    return sorted(made, key=_order)


def _answered(answer: AnswerSummary, actor: Mapping[str, Any], platform: str) -> Statement:
    head = answer.question.head
    extensions: dict[str, Any] = {COUNTS: answer.counts}
    if answer.sure is not None:
        extensions[SURE] = answer.sure.value
    context = {
        **_context(answer.attempt, platform),
        "contextActivities": {
            "parent": [{"objectType": "Activity", "id": _sitting_id(answer.kind, head.unit)}],
            "grouping": [
                {"objectType": "Activity", "id": _iri("criterion", head.unit, head.criterion)},
                {"objectType": "Activity", "id": _iri("unit", head.unit)},
            ],
        },
        "extensions": extensions,
    }
    return _statement(
        answer.id, actor, "answered", _question_activity(answer), answer.at, context, _result(answer)
    )


def _result(answer: AnswerSummary) -> dict[str, Any]:
    result: dict[str, Any] = {}
    if answer.mark is not None and answer.fraction is not None:
        result["success"] = answer.mark.verdict is Verdict.RIGHT
        result["score"] = {"scaled": answer.fraction}
    given = _pattern(answer.response)
    if given:
        result["response"] = given
    if answer.seconds is not None:
        result["duration"] = _duration(answer.seconds)
    return result


def _of_session(
    session: SessionSummary, actor: Mapping[str, Any], platform: str, disclaimer: str
) -> list[Statement]:
    context = {
        **_context(session.id, platform),
        "contextActivities": {
            "grouping": [{"objectType": "Activity", "id": _iri("unit", session.unit)}],
        },
    }
    activity = _sitting_activity(session, disclaimer)

    def said(verb: str, moment: datetime, result: Mapping[str, Any] | None = None) -> Statement:
        return _statement(uuid5(session.id, verb), actor, verb, activity, moment, context, result or {})

    made = [said("attempted", session.started_at)]
    if session.finished_at is not None:
        made.append(said("completed", session.finished_at, {"completion": True}))
    if session.report is not None and session.finished_at is not None:
        verb = "passed" if session.report.passed else "failed"
        made.append(said(verb, session.finished_at, _test_result(session.report)))
    return made


def _test_result(report: ScoreReport) -> dict[str, Any]:
    scaled = report.right / report.total if report.total else 0.0
    return {
        "success": report.passed,
        "completion": True,
        "score": {"scaled": scaled, "raw": report.right, "min": 0, "max": report.total},
    }


def _statement(
    statement_id: UUID,
    actor: Mapping[str, Any],
    verb: str,
    activity: Mapping[str, Any],
    moment: datetime,
    context: Mapping[str, Any],
    result: Mapping[str, Any],
) -> Statement:
    made: Statement = {
        "id": str(statement_id),
        "actor": actor,
        "verb": {"id": f"{_VERBS}/{verb}", "display": {LANGUAGE: verb}},
        "object": activity,
        "context": context,
        "timestamp": moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if result:
        made["result"] = result
    return made


def _context(registration: UUID, platform: str) -> dict[str, Any]:
    return {"registration": str(registration), "platform": platform, "language": LANGUAGE}


def _sitting_activity(session: SessionSummary, disclaimer: str) -> dict[str, Any]:
    kind = "assessment" if session.kind is Kind.TEST else "lesson"
    return {
        "objectType": "Activity",
        "id": _sitting_id(session.kind, session.unit),
        "definition": {
            "type": f"{_ACTIVITIES}/{kind}",
            "name": {LANGUAGE: f"{session.kind.value.capitalize()}: {session.unit_title}"},
            "description": {LANGUAGE: disclaimer},
        },
    }


def _question_activity(answer: AnswerSummary) -> dict[str, Any]:
    question = answer.question
    # The key of a test that is not finished is not for anybody's eyes yet.
    key = {"correctResponsesPattern": [_pattern(right_response(question))]} if answer.mark is not None else {}
    return {
        "objectType": "Activity",
        "id": _iri("question", question.head.id),
        "definition": {
            "type": f"{_ACTIVITIES}/cmi.interaction",
            "name": {LANGUAGE: question.head.id},
            "description": {LANGUAGE: question.stem},
            **_interaction(question),
            **key,
        },
    }


def _interaction(question: Question) -> dict[str, Any]:
    if isinstance(question, SingleChoice | MultipleResponse):
        options = [(option.key, option.text) for option in question.options]
        return {"interactionType": "choice", "choices": _components(options)}
    if isinstance(question, Ordering):
        steps = [(step.key, step.text) for step in question.steps]
        return {"interactionType": "sequencing", "choices": _components(steps)}
    if isinstance(question, Matching):
        lefts = [(pair.key, pair.left) for pair in question.pairs]
        rights = [(pair.key, pair.right) for pair in question.pairs]
    else:
        lefts = [(case.key, case.text) for case in question.cases]
        rights = [(part_key(name), name) for name in question.classes]
    return {"interactionType": "matching", "source": _components(lefts), "target": _components(rights)}


def _components(parts: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"id": key, "description": {LANGUAGE: text}} for key, text in sorted(parts)]


def _pattern(response: Response) -> str:
    """Return a response as the specification writes it: `[,]` between parts, `[.]` inside a pair."""
    if isinstance(response, SingleChoiceResponse):
        return response.chosen or ""
    if isinstance(response, MultipleResponseResponse):
        return "[,]".join(sorted(response.chosen))
    if isinstance(response, OrderingResponse):
        return "[,]".join(response.order)
    if isinstance(response, MatchingResponse):
        return _pairs(response.chosen.items())
    assert isinstance(response, SortingResponse)
    return _pairs((case, part_key(name)) for case, name in response.chosen.items())


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return "[,]".join(f"{left}[.]{right}" for left, right in sorted(pairs))


def _sitting_id(kind: Kind, unit: str) -> str:
    return _iri(kind.value, unit)


def _iri(*parts: str) -> str:
    """Return a URN of ours; what a URN does not take is percent-encoded."""
    return "urn:headset:" + ":".join(quote(part, safe="-._~") for part in parts)


def _duration(seconds: float) -> str:
    """Return seconds as an ISO 8601 duration, to hundredths as the specification compares them."""
    return f"PT{seconds:.2f}".rstrip("0").rstrip(".") + "S"


def _order(statement: Statement) -> tuple[str, str, str]:
    return (statement["timestamp"], statement["actor"]["account"]["name"], statement["id"])


def _text(every: Sequence[Statement]) -> str:
    return json.dumps(every, ensure_ascii=False, indent=1) + "\n"
