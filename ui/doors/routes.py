"""The routes: join by a code, sign in as tutor, leave, and news of a live lesson.

A device gets a new token whenever it comes to mean more than before (a learner's, the tutor's). Only a
POST changes anything.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from models import (
    LONGEST_NAME,
    Database,
    Device,
    Learner,
    LiveLesson,
    NameTaken,
    RecordMissing,
    StorageError,
    add_member,
    create_device,
    create_learner,
    end_tutors,
    join_live,
    leave_device,
    make_tutor,
    save_plan,
    save_settings,
    seat_learner,
    seat_tutor,
    select_optional_device,
    select_optional_group_to_join,
    select_optional_joinable,
    select_optional_learner,
    select_optional_participant,
    select_optional_returning,
    take_return_code,
)
from quiz.classes import CODE_LENGTH, CODE_SIGNS, Group
from quiz.errors import QuizError
from quiz.sessions import LONGEST_NICKNAME
from quiz.wording import count, without_controls
from ui import clock
from ui.access import COOKIE
from ui.doors.forms import Refused, address_of, fields_of, page
from ui.doors.guard import on_this_machine
from ui.doors.passcode import Passcode
from ui.doors.throttle import Throttle
from ui.news import NEWS, answers_of, place_of

NEWS_SECONDS: Final = 25.0
_COOKIE_SECONDS: Final = 180 * 24 * 3600
_WRONG_PASSCODES, _WRONG_PASSCODES_OF_ALL, _WRONG_CODES = 5, 30, 20
_ALL: Final = "all"
_LOG = logging.getLogger("headset")

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Visitor:
    """Who asks: the device of the cookie and the learner whose it is, as the database knows them now."""

    device: Device | None
    learner: Learner | None

    @property
    def tutor(self) -> bool:
        """Return whether the passcode was given on the device."""
        return self.device is not None and self.device.tutor

    @property
    def name(self) -> str:
        """Return the learner's name, or nothing."""
        return self.learner.label if self.learner else ""


@dataclass(frozen=True)
class Found:
    """What a code opens: one of the three."""

    live: LiveLesson | None = None
    group: Group | None = None
    returning: Learner | None = None


class Doors:
    """The routes of one class server, with its passcode and its counts of wrong tries."""

    def __init__(self, database: Database, passcode: Passcode, news_seconds: float = NEWS_SECONDS) -> None:
        """Answer from that database; news is waited for so many seconds at most."""
        self._database, self._passcode, self._news_seconds = database, passcode, news_seconds
        self._passcodes, self._codes = Throttle(_WRONG_PASSCODES), Throttle(_WRONG_CODES)
        self._all_passcodes = Throttle(_WRONG_PASSCODES_OF_ALL)

    def begin(self) -> None:
        """Take the tutor's rights from every device: the passcode is asked for again."""
        with self._database.write() as session:
            end_tutors(session=session)

    @property
    def routes(self) -> list[Route]:
        """Return the routes as `st.App` takes them."""
        return [
            Route("/join", _safely(self._show_join), methods=["GET"]),
            Route("/join", _safely(self._join), methods=["POST"]),
            Route("/j/{code}", _safely(self._show_code), methods=["GET"]),
            Route("/tutor", _safely(self._show_tutor), methods=["GET"]),
            Route("/tutor", _safely(self._sign_in), methods=["POST"]),
            Route("/leave", _safely(self._show_leave), methods=["GET"]),
            Route("/leave", _safely(self._leave), methods=["POST"]),
            Route("/live/news", _safely(self._news), methods=["GET"]),
        ]

    # Joining

    async def _show_join(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        return _join_page(visitor, code_of(request.query_params.get("code", "")))

    async def _show_code(self, request: Request) -> Response:
        return await self._open_code(request, code_of(request.path_params["code"]))

    async def _join(self, request: Request) -> Response:
        fields = await fields_of(request)
        code, enter = code_of(fields.get("code", "")), fields.get("enter")
        if not code:
            return _join_page(await self._visitor(request), "", "Type the code first.", 400)
        if enter not in {"live", "group", "back"}:
            return await self._open_code(request, code)
        visitor = await self._visitor(request)
        found = await self._look_up(request, code)
        if isinstance(found, str):
            return _join_page(visitor, code, found, 429 if "Wait" in found else 404)
        if enter == "live" and found.live is not None:
            return await self._enter_live(request, visitor, found.live, code, fields)
        if enter == "group" and found.group is not None:
            return await self._enter_group(request, visitor, found.group, code, fields)
        if enter == "back" and found.returning is not None:
            return await self._come_back(request, visitor, code)
        return await self._open_code(request, code)

    async def _open_code(self, request: Request, code: str) -> Response:
        """Show what a code opens, with what it still needs to know."""
        visitor = await self._visitor(request)
        found = await self._look_up(request, code)
        if isinstance(found, str):
            return _join_page(visitor, code, found, 429 if "Wait" in found else 404)
        if found.live is not None:
            if visitor.device is not None and await self._in_lesson(visitor.device, found.live.lesson):
                return _see("/live")
            return _live_page(visitor, code)
        if found.group is not None:
            return _group_page(visitor, found.group, code)
        assert found.returning is not None  # one of the three
        return page("back.html", code=code, name=found.returning.label, known=visitor.name)

    async def _look_up(self, request: Request, code: str) -> Found | str:
        """Return what a code opens, or what to say where it opens nothing or one has to wait."""
        address = address_of(request)
        wait = self._codes.wait(address)
        if wait:
            return f"Too many codes that were not right. Wait {count(wait, 'second')}, then try again."
        found = await run_in_threadpool(self._found, code)
        if found is None:
            self._codes.wrong(address)
            return f"Nothing is open under “{code[:20]}”. Look at the code once more, or ask your tutor for the new one."
        return found

    def _found(self, code: str) -> Found | None:
        if len(code) != CODE_LENGTH or not set(code) <= set(CODE_SIGNS):
            return None
        with self._database.read() as session:
            live = select_optional_joinable(session=session, code=code)
            if live is not None:
                return Found(live=live)
            group = select_optional_group_to_join(session=session, code=code)
            if group is not None:
                return Found(group=group)
            returning = select_optional_returning(session=session, code=code, now=clock.now())
            learner = returning and select_optional_learner(session=session, learner_id=returning)
            return Found(returning=learner) if learner else None

    async def _enter_live(
        self, request: Request, visitor: Visitor, live: LiveLesson, code: str, fields: dict[str, str]
    ) -> Response:
        name, keeps = fields.get("nickname", ""), fields.get("keeps") == "yes"

        def enter() -> str | None:
            with self._database.write() as session:
                device, token = visitor.device, None
                if device is None:
                    device, token = create_device(session=session, now=clock.now())
                join_live(
                    session=session, lesson=live.lesson, device=device.id, name=name,
                    learner=device.learner, keeps=keeps, now=clock.now(),
                )  # fmt: skip
            return token

        try:
            token = await run_in_threadpool(enter)
        except (QuizError, RecordMissing) as error:
            return _live_page(visitor, code, name, keeps, str(error), 400)
        NEWS.tell(answers_of(live.lesson))
        return self._with_cookie(request, _see("/live"), token)

    async def _enter_group(
        self, request: Request, visitor: Visitor, group: Group, code: str, fields: dict[str, str]
    ) -> Response:
        name = without_controls(fields.get("name", ""))

        def enter() -> str | None:
            with self._database.write() as session:
                learner, token = visitor.learner, None
                if learner is None:
                    learner = create_learner(session=session, name=name, now=clock.now())
                    _take_over(session, learner.id, group)
                    _, token = seat_learner(
                        session=session, device=visitor.device, learner=learner.id, now=clock.now()
                    )
                add_member(session=session, group_id=group.id, learner=learner.id, now=clock.now())
            return token

        try:
            token = await run_in_threadpool(enter)
        except NameTaken:
            said = (
                f"Somebody here is called “{' '.join(name.split())}” already. Add an initial. If it was you, on "
                "another device, ask your tutor for a code that brings you back."
            )
            return _group_page(visitor, group, code, name, said, 409)
        except (ValueError, RecordMissing) as error:
            return _group_page(visitor, group, code, name, str(error), 400)
        return self._with_cookie(request, _see("/"), token)

    async def _come_back(self, request: Request, visitor: Visitor, code: str) -> Response:
        def enter() -> str | None:
            with self._database.write() as session:
                learner = take_return_code(session=session, code=code, now=clock.now())
                if learner is None:  # somebody was quicker
                    return None
                device = visitor.device
                if device is not None and device.learner is not None and not device.tutor:
                    if device.learner != learner:
                        leave_device(session=session, device=device.id)
                    device = None
                return seat_learner(session=session, device=device, learner=learner, now=clock.now())[1]

        token = await run_in_threadpool(enter)
        if token is None:
            return _join_page(visitor, code, "This code was used already. Ask your tutor for another.", 404)
        return self._with_cookie(request, _see("/"), token)

    def _in_lesson_now(self, device: UUID, lesson: UUID) -> bool:
        with self._database.read() as session:
            return select_optional_participant(session=session, lesson=lesson, device=device) is not None

    async def _in_lesson(self, device: Device, lesson: UUID) -> bool:
        return await run_in_threadpool(self._in_lesson_now, device.id, lesson)

    # The tutor

    async def _show_tutor(self, request: Request) -> Response:
        return _tutor_page(await self._visitor(request))

    async def _sign_in(self, request: Request) -> Response:
        fields = await fields_of(request)
        visitor, address = await self._visitor(request), address_of(request)
        wait = self._passcodes.wait(address)
        # The limit on all keeps many devices from guessing together. It never bars the machine that the
        # server runs on, so that nobody can keep the tutor out.
        if not on_this_machine(address):
            wait = max(wait, self._all_passcodes.wait(_ALL))
        if wait:
            said = f"Too many wrong passcodes. Wait {count(wait, 'second')}, then try again."
            return _tutor_page(visitor, said, 429)
        # Counted before it is checked, so that guesses sent at once are slowed as well.
        self._passcodes.wrong(address)
        if not await run_in_threadpool(self._passcode.matches, fields.get("passcode", "")):
            self._all_passcodes.wrong(_ALL)
            return _tutor_page(visitor, "That is not the passcode. Nothing was opened; try again.", 403)
        self._passcodes.right(address)

        def enter() -> str:
            with self._database.write() as session:
                return seat_tutor(session=session, device=visitor.device, now=clock.now())

        return self._with_cookie(request, _see("/"), await run_in_threadpool(enter))

    # Leaving

    async def _show_leave(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        return page("leave.html", tutor=visitor.tutor, known=visitor.name, device=visitor.device is not None)

    async def _leave(self, request: Request) -> Response:
        await fields_of(request)
        visitor = await self._visitor(request)
        device = visitor.device

        def leave() -> None:
            with self._database.write() as session:
                if device is not None and device.tutor and device.learner is not None:
                    make_tutor(session=session, device=device.id, tutor=False)
                elif device is not None:
                    leave_device(session=session, device=device.id)

        await run_in_threadpool(leave)
        answer = _see("/tutor" if visitor.tutor else "/join")
        if not (visitor.tutor and visitor.learner):
            answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return answer

    # News

    async def _news(self, request: Request) -> Response:
        asked = request.query_params
        topic, since = asked.get("topic", ""), asked.get("since", "0")
        if topic not in {"place", "answers"} or not (since.isascii() and since.isdigit() and len(since) < 20):
            return JSONResponse({"error": "topic is place or answers, since a number"}, 400)
        try:
            lesson = UUID(asked.get("lesson", ""))
        except ValueError:
            return _not_yours()
        visitor = await self._visitor(request)
        device = visitor.device
        if device is None:
            return _not_yours()
        if not device.tutor and not (topic == "place" and await self._in_lesson(device, lesson)):
            return _not_yours()
        name = place_of(lesson) if topic == "place" else answers_of(lesson)
        number = await NEWS.wait(name, int(since), self._news_seconds)
        return JSONResponse({"number": number}, headers={"Cache-Control": "no-store"})

    # Who asks

    async def _visitor(self, request: Request) -> Visitor:
        token = request.cookies.get(COOKIE)
        return await run_in_threadpool(self._known, token) if token else Visitor(None, None)

    def _known(self, token: str) -> Visitor:
        with self._database.read() as session:
            device = select_optional_device(session=session, token=token)
            if device is None or device.learner is None:
                return Visitor(device, None)
            return Visitor(device, select_optional_learner(session=session, learner_id=device.learner))

    def _with_cookie(self, request: Request, answer: Response, token: str | None) -> Response:
        if token is not None:
            answer.set_cookie(
                COOKIE, token, max_age=_COOKIE_SECONDS, path="/", httponly=True, samesite="lax",
                secure=request.url.scheme == "https",
            )  # fmt: skip
        return answer


def code_of(text: str) -> str:
    """Return what was typed as a code, in the form in which codes are kept: capitals, without spaces or dashes."""
    return "".join(without_controls(text).split()).replace("-", "").upper()[:40]


def _take_over(session: Any, learner: UUID, group: Group) -> None:
    """Store the group's qualification and units as those of a new learner."""
    if group.qualification is None:
        return
    save_settings(session=session, learner_id=learner, settings={"qualification": group.qualification})
    if group.units is not None:
        save_plan(
            session=session, learner=learner, qualification=group.qualification, units=group.units,
            now=clock.now(),
        )  # fmt: skip


def _safely(handler: Handler) -> Handler:
    """Return the handler with every fault turned into a page in words."""

    async def safe(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            return page("message.html", status=refused.status, error=str(refused))
        except StorageError:
            _LOG.exception("The database could not be used at %s", request.url.path)
            said = "Headset cannot reach its answers just now; nothing was changed. Try again, and tell your tutor."
            return page("message.html", status=503, error=said)
        except Exception:
            reference = uuid4().hex[:8]
            _LOG.exception("Fault %s at %s", reference, request.url.path)
            said = f"Headset met a fault of its own. Try again; if it happens again, tell your tutor this reference: {reference}."
            return page("message.html", status=500, error=said)

    return safe


def _see(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def _not_yours() -> Response:
    return JSONResponse({"error": "not for this device"}, 403)


def _join_page(visitor: Visitor, code: str, error: str = "", status: int = 200) -> Response:
    return page("join.html", status=status, code=code, known=visitor.name, error=error)


def _live_page(
    visitor: Visitor, code: str, name: str = "", keeps: bool = False, error: str = "", status: int = 200
) -> Response:
    return page(
        "live.html", status=status, code=code, known=visitor.name, name=name or visitor.name[:LONGEST_NICKNAME],
        keeps=keeps, longest=LONGEST_NICKNAME, error=error,
    )  # fmt: skip


def _group_page(
    visitor: Visitor, group: Group, code: str, name: str = "", error: str = "", status: int = 200
) -> Response:
    return page(
        "group.html", status=status, code=code, known=visitor.name, group=group.title, name=name,
        longest=LONGEST_NAME, error=error,
    )  # fmt: skip


def _tutor_page(visitor: Visitor, error: str = "", status: int = 200) -> Response:
    return page("tutor.html", status=status, tutor=visitor.tutor, error=error)
