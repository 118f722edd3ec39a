"""Devices as stored: tokens of which only the hash is kept, the tutor's rights, codes to come back with."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from uuid import UUID

import pytest
from literal_attempts import START, at

from models import (
    RETURN_CODE_LASTS,
    Database,
    Device,
    Learner,
    RecordMissing,
    bind_device,
    create_device,
    create_learner,
    create_return_code,
    end_tutors,
    forget_devices,
    make_tutor,
    open_database,
    select_optional_device,
    select_optional_returning,
    take_return_code,
)
from quiz.classes import CODE_SIGNS

NOBODY = UUID("99999999-9999-4999-8999-999999999999")


def made(database: Database, learner: UUID | None = None, tutor: bool = False) -> tuple[Device, str]:
    with database.write() as session:
        return create_device(session=session, now=START, learner=learner, tutor=tutor)


def known(database: Database, token: str | None) -> Device | None:
    with database.read() as session:
        return select_optional_device(session=session, token=token)


def eve(database: Database) -> Learner:
    with database.write() as session:
        return create_learner(session=session, name="Eve", now=START)


def return_code(database: Database, learner: UUID, minute: float = 0, seed: int = 1) -> str:
    with database.write() as session:
        return create_return_code(session=session, learner=learner, random=Random(seed), now=at(minute))


def returning(database: Database, code: str, minute: float) -> UUID | None:
    with database.read() as session:
        return select_optional_returning(session=session, code=code, now=at(minute))


def take(database: Database, code: str, minute: float) -> UUID | None:
    with database.write() as session:
        return take_return_code(session=session, code=code, now=at(minute))


def number(database: Database, table: str) -> int:
    with database.read() as session:
        return int(session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_a_device_is_known_by_its_token_alone(database: Database, learner: Learner) -> None:
    (first, one), (second, two) = made(database, learner.id), made(database, tutor=True)
    assert known(database, one) == first == Device(first.id, learner.id, False)
    assert known(database, two) == second == Device(second.id, None, True)


def test_a_token_is_32_random_bytes(database: Database) -> None:
    tokens = {made(database)[1] for _ in range(5)}
    assert len(tokens) == 5
    assert {len(token) for token in tokens} == {43}  # 32 bytes, six bits a sign


@pytest.mark.parametrize("token", [None, "", "x", "é" * 50, "0" * 43])
def test_an_empty_or_unknown_token_is_nobodys(database: Database, token: str | None) -> None:
    made(database)
    assert known(database, token) is None


def test_the_stored_hash_is_no_token(database: Database) -> None:
    _, token = made(database)
    assert known(database, sha256(token.encode()).hexdigest()) is None


def test_the_files_of_the_database_hold_the_hash_and_never_the_token(
    database: Database, learner: Learner
) -> None:
    _, token = made(database, learner.id)
    written = b"".join(path.read_bytes() for path in database.path.parent.iterdir())
    assert sha256(token.encode()).hexdigest().encode() in written
    assert token.encode() not in written
    database.close()
    written = database.path.read_bytes()
    assert sha256(token.encode()).hexdigest().encode() in written
    assert token.encode() not in written


def test_a_device_is_known_after_a_restart(database: Database, learner: Learner) -> None:
    device, token = made(database, learner.id)
    database.close()
    again = open_database(database.path.parent)
    assert known(again, token) == device
    again.close()


def test_a_device_becomes_a_learners_and_nobodys_again(database: Database, learner: Learner) -> None:
    device, token = made(database)
    for owner in (learner.id, None):
        with database.write() as session:
            bind_device(session=session, device=device.id, learner=owner)
        assert known(database, token) == Device(device.id, owner, False)


def test_a_device_that_is_gone_can_be_nobodys(database: Database, learner: Learner) -> None:
    words = r"^This device is not known here any more\. Join again with the code\.$"
    with pytest.raises(RecordMissing, match=words), database.write() as session:
        bind_device(session=session, device=NOBODY, learner=learner.id)
    with database.write() as session:
        make_tutor(session=session, device=NOBODY, tutor=True)
    assert number(database, "device") == 0


def test_the_passcode_makes_one_device_the_tutors_and_is_taken_back(database: Database) -> None:
    (device, token), (_, other) = made(database), made(database)
    for tutor in (True, False):
        with database.write() as session:
            make_tutor(session=session, device=device.id, tutor=tutor)
        assert known(database, token) == Device(device.id, None, tutor)
    assert known(database, other) is not None
    assert not known(database, other).tutor


def test_ending_the_tutors_leaves_every_device_known_without_their_rights(
    database: Database, learner: Learner
) -> None:
    devices = [made(database, tutor=True), made(database, learner.id, tutor=True), made(database, learner.id)]
    with database.write() as session:
        end_tutors(session=session)
    assert [known(database, token) for _, token in devices] == [
        Device(devices[0][0].id, None, False),
        Device(devices[1][0].id, learner.id, False),
        Device(devices[2][0].id, learner.id, False),
    ]


def test_forgetting_puts_out_the_devices_of_one_learner(database: Database, learner: Learner) -> None:
    mine = [made(database, learner.id)[1] for _ in range(2)]
    others = [made(database, eve(database).id), made(database)]
    with database.write() as session:
        forget_devices(session=session, learner=learner.id)
    assert [known(database, token) for token in mine] == [None, None]
    assert [known(database, token) for _, token in others] == [device for device, _ in others]


def test_a_return_code_has_six_signs_and_says_who_comes_back(database: Database, learner: Learner) -> None:
    code = return_code(database, learner.id)
    assert len(code) == 6
    assert set(code) <= set(CODE_SIGNS)
    assert returning(database, code, 1) == learner.id
    assert returning(database, code, 2) == learner.id  # looking does not use it up


def test_a_return_code_is_good_once_and_puts_older_devices_out(database: Database, learner: Learner) -> None:
    _, old = made(database, learner.id)
    other, stays = made(database, eve(database).id)
    code = return_code(database, learner.id)
    assert known(database, old) is not None
    assert take(database, code, 1) == learner.id
    assert (known(database, old), known(database, stays)) == (None, other)
    new, token = made(database, learner.id)
    assert take(database, code, 2) is None
    assert known(database, token) == new


def test_a_return_code_is_good_for_half_an_hour(database: Database, learner: Learner) -> None:
    assert RETURN_CODE_LASTS.total_seconds() == 1800
    _, token = made(database, learner.id)
    code = return_code(database, learner.id, minute=10)
    assert returning(database, code, 39.999) == learner.id
    assert (returning(database, code, 40), take(database, code, 40)) == (None, None)
    assert known(database, token) is not None
    assert take(database, code, 39.999) == learner.id


def test_an_unknown_return_code_brings_nobody_back_and_puts_nobody_out(
    database: Database, learner: Learner
) -> None:
    device, token = made(database, learner.id)
    return_code(database, learner.id)
    for code in ("", "777777", "' OR 1=1"):
        assert (returning(database, code, 1), take(database, code, 1)) == (None, None)
    assert known(database, token) == device


def test_the_second_code_of_a_learner_makes_the_first_one_worthless(
    database: Database, learner: Learner
) -> None:
    first, second = return_code(database, learner.id, seed=1), return_code(database, learner.id, 1, seed=2)
    assert first != second
    assert (take(database, first, 2), take(database, second, 2)) == (None, learner.id)


def test_codes_of_two_learners_differ_by_the_same_chance_and_do_not_touch_each_other(
    database: Database, learner: Learner
) -> None:
    other = eve(database)
    first, second = return_code(database, learner.id, seed=7), return_code(database, other.id, seed=7)
    source = Random(7)
    codes = ["".join(source.choice(CODE_SIGNS) for _ in range(6)) for _ in range(2)]
    assert [first, second] == codes
    assert (take(database, second, 1), take(database, first, 1)) == (other.id, learner.id)


def test_codes_that_are_too_old_are_cleared_away(database: Database, learner: Learner) -> None:
    other = eve(database)
    return_code(database, learner.id, minute=0, seed=1)
    return_code(database, other.id, minute=29, seed=2)
    assert number(database, "return_code") == 2
    return_code(database, other.id, minute=30, seed=3)
    assert number(database, "return_code") == 1


def test_there_is_no_return_code_for_a_learner_who_is_gone(database: Database) -> None:
    words = r"^This learner is not here any more\. Choose another\.$"
    with pytest.raises(RecordMissing, match=words):
        return_code(database, NOBODY)
    assert number(database, "return_code") == 0


def test_a_learner_who_is_removed_takes_devices_and_return_codes(
    database: Database, learner: Learner
) -> None:
    _, mine = made(database, learner.id)
    other, stays = made(database)
    code = return_code(database, learner.id)
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM learner WHERE id = ?", (learner.id.hex,))
    assert (known(database, mine), known(database, stays)) == (None, other)
    assert returning(database, code, 1) is None
    assert (number(database, "device"), number(database, "return_code")) == (1, 0)
