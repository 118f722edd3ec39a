"""A learner's log as it travels between machines: its shape, and what has to hold inside it.

Every row of the database that belongs to a learner is in it under its own id. What a question says
about itself (id, family, unit, criterion) is read from the question and not stated twice.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from models.errors import ImportRefused
from models.learners import LONGEST_NAME
from quiz.portfolio import Standing
from quiz.questions import Verdict, question_from_json, response_from_json
from quiz.reports.summary_json import HEADSET, SCHEMA
from quiz.sessions import Finish, Kind, Sureness
from quiz.wording import without_controls

Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}$")]
Place = Annotated[int, Field(ge=0, lt=2**31)]
Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_SMALLEST: Final = -(2**63)
_MOST_MINUTES, _MOST_EXTRA, _PER_DAY = 24 * 60, 400, range(5, 61)
_YEARS = range(1900, 2101)
"""Far beyond these, what is reckoned from a moment or a day has no place in Python's calendar."""


def _reckonable(value: Any) -> Any:
    if value.year not in _YEARS:
        raise ValueError(f"the year {value.year} is out of reach")
    return value


def _at_most(most: int) -> AfterValidator:
    def refuse_more(value: int) -> int:
        if value > most:
            raise ValueError(f"{value} is more than {most}")
        return value

    return AfterValidator(refuse_more)


def _line(text: str) -> str:
    clean = " ".join(without_controls(text).split())
    if not clean:
        raise ValueError("nothing of it can be seen")
    return clean


def _sound_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Return settings as they are: those that this version knows have to be of their kind."""

    def whole(value: Any, within: range) -> bool:
        return type(value) is int and value in within

    sound: dict[str, Callable[[Any], bool]] = {
        "qualification": lambda value: value is None or isinstance(value, str),
        "test_date": lambda value: value is None or bool(_reckonable(date.fromisoformat(value))),
        "per_day": lambda value: whole(value, _PER_DAY),
        "extra_percent": lambda value: whole(value, range(_MOST_EXTRA + 1)),
        "ask_sure": lambda value: isinstance(value, bool),
        "letter_keys": lambda value: isinstance(value, bool),
    }
    for name in sound.keys() & settings.keys():
        try:
            taken = sound[name](settings[name])
        except TypeError:
            taken = False
        if not taken:
            raise ValueError(f"{name} is nothing that can be chosen")
    return settings


Moment = Annotated[AwareDatetime, AfterValidator(_reckonable)]
Day = Annotated[date, AfterValidator(_reckonable)]


class _Row(BaseModel):
    """A row of the log: nothing beside what is named here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LogLearner(_Row):
    """Who the log is about, with the settings they chose."""

    id: UUID
    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME),
        AfterValidator(_line),
    ]
    created_at: Moment
    settings: Annotated[dict[str, Any], AfterValidator(_sound_settings)]


class LogAttempt(_Row):
    """One sitting; `plan` is what the learner chose to practise."""

    id: UUID
    unit: str
    kind: Kind
    title: str
    plan: Any
    seed: Annotated[int, Field(ge=_SMALLEST, lt=2**63)]
    content_version: str
    started_at: Moment
    size: Place | None
    minutes: Annotated[Place, _at_most(_MOST_MINUTES)] | None
    extra_percent: Annotated[Place, _at_most(_MOST_EXTRA)]
    finished_at: Moment | None
    finish: Finish | None


class LogItem(_Row):
    """The question at a position (by its hash), and the mark that counts as evidence."""

    id: UUID
    attempt: UUID
    position: Place
    question: str
    shown_at: Moment
    fraction: Share | None
    verdict: Verdict | None
    marked_at: Moment | None
    seconds: Seconds | None
    sure: Sureness | None


class LogResponse(_Row):
    """A raw response; `sequence` orders the responses of an attempt from 1."""

    id: UUID
    attempt: UUID
    position: Place
    sequence: Annotated[int, Field(ge=1, lt=2**31)]
    submit_id: UUID
    response: dict[str, Any]
    given_at: Moment
    seconds: Seconds | None
    sure: Sureness | None


class LogEvent(_Row):
    """A flag, a move, a break, an answer shown."""

    id: UUID
    attempt: UUID
    sequence: Annotated[int, Field(ge=1, lt=2**31)]
    kind: str
    position: Place | None
    at: Moment


class LogOwnWords(_Row):
    """A version of an answer in the learner's own words, and the points found in it."""

    id: UUID
    unit: str
    criterion: Code
    text: str
    points: tuple[Place, ...]
    saved_at: Moment


class LogPlan(_Row):
    """The units chosen of a qualification."""

    id: UUID
    qualification: str
    units: tuple[str, ...]
    saved_at: Moment


class LogStatus(_Row):
    """Where the portfolio of a criterion stood from a moment on, as a person entered it."""

    id: UUID
    unit: str
    criterion: Code
    status: Standing
    assessor: str | None
    confirmed_on: Day | None
    set_at: Moment


class LogLink(_Row):
    """A criterion that a piece of evidence serves."""

    id: UUID
    unit: str
    criterion: Code


class LogEvidenceItem(_Row):
    """A piece of portfolio evidence with the criteria it serves."""

    id: UUID
    title: str
    type: str
    reference: str
    kept_where: str
    dated: Day | None
    note: str
    draft: bool
    created_at: Moment
    changed_at: Moment
    criteria: tuple[LogLink, ...]


class LogCount(_Row):
    """How many of a counted requirement are gathered."""

    id: UUID
    unit: str
    criterion: Code
    name: str
    count: Place


class Log(_Row):
    """Everything stored about a learner."""

    learner: LogLearner
    questions: dict[str, dict[str, Any]]
    """Every question exactly as it was shown, by the hash of its JSON."""
    attempts: tuple[LogAttempt, ...]
    items: tuple[LogItem, ...]
    responses: tuple[LogResponse, ...]
    events: tuple[LogEvent, ...]
    own_words: tuple[LogOwnWords, ...]
    plans: tuple[LogPlan, ...]
    statuses: tuple[LogStatus, ...]
    evidence_items: tuple[LogEvidenceItem, ...]
    evidence_counts: tuple[LogCount, ...]


def stored_text(value: dict[str, Any]) -> str:
    """Return a question or a response as the database keeps it: the hash is of exactly this text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def documents(data: Any) -> list[Any]:
    """Return the documents of one learner each in an exported file.

    Raises:
        ImportRefused: the file is not an exported summary of Headset, or a newer version wrote it.
    """
    _refuse_foreign(data)
    if "summaries" not in data:
        return [data]
    several = data["summaries"]
    if not isinstance(several, list) or not several:
        raise ImportRefused("The file holds no learner. Make it again under Progress on the other computer.")
    return several


def read_log(data: Any) -> Log:
    """Return the log in one learner's document, whole and without a loose end.

    Raises:
        ImportRefused: it is not ours, is newer than this version, or does not hold together; the text
            says which and where.
    """
    _refuse_foreign(data)
    if "log" not in data:
        raise ImportRefused(
            "The file holds no log of answers, so there is nothing to import. Choose a file that Headset "
            "exported as JSON for one learner."
        )
    if not _reads(lambda text: text.encode(), json.dumps(data["log"], ensure_ascii=False)):
        raise _broken("a text in it holds half of a sign (a lone surrogate)")
    try:
        log = Log.model_validate(data["log"])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = " → ".join(str(part) for part in ("log", *first["loc"]))
        raise ImportRefused(
            f"The file does not hold together: {where}: {first['msg']}. Nothing was imported. "
            "Make it again under Progress on the other computer."
        ) from error
    _refuse_repeats(log)
    _refuse_loose_ends(log)
    return log


def _refuse_foreign(data: Any) -> None:
    if not isinstance(data, dict) or data.get("headset") != HEADSET:
        raise ImportRefused(
            "This is not a summary that Headset exported as JSON. Choose such a file; nothing was imported."
        )
    schema = data.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise ImportRefused(f"The file names no form that Headset knows ({schema!r}). Nothing was imported.")
    if schema > SCHEMA:
        raise ImportRefused(
            f"A newer version of Headset wrote this file (form {schema}; this version knows up to {SCHEMA}). "  # nosec B608  # no SQL
            "Update Headset here, then import it again. Nothing was imported."
        )


def _refuse_repeats(log: Log) -> None:
    places: list[tuple[str, Iterable[Hashable]]] = [
        ("attempt", (row.id for row in log.attempts)),
        ("item", (row.id for row in log.items)),
        ("response", (row.id for row in log.responses)),
        ("submit_id", (row.submit_id for row in log.responses)),
        ("sequence of responses", ((row.attempt, row.sequence) for row in log.responses)),
        ("event", (row.id for row in log.events)),
        ("sequence of events", ((row.attempt, row.sequence) for row in log.events)),
        ("answer in own words", (row.id for row in log.own_words)),
        ("plan", (row.id for row in log.plans)),
        ("plan of a qualification", (row.qualification for row in log.plans)),
        ("portfolio standing", (row.id for row in log.statuses)),
        ("piece of evidence", (row.id for row in log.evidence_items)),
        ("link of evidence", (link.id for row in log.evidence_items for link in row.criteria)),
        (
            "criterion of a piece of evidence",
            ((row.id, link.unit, link.criterion) for row in log.evidence_items for link in row.criteria),
        ),
        ("count of evidence", (row.id for row in log.evidence_counts)),
        ("counted requirement", ((row.unit, row.criterion, row.name) for row in log.evidence_counts)),
    ]
    for what, keys in places:
        key, times = next(iter(Counter(keys).most_common(1)), (None, 0))
        if times > 1:
            raise _broken(f"the same {what} is there {times} times ({_words(key)})")


def _refuse_loose_ends(log: Log) -> None:
    for digest, content in log.questions.items():
        text = stored_text(content)
        if _hash(text) != digest:
            raise _broken(f"the question {digest} is not what its hash says: it was changed after the export")
        if not _reads(question_from_json, text):
            raise _broken(f"the question {digest} is none that this version knows")
    attempts = {row.id for row in log.attempts}
    positions: dict[UUID, list[int]] = defaultdict(list)
    for item in log.items:
        if item.attempt not in attempts:
            raise _broken(f"item {item.id} belongs to the attempt {item.attempt}, which is missing")
        if item.question not in log.questions:
            raise _broken(f"the question {item.question} of item {item.id} is missing")
        positions[item.attempt].append(item.position)
    for attempt, found in positions.items():
        if sorted(found) != list(range(len(found))):
            raise _broken(f"the questions of attempt {attempt} are not numbered from 0 without a gap")
    for response in log.responses:
        if response.attempt not in attempts:
            raise _broken(
                f"response {response.id} belongs to the attempt {response.attempt}, which is missing"
            )
        if response.position >= len(positions[response.attempt]):
            raise _broken(f"the question that response {response.id} answers is missing")
        if not _reads(response_from_json, stored_text(response.response)):
            raise _broken(f"response {response.id} is no answer that this version knows")
    for event in log.events:
        if event.attempt not in attempts:
            raise _broken(f"event {event.id} belongs to the attempt {event.attempt}, which is missing")


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:  # pydantic's fault is one
        return False
    return True


def _broken(what: str) -> ImportRefused:
    return ImportRefused(
        f"The file does not hold together: {what}. Nothing was imported. Make it again under Progress on the other computer."
    )


def _words(key: object) -> str:
    return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
