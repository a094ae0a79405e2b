"""Gold files: what somebody says the right answers are, one question an entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papergraph.errors import InputError, ReadingError
from papergraph.models import PaperReference

TASKS = ("order", "path", "lineage", "next")
MOST_BYTES = 50_000_000
MOST_PAPERS = 2000
_WANTED_NEXT = 10  # papers read after the cut that are to be proposed
_KEYS = {
    "order": ("papers",),
    "path": ("target", "papers"),
    "lineage": ("paper", "parents"),
    "next": ("read", "cut"),
}
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntry:
    """One question: what is asked about, and what is wanted; `place` says where it stands.

    For an order `asked` is the list as it should be read and nothing is wanted.
    """

    task: str
    place: str
    group: str
    asked: tuple[PaperReference, ...]
    wanted: tuple[PaperReference, ...] = ()
    as_of: str | None = None


def read_gold(path: Path, task: str | None = None) -> list[GoldEntry]:
    """Read a gold file, JSON or JSONL; only the entries of one task when it is given.

    Raises
    ------
    ReadingError
        When the file cannot be read.
    InputError
        When an entry is not as the guide describes it; the message says which and why.
    """
    entries = [_parse_entry(place, item) for place, item in _items(path)]
    chosen = [entry for entry in entries if task in (None, entry.task)]
    if not chosen:
        raise InputError(f"{path} has no entry{f' of the task {task!r}' if task else ''}")
    return chosen


def _items(path: Path) -> Iterator[tuple[str, Any]]:
    """The entries with the place where each stands."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReadingError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(f"{path} cannot be read as text: {error}") from error
    if text.lstrip().startswith("["):
        for number, item in enumerate(_parse_json(text, str(path)), 1):
            yield f"{path}, entry {number}", item
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path}, line {number}", _parse_json(line, f"{path}, line {number}")


def _parse_json(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{place} is no JSON: {error}; give an array of entries, or one entry a line"
        ) from error


def _parse_entry(place: str, item: Any) -> GoldEntry:
    if not isinstance(item, dict) or item.get("task") not in TASKS:
        found = item.get("task") if isinstance(item, dict) else item
        raise InputError(
            f'{place}: the task is {_show(found)}; give "task" as one of {", ".join(TASKS)}'
        )
    task = item["task"]
    if missing := [key for key in _KEYS[task] if key not in item]:
        raise InputError(
            f"{place}: {task} without {missing[0]!r}; give {' and '.join(_KEYS[task])}"
        )
    asked, wanted = _parts(place, task, item)
    return GoldEntry(
        task=task,
        place=place,
        group=str(item.get("group") or place),
        asked=asked,
        wanted=wanted,
        as_of=_month(place, item.get("as_of")),
    )


def _parts(place: str, task: str, item: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if task == "order":
        return _papers(place, "papers", item["papers"], least=2), ()
    if task == "path":
        return _papers(place, "target", [item["target"]]), _papers(place, "papers", item["papers"])
    if task == "lineage":
        return _papers(place, "paper", [item["paper"]]), _papers(place, "parents", item["parents"])
    read, cut = _papers(place, "read", item["read"], least=2), item["cut"]
    if not isinstance(cut, int) or isinstance(cut, bool) or not 0 < cut < len(read):
        raise InputError(
            f"{place}: cut is {_show(cut)}; give how many of the {len(read)} papers read are known,"
            f" 1 to {len(read) - 1}"
        )
    return read[:cut], read[cut : cut + _WANTED_NEXT]


def _papers(place: str, key: str, value: Any, least: int = 1) -> tuple[str, ...]:
    if not isinstance(value, list) or not least <= len(value) <= MOST_PAPERS:
        found = f"{len(value)} papers" if isinstance(value, list) else _show(value)
        raise InputError(f"{place}: {key} is {found}; give a list of {least} to {MOST_PAPERS}")
    for paper in value:
        if not isinstance(paper, str) or not paper.strip():
            raise InputError(f"{place}: {key} holds {_show(paper)}; give titles or ids as texts")
    return tuple(dict.fromkeys(value))


def _month(place: str, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        return value
    raise InputError(f"{place}: as_of is {_show(value)}; give a month as YYYY-MM")


def _show(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
