"""Short names in prose: those the library knows, and those the text itself gives its papers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from papergraph.readers.drafts import Draft
from papergraph.readers.reading import Reading
from papergraph.readers.titles import (
    clean_entry_title,
    is_generic_heading,
    label_kind,
    looks_coined,
)
from papergraph.text import NameKey, name_key

_WORD = re.compile(r"[^\W_]+(?:\+\+|\+)?")
_LONGEST = 5
_JOIN = re.compile(r"[ \u00a0-]{1,2}|[-‐‑–]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A name at `start` to `end` of a block's text: of a draft, or only the library's `name`."""

    start: int
    end: int
    draft: Draft | None = None
    name: str | None = None

    @property
    def paper(self) -> object:
        """What tells two papers apart within a page."""
        return id(self.draft) if self.draft is not None else name_key(self.name or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBook:
    """Every name to look for: `own` of the page's papers, `known` of the library's, by key."""

    own: Mapping[str, Draft]
    known: Mapping[str, str]
    beginnings: Collection[str]
    is_lower: bool

    def find(self, text: str) -> list[Occurrence]:
        """Return the names in a text, longest first where they overlap, left to right."""
        if not self.own and not self.known:
            return []
        words = [(match.start(), match.end(), name_key(match[0])) for match in _WORD.finditer(text)]
        found: list[Occurrence] = []
        position = 0
        while position < len(words):
            hit = self._longest(text, words, position)
            if hit is None:
                position += 1
                continue
            found.append(hit[0])
            position = hit[1]
        return found

    def _longest(
        self, text: str, words: list[tuple[int, int, NameKey]], first: int
    ) -> tuple[Occurrence, int] | None:
        best = None
        start, key = words[first][0], ""
        for last in range(first, min(first + _LONGEST, len(words))):
            if last > first and not _JOIN.fullmatch(text, words[last - 1][1], words[last][0]):
                break
            end = words[last][1]
            key += words[last][2]
            singular = key[:-1] if key.endswith("s") and len(key) > 3 else ""
            if key not in self.beginnings and singular not in self.beginnings:
                break
            for candidate in (key, singular):
                occurrence = self._look_up(candidate, text, start, end) if candidate else None
                if occurrence:
                    best = occurrence, last + 1
                    break
        return best

    def _look_up(self, key: str, text: str, start: int, end: int) -> Occurrence | None:
        draft = self.own.get(key)
        if draft is not None:
            return Occurrence(start=start, end=end, draft=draft)
        name = self.known.get(key)
        if name is None:
            return None
        if self.is_lower and len(key) <= 4 and key.isalpha():
            return None
        if is_plain_name(name):
            shown = text[start:end]
            if shown not in (name, f"{name}s") or self.is_lower:
                return None
        return Occurrence(start=start, end=end, name=name)


def is_plain_name(name: str) -> bool:
    """Say whether a name is an ordinary word or so short that only its exact capitals tell it.

    >>> is_plain_name("Adam"), is_plain_name("SVM"), is_plain_name("R-CNN")
    (True, True, False)
    """
    letters = name_key(name)
    is_word = name.isalpha() and (name.islower() or name.istitle())
    return len(letters) <= 3 or is_word


def _beginnings(keys: Collection[str]) -> frozenset[str]:
    """All beginnings of all keys, so that a search gives up early."""
    return frozenset(key[:length] for key in keys for length in range(1, len(key) + 1))


@lru_cache(maxsize=8)
def _known_beginnings(names: tuple[str, ...]) -> frozenset[str]:
    return _beginnings(_index_names(names))


@lru_cache(maxsize=8)
def _index_names(names: tuple[str, ...]) -> Mapping[str, str]:
    return {key: name for name in reversed(names) if len(key := name_key(name)) >= 2}


def make_book(reading: Reading, names: Collection[str]) -> NameBook:
    """Collect the names of a page's papers and those of the library."""
    own: dict[str, Draft] = {}
    shared: set[str] = set()
    ordered = tuple(sorted(names))
    known = _index_names(ordered)
    for draft in sorted(reading.drafts, key=lambda draft: draft.role != "about"):
        for alias in _aliases(reading, draft, known):
            key = name_key(alias)
            if len(key) >= 3 and key in own and own[key] is not draft and draft.role == "about":
                shared.add(key)
            if len(key) >= 3:
                own.setdefault(key, draft)
    for twofold in shared:
        if own[twofold].title and name_key(own[twofold].title or "") != twofold:
            own.pop(twofold)
    sample = " ".join(block.text for block in reading.blocks[:60])[:20_000]
    capitals = sum(sign.isupper() for sign in sample)
    return NameBook(
        own=own,
        known=known,
        beginnings=_known_beginnings(ordered) | _beginnings(own),
        is_lower=capitals < 0.012 * len(sample),
    )


def _aliases(reading: Reading, draft: Draft, known: Mapping[str, str]) -> Iterator[str]:
    """The short names of one paper: nickname, short title, a known name inside a short title."""
    if draft.is_unresolvable or draft.role == "named":
        return
    if draft.nickname:
        yield draft.nickname
    title = draft.title or ""
    words = title.split()
    if title and (len(words) <= 4 or draft.role == "about") and not _is_topic(title):
        yield title
    if 1 < len(words) <= 3 and draft.role == "about":
        for word in words:
            is_net = len(word) > 5 and word.lower().endswith("net")
            if looks_coined(word) or is_net or name_key(word) in known:
                yield word
    if draft.role == "about" and words and name_key(words[-1]) == "net" and len(words) == 2:
        yield words[0]
    if draft.role == "about" and draft.own_section is not None:
        yield from _subheadings(reading, draft)


def _is_topic(title: str) -> bool:
    return len(title.split()) == 1 and title.islower() and not looks_coined(title)


def _subheadings(reading: Reading, draft: Draft) -> Iterator[str]:
    """Names a section gives to parts of its paper: "Inception module"."""
    section = reading.sections[draft.own_section or 0]
    if section.heading < 0 or len(reading.drafts) > 60 or _has_siblings(reading, draft):
        return
    for number in range(section.heading + 1, section.end):
        block = reading.blocks[number]
        if block.kind != "heading" or reading.links[number]:
            continue
        name = clean_entry_title(block.text)
        if 2 <= len(name.split()) <= 3 and not is_generic_heading(name) and not label_kind(name):
            if re.search(
                r"\b(?:module|block|layer|unit|net|network|cell|gate)s?$", name, re.IGNORECASE
            ):
                yield name
        elif looks_coined(name) and len(name.split()) == 1:
            yield name


def _has_siblings(reading: Reading, draft: Draft) -> bool:
    return len(reading.drafts.in_block(draft.block)) > 1
