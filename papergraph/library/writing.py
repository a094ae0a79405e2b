"""What stands in the texts of stored reviews: who names, who links, who speaks of which paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import Any

from papergraph.library.database import Database
from papergraph.library.signatures import Signatures, shown, squeeze
from papergraph.models import bylines_among, index_bylines
from papergraph.text import CJK, FEWEST_TITLE_LETTERS, MOST_TITLE_WORDS, name_key, title_key

_FEW_NAMES = 60  # so many are searched for one by one, more by the words of each text
_WORD = re.compile(rf"[^\W_{CJK}]+(?:\+\+|\+)?|[{CJK}]+")
_ASCII_WORD = re.compile(r"[^\W_]+(?:\+\+|\+)?", re.ASCII)
_OTHER_LETTER = re.compile(r"[^\x00-\x7f\W]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_CAPITAL = re.compile(r"[^\W\d_]*[A-Z][^\W_]*")
_FEW_CAPITALS = 0.012
_CHUNK = 400


class Writing:
    """Looks into all reviews of one library at once, without reading them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.signatures = Signatures(database)

    def origins(self) -> list[str]:
        """Where the reviews come from, sorted."""
        return [row[0] for row in self._run("SELECT origin FROM reviews ORDER BY origin")]

    def naming(
        self,
        keys: Collection[str],
        words: Collection[str] = (),
        among: Collection[str] | None = None,
    ) -> dict[str, set[str]]:
        """Reviews, all or those `among` these, whose text has one of these name keys; by origin.

        Keys that are ordinary `words`, too, need a capital where the text has any. Takes about
        5 ms for a thousand reviews, and 1 ms for each that may have a name in 10 KB.
        """
        wanted = _Wanted({key for key in keys if len(key) > 1})
        found: dict[str, set[str]] = {}
        holding = self.signatures.holding(wanted.keys) if wanted.keys else set()
        for origin, text in self._texts(among, holding):
            named = wanted.find(text)
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
        texts = self._texts(None, self.signatures.citing(keys))
        named = ((origin, bylines_among(text, wanted)) for origin, text in texts)
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

    def papers_in(self, origin: str) -> list[int]:
        """The papers that a review names, sorted."""
        rows = self._run(
            "SELECT DISTINCT paper_id FROM mentions JOIN reviews ON reviews.id = review_id"
            " WHERE origin = ? AND paper_id IS NOT NULL ORDER BY paper_id",
            (origin,),
        )
        return [row[0] for row in rows]

    def entries_of(self, origin: str) -> set[str]:
        """Title keys of what a review has entries or links of."""
        rows = self._run(
            "SELECT DISTINCT mentions.title FROM mentions JOIN reviews ON reviews.id = review_id"
            " WHERE origin = ? AND mentions.title IS NOT NULL",
            (origin,),
        )
        return {str(title_key(row[0])) for row in rows}

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

    def _texts(
        self, among: Collection[str] | None, holding: Collection[int] | None
    ) -> Iterator[tuple[str, str]]:
        """The texts of these origins that are among these reviews; None for all."""
        rows = self._run("SELECT id, origin FROM reviews ORDER BY id")
        numbers = [
            number
            for number, origin in rows
            if (among is None or origin in among) and (holding is None or number in holding)
        ]
        for start in range(0, len(numbers), _CHUNK):
            chunk = tuple(numbers[start : start + _CHUNK])
            marks = ", ".join("?" * len(chunk))
            yield from self._run(f"SELECT origin, text FROM reviews WHERE id IN ({marks})", chunk)

    def _run(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return self._database.read(sql, values)


def _is_lower(text: str) -> bool:
    """Is a text written without capitals?"""
    sample = text[:20_000]
    return sum(map(str.isupper, sample)) < _FEW_CAPITALS * len(sample)


class _Wanted:
    """Names and titles to look for. Many long ones cost no more than few: they are looked up."""

    def __init__(self, keys: Collection[str]) -> None:
        self.keys = frozenset(keys)
        short = [key for key in keys if len(key) < FEWEST_TITLE_LETTERS or "+" in key]
        self._beginnings = {key[:end] for key in short for end in range(1, len(key) + 1)}
        self._long = {key[:FEWEST_TITLE_LETTERS] for key in self.keys.difference(short)}
        self._squeezed = [key.encode() for key in keys] if len(keys) <= _FEW_NAMES else None

    def find(self, text: str) -> set[str]:
        """Those that stand in a text as whole words, a plural s allowed."""
        found = self._find_in(_words(text)) if self._may_stand_in(text) else set()
        plain = shown(text)
        if plain is not None:
            found |= self._find_in(_words(plain)) if self._may_stand_in(plain) else set()
        return found

    def _may_stand_in(self, text: str) -> bool:
        if self._squeezed is None:
            return True
        letters = squeeze(text)
        letters += letters.replace(b"+", b"") if b"+" in letters else b""
        return any(key in letters for key in self._squeezed)

    def _find_in(self, words: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for first, word in enumerate(words) if self._beginnings else ():
            if word[:1] in self._beginnings:
                found |= self._short_ones(words[first : first + MOST_TITLE_WORDS])
        if self._long:
            plain = [word.replace("+", "") for word in words]
            letters, at = "".join(plain), 0
            for first, word in enumerate(plain):
                if letters[at : at + FEWEST_TITLE_LETTERS] in self._long:
                    rows = accumulate(plain[first : first + MOST_TITLE_WORDS])
                    found |= {form for row in rows for form in (row, row.removesuffix("s"))}
                at += len(word)
        return found & self.keys

    def _short_ones(self, words: Sequence[str]) -> set[str]:
        key = ""
        found: set[str] = set()
        for part in words:
            key += part
            singular = key.removesuffix("s")
            if key not in self._beginnings and singular not in self._beginnings:
                break
            found |= {key, singular}
        return found


def _words(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    if _OTHER_LETTER.search(text):
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return _WORD.findall(text.casefold())
