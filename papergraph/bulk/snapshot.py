"""The layout of an OpenAlex snapshot: partitions `updated_date=...` of packed JSON lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papergraph.errors import InputError

_WORKS = ("works", "data/works")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """One folder of packed files, the unit in which a broken-off run is taken up again."""

    name: str
    files: tuple[Path, ...]

    def fingerprint(self) -> list[list[str | int]]:
        """Names and sizes of its files: another fingerprint, another partition."""
        return [[file.name, file.stat().st_size] for file in self.files]


def find_partitions(snapshot: Path) -> tuple[Partition, ...]:
    """Find the partitions of works, in the order of their dates.

    Raises
    ------
    InputError
        When the folder holds none.
    """
    homes = [snapshot / part for part in _WORKS if (snapshot / part).is_dir()] or [snapshot]
    found = [
        Partition(name=folder.name, files=tuple(files))
        for home in homes
        for folder in sorted(home.glob("updated_date=*"))
        if (files := sorted(folder.glob("*.gz")))
    ]
    if not found:
        raise InputError(
            f"no snapshot in {str(snapshot)!r}: no file works/updated_date=.../part_000.gz is"
            " there; give the folder that OpenAlex's snapshot was copied to"
        )
    return tuple(found)


def broken_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are no works, by number, each with the reason."""
    with file.open("rb") as packed, gzip.open(packed, "rt", 9, "utf-8", "replace") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip() and (reason := _why_broken(line)):
                yield number, reason


def _why_broken(line: str) -> str | None:
    try:
        row = json.loads(line)
    except ValueError as error:
        return str(error)
    if not isinstance(row, dict):
        return "no object"
    mark, _, number = str(row.get("id")).rpartition("/")[2].partition("W")
    return None if number.isdecimal() and not mark else f"no work id: {row.get('id')!r:.40}"
