"""What stands in the texts of stored reviews: who names, who links, who speaks of which paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Any

from papergraph.library.database import Database
from papergraph.models import bylines_among, index_bylines
from papergraph.text import name_key

_FEW_NAMES = 60  # so many are searched for one by one, more by the words of each text
_WORD = re.compile(r"[^\W_]+(?:\+\+|\+)?")
_CAPITAL = re.compile(r"[^\W\d_]*[A-Z][^\W_]*")
_FEW_CAPITALS = 0.012
_MOST_WORDS = 25  # a name or title has no more
_NO_LETTERS = bytes(sign for sign in range(128) if not chr(sign).isalnum() and chr(sign) != "+")
_MARKS = re.compile("[\u0300-\u036f\u00a0\u2010-\u2015]+")
_CHUNK = 400


class Writing:
    """Looks into all reviews of one library at once, without reading them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def origins(self) -> list[str]:
        """Where the reviews come from, sorted."""
        return [row[0] for row in self._run("SELECT origin FROM reviews ORDER BY origin")]

    def naming(self, keys: Collection[str], words: Collection[str] = ()) -> dict[str, set[str]]:
        """Reviews whose text has words of one of these name keys, with the keys; by origin.

        Keys that are ordinary `words`, too, need a capital where the text has any. Takes about
        0.1 s for a thousand reviews of 10 KB and a few names.
        """
        wanted = {key for key in keys if len(key) > 1}
        found: dict[str, set[str]] = {}
        if not wanted:
            return found
        beginnings = {key[:length] for key in wanted for length in range(1, len(key) + 1)}
        squeezed = {key.encode(): key for key in wanted}
        for origin, text in self._texts():
            if len(wanted) <= _FEW_NAMES:
                letters = _squeeze(text)
                if not any(key in letters for key in squeezed):
                    continue
            named = _names_in(text, wanted, beginnings)
            if named & set(words) and not _is_lower(text):
                capitals = {name_key(match[0]) for match in _CAPITAL.finditer(text)}
                named -= {word for word in words if not {word, f"{word}s"} & capitals}
            if named:
                found[origin] = named
        return found

    def titles(self) -> list[tuple[str, str]]:
        """What the reviews call themselves, as (origin, title), sorted."""
        rows = self._run(
            "SELECT origin, title FROM reviews WHERE title IS NOT NULL ORDER BY origin"
        )
        return [(row[0], row[1]) for row in rows]

    def bylines(self, keys: Collection[str]) -> dict[str, set[str]]:
        """Reviews whose text may name papers by these first authors and years, with the keys."""
        if not keys:
            return {}
        wanted = index_bylines(keys)
        named = ((origin, bylines_among(text, wanted)) for origin, text in self._texts())
        return {origin: found for origin, found in named if found}

    def note_links(self) -> list[tuple[str, str]]:
        """Links to notes and files beside them, as (origin of the review, link), sorted."""
        rows = self._run(
            "SELECT DISTINCT origin, mentions.url FROM mentions"
            " JOIN reviews ON reviews.id = review_id"
            " WHERE mentions.url IS NOT NULL AND mentions.url NOT LIKE '%//%'"
            " ORDER BY origin, mentions.url"
        )
        return [(row[0], row[1]) for row in rows]

    def about(self, origin: str) -> list[int]:
        """The papers that a review is about, sorted."""
        rows = self._run(
            "SELECT DISTINCT paper_id FROM mentions JOIN reviews ON reviews.id = review_id"
            " WHERE origin = ? AND role = 'about' AND paper_id IS NOT NULL ORDER BY paper_id",
            (origin,),
        )
        return [row[0] for row in rows]

    def speaking_of(self, numbers: Collection[int]) -> set[str]:
        """Origins of the reviews that name one of these papers."""
        found: set[str] = set()
        wanted = sorted(set(numbers))
        for start in range(0, len(wanted), _CHUNK):
            chunk = tuple(wanted[start : start + _CHUNK])
            marks = ", ".join("?" * len(chunk))
            rows = self._run(
                "SELECT DISTINCT origin FROM mentions JOIN reviews ON reviews.id = review_id"
                f" WHERE paper_id IN ({marks})",
                chunk,
            )
            found |= {row[0] for row in rows}
        return found

    def named_apart(self, numbers: Collection[int]) -> set[int]:
        """Those of these papers that one review names by several numbers or titles."""
        found: set[int] = set()
        wanted = sorted(set(numbers))
        for start in range(0, len(wanted), _CHUNK):
            chunk = tuple(wanted[start : start + _CHUNK])
            marks = ", ".join("?" * len(chunk))
            rows = self._run(
                f"SELECT paper_id FROM mentions WHERE paper_id IN ({marks})"
                " GROUP BY paper_id, review_id"
                " HAVING count(DISTINCT coalesce(identifier, title)) > 1",
                chunk,
            )
            found |= {row[0] for row in rows}
        return found

    def _texts(self) -> Iterator[tuple[str, str]]:
        numbers = [row[0] for row in self._run("SELECT id FROM reviews ORDER BY id")]
        for start in range(0, len(numbers), _CHUNK):
            chunk = tuple(numbers[start : start + _CHUNK])
            marks = ", ".join("?" * len(chunk))
            yield from self._run(f"SELECT origin, text FROM reviews WHERE id IN ({marks})", chunk)

    def _run(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return self._database.read(sql, values)


def _squeeze(text: str) -> bytes:
    """Letters and figures of a text without anything between them: holds every name in it."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return text.lower().encode("utf-8", "replace").translate(None, _NO_LETTERS)


def _is_lower(text: str) -> bool:
    """Is a text written without capitals?"""
    sample = text[:20_000]
    return sum(map(str.isupper, sample)) < _FEW_CAPITALS * len(sample)


def _names_in(text: str, wanted: set[str], beginnings: set[str]) -> set[str]:
    """Names that stand in a text as whole words, a plural s allowed."""
    words = [name_key(match[0]) for match in _WORD.finditer(text)]
    found: set[str] = set()
    for first, word in enumerate(words):
        if word[:1] not in beginnings:
            continue
        key = ""
        for part in words[first : first + _MOST_WORDS]:
            key += part
            singular = key.removesuffix("s")
            if key not in beginnings and singular not in beginnings:
                break
            found |= {one for one in (key, singular) if one in wanted}
    return found
