"""A small summary as a value: two units, a practice session, a test, one answer of each type of question."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from literal_questions import MATCHING, MULTIPLE_RESPONSE, ORDERING, SORTING, single_choice

from quiz.portfolio import Standing, Status
from quiz.progress import DayPoint, Lift, Mastery, OutcomeReadiness, Readiness, State
from quiz.questions import (
    MatchingResponse,
    MultipleResponseResponse,
    OrderingResponse,
    Question,
    Response,
    SingleChoiceResponse,
    SortingResponse,
    mark,
    right_response,
)
from quiz.reports.summary import (
    AnswerSummary,
    CriterionPortfolio,
    CriterionSummary,
    OutcomeSummary,
    PlannedUnit,
    PlanSummary,
    SessionSummary,
    Summary,
    UnitSummary,
)
from quiz.sessions import CriterionScore, Finish, Kind, OutcomeScore, ScoreReport, Sureness
from quiz.syllabus import BrokenRule, CriterionRef, PlanCheck

UNIT, LISTED, BARE = "L/601/7638", "T/503/0342", "K/506/2177"
LEARNER = UUID("11111111-1111-4111-8111-111111111111")
PRACTICE = UUID("22222222-2222-4222-8222-222222222222")
TEST = UUID("33333333-3333-4333-8333-333333333333")
START = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 23:30 in London
MADE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SUM = '=HYPERLINK("http://x.invalid","tea")'


def at(minutes: float) -> datetime:
    """Return the moment that many minutes after the start."""
    return START + timedelta(minutes=minutes)


def answer(number: int, question: Question, response: Response, **changes: Any) -> AnswerSummary:
    """Return a first try in the practice session, given after that many minutes; `number` is its id."""
    stated = {
        "id": UUID(int=number),
        "attempt": PRACTICE,
        "position": number - 1,
        "try_number": 1,
        "kind": Kind.PRACTICE,
        "unit_number": "203",
        "at": at(number),
        "question": question,
        "response": response,
        "mark": mark(question, response),
        "counts": True,
    }
    return AnswerSummary(**{**stated, **changes})


ASKED = single_choice()
STEMMED = ASKED.model_copy(update={"stem": "=1+1"})
WRONG = SingleChoiceResponse(chosen="b")
RIGHT = SingleChoiceResponse(chosen="a")
TESTED = single_choice(id="L6017638-1.2-07", family="L6017638-1.2-07", criterion="1.2")

ANSWERS = (
    answer(1, STEMMED, WRONG, seconds=30.0, sure=Sureness.SURE),
    answer(2, STEMMED, RIGHT, position=0, try_number=2, counts=False, seconds=45.5),
    answer(3, MULTIPLE_RESPONSE, MultipleResponseResponse(chosen=("b", "c")), position=1, seconds=14.5),
    answer(4, MATCHING, MatchingResponse(chosen={"k": "k", "c": "s", "s": "c", "t": "t"}), position=2),
    answer(5, ORDERING, OrderingResponse(order=right_response(ORDERING).order), position=3),
    answer(40, SORTING, SortingResponse(chosen={"a": "Black", "d": "Black", "s": "Green", "m": "Black"}), position=4),
    answer(60, TESTED, WRONG, attempt=TEST, kind=Kind.TEST, position=0, mark=None, counts=False),
    answer(61, TESTED, RIGHT, attempt=TEST, kind=Kind.TEST, position=0, try_number=2),
)  # fmt: skip
"""Answers 1 to 5 fall on 1 July in London, the later ones on 2 July."""

REPORT = ScoreReport(
    (
        OutcomeScore(
            1,
            (
                CriterionScore(CriterionRef(UNIT, "1.1"), 0.0, 1, False),
                CriterionScore(CriterionRef(UNIT, "1.2"), 1.0, 1, True),
            ),
            1,
        ),
    ),
    right=1,
    total=2,
    pass_mark=1,
)

PRACTISED = SessionSummary(
    PRACTICE, UNIT, "203", "Making Tea", Kind.PRACTICE, "Practice", START, at(40), None, None, 5, 5
)
SAT = SessionSummary(
    TEST, UNIT, "203", "Making Tea", Kind.TEST, "Practice test", at(55), at(61), at(70), Finish.LEARNER, 2, 1,
    60, 25, REPORT,
)  # fmt: skip


def mastery(code: str, mean: float, low: float, high: float, answers: int, state: State) -> Mastery:
    """Return the mastery of a criterion last answered after 61 minutes."""
    return Mastery(CriterionRef(UNIT, code), mean, low, high, answers, 2, at(61), state, 8.0)


TAUGHT = UnitSummary(
    key=UNIT,
    number="203",
    title="Making Tea",
    taught=True,
    planned=True,
    level=2,
    credit=4,
    outcomes=(
        OutcomeSummary(
            1,
            "how tea is made",
            (
                CriterionSummary(
                    CriterionRef(UNIT, "1.1"),
                    "Describe",
                    "how a pot is warmed",
                    mastery("1.1", 0.625, 0.375, 0.8125, 5, State.LEARNING),
                    CriterionPortfolio(
                        Status(Standing.CONFIRMED, "@Pat Lee", date(2026, 11, 2)), pieces=2, drafts=1
                    ),
                ),
                CriterionSummary(
                    CriterionRef(UNIT, "1.2"),
                    "Identify",
                    "+ what leaves need",
                    mastery("1.2", 0.7, 0.4, 0.9, 1, State.NOT_ENOUGH),
                    CriterionPortfolio(Status(Standing.NOTHING), pieces=0),
                ),
            ),
        ),
    ),
    timeline=(
        DayPoint(date(2026, 7, 2), 6, {**dict.fromkeys(State, 0), State.LEARNING: 1, State.NOT_ENOUGH: 1}),
    ),
    readiness=Readiness(
        0.5,
        0.25,
        0.75,
        (OutcomeReadiness(1, "how tea is made", 2, 1, 6, 2, 0.5, 1, 0, 2),),
        (Lift(CriterionRef(UNIT, "1.2"), 0.25), Lift(CriterionRef(UNIT, "1.1"), 0.125)),
        (),
    ),
)
LINKED = UnitSummary(
    key=LISTED,
    number="5",
    title="Running a Kitchen",
    taught=False,
    planned=True,
    level=2,
    credit=None,
    outcomes=(
        OutcomeSummary(
            1,
            "the kitchen",
            (
                CriterionSummary(
                    CriterionRef(LISTED, "1.1"),
                    "Explain",
                    "what tea is for",
                    None,
                    CriterionPortfolio(Status(Standing.GATHERING), pieces=1),
                    (CriterionRef(UNIT, "1.1"),),
                    5,
                ),
            ),
        ),
    ),
)
TITLED = UnitSummary(BARE, BARE, "Washing Up", False, True, None, None, ())

PLAN = PlanSummary(
    "tea",
    "A Certificate in Tea",
    (
        PlannedUnit(UNIT, "203", "Making Tea", 2, 4, 32, True),
        PlannedUnit(LISTED, "5", "Running a Kitchen", 2, None, None, False),
        PlannedUnit(BARE, BARE, "Washing Up", None, None, None, False),
    ),
    PlanCheck(
        units=(UNIT, LISTED, BARE),
        added=(),
        valid=False,
        credits=4,
        credits_by_level={2: 4},
        credits_by_group={},
        hours=32,
        broken=(BrokenRule("total_credits", "missing", "Nine credits are missing.", ()),),
        cautions=("Ask your centre.",),
    ),
)

SUMMARY = Summary(
    learner=LEARNER,
    name=SUM,
    made_at=MADE,
    app_version="0.1.0",
    content_version="abc123",
    plan=PLAN,
    units=(TAUGHT, LINKED, TITLED),
    sessions=(PRACTISED, SAT),
    answers=ANSWERS,
)
EMPTY = Summary(
    learner=UUID(int=99),
    name="Eve",
    made_at=MADE,
    app_version="0.1.0",
    content_version="abc123",
    plan=None,
    units=(),
    sessions=(),
    answers=(),
)


def many_answers(number: int) -> Summary:
    """Return the summary with that many right answers to one question, two minutes apart."""
    given = (answer(n, ASKED, RIGHT, position=n, at=at(2 * n)) for n in range(1, number + 1))
    return replace(SUMMARY, answers=tuple(given))
