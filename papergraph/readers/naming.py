"""Short names in prose: those the library knows, and those the text itself gives its papers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import cast

from papergraph.readers.drafts import Draft
from papergraph.readers.known_titles import KnownTitle, TitleLookup, find_titles
from papergraph.readers.name_forms import Place, is_coined, is_meant
from papergraph.readers.ordinary_words import is_ordinary
from papergraph.readers.own_names import own_names
from papergraph.readers.reading import PAPER_WORD, Reading
from papergraph.readers.sentences import split_sentences
from papergraph.readers.versions import read_versions
from papergraph.readers.weak_names import (
    are_enough,
    fills,
    is_of_trade,
    is_person,
    is_weak,
    speak_of_trade,
    trade_words,
)
from papergraph.text import NameKey, name_key

_WORD = re.compile(r"[^\W_]+(?:\+\+|\+)?")
_ADDRESS = re.compile(r"\S*://\S*")
_LONGEST = 25  # words of a name or title
_STEM = 9
_LONGEST_BLOCK = 30_000
_CAPITAL_WORD = re.compile(r"\b[A-Z][a-z]+\b")
_STOP_WITHIN = re.compile(r"[:,] ")  # of a title: "Dropout: a simple way to ..."
_FEWEST_WITH_STOP = 5  # words
_JOIN = re.compile(r"[ \u00a0-]{1,2}|[-‐‑–]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A name at `start` to `end` of a block's text: of a draft, or only the library's `name`.

    `is_title`: the name is the title of a paper of the library, written in full.
    """

    start: int
    end: int
    draft: Draft | None = None
    name: str | None = None
    is_title: bool = False

    @property
    def paper(self) -> object:
        """What tells two papers apart within a page."""
        return id(self.draft) if self.draft is not None else name_key(self.name or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBook:
    """Every name to look for: `own` of the page's papers, `known` of the library's, by key.

    `introduced` holds the keys of known names that the page shows in their own spelling, `titles`
    what was found of the library's titles, by sentence. `is_of_papers` says that the page speaks
    of papers, so that a weak name needs no word of the trade beside it; the names of its `people`
    do.
    """

    own: Mapping[str, Draft]
    known: Mapping[str, str]
    beginnings: Collection[str]
    is_lower: bool
    introduced: Collection[str] = frozenset()
    titles: Mapping[str, Sequence[KnownTitle]] = field(default_factory=dict)
    is_of_papers: bool = True
    people: Collection[str] = frozenset()
    _found: dict[str, tuple[Occurrence, ...]] = field(default_factory=dict, compare=False)

    def find(self, text: str) -> tuple[Occurrence, ...]:
        """Return the names in a text, longest first where they overlap, left to right."""
        found = self._found.get(text)
        if found is None:
            names = [one for one in self._search(text) if self._is_borne_out(text, one)]
            found = _apart([*names, *self._titles_in(text)]) if self.titles else tuple(names)
            self._found[text] = found
        return found

    def _is_borne_out(self, text: str, one: Occurrence) -> bool:
        """Whether a weak name is that of a paper, by its sentence and page."""
        if one.name is None or not is_weak(one.name):
            return True
        if is_person(text, one.start, one.end):
            return False
        is_clear = self.is_of_papers and text[one.start : one.end] not in self.people
        return is_clear or is_of_trade(text, one.start, one.end)

    def spots(self, text: str) -> tuple[int, ...]:
        """Where words stand that a name can begin with; most texts have none."""
        words = _keyed_words(text)
        spots = [words[place][0] for place in self._starting(words)]
        for start, end in split_sentences(text) if self.titles else ():
            spots += [start + one.start for one in self.titles.get(text[start:end], ())]
        return tuple(sorted(spots))

    def _titles_in(self, text: str) -> Iterator[Occurrence]:
        for one in self.titles.get(text, ()):
            words = text[one.start : one.end]
            yield Occurrence(start=one.start, end=one.end, name=words, is_title=True)

    def _search(self, text: str) -> list[Occurrence]:
        if not self.own and not self.known:
            return []
        plain = _ADDRESS.sub(lambda match: " " * len(match[0]), text) if "://" in text else text
        words = _keyed_words(plain)
        found: list[Occurrence] = []
        end = 0
        for position in self._starting(words):
            start = words[position][0]
            if start < end:
                continue
            row = self._row(text, start) or self._longest(text, words, position)
            found += row
            end = row[-1].end if row else end
        return found

    def _row(self, text: str, start: int) -> list[Occurrence]:
        """The known ones of several versions of a name: "YOLOv2/v3"."""
        found: list[Occurrence] = []
        for one in read_versions(text, start):
            for key in one.keys:
                draft, name = self.own.get(key), self.known.get(key)
                is_meant_so = name is not None and (text[start].isupper() or is_coined(name))
                if draft is not None or is_meant_so:
                    found.append(
                        Occurrence(
                            start=one.start, end=one.end, draft=draft, name=None if draft else name
                        )
                    )
                    break
        return found

    def _starting(self, words: Sequence[tuple[int, int, NameKey]]) -> list[int]:
        """Which words a name may begin with, as they stand or as a plural; most do not."""
        begins = self.beginnings
        return [
            place
            for place, (_, _, key) in enumerate(words)
            if key in begins or (key[-1:] == "s" and len(key) > 3 and key[:-1] in begins)
        ]

    def _longest(
        self, text: str, words: Sequence[tuple[int, int, NameKey]], first: int
    ) -> list[Occurrence]:
        best: list[Occurrence] = []
        start, key, has_stop = words[first][0], "", False
        for last in range(first, min(first + _LONGEST, len(words))):
            if last > first:
                gap = words[last - 1][1], words[last][0]
                has_stop = has_stop or _STOP_WITHIN.fullmatch(text, *gap) is not None
                if not (_JOIN.fullmatch(text, *gap) or _STOP_WITHIN.fullmatch(text, *gap)):
                    break
            key += words[last][2]
            singular = _singular(key)
            if key not in self.beginnings and singular not in self.beginnings:
                break
            if has_stop and last - first + 1 < _FEWEST_WITH_STOP:
                continue
            place = Place(text=text, start=start, end=words[last][1])
            found = self._look_up(key, place) or self._look_up(singular, place, is_plural=True)
            if found:
                best = [found]
        return best

    def _look_up(self, key: str, place: Place, *, is_plural: bool = False) -> Occurrence | None:
        draft = self.own.get(key)
        if draft is not None and self._is_own(draft, place):
            return Occurrence(start=place.start, end=place.end, draft=draft)
        name = self.known.get(key)
        if name is None or not is_meant(
            name,
            place,
            is_lower=self.is_lower,
            is_introduced=key in self.introduced,
            is_plural=is_plural,
        ):
            return None
        return Occurrence(start=place.start, end=place.end, name=name)

    def _is_own(self, draft: Draft, place: Place) -> bool:
        """Whether words spelt like a paper of the page mean it: "deep learning" seldom does."""
        words = place.shown.split()
        if len(words) < 2 and (draft.title or "").istitle() and draft.role != "about":
            return self.is_lower or not place.shown.islower()
        if len(words) < 2 or self.is_lower or any(word[0].isupper() for word in words):
            return True
        if name_key(draft.title or "") != name_key(place.shown):
            return True
        return not all(is_ordinary(word) for word in words)


def _keyed_words(text: str) -> list[tuple[int, int, NameKey]]:
    """The words of a text: start, end, and the key they are looked up by."""
    if text.isascii():  # then the key of a word is the word in small letters
        found = [(*match.span(), match[0]) for match in _WORD.finditer(text.lower())]
        return cast("list[tuple[int, int, NameKey]]", found)
    return [(*match.span(), _word_key(match[0])) for match in _WORD.finditer(text)]


def _word_key(word: str) -> NameKey:
    return NameKey(word.lower()) if word.isascii() else name_key(word)


def _singular(key: str) -> str:
    return key[:-1] if key.endswith("s") and len(key) > 3 else ""


def _beginnings(keys: Collection[str]) -> frozenset[str]:
    """All beginnings of all keys, so that a search gives up early."""
    return frozenset(key[:length] for key in keys for length in range(1, len(key) + 1))


@lru_cache(maxsize=8)
def _known_beginnings(names: tuple[str, ...]) -> frozenset[str]:
    return _beginnings(index_names(names))


@lru_cache(maxsize=8)
def index_names(names: tuple[str, ...]) -> Mapping[str, str]:
    """The names by the keys they are looked up by; what is too short to be found is left out."""
    return {key: name for name in reversed(names) if len(key := name_key(name)) >= 2}


def _apart(found: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """Of names and titles that overlap the longer one, the name of two that are the same."""
    kept: list[Occurrence] = []
    for one in sorted(found, key=lambda one: one.start - one.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def make_book(reading: Reading, names: Collection[str], lookup: TitleLookup) -> NameBook:
    """Collect the names of a page's papers, those of the library, and the titles it looks up."""
    ordered = tuple(sorted(names))
    known = index_names(ordered)
    own = own_names(reading, known)
    sample = " ".join(block.text for block in reading.blocks[:60])[:20_000]
    capitals = sum(map(str.isupper, sample))
    is_lower = capitals < 0.012 * len(sample)
    book = NameBook(
        own=own,
        known=known,
        beginnings=_known_beginnings(ordered) | _beginnings(own),
        is_lower=is_lower,
        introduced=_introduced(reading, known),
        titles=find_titles(reading, lookup, is_lower=is_lower),
        people=_people(reading, known),
    )
    return book if _is_of_papers(reading, book) else replace(book, is_of_papers=False, _found={})


def _is_of_papers(reading: Reading, book: NameBook) -> bool:
    """Whether a page speaks of papers: by entries, words of the trade, or names of no doubt."""
    if not book.known or any(draft.role != "named" for draft in reading.drafts):
        return True
    if any(block.kind == "heading" and trade_words(block.text) for block in reading.blocks):
        return True
    if any(PAPER_WORD.search(reading.blocks[rows[0]].text) for rows in reading.tables):
        return True
    entries: list[str] = []
    is_named = False
    for sentence in _sentences(reading):
        for one in book.find(sentence):
            if one.name and not is_weak(one.name):
                return True
            is_named = True
            entries += [one.name or ""] if fills(sentence, one.start, one.end) else []
    if not is_named or are_enough(entries):
        return True
    return speak_of_trade(word for block in reading.blocks for word in trade_words(block.text))


def _people(reading: Reading, known: Mapping[str, str]) -> frozenset[str]:
    """Known names that the page gives to somebody, somewhere."""
    text = "\n".join(block.text for block in reading.blocks[:400])[:200_000]
    return frozenset(
        match[0]
        for match in _CAPITAL_WORD.finditer(text)
        if match[0].lower() in known and is_person(text, *match.span())
    )


def _sentences(reading: Reading) -> Iterator[str]:
    for block in reading.blocks:
        if len(block.text) <= _LONGEST_BLOCK:
            yield from (block.text[start:end] for start, end in split_sentences(block.text))


def _introduced(reading: Reading, known: Mapping[str, str]) -> frozenset[str]:
    """Known names that stand in the page as they are spelt, or whose word a title there holds."""
    text = "\n".join(block.text for block in reading.blocks[:400])[:200_000]
    words = set(re.findall(r"\b[A-Z][\w-]*", text))
    stems = {
        name_key(word)[:_STEM]
        for draft in reading.drafts
        for word in (draft.title or "").split()
        if len(word) > _STEM
    }
    links = {
        name_key(reading.blocks[draft.block].text[draft.start : draft.end])
        for draft in reading.drafts
        if draft.role in ("linked", "listed") and reading.blocks
    }
    return frozenset(
        key
        for key, name in known.items()
        if key[:_STEM] in stems
        or key in links
        or (" " in name and name.split()[0] in words and _shows(text, name))
        or (name in words and bool(re.search(rf"[\w,] {re.escape(name)}\b", text)))
    )


def _shows(text: str, name: str) -> bool:
    """Whether all weighty words of a name stand together with capitals."""
    spelt = " ".join(word[0].upper() + word[1:] for word in name.split())
    return spelt in text
