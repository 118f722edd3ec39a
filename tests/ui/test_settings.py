"""The settings that make Headset fast and quiet are known to this version of Streamlit and in force."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("runner.postScriptGC", False),
        ("runner.magicEnabled", False),
        ("server.fileWatcherType", "none"),
        ("server.showEmailPrompt", False),
        ("server.address", "127.0.0.1"),
        ("browser.gatherUsageStats", False),
        ("client.showErrorDetails", "none"),
    ],
)
def test_each_measured_setting_is_known_to_streamlit_and_set(option: str, value: object) -> None:
    section, name = option.split(".")
    assert option in config.get_config_options(force_reparse=True)
    assert tomllib.loads(CONFIG.read_text(encoding="utf-8"))[section][name] == value
    assert config.get_option(option) == value
