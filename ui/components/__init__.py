"""Small components that run in the browser: the clock, keys and focus, navigator, speech, print."""

from ui.components.components import (
    full_screen_button,
    keep_typing,
    keys_and_focus,
    listen,
    navigator,
    print_button,
    read_aloud,
    timer,
    voice,
    whole_choices,
)

__all__ = [
    "full_screen_button",
    "keep_typing",
    "keys_and_focus",
    "listen",
    "navigator",
    "print_button",
    "read_aloud",
    "timer",
    "voice",
    "whole_choices",
]
