"""The verb search: known items first, then words and meaning, each hit with its reasons."""

from __future__ import annotations

import time
from dataclasses import dataclass

from papergraph.errors import InputError
from papergraph.lexical import LexicalIndex
from papergraph.library import Library
from papergraph.models import Hit, Paper, SearchAnswer
from papergraph.search.asking import Question, read_query
from papergraph.search.filters import NO_FILTER, Mask, SearchFilter, allowed_positions
from papergraph.search.opened import lexical_index
from papergraph.search.ranking import Ranked, rank
from papergraph.search.reasons import explain
from papergraph.vectors import Embedder

MODES = ("hybrid", "words", "meaning")
MOST_QUERY_CHARACTERS = 10_000
MOST_HITS = 500
_KNOWN_FROM = 0.8  # shown score of a paper that the query names; the others are below
_MOST_GAIN = 3.0
_SAME = 3  # scores that agree in so many decimals are one; the more cited paper then stands first
_MOST_TIED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a search is to be done, besides the query."""

    limit: int
    mode: str
    embedder: Embedder | None
    reader: str


def search_papers(
    library: Library,
    query: str,
    *,
    embedder: Embedder | None = None,
    limit: int = 20,
    mode: str = "hybrid",
    allowed: SearchFilter = NO_FILTER,
    reader: str = "me",
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

    Raises
    ------
    InputError
        When the mode is unknown or the limit is not between 1 and `MOST_HITS`.
    """
    started = time.perf_counter()
    if mode not in MODES:
        raise InputError(f"no search mode {mode!r}; known are {', '.join(MODES)}")
    if not 1 <= limit <= MOST_HITS:
        raise InputError(f"{limit} hits were asked for; the limit is 1 to {MOST_HITS}")
    query = " ".join(query[:MOST_QUERY_CHARACTERS].split())
    wanted = Wanted(limit=limit, mode=mode, embedder=embedder, reader=reader)
    with library.reading():
        question = read_query(query)
        hits = _find(library, question, allowed.narrowed(question.papers), wanted)
        notes = [*question.notes, *_missing(library, wanted)]
    took_ms = (time.perf_counter() - started) * 1000
    return SearchAnswer(query=query, hits=hits, took_ms=took_ms, notes=tuple(notes))


def _find(
    library: Library, question: Question, papers: SearchFilter, wanted: Wanted
) -> tuple[Hit, ...]:
    index = lexical_index(library)
    allowed = allowed_positions(library, index, papers, question.words, wanted.reader)
    ranked = rank(library, index, question.text, allowed, wanted.mode, wanted.embedder)
    if not question.text and allowed is not None:
        ranked = _all_allowed(library, index, allowed)
    cards = _best(library, ranked, wanted)
    why = explain(library, question.text, ranked, list(cards), wanted.embedder)
    return tuple(
        Hit(paper=card, score=_shown(ranked.scores[number]), why=why[number])
        for number, card in cards.items()
    )


def _best(library: Library, ranked: Ranked, wanted: Wanted) -> dict[int, Paper]:
    """The best papers, and of those with one score the more cited first."""
    scores = ranked.scores
    order = sorted(scores, key=scores.__getitem__, reverse=True)  # of one score: as they stand
    count = min(wanted.limit, len(order))
    last = round(scores[order[count - 1]], _SAME) if order else 0.0
    while count < min(len(order), wanted.limit + _MOST_TIED):
        if round(scores[order[count]], _SAME) < last:
            break
        count += 1
    cards = library.papers.get(order[:count], wanted.reader)

    def place(number: int) -> tuple[float, int, int]:
        return (-round(scores[number], _SAME), -_authority(cards[number]), number)

    return {number: cards[number] for number in sorted(cards, key=place)[: wanted.limit]}


def _all_allowed(library: Library, index: LexicalIndex, allowed: Mask) -> Ranked:
    """Every paper that passes the filters, when nothing else was asked: the most cited first."""
    numbers = index.numbers[allowed]
    numbers = numbers[numbers >= 0]
    counts = library.citations.counts_of(numbers.tolist())
    most = max(counts.values(), default=0) + 1
    return Ranked(scores={n: (1 + counts.get(n, 0)) / most for n in numbers.tolist()})


def _authority(card: Paper) -> int:
    elsewhere = card.citations_elsewhere.count if card.citations_elsewhere else 0
    return max(card.citations_here or 0, elsewhere)


def _shown(score: float) -> float:
    """From the sum of all that speaks for a paper to 0 to 1."""
    if score <= 1:
        return _KNOWN_FROM * score
    return _KNOWN_FROM + (1 - _KNOWN_FROM) * min(1.0, (score - 1) / (_MOST_GAIN - 1))


def _missing(library: Library, wanted: Wanted) -> tuple[str, ...]:
    """Say how many papers have no vector yet."""
    if wanted.mode == "words" or wanted.embedder is None:
        return ()
    missing = library.vectors.count_outdated(wanted.embedder.fingerprint)
    return (f"{missing:,} papers are not ready for search by meaning yet",) if missing else ()
