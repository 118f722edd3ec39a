"""Turns a validation error into findings that an author can act on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from quiz.findings import Finding
from quiz.syllabus.source import Place, Source


def explain(error: ValidationError, source: Source) -> Iterator[Finding]:
    """Yield one finding for each fault, at the line of the entry it concerns."""
    for fault in error.errors(include_url=False):
        if fault["type"] == "too_short" and fault["input"]:
            continue  # it only counts entries that are without a fault, and each fault is a finding
        place = _place(tuple(fault["loc"]), source)
        rule, message = _words(fault, place, source)
        yield Finding(source.file, source.line(place), rule, message)


def _place(location: Place, source: Source) -> Place:
    """Drop what pydantic adds to a location: the tag of a union and "[key]"."""
    place: Place = ()
    entry, tagged = source.data, False
    for part in location:
        if not tagged and isinstance(entry, dict) and part in (entry.get("kind"), entry.get("type")):
            tagged = True  # a kind can be called like a key of its own, as “pairs” is
        elif (*place, part) in source.lines:
            place, entry, tagged = (*place, part), entry[part], False
    last = location[-1] if location else ""
    if place[-1:] != (last,) and last != "[key]" and isinstance(last, str):
        return (*place, last)
    return place


def _words(fault: Any, place: Place, source: Source) -> tuple[str, str]:
    kind, value = fault["type"], fault.get("input")
    name = str(place[-1]) if place else "the file"
    where = _path(place)
    if kind == "extra_forbidden":
        hint = " Text with a comma needs quotes here." if value is None else ""
        return "unknown-key", f"“{name}” is not a key that is known here ({where}).{hint}"
    if kind == "missing":
        return "missing-field", f"“{name}” is missing ({where})."
    if (
        kind in {"string_type", "string_pattern_mismatch"}
        and isinstance(value, float | int)
        and not isinstance(value, bool)
    ):
        text = source.written.get(place, value)
        why = "; unquoted, 1.10 is read as 1.1" if isinstance(value, float) else ""
        return "unquoted-code", f'{where}: {text} has to be quoted text, as in "{text}"{why}.'
    if kind == "string_pattern_mismatch":
        return "bad-value", f"{where}: “{value}” is not written as expected ({fault['ctx']['pattern']})."
    if kind == "union_tag_not_found":
        return "missing-field", f"“{_discriminator(fault)}” is missing ({where})."
    if kind == "union_tag_invalid":
        expected = fault["ctx"]["expected_tags"]
        return "unknown-kind", f"{where}: “{_discriminator(fault)}” has to be one of {expected}."
    if kind == "literal_error":
        return "bad-value", f"{where}: {value!r} is not one of {fault['ctx']['expected']}."
    if kind.endswith("_type") or kind in {"int_from_float", "int_parsing"}:
        wanted = {
            "string": "text",
            "int": "a whole number",
            "float": "a decimal number",
            "bool": "true or false",
            "tuple": "a list",
            "dict": "a mapping",
            "model": "a mapping",
            "model_attributes": "a mapping",
        }
        return (
            "wrong-type",
            f"{where}: this has to be {wanted.get(kind.removesuffix('_type'), kind)}, not {_seen(value)}.",
        )
    if kind == "too_short":
        return "bad-value", f"{where}: this list is empty."
    return "bad-value", f"{where}: {fault['msg'].removeprefix('Value error, ')}."


def _discriminator(fault: Any) -> str:
    return str(fault["ctx"]["discriminator"].strip("'"))


def _path(place: Place) -> str:
    return " → ".join(f"{part + 1}." if isinstance(part, int) else str(part) for part in place) or "the file"


def _seen(value: Any) -> str:
    if value is None:
        return "nothing"
    names = {
        dict: "a mapping",
        list: "a list",
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), type(value).__name__)
