"""The head of a page in YAML or TOML: parsed safely, lines kept, never trusted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml

from papergraph.readers.blocks import Field

_LIMIT = 20_000
_OPENING = re.compile(r"\s*(---|\+\+\+)[ \t]*\n")
_KEY_LINE = re.compile(r"^([A-Za-z_][\w .-]{0,40}?)\s*[:=]\s*(.*?)\s*$", re.MULTILINE)
_ANCHOR = re.compile(r"(?m)(?:^|[\s,\[{:-])[&*][A-Za-z0-9_]")
_URL = re.compile(r"https?://[^\s\"'<>,}\]]+")


def split_front_matter(text: str) -> tuple[tuple[Field, ...], str, int]:
    """Part a page's head from its body.

    Returns the fields, the body with as many blank lines before it as the head has (so that lines
    stay true), and the number of lines of the head. A head that is never closed is no head; one
    that cannot be parsed is read key by key, line by line.
    """
    opening = _OPENING.match(text)
    if opening is None or opening.start(1) > 200:
        return (), text, 0
    close = re.compile(rf"^{re.escape(opening[1])}[ \t]*$", re.MULTILINE).search(
        text, opening.end(), opening.end() + _LIMIT
    )
    if close is None:
        return (), text, 0
    head = text[opening.end() : close.start()]
    lines_before = text.count("\n", 0, opening.end())
    values = _parse(head, is_toml=opening[1] == "+++")
    fields = tuple(_fields(head, values, lines_before))
    lines = text.count("\n", 0, close.end())
    if not fields and head.strip():
        return (), text, 0
    return fields, "\n" * lines + text[close.end() :], lines


def _parse(head: str, *, is_toml: bool) -> dict[str, Any]:
    try:
        if is_toml:
            return tomllib.loads(head)
        if _ANCHOR.search(head):  # anchors can be made to expand without end
            return {}
        value = yaml.safe_load(head)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError, OverflowError):
        return {}
    return value if isinstance(value, dict) else {}


def _fields(head: str, values: dict[str, Any], lines_before: int) -> Iterator[Field]:
    lines = head.split("\n")
    for match in _KEY_LINE.finditer(head):
        number = head.count("\n", 0, match.start())
        key = match[1].strip().casefold()
        parsed = next(
            (value for name, value in values.items() if str(name).casefold() == key), None
        )
        if isinstance(parsed, (dict, list)):
            parsed = ", ".join(_texts(parsed)) if _is_flat(parsed) else ""
        value = match[2].strip().strip("\"'") if parsed is None else str(parsed)
        yield Field(
            key=key,
            value=" ".join(value.split()),
            line=lines_before + number + 1,
            column=match.start(2) - head.rfind("\n", 0, match.start()) if match[2] else 1,
        )
    for number, line in enumerate(lines):
        if line.lstrip().startswith("#"):
            continue
        for match in _URL.finditer(line):
            yield Field(
                key="url in front matter",
                value=match[0],
                line=lines_before + number + 1,
                column=match.start() + 1,
            )


def _is_flat(value: dict[Any, Any] | list[Any]) -> bool:
    return isinstance(value, list) and all(not isinstance(item, (dict, list)) for item in value)


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value if item is not None]
