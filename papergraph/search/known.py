"""Known items: the one paper a query names, by identifier, name, title, or author and year."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from papergraph.lexical import STOP_WORDS, LexicalIndex, comparable_words
from papergraph.library import Library
from papergraph.matching import ACCEPT_RATIO, exact_matches
from papergraph.models import Hit
from papergraph.text import compare_form, surname

# What a known item stands above all others by, for the most certain way to know it.
NAMED, SPELT_OTHERWISE, BEGUN, WRITTEN, ALL_WORDS = 2.0, 1.5, 1.0, 1.0, 0.5
# "He et al." are named by the first of them, and the year may be that of the preprint
_WRITTEN_FIRST, _FIRST_A_YEAR_OFF = 1.45, 1.1
_A_YEAR_OFF = 0.6
_BEGUN_RATIO = 92.0
_FEWEST_BEGINNING_WORDS = 2
_FEWEST_WORDS = 2
_MOST_WRITTEN = 50
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_AND_OTHERS = frozenset(("al", "and", "et", "others"))
_IS_ITS = "this is its "
_BEGINNING = f"{_IS_ITS}title's beginning"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """A paper the query names: what it gains by it, and how it is named, in words."""

    gain: float
    how: str


def is_named(hit: Hit) -> bool:
    """Does the query name this paper, and not only begin its title or have words of it?"""
    return any(one.text.startswith(_IS_ITS) and one.text != _BEGINNING for one in hit.why)


def named_items(library: Library, text: str) -> dict[int, KnownItem]:
    """Papers that a text names exactly."""
    found: dict[int, KnownItem] = {}
    for number, how in exact_matches(text, library.catalogue):
        found.setdefault(number, KnownItem(gain=NAMED, how=f"{_IS_ITS}{how}"))
    return found


def titled_items(text: str, titles: Mapping[int, str]) -> dict[int, KnownItem]:
    """Papers whose title a text is, damaged or only begun, or whose title has all its words.

    `titles` are those that may be meant, in comparable form.
    """
    form = compare_form(text)
    if not form:
        return {}
    found = _all_words(form, titles) | _begun(form, titles)
    figures = _figures(form)
    near = process.extract(
        form, titles, scorer=fuzz.ratio, processor=None, score_cutoff=ACCEPT_RATIO, limit=None
    )
    for title, ratio, number in near:
        if _figures(title) == figures:
            how = f"{_IS_ITS}title, spelt otherwise"
            found[number] = KnownItem(gain=SPELT_OTHERWISE * ratio / 100, how=how)
    return found


def written_items(library: Library, index: LexicalIndex, text: str) -> dict[int, KnownItem]:
    """Papers an author and a year stand for, such as "vaswani et al. 2017"."""
    words = [word for word in comparable_words(text) if word not in _AND_OTHERS]
    years = [word for word in words if _YEAR.fullmatch(word)]
    names = [word for word in words if word not in years]
    if len(years) != 1 or not 1 <= len(names) <= 3:  # first, middle and last name
        return {}
    year = int(years[0])
    positions = reduce(np.intersect1d, [index.labelled("author", name) for name in names])
    away = np.abs(index.years[positions].astype(np.int64) - year)
    exact, near = (positions[away == years_off][:_MOST_WRITTEN] for years_off in (0, 1))
    exact_numbers = set(index.numbers[exact].tolist())
    first = _by_first_author(library, names, year, index.numbers[[*exact, *near]].tolist())
    ways = (
        (index.numbers[near].tolist(), _A_YEAR_OFF, "author, and its year but for one"),
        (index.numbers[exact].tolist(), WRITTEN, "author and year"),
        (first - exact_numbers, _FIRST_A_YEAR_OFF, "first author, and its year but for one"),
        (first & exact_numbers, _WRITTEN_FIRST, "first author and year"),
    )
    return {
        number: KnownItem(gain=gain, how=f"{_IS_ITS}{how}")
        for numbers, gain, how in ways
        for number in numbers
    }


def _by_first_author(
    library: Library, names: Sequence[str], year: int, among: Collection[int]
) -> set[int]:
    """Those papers of a year or the ones beside it whose first author has one of the names."""
    if not among:
        return set()
    wanted = [(surname(name), year + off) for name in names for off in (-1, 0, 1)]
    found = library.catalogue.by_bylines(wanted)
    return {number for numbers in found.values() for number in numbers} & set(among)


def _begun(form: str, titles: Mapping[int, str]) -> dict[int, KnownItem]:
    """Titles that begin so; a long beginning may have a letter wrong."""
    found: dict[int, KnownItem] = {}
    if len(form.split()) < _FEWEST_BEGINNING_WORDS:
        return found
    beginnings = {number: title[: len(form)] for number, title in titles.items()}
    near = process.extract(
        form, beginnings, scorer=fuzz.ratio, processor=None, score_cutoff=_BEGUN_RATIO, limit=None
    )
    figures = _figures(form)
    for beginning, ratio, number in near:
        if _figures(beginning) == figures:
            whole = 100 if beginning == form else ratio / 2
            share = len(form) / len(titles[number]) * whole / 100
            gain = BEGUN * (0.5 + share / 2)
            found[number] = KnownItem(gain=gain, how=_BEGINNING)
    return found


def _all_words(form: str, titles: Mapping[int, str]) -> dict[int, KnownItem]:
    """Titles that have every word of the query; the shorter the title, the surer."""
    words = set(form.split()) - STOP_WORDS
    found: dict[int, KnownItem] = {}
    if len(words) < _FEWEST_WORDS:
        return found
    longest = max(words, key=lambda word: (len(word), word))
    for number, title in titles.items():
        if longest in title and words <= (others := set(title.split())):
            share = len(words) / len(others - STOP_WORDS)
            found[number] = KnownItem(gain=ALL_WORDS * share, how="its title has all these words")
    return found


def _figures(form: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"\d+", form)))


def positions_of(index: LexicalIndex, numbers: Collection[int]) -> NDArray[np.int64]:
    """Where papers stand that are in the index."""
    found = index.positions_of(list(numbers))
    return found[found >= 0]
