"""Titles of the library's papers in running text: where they may stand, and which do.

A library has too many titles to look for each. So the text is asked first: which rows of words in
it could be a title at all. Only these are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from papergraph.readers.reading import Reading
from papergraph.readers.sentences import split_sentences
from papergraph.readers.title_places import OPENING_MARKS, TitlePlace, is_title_meant
from papergraph.text import (
    CJK,
    FEWEST_TITLE_LETTERS,
    FEWEST_TITLE_WORDS,
    MOST_TITLE_WORDS,
    TitleKey,
    title_key,
)


class TitleLookup(Protocol):
    """Knows the titles of a library's papers."""

    def __call__(
        self, beginnings: Collection[str], rows: Callable[[], Collection[TitleKey]]
    ) -> Collection[TitleKey]:
        """Tell the titles that begin with one of these `FEWEST_TITLE_LETTERS` letters.

        `rows` makes the keys of all rows of words that begin so; only titles among them are asked
        for.
        """


def no_titles(
    beginnings: Collection[str], rows: Callable[[], Collection[TitleKey]]
) -> Collection[TitleKey]:
    """Look up in no library at all."""
    del beginnings, rows
    return ()


_LONGEST_BLOCK = 30_000
_WORD = re.compile(rf"[^\W_{CJK}]+")
_END = re.compile(rf"[.!?…]\s|[;|•·\n_]|[{CJK}]+|[^\w\n]{{5,}}")
_ADDRESS = re.compile(r"\S*(?:://|www\.|\.md\b|\.html?\b)\S*")
_MAY_OPEN = OPENING_MARKS + "(["


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTitle:
    """A title of the library at `start` to `end` of a sentence."""

    start: int
    end: int
    key: TitleKey


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a sentence with nothing between them that ends a title; `starts` may begin one.

    `letters` are the keys of all words, `offsets` where each word's begins.
    """

    spans: Sequence[tuple[int, int]]
    letters: str
    offsets: Sequence[int]
    starts: Sequence[int]

    def beginnings(self) -> Iterator[str]:
        """The first letters of each row of words."""
        for place in self.starts:
            at = self.offsets[place]
            yield self.letters[at : at + FEWEST_TITLE_LETTERS]

    def rows(self, beginnings: Collection[str]) -> Iterator[KnownTitle]:
        """The rows of words that begin so."""
        for place, beginning in zip(self.starts, self.beginnings(), strict=True):
            if beginning in beginnings:
                at = self.offsets[place]
                last = min(place + MOST_TITLE_WORDS, len(self.spans))
                for end in range(place + FEWEST_TITLE_WORDS, last + 1):
                    key = self.letters[at : self.offsets[end]]
                    if len(key) >= FEWEST_TITLE_LETTERS:
                        start, stop = self.spans[place][0], self.spans[end - 1][1]
                        yield KnownTitle(start=start, end=stop, key=TitleKey(key))


def find_titles(
    reading: Reading, lookup: TitleLookup, *, is_lower: bool
) -> Mapping[str, Sequence[KnownTitle]]:
    """Find the library's titles in the prose of a page, by the sentences they stand in.

    Titles of papers that the page has entries for are left out: they are told of there.

    Parameters
    ----------
    is_lower
        The text is written without capitals.
    """
    if lookup is no_titles:
        return {}
    runs = [(sentence, run) for sentence in _sentences(reading) for run in _runs(sentence)]
    beginnings = {letters for _, run in runs for letters in run.beginnings()}

    def all_rows() -> set[TitleKey]:
        return {row.key for _, run in runs for row in run.rows(beginnings)}

    held = lookup(beginnings, all_rows) if beginnings else ()
    own = {title_key(draft.title) for draft in reading.drafts if draft.title} if held else set()
    keys = frozenset(held) - own
    found = {key[:FEWEST_TITLE_LETTERS] for key in keys}
    rows: dict[str, list[KnownTitle]] = {}
    for sentence, run in runs if keys else ():
        if not found.isdisjoint(run.beginnings()):
            there = [row for row in run.rows(found) if row.key in keys]
            rows.setdefault(sentence, []).extend(there)
    return {text: tuple(_choose(text, kept, is_lower=is_lower)) for text, kept in rows.items()}


def _sentences(reading: Reading) -> set[str]:
    return {
        block.text[start:end]
        for block in reading.blocks
        if block.kind != "heading" and len(block.text) <= _LONGEST_BLOCK
        for start, end in split_sentences(block.text)
    }


def _choose(text: str, rows: Sequence[KnownTitle], *, is_lower: bool) -> Iterator[KnownTitle]:
    """The rows that are meant as titles, the longest where several begin or overlap."""
    end = 0
    for row in sorted(rows, key=lambda row: (row.start, -row.end)):
        if row.start < end:
            continue
        if is_title_meant(TitlePlace(text=text, start=row.start, end=row.end), is_lower=is_lower):
            end = row.end
            yield row


def _runs(text: str) -> Iterator[_Run]:
    """Rows of words that may begin a title: with a capital, a figure, a mark, or "name:".

    Words of an address are none.
    """
    if len(text) < FEWEST_TITLE_LETTERS:
        return
    if "://" in text or "www." in text or ".md" in text or ".htm" in text:
        text = _ADDRESS.sub(lambda match: "_" * len(match[0]), text)
    stop = 0
    for match in (*_END.finditer(text), None):
        start, stop = stop, len(text) if match is None else match.start()
        if stop - start > FEWEST_TITLE_LETTERS:
            run = _make_run(text, start, stop)
            if run.starts:
                yield run
        stop = stop if match is None else match.end()


def _make_run(text: str, start: int, stop: int) -> _Run:
    spans = [match.span() for match in _WORD.finditer(text, start, stop)]
    starts = [
        place
        for place, (at, end) in enumerate(spans[: 1 - FEWEST_TITLE_WORDS])
        if not text[at].islower() or not place or text[at - 1] in _MAY_OPEN or text[end] in ":："
    ]
    keys = _keys(text, spans) if starts else []
    offsets = [0, *accumulate(map(len, keys))]
    most = offsets[-1] - FEWEST_TITLE_LETTERS
    return _Run(spans, "".join(keys), offsets, [one for one in starts if offsets[one] <= most])


def _keys(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    if text.isascii():
        low = text.lower()
        return [low[start:end] for start, end in spans]
    return [title_key(text[start:end]) for start, end in spans]
