"""The verb search: known items first, then words and meaning, each hit with its reasons."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from papergraph.errors import InputError, check_limit
from papergraph.lexical import LexicalIndex
from papergraph.library import Library
from papergraph.models import PAPER_KINDS, Hit, Paper, SearchAnswer, paper_id
from papergraph.search.asking import Question, read_query
from papergraph.search.filters import NO_FILTER, Mask, SearchFilter, allowed_positions
from papergraph.search.opened import lexical_index
from papergraph.search.ranking import Ranked, rank
from papergraph.search.reasons import NEAR_MEANING, explain
from papergraph.vectors import Embedder

MODES = ("hybrid", "words", "meaning")
MOST_QUERY_CHARACTERS = 10_000
MOST_HITS = 500
_KNOWN_FROM = 0.8  # shown score of a paper that the query names; the others are below
_MOST_GAIN = 3.0
_SAME = 3  # scores that agree in so many decimals are one; the more cited paper then stands first
_MOST_TIED = 50
_GUESS = "nothing here has these words or is near them in meaning; what is shown is a guess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a search is to be done, besides the query."""

    limit: int
    mode: str
    embedder: Embedder | None
    reader: str
    after: int | None = None


def search_papers(
    library: Library,
    query: str,
    *,
    embedder: Embedder | None = None,
    limit: int = 20,
    mode: str = "hybrid",
    allowed: SearchFilter = NO_FILTER,
    reader: str = "me",
    after: int | None = None,
) -> SearchAnswer:
    """Find papers by identifier, name or title, by words, and by meaning, best first.

    Parameters
    ----------
    query
        Text, with phrases in quotes, `-word` and fields such as `author:` (see `asking`).
    embedder
        The model for the meaning of the query; without one, words alone decide.
    mode
        hybrid, words or meaning.
    allowed
        Filters besides those of the query.
    after
        The number of the paper that an answer to the same query ended with: what follows it.

    Raises
    ------
    InputError
        When the mode is unknown, the limit is not between 1 and `MOST_HITS`, or the query does not
        find the paper to go on after.
    """
    started = time.perf_counter()
    if mode not in MODES:
        raise InputError(f"no search mode {mode!r}; known are {', '.join(MODES)}")
    check_limit(limit, MOST_HITS)
    query = " ".join(query[:MOST_QUERY_CHARACTERS].split())
    wanted = Wanted(limit=limit, mode=mode, embedder=embedder, reader=reader, after=after)
    with library.reading():
        question = read_query(query)
        hits, has_more, is_guess = _find(
            library, question, allowed.narrowed(question.papers), wanted
        )
        notes = [*question.notes, *_missing(library, wanted), *([_GUESS] if is_guess else [])]
        if not hits:
            notes += _unknown_kind(question.papers.kind)
    took_ms = (time.perf_counter() - started) * 1000
    return SearchAnswer(
        query=query, hits=hits, took_ms=took_ms, notes=tuple(notes), has_more=has_more
    )


def _find(
    library: Library, question: Question, papers: SearchFilter, wanted: Wanted
) -> tuple[tuple[Hit, ...], bool, bool]:
    """The hits, whether there are more, and whether nothing speaks for any of them."""
    index = lexical_index(library)
    allowed = allowed_positions(library, index, papers, question.words, wanted.reader)
    ranked = rank(library, index, question.text, allowed, wanted.mode, wanted.embedder)
    if not question.text and allowed is not None:
        ranked = _all_allowed(library, index, allowed)
    cards, has_more = _best(library, ranked, wanted)
    why = explain(library, question.text, ranked, list(cards), wanted.embedder)
    hits = tuple(
        Hit(paper=card, score=_shown(ranked.score(number)), why=why[number])
        for number, card in cards.items()
    )
    return hits, has_more, bool(hits) and _is_guess(ranked, next(iter(cards)))


def _is_guess(ranked: Ranked, best: int) -> bool:
    """Was nothing found by words or as known, and the best is not near in meaning either?"""
    is_found = ranked.known or ranked.query.weights or ranked.vector is None
    return not is_found and ranked.cosine(best) < NEAR_MEANING


def _best(library: Library, ranked: Ranked, wanted: Wanted) -> tuple[dict[int, Paper], bool]:
    """The best papers, of those with one score the more cited first; and if there are more.

    The order does not depend on how many are asked for, so that one part follows another.
    """
    groups = _groups(ranked)
    room = wanted.limit + 1
    if wanted.after is not None:
        first = _group_of(wanted.after, groups)
        groups, room = chain([first], groups), room + len(first)
    chosen = _filling(groups, room)
    cards = library.papers.get(chain.from_iterable(chosen), wanted.reader)
    found = [
        number
        for group in chosen
        for number in sorted(group, key=lambda n: (-_authority(cards.get(n)), n))
    ]
    if wanted.after is not None:
        found = found[found.index(wanted.after) + 1 :]
    shown = {number: cards[number] for number in found[: wanted.limit] if number in cards}
    return shown, len(found) > wanted.limit


def _group_of(after: int, groups: Iterator[list[int]]) -> list[int]:
    """The group that an answer ended in; those before it are passed over."""
    found = next((group for group in groups if after in group), None)
    if found is None:
        raise InputError(
            f"the cursor {paper_id(after)!r} is not found by this query any more;"
            " begin again without it"
        )
    return found


def _filling(groups: Iterable[list[int]], room: int) -> list[list[int]]:
    """The first groups that fill so much room."""
    chosen: list[list[int]] = []
    for group in groups:
        chosen.append(group)
        room -= len(group)
        if room <= 0:
            break
    return chosen


def _groups(ranked: Ranked) -> Iterator[list[int]]:
    """Papers, the best first, those with one score together, but not too many of them."""
    group: list[int] = []
    last = None
    for number, exact in zip(ranked.numbers, ranked.scores, strict=True):
        score = round(exact, _SAME)
        if group and (score != last or len(group) == _MOST_TIED):
            yield group
            group = []
        group.append(number)
        last = score
    if group:
        yield group


def _all_allowed(library: Library, index: LexicalIndex, allowed: Mask) -> Ranked:
    """Every paper that passes the filters, when nothing else was asked: the most cited first."""
    numbers = index.numbers[allowed]
    numbers = numbers[numbers >= 0]
    counts = library.citations.counts_of(numbers.tolist())
    citers = np.array([counts.get(number, 0) for number in numbers.tolist()], dtype=np.int64)
    return Ranked(numbers, (1 + citers) / (1 + citers.max(initial=0)))


def _authority(card: Paper | None) -> int:
    if card is None:  # gone since the index was made
        return 0
    elsewhere = card.citations_elsewhere.count if card.citations_elsewhere else 0
    return max(card.citations_here or 0, elsewhere)


def _shown(score: float) -> float:
    """From the sum of all that speaks for a paper to 0 to 1."""
    if score <= 1:
        return _KNOWN_FROM * score
    return _KNOWN_FROM + (1 - _KNOWN_FROM) * min(1.0, (score - 1) / (_MOST_GAIN - 1))


def _unknown_kind(kind: str | None) -> list[str]:
    """Say which kinds there are when one of another name finds nothing."""
    if kind is None or kind.lower() in PAPER_KINDS:
        return []
    return [f"nothing is of the kind {kind!r}; kinds are {', '.join(PAPER_KINDS)}"]


def _missing(library: Library, wanted: Wanted) -> tuple[str, ...]:
    """Say how many papers have no vector yet."""
    if wanted.mode == "words" or wanted.embedder is None:
        return ()
    missing = library.vectors.count_outdated(wanted.embedder.fingerprint)
    return (f"{missing:,} papers are not ready for search by meaning yet",) if missing else ()
