"""One set of hostile texts, and a machine on which they stand wherever somebody can type or import."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from literal_attempts import a_test, practice, question

from models import (
    add_member,
    create_attempt,
    create_group,
    create_learner,
    create_lesson,
    export_log,
    gather,
    import_file,
    join_live,
    open_database,
    open_live,
    report_question,
    save_comment,
    save_evidence_types,
    save_finish,
    save_item,
    save_own_words,
    save_response,
    save_status,
    save_task,
)
from models.devices import create_device
from quiz.classes import make_task
from quiz.portfolio import make_confirmation, make_item, make_types
from quiz.progress.readiness import readiness_today
from quiz.questions import SingleChoiceResponse
from quiz.reports.summary_json import summary_json
from quiz.sessions import Lesson, answer, finish
from quiz.statistics import ReportReason
from quiz.syllabus import CriterionRef, Pack
from quiz.syllabus.official import OFFICIAL_NAME, UnitWording, attach_official

UNIT = "L/601/7638"
REF = CriterionRef(UNIT, "1.2")

HOSTILE = (
    '<img src=x onerror="window.hacked=1"> <b>zqbold</b> <script>window.hacked=1</script>',
    "[zqlink](javascript:window.hacked=1) ![zqimage](https://zq.example/i.png) <https://zq.example>",
    "https://zq.example www.zq.example/a zq@zq.example HTTP://ZQ.EXAMPLE",
    ":red[zqred] :material/zqicon: :smile: :streamlit: :help :small[zqsmall] zq:blue :::zq",
    "$zqformula^2$ $$zq_1$$ `zqcode` **zqstrong** _zqem_ ~~zqgone~~ [^zq] | zq | zq |",
    "zq -> zq <- zq -- zq >= zq &lt;zq&gt; &#36; {{ 7*7 }} ${zq} %{zq} zq{.zq}",
)
TEXT = "\n\n".join(("# zqheading", "- zqitem", "1. zqfirst", "> zqquote", "---", *HOSTILE))
"""For places that take several lines."""
LINE = f"=zq+1 {HOSTILE[0][:37]} :red[zqred] :material/zqicon: [zqlink](javascript:hacked=1) www.zq.example $zq$ `zqcode`"
"""For places that take one line, of up to 200 signs; a spreadsheet would take it for a formula."""
TITLE = "@zq <i>zqtitle</i> :red[zqred] :smile: [zqlink](//zq.example) https://zq.example $zqtex$ -> zq"
"""For places that take up to 100 signs."""
NAME = "<b>zqEve</b> :red[zq] :smile: $zq$ [a](//zq.example)"
GROUP = "=1+1 <i>zqgroup</i> :material/zq: **zq** www.zq.example"
IMPORTED = "+zqAda <u>zq</u> `zq` https://zq.example"
OFFICIAL = HOSTILE[4]
"""The wording of a criterion in a document that was imported."""
NICKNAME = "-zq <b>N</b> :red[z] *q*"


@dataclass(frozen=True)
class Hostile:
    """What was stored under which id."""

    learner: UUID
    imported: UUID
    group: UUID
    group_code: str
    lesson: UUID
    live: UUID
    live_code: str
    practising: UUID
    sat: UUID
    token: str
    """Of the learner's own device, in class mode; it is in the live lesson too."""


def fill(folder: Path, pack: Pack, now: datetime | None = None) -> Hostile:
    """Store hostile text wherever somebody can type it, and import a file that holds it."""
    now = (now or datetime.now(UTC)) - timedelta(minutes=20)
    database = open_database(folder)
    stems = iter(HOSTILE)
    asked = []
    for number in (1, 2):
        plainly = question("1.2", number)
        options = tuple(
            part.model_copy(update={"text": f"{part.key} {LINE}", "why": TEXT.replace("\n", " ")})
            for part in plainly.options
        )
        asked.append(plainly.model_copy(update={"stem": next(stems), "options": options}))
    wrong = SingleChoiceResponse(chosen="b")
    with database.write() as db:
        learner = create_learner(session=db, name=NAME, now=now).id
        group = create_group(
            session=db, name=GROUP, qualification=None, units=(UNIT,), random=Random(4), now=now
        )
        add_member(session=db, group_id=group.id, learner=learner, now=now)
        save_evidence_types(session=db, types=make_types([("<b>:", LINE), ("O", "the assessor watched")]))
        begun = practice(*asked, id=uuid4(), learner=learner, title=TITLE, started_at=now)
        sat = a_test(*asked, id=uuid4(), learner=learner, title=TITLE, started_at=now)
        for attempt in (begun, sat):
            create_attempt(session=db, attempt=attempt, plan="{}", seed=1, content_version="1")
            answered = answer(attempt, 0, wrong, now)
            save_response(
                session=db, attempt=answered, position=0, response=wrong, now=now, submit_id=uuid4()
            )
            if attempt is sat:
                save_finish(session=db, attempt=finish(answered, now + timedelta(minutes=5)))
        report_question(
            session=db, learner=learner, attempt_id=begun.id, position=0, reason=ReportReason.OTHER, text=TEXT,
            now=now,
        )  # fmt: skip
        save_own_words(session=db, learner=learner, ref=REF, text=TEXT, points=(), now=now)
        item = make_item(
            uuid4(), title=LINE, type_code="<b>:", reference=LINE, kept_where=LINE, dated=None, note=TEXT, refs={REF}
        )  # fmt: skip
        save_item(session=db, learner=learner, item=item, now=now)
        save_status(
            session=db, learner=learner, ref=CriterionRef(UNIT, "1.1"), now=now,
            status=make_confirmation(TITLE, now.date(), now.date()),
        )  # fmt: skip
        for about in (None, item.id):
            save_comment(
                session=db, comment_id=uuid4(), group_id=group.id, learner=learner, ref=REF, text=TEXT, now=now,
                item=about,
            )  # fmt: skip
        task = make_task(
            uuid4(), group.id, title=TITLE, unit=UNIT, codes=["1.2"], questions=5,
            due=now.date() + timedelta(days=9), now=now, today=now.date(),
        )  # fmt: skip
        save_task(session=db, task=task)
        lesson, live = (Lesson(uuid4(), UNIT, TITLE, tuple(asked)) for _ in range(2))
        for one in (lesson, live):
            create_lesson(session=db, lesson=one, now=now)
        opened = open_live(session=db, lesson=live.id, group=group.id, random=Random(5), now=now)
        device, token = create_device(session=db, now=now, learner=learner)
        join_live(
            session=db, lesson=live.id, device=device.id, name=NICKNAME, learner=learner, keeps=False, now=now
        )
    imported = uuid4()
    with database.read() as db:
        exported = summary_json(gather(db, pack, learner, now, readiness_today), export_log(db, learner))
    document = json.loads(exported)
    document["log"]["learner"].update(id=str(imported), name=f"\u202e{IMPORTED}\u0007")
    document["log"] = {
        name: rows if name in {"learner", "questions"} else [] for name, rows in document["log"].items()
    }
    with database.write() as db:
        (result,) = import_file(session=db, data=json.dumps(document).encode(), now=now)
        add_member(session=db, group_id=group.id, learner=result.learner.id, now=now)
    database.close()
    wording = UnitWording(source=TITLE, criteria={"1.2": OFFICIAL})
    attach_official(folder / OFFICIAL_NAME, {UNIT: wording})
    assert opened.code is not None
    return Hostile(
        learner, imported, group.id, group.join_code, lesson.id, live.id, opened.code, begun.id, sat.id, token
    )


def squeezed(text: str) -> str:
    """Return text without the signs that nobody sees, its runs of blanks as one."""
    return " ".join(text.replace("\u2060", "").split())


def lines(text: str) -> Iterable[str]:
    """Return the lines of a text that hold anything."""
    return [line for line in text.splitlines() if line.strip()]
