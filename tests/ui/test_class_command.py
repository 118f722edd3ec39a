"""The command that serves a class: its address, its settings, its passcode, what it prints."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit import config

from ui.server import ROOT, address_for, main, passcode_asked, settings, welcome_text


def test_every_setting_is_known_to_streamlit_and_the_measured_ones_are_as_on_ones_own_machine() -> None:
    given = settings(8600, "10.0.0.5")
    assert given.keys() <= config.get_config_options(force_reparse=True).keys()
    for name, value in {
        "runner.postScriptGC": False,
        "runner.magicEnabled": False,
        "server.fileWatcherType": "none",
        "server.showEmailPrompt": False,
        "server.enableStaticServing": True,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "server.address": "0.0.0.0",
        "server.port": 8600,
        "server.headless": True,
        "server.enableXsrfProtection": True,
        "server.enableAgentApi": False,
        "browser.serverAddress": "10.0.0.5",
    }.items():
        assert given[name] == value


@pytest.mark.parametrize(
    ("shown", "address", "host"),
    [
        ("class-laptop", "http://class-laptop:8501", "class-laptop"),
        ("10.0.0.5", "http://10.0.0.5:8501", "10.0.0.5"),
        ("https://headset.school.example/", "https://headset.school.example", "headset.school.example"),
        ("http://10.0.0.5:9000", "http://10.0.0.5:9000", "10.0.0.5"),
    ],
)
def test_the_address_shown_is_the_one_named(shown: str, address: str, host: str) -> None:
    assert address_for(shown, 8501) == (address, host)


def test_without_one_named_the_address_is_not_this_machines_own_loop() -> None:
    address, host = address_for(None, 8501)
    assert address == f"http://{host}:8501"
    assert not host.startswith("127.")


def test_a_passcode_in_the_environment_is_taken_and_taken_out_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADSET_PASSCODE", "tea at three")
    passcode, told = passcode_asked()
    assert passcode.matches("tea at three")
    assert not passcode.matches("tea at four")
    assert told == ""
    made, told = passcode_asked()  # gone from the environment, and there is no terminal here
    assert re.fullmatch("[CDFGHJKMNPQRTVWXY34679]{8}", told)
    assert made.matches(told)


def test_a_short_passcode_in_the_environment_starts_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    monkeypatch.setenv("HEADSET_PASSCODE", "12345")
    monkeypatch.setenv("HEADSET_DATA", str(tmp_path))
    assert main([]) == 1
    assert "at least 6 characters" in capsys.readouterr().err


def test_the_welcome_names_both_doors_and_tells_only_a_passcode_that_was_made() -> None:
    text = welcome_text("http://10.0.0.5:8501", 8501, "CDFG3467")
    assert "http://10.0.0.5:8501/join" in text
    assert "http://10.0.0.5:8501/tutor" in text
    assert "CDFG3467" in text
    assert "Passcode" not in welcome_text("http://10.0.0.5:8501", 8501, "")


@pytest.mark.skipif(os.name == "nt", reason="sends the signal of Ctrl+C, which Windows has not")
def test_ctrl_c_stops_a_class_with_a_word_and_no_traceback(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "ui.server", "--port", "0", "--data", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "HEADSET_PASSCODE": "tea at three"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    told = iter(running.stdout.readline, "")
    assert "Headset is open for your class.\n" in told  # read until then
    running.send_signal(signal.SIGINT)
    after, faults = running.communicate(timeout=30)
    assert after.endswith("\nHeadset has stopped. Every answer is stored.\n")
    assert (running.returncode, faults) == (0, "")
