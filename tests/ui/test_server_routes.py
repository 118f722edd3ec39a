"""The doors of a class: who gets in by which code, the passcode, leaving, news, and what odd requests get."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from models import (
    Database,
    archive_group,
    bind_device,
    create_device,
    create_group,
    create_learner,
    create_lesson,
    create_return_code,
    end_live,
    open_database,
    open_live,
    select_learners,
    select_members,
    select_optional_device,
    select_optional_learner,
    select_optional_plan,
    select_participants,
)
from quiz.classes import Group
from quiz.sessions import Lesson, QuestionBank
from quiz.syllabus import CriterionRef
from ui.access import COOKIE
from ui.doors import Doors, Passcode, SafeAnswers
from ui.doors.throttle import Throttle
from ui.news import NEWS, answers_of, place_of

UNIT = "L/601/7638"
TEA = CriterionRef(UNIT, "1.2")
RIGHT, WRONG = "open sesame", "open barley"
LAN = ("10.0.0.7", 40000)
Opened = Callable[..., TestClient]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_database(tmp_path_factory.mktemp("doors"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def passcode() -> Passcode:
    return Passcode(RIGHT)


@pytest.fixture
def doors(database: Database, passcode: Passcode) -> Doors:
    return Doors(database, passcode, news_seconds=0.05)


@pytest.fixture
def browser(doors: Doors) -> Opened:
    """Return a function that opens a new browser, with no cookie, at an address of the network."""
    figures = Route("/_stcore/metrics", lambda request: PlainTextResponse("figures"))
    app = Starlette(routes=[*doors.routes, figures], middleware=[Middleware(SafeAnswers)])

    def opened(client: tuple[str, int] = LAN) -> TestClient:
        return TestClient(app, client=client, follow_redirects=False)

    return opened


def now() -> datetime:
    return datetime.now(UTC)


def a_group(
    database: Database, name: str, *, units: tuple[str, ...] | None = None, demo: bool = False
) -> Group:
    with database.write() as session:
        return create_group(
            session=session, name=name, qualification="btec2-cco", units=units, random=Random(name), now=now(), demo=demo
        )  # fmt: skip


def a_learner(database: Database, name: str) -> UUID:
    with database.write() as session:
        return create_learner(session=session, name=name, now=now()).id


def set_token(browser: TestClient, token: str) -> None:
    browser.cookies.set(COOKIE, token, domain="testserver.local", path="/")


def a_device(database: Database, browser: TestClient, **facts: object) -> UUID:
    """Give a browser the cookie of a new device."""
    with database.write() as session:
        device, token = create_device(session=session, now=now(), **facts)
    set_token(browser, token)
    return device.id


def a_live_lesson(database: Database, bank: QuestionBank) -> tuple[UUID, str]:
    lesson = Lesson(
        uuid4(), UNIT, "Unit 203: 1.2", tuple(bank.question(f, 1) for f in bank.families_of(TEA)[:2])
    )
    with database.write() as session:
        create_lesson(session=session, lesson=lesson, now=now())
        live = open_live(
            session=session, lesson=lesson.id, group=None, random=Random(lesson.id.int), now=now()
        )
    assert live.code is not None
    return lesson.id, live.code


def a_return_code(database: Database, learner: UUID, made: datetime | None = None) -> str:
    with database.write() as session:
        return create_return_code(
            session=session, learner=learner, random=Random(learner.int), now=made or now()
        )


def owner(database: Database, browser: TestClient) -> UUID | None:
    """Return whose device the browser's cookie makes it."""
    with database.read() as session:
        device = select_optional_device(session=session, token=browser.cookies.get(COOKIE))
    return device.learner if device else None


def is_tutor(database: Database, browser: TestClient) -> bool:
    with database.read() as session:
        device = select_optional_device(session=session, token=browser.cookies.get(COOKIE))
    return device is not None and device.tutor


def members(database: Database, group: Group) -> list[str]:
    with database.read() as session:
        return [member.name for member in select_members(session=session, group_id=group.id)]


def participants(database: Database, lesson: UUID) -> list[tuple[str, UUID | None, bool]]:
    with database.read() as session:
        found = select_participants(session=session, lesson=lesson)
    return [(entry.nickname, entry.learner, entry.keeps) for entry in found]


# --- Groups


def test_a_newcomer_joins_a_group_with_its_code_and_a_name(database: Database, browser: Opened) -> None:
    group, phone = a_group(database, "Monday", units=(UNIT,)), browser()
    typed = f" {group.join_code[:3].lower()} {group.join_code[3:].lower()} "
    asked = phone.post("/join", data={"code": typed})
    assert asked.status_code == 200
    assert "Join the group “Monday”" in asked.text
    assert "Your name" in asked.text
    answer = phone.post("/join", data={"code": group.join_code, "enter": "group", "name": "Asha  Rao"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert members(database, group) == ["Asha Rao"]
    mine = owner(database, phone)
    assert mine is not None
    with database.read() as session:
        learner = select_optional_learner(session=session, learner_id=mine)
        plan = select_optional_plan(session=session, learner=mine, qualification="btec2-cco")
    assert learner is not None
    assert (learner.name, learner.settings) == ("Asha Rao", {"qualification": "btec2-cco"})
    assert plan == {UNIT}


def test_the_cookie_is_kept_from_scripts_and_other_sites_for_180_days(
    database: Database, browser: Opened
) -> None:
    group = a_group(database, "Cookie")
    answer = browser().post("/join", data={"code": group.join_code, "enter": "group", "name": "Cleo"})
    facts = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert facts == {"httponly", "samesite=lax", "path=/", "max-age=15552000"}


def test_over_https_the_cookie_is_for_https_only(database: Database, doors: Doors) -> None:
    group = a_group(database, "Proxy")
    phone = TestClient(
        Starlette(routes=doors.routes), base_url="https://class.example", follow_redirects=False
    )
    answer = phone.post("/join", data={"code": group.join_code, "enter": "group", "name": "Petra"})
    assert "; secure" in answer.headers["set-cookie"].lower()


def test_a_name_that_is_taken_is_not_handed_over(database: Database, browser: Opened) -> None:
    group, phone = a_group(database, "Taken"), browser()
    bert = a_learner(database, "Bert")
    answer = phone.post("/join", data={"code": group.join_code, "enter": "group", "name": "BERT"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert "ask your tutor for a code that brings you back" in answer.text
    assert COOKIE not in phone.cookies
    assert members(database, group) == []
    with database.read() as session:
        assert [one.id for one in select_learners(session=session) if one.name.casefold() == "bert"] == [bert]


@pytest.mark.parametrize(
    ("name", "said"), [("   ", "Type a name first."), ("x" * 61, "61 characters long; 60 is the most")]
)
def test_a_name_that_is_none_is_refused_in_words(
    database: Database, browser: Opened, name: str, said: str
) -> None:
    group = a_group(database, f"Names {len(name)}")
    answer = browser().post("/join", data={"code": group.join_code, "enter": "group", "name": name})
    assert answer.status_code == 400
    assert said in answer.text
    assert members(database, group) == []


def test_a_device_with_a_learner_joins_another_group_as_that_learner(
    database: Database, browser: Opened
) -> None:
    group, phone = a_group(database, "Second"), browser()
    dora = a_learner(database, "Dora")
    a_device(database, phone, learner=dora)
    assert "Join as Dora" in phone.get(f"/j/{group.join_code}").text
    answer = phone.post("/join", data={"code": group.join_code, "enter": "group", "name": "Somebody else"})
    assert answer.headers["location"] == "/"
    assert members(database, group) == ["Dora"]


def test_nobody_joins_an_archived_group_or_a_demo_group(database: Database, browser: Opened) -> None:
    old, demo = a_group(database, "Old"), a_group(database, "Made up", demo=True)
    with database.write() as session:
        archive_group(session=session, group_id=old.id, now=now())
    for group in (old, demo):
        answer = browser().post("/join", data={"code": group.join_code, "enter": "group", "name": "Nina"})
        assert answer.status_code == 404
        assert members(database, group) == []


def test_names_and_codes_are_shown_letter_by_letter(database: Database, browser: Opened) -> None:
    group = a_group(database, "<b>Bold</b>")
    shown = browser().get(f"/j/{group.join_code}").text
    assert "&lt;b&gt;Bold&lt;/b&gt;" in shown
    assert "<b>" not in shown
    assert "<script>" not in browser().get("/join", params={"code": '"><script>'}).text.lower()


def test_the_code_in_the_address_stands_in_the_field(browser: Opened) -> None:
    assert 'value="CDFGHJ"' in browser().get("/join", params={"code": "cdf ghj"}).text


# --- Live lessons


def test_a_guest_joins_a_live_lesson_with_a_nickname(
    database: Database, browser: Opened, shipped_bank: QuestionBank
) -> None:
    (lesson, code), phone = a_live_lesson(database, shipped_bank), browser()
    asked = phone.get(f"/j/{code.lower()}")
    assert "A name for this lesson" in asked.text
    assert "my own practice" not in asked.text
    before = NEWS.number(answers_of(lesson))
    answer = phone.post("/join", data={"code": code, "enter": "live", "nickname": "Fox", "keeps": "yes"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/live")
    assert participants(database, lesson) == [("Fox", None, False)]
    assert NEWS.number(answers_of(lesson)) == before + 1
    assert owner(database, phone) is None


def test_a_device_that_is_in_the_lesson_goes_straight_back(
    database: Database, browser: Opened, shipped_bank: QuestionBank
) -> None:
    (lesson, code), phone = a_live_lesson(database, shipped_bank), browser()
    phone.post("/join", data={"code": code, "enter": "live", "nickname": "Owl"})
    for answer in (phone.get(f"/j/{code}"), phone.post("/join", data={"code": code})):
        assert (answer.status_code, answer.headers["location"]) == (303, "/live")
    phone.post("/join", data={"code": code, "enter": "live", "nickname": "Another"})
    assert participants(database, lesson) == [("Owl", None, False)]


def test_a_nickname_of_another_device_is_refused(
    database: Database, browser: Opened, shipped_bank: QuestionBank
) -> None:
    lesson, code = a_live_lesson(database, shipped_bank)
    browser().post("/join", data={"code": code, "enter": "live", "nickname": "Hare"})
    late = browser()
    answer = late.post("/join", data={"code": code, "enter": "live", "nickname": "hare"})
    assert answer.status_code == 400
    assert "called “Hare” already" in answer.text
    assert participants(database, lesson) == [("Hare", None, False)]
    assert COOKIE not in late.cookies


def test_a_learner_says_whether_answers_are_kept(
    database: Database, browser: Opened, shipped_bank: QuestionBank
) -> None:
    (lesson, code), phone, other = a_live_lesson(database, shipped_bank), browser(), browser()
    elsa, finn = a_learner(database, "Elsa"), a_learner(database, "Finn")
    a_device(database, phone, learner=elsa)
    a_device(database, other, learner=finn)
    asked = phone.get(f"/j/{code}").text
    assert "Also keep these answers in my own practice (Elsa)" in asked
    assert 'value="yes">' in asked  # not ticked beforehand
    phone.post("/join", data={"code": code, "enter": "live", "nickname": "E", "keeps": "yes"})
    other.post("/join", data={"code": code, "enter": "live", "nickname": "F"})
    assert participants(database, lesson) == [("E", elsa, True), ("F", finn, False)]


def test_the_code_of_a_lesson_that_has_ended_opens_nothing(
    database: Database, browser: Opened, shipped_bank: QuestionBank
) -> None:
    lesson, code = a_live_lesson(database, shipped_bank)
    with database.write() as session:
        end_live(session=session, lesson=lesson, content_version="1", now=now())
    assert browser().post("/join", data={"code": code}).status_code == 404


# --- Coming back


def test_a_return_code_lets_a_learner_in_on_a_new_device_and_the_old_one_is_out(
    database: Database, browser: Opened
) -> None:
    old, new = browser(), browser()
    gina = a_learner(database, "Gina")
    a_device(database, old, learner=gina)
    code = a_return_code(database, gina)
    assert "Come back as Gina" in new.post("/join", data={"code": code}).text
    assert owner(database, old) == gina  # nothing has changed yet
    answer = new.post("/join", data={"code": code, "enter": "back"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (owner(database, new), owner(database, old)) == (gina, None)
    again = browser()
    assert again.post("/join", data={"code": code, "enter": "back"}).status_code == 404
    assert owner(database, again) is None


def test_a_return_code_is_good_for_half_an_hour(database: Database, browser: Opened) -> None:
    code = a_return_code(database, a_learner(database, "Hugo"), now() - timedelta(minutes=31))
    assert browser().post("/join", data={"code": code, "enter": "back"}).status_code == 404


def test_a_device_of_another_learner_is_that_learners_no_more_after_a_return(
    database: Database, browser: Opened
) -> None:
    shared, ivo, jane = browser(), a_learner(database, "Ivo"), a_learner(database, "Jane")
    a_device(database, shared, learner=ivo)
    before = shared.cookies[COOKIE]
    shared.post("/join", data={"code": a_return_code(database, jane), "enter": "back"})
    assert owner(database, shared) == jane
    shared.cookies.clear()
    set_token(shared, before)
    assert owner(database, shared) is None


def test_a_guest_who_becomes_a_learner_stays_in_the_lesson_under_a_new_token(
    database: Database, browser: Opened, shipped_bank: QuestionBank
) -> None:
    (_, code), phone, group = a_live_lesson(database, shipped_bank), browser(), a_group(database, "Later")
    phone.post("/join", data={"code": code, "enter": "live", "nickname": "Kite"})
    before = phone.cookies[COOKIE]
    phone.post("/join", data={"code": group.join_code, "enter": "group", "name": "Kit"})
    assert owner(database, phone) is not None
    assert phone.get(f"/j/{code}").headers["location"] == "/live"
    with database.read() as session:
        assert select_optional_device(session=session, token=before) is None


# --- The tutor


def test_the_passcode_makes_a_device_the_tutors_and_another_word_does_not(
    database: Database, browser: Opened
) -> None:
    laptop = browser()
    refused = laptop.post("/tutor", data={"passcode": WRONG})
    assert refused.status_code == 403
    assert "That is not the passcode" in refused.text
    assert COOKIE not in laptop.cookies
    answer = laptop.post("/tutor", data={"passcode": RIGHT})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert is_tutor(database, laptop)


def test_a_token_known_before_signing_in_is_worth_nothing_after(database: Database, browser: Opened) -> None:
    laptop, thief = browser(), browser()
    a_device(database, laptop)
    set_token(thief, laptop.cookies[COOKIE])
    laptop.post("/tutor", data={"passcode": RIGHT})
    assert is_tutor(database, laptop)
    assert not is_tutor(database, thief)


def test_after_five_wrong_passcodes_even_the_right_one_waits(database: Database, browser: Opened) -> None:
    laptop = browser()
    assert [laptop.post("/tutor", data={"passcode": WRONG}).status_code for _ in range(5)] == [403] * 5
    answer = laptop.post("/tutor", data={"passcode": RIGHT})
    assert answer.status_code == 429
    assert "Wait 60 seconds" in answer.text
    assert not is_tutor(database, laptop)
    elsewhere = browser(("10.0.0.8", 1))
    assert elsewhere.post("/tutor", data={"passcode": RIGHT}).status_code == 303


def test_many_devices_guessing_together_wait_but_never_the_servers_own_machine(
    database: Database, browser: Opened, doors: Doors
) -> None:
    for _ in range(30):
        doors._all_passcodes.wrong("all")
    assert browser(("10.0.9.9", 1)).post("/tutor", data={"passcode": RIGHT}).status_code == 429
    own = browser(("127.0.0.1", 1))
    assert own.post("/tutor", data={"passcode": RIGHT}).status_code == 303
    assert is_tutor(database, own)


def test_a_wait_ends_however_often_somebody_knocks() -> None:
    time = [0.0]
    throttle = Throttle(3, 60, lambda: time[0])
    for _ in range(3):
        throttle.wrong("a")
    assert (throttle.wait("a"), throttle.wait("b")) == (60, 0)
    time[0] = 59.5
    assert throttle.wait("a") == 1
    time[0] = 60
    assert throttle.wait("a") == 0
    throttle.wrong("a")
    assert throttle.wait("a") == 0


def test_wrong_tries_far_apart_make_nobody_wait() -> None:
    time = [0.0]
    throttle = Throttle(2, 60, lambda: time[0])
    throttle.wrong("a")
    time[0] = 61
    throttle.wrong("a")
    assert throttle.wait("a") == 0


@pytest.mark.parametrize("text", ["", "12345", "x" * 201])
def test_a_passcode_has_six_characters_at_least(text: str) -> None:
    with pytest.raises(ValueError, match="at least 6 characters"):
        Passcode(text)


def test_a_new_start_signs_every_tutor_out(database: Database, browser: Opened, doors: Doors) -> None:
    laptop = browser()
    laptop.post("/tutor", data={"passcode": RIGHT})
    doors.begin()
    assert not is_tutor(database, laptop)


# --- Leaving


def test_a_learner_leaves_by_a_post_and_the_token_opens_nothing(database: Database, browser: Opened) -> None:
    phone, lena = browser(), a_learner(database, "Lena")
    a_device(database, phone, learner=lena)
    token = phone.cookies[COOKIE]
    assert "You are <strong>Lena</strong>" in phone.get("/leave").text
    assert owner(database, phone) == lena  # looking changes nothing
    answer = phone.post("/leave")
    assert (answer.status_code, answer.headers["location"]) == (303, "/join")
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    with database.read() as session:
        assert select_optional_device(session=session, token=token) is None


def test_a_tutor_signs_out_and_a_learner_who_was_tutor_stays_a_learner(
    database: Database, browser: Opened
) -> None:
    laptop, mine, mona = browser(), browser(), a_learner(database, "Mona")
    laptop.post("/tutor", data={"passcode": RIGHT})
    assert laptop.post("/leave").headers["location"] == "/tutor"
    assert not is_tutor(database, laptop)
    a_device(database, mine, learner=mona, tutor=True)
    mine.post("/leave")
    assert (is_tutor(database, mine), owner(database, mine)) == (False, mona)


# --- News


def news(browser: TestClient, lesson: object, topic: str, since: object = 0) -> tuple[int, object]:
    answer = browser.get("/live/news", params={"lesson": str(lesson), "topic": topic, "since": str(since)})
    return answer.status_code, answer.json().get("number")


def test_news_of_the_screen_is_for_those_in_the_lesson_and_of_answers_for_the_tutor(
    database: Database, browser: Opened, shipped_bank: QuestionBank
) -> None:
    (lesson, code), (other, _) = a_live_lesson(database, shipped_bank), a_live_lesson(database, shipped_bank)
    phone, tutor, stranger = browser(), browser(), browser()
    phone.post("/join", data={"code": code, "enter": "live", "nickname": "Newt"})
    a_device(database, tutor, tutor=True)
    a_device(database, stranger, learner=a_learner(database, "Olga"))
    NEWS.tell(place_of(lesson))
    place, answers = NEWS.number(place_of(lesson)), NEWS.number(answers_of(lesson))
    assert news(phone, lesson, "place") == (200, place)
    assert news(phone, lesson, "place", place) == (200, place)  # nothing new: it waited in vain
    assert news(phone, lesson, "answers") == (403, None)
    assert news(phone, other, "place") == (403, None)
    assert news(tutor, lesson, "place") == (200, place)
    assert news(tutor, lesson, "answers") == (200, answers)
    for outsider in (stranger, browser()):
        assert news(outsider, lesson, "place") == (403, None)
        assert news(outsider, lesson, "answers") == (403, None)


@pytest.mark.parametrize(
    ("lesson", "topic", "since", "status"),
    [
        ("no-id", "place", 0, 403),
        (uuid4(), "place", 0, 403),
        (uuid4(), "all", 0, 400),
        (uuid4(), "place", -1, 400),
        (uuid4(), "place", "٣", 400),
        (uuid4(), "place", "9" * 30, 400),
    ],
)
def test_odd_questions_for_news_are_refused(
    browser: Opened, lesson: object, topic: str, since: object, status: int
) -> None:
    assert news(browser(), lesson, topic, since) == (status, None)


# --- Odd requests


def test_what_another_site_sends_changes_nothing(database: Database, browser: Opened) -> None:
    phone, pia, group = browser(), a_learner(database, "Pia"), a_group(database, "Foreign")
    a_device(database, phone, learner=pia)
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        for path, data in (
            ("/leave", {}),
            ("/tutor", {"passcode": RIGHT}),
            ("/join", {"code": group.join_code, "enter": "group"}),
        ):
            assert phone.post(path, data=data, headers=headers).status_code == 403
    assert owner(database, phone) == pia
    assert not is_tutor(database, phone)
    assert members(database, group) == []
    assert phone.post("/leave", headers={"Origin": "http://testserver"}).status_code == 303


@pytest.mark.parametrize("path", ["/join", "/tutor", "/leave"])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"code=%ff%fe&passcode=%ff", "application/x-www-form-urlencoded", 400),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded", 400),
        (b"code=" + b"A" * 9000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a%d=1" % n for n in range(50)), "application/x-www-form-urlencoded", 400),
        (b'{"code": "ABCDEF"}', "application/json", 415),
    ],
)
def test_a_body_that_is_no_form_of_ours_gets_a_page_in_words(
    browser: Opened, path: str, body: bytes, kind: str, status: int
) -> None:
    answer = browser().post(path, content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("code", ["", "   ", "ABC", "Ü" * 6, "A" * 500, "'; DROP", "\x00\x01", "......"])
def test_a_code_that_opens_nothing_gets_the_field_again(browser: Opened, code: str) -> None:
    answer = browser().post("/join", data={"code": code})
    assert answer.status_code in {400, 404}
    assert 'role="alert"' in answer.text
    assert 'name="code"' in answer.text


def test_after_twenty_wrong_codes_an_address_waits(database: Database, browser: Opened) -> None:
    phone, group = browser(), a_group(database, "Guessed")
    assert {phone.get("/j/CCCCCC").status_code for _ in range(20)} == {404}
    for answer in (phone.get(f"/j/{group.join_code}"), phone.post("/join", data={"code": group.join_code})):
        assert answer.status_code == 429
        assert "Wait 60 seconds" in answer.text
    assert browser(("10.0.0.9", 1)).get(f"/j/{group.join_code}").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "é" * 50, "A" * 3000, "' OR 1=1 --"])
def test_a_forged_token_is_nobody(database: Database, browser: Opened, token: str) -> None:
    forger = browser()
    header = {"Cookie": f"{COOKIE}={token}".encode("latin-1")}
    assert "Nobody is signed in on this device." in forger.get("/leave", headers=header).text


def test_a_device_taken_from_its_learner_is_nobodys(database: Database, browser: Opened) -> None:
    phone = browser()
    device = a_device(database, phone, learner=a_learner(database, "Quin"))
    with database.write() as session:
        bind_device(session=session, device=device, learner=None)
    assert "Nobody is signed in on this device." in phone.get("/leave").text


@pytest.mark.parametrize("path", ["/join", "/j/CCCCCC", "/tutor", "/leave"])
def test_every_page_carries_the_security_headers_and_holds_no_script(browser: Opened, path: str) -> None:
    answer = browser().get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script" not in answer.text


def test_the_servers_figures_are_for_its_own_machine(browser: Opened) -> None:
    assert browser().get("/_stcore/metrics").status_code == 404
    assert browser(("127.0.0.1", 1)).get("/_stcore/metrics").text == "figures"


def test_a_fault_of_our_own_is_a_page_with_a_reference_and_no_traceback(
    tmp_path: Path, passcode: Passcode
) -> None:
    broken = open_database(tmp_path)
    broken.close()
    (tmp_path / "headset.db").write_bytes(b"no database at all" * 1000)
    (tmp_path / "headset.db-wal").unlink(missing_ok=True)
    client = TestClient(Starlette(routes=Doors(broken, passcode).routes), follow_redirects=False)
    answer = client.post("/join", data={"code": "CDFGHJ"})
    assert answer.status_code == 503
    assert "Headset cannot reach its answers just now" in answer.text
    assert str(tmp_path) not in answer.text
    broken.close()
