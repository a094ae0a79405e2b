"""The verb search: known items first, then words and meaning, each hit with its reasons."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from papergraph.errors import InputError
from papergraph.library import Library, PaperText
from papergraph.matching import find_matches
from papergraph.models import Evidence, Hit, Paper, ScoredPaper, SearchAnswer, paper_number
from papergraph.text import shorten
from papergraph.vectors import Embedder, open_saved_index

MODES = ("hybrid", "words", "meaning")
MOST_QUERY_CHARACTERS = 10_000
MOST_HITS = 500
# score = (1 - w) * bm25 / best bm25 + w * cosine; flat between .4 and .6 (research/search.md 0.5)
MEANING_WEIGHT = 0.5
_CANDIDATES = 200
_NEAR_MEANING = 0.35
_STOP_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "how", "in", "is", "it"),
        *("of", "on", "or", "that", "the", "this", "to", "was", "what", "when", "where", "which"),
        *("who", "why", "will", "with"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """Which papers may be found: years inclusive; a reading state, or "unread" for not yet read."""

    year_from: int | None = None
    year_to: int | None = None
    state: str | None = None

    def allows(self, paper: Paper) -> bool:
        """May this paper be shown?"""
        if self.year_from is not None and (paper.year is None or paper.year < self.year_from):
            return False
        if self.year_to is not None and (paper.year is None or paper.year > self.year_to):
            return False
        if self.state == "unread":
            return paper.state not in ("read", "known")
        return self.state is None or paper.state == self.state


NO_FILTER = SearchFilter()


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
    embedder
        The model for the meaning of the query; without one, words alone decide.
    mode
        hybrid, words or meaning.

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
    notes = []
    pinned = _known_items(library, query) if mode != "meaning" else ()
    words = dict(_by_words(library, query)) if mode != "meaning" else {}
    meaning: dict[int, float] = {}
    if mode != "words" and embedder is not None:
        meaning = _by_meaning(library, query, embedder)
        missing = library.vectors.count_outdated(embedder.fingerprint)
        if missing:
            notes.append(f"{missing:,} papers are not ready for search by meaning yet")
    scores = _combine(pinned, words, meaning)
    hits = _pick_hits(library, query, scores, meaning, pinned, allowed, limit, reader)
    took_ms = (time.perf_counter() - started) * 1000
    return SearchAnswer(query=query, hits=tuple(hits), took_ms=took_ms, notes=tuple(notes))


def _known_items(library: Library, query: str) -> tuple[ScoredPaper, ...]:
    if not query:
        return ()
    return find_matches(query, library.catalogue, limit=5)


def _by_words(library: Library, query: str) -> list[tuple[int, float]]:
    phrase = re.fullmatch(r'"([^"]+)"', query)
    if phrase:
        return library.texts.search_phrase(phrase[1], _CANDIDATES)
    telling = [word for word in re.findall(r"\w+", query.lower()) if word not in _STOP_WORDS]
    return library.texts.search(" ".join(telling) or query, _CANDIDATES)


def _by_meaning(library: Library, query: str, embedder: Embedder) -> dict[int, float]:
    vector = embedder.embed([query])[0]
    if not vector.any():
        return {}
    index = open_saved_index(
        library.folder,
        embedder.fingerprint,
        library.vectors.stamp(embedder.fingerprint),
        lambda: library.vectors.matrix(embedder.fingerprint, embedder.dimension),
    )
    numbers, scores = index.search(vector, _CANDIDATES)
    return {int(number): float(score) for number, score in zip(numbers, scores, strict=True)}


def _combine(
    pinned: Sequence[ScoredPaper], words: Mapping[int, float], meaning: Mapping[int, float]
) -> dict[int, float]:
    """Sum words and meaning, each from 0 to 1; known items stand above all others."""
    best = max(words.values(), default=0.0) or 1.0
    weight = MEANING_WEIGHT if words and meaning else float(bool(meaning))
    scores = {
        number: (1 - weight) * words.get(number, 0.0) / best
        + weight * max(0.0, meaning.get(number, 0.0))
        for number in {*words, *meaning}
    }
    for match in pinned:
        number = paper_number(match.paper.id or "")
        if number is not None:
            scores[number] = 1.0 + match.score if match.score > 0.8 else scores.get(number, 0) + 0.3
    return {number: score for number, score in scores.items() if score > 0}


def _pick_hits(
    library: Library,
    query: str,
    scores: Mapping[int, float],
    meaning: Mapping[int, float],
    pinned: Sequence[ScoredPaper],
    allowed: SearchFilter,
    limit: int,
    reader: str,
) -> list[Hit]:
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    how = {paper_number(match.paper.id or ""): match.how for match in pinned}
    chosen: list[tuple[int, Paper]] = []
    for start in range(0, len(ranked), 100):
        cards = library.papers.get(ranked[start : start + 100], reader)
        chosen += [(n, card) for n, card in cards.items() if allowed.allows(card)]
        if len(chosen) >= limit:
            break
    chosen = chosen[:limit]
    texts = library.texts.texts_of([number for number, _ in chosen])
    terms = _terms(query)
    return [
        Hit(
            paper=paper,
            score=min(1.0, scores[number] / 2 if number in how else scores[number]),
            why=_reasons(library, number, texts.get(number), terms, how.get(number), meaning),
        )
        for number, paper in chosen
    ]


def _reasons(
    library: Library,
    number: int,
    text: PaperText | None,
    terms: Collection[str],
    how: str | None,
    meaning: Mapping[int, float],
) -> tuple[Evidence, ...]:
    """Say why a paper matched: its name, the words and their place, a sentence, the meaning."""
    found: list[Evidence] = []
    if how:
        found.append(Evidence(kind="title", text=f"this is its {how}", weight=2.0, stated=True))
    if text is not None:
        found += _word_reasons(text, terms)
        found += _quotes(library, number, terms)
    cosine = meaning.get(number, 0.0)
    if cosine >= _NEAR_MEANING or (cosine > 0 and not found):
        found.append(Evidence(kind="embedding", text="near by meaning", weight=cosine))
    return tuple(found)


def _word_reasons(text: PaperText, terms: Collection[str]) -> list[Evidence]:
    found = []
    for place, content in (
        ("title", text.title),
        ("name", text.names),
        ("summary", text.summary),
        ("abstract", text.abstract),
    ):
        shared = _shared(terms, content)
        if shared:
            words = ", ".join(shared)
            found.append(Evidence(kind="title", text=f"{place} has {words}", weight=1.0))
    return found[:2]


def _quotes(library: Library, number: int, terms: Collection[str]) -> list[Evidence]:
    """The review sentence about this paper that has most words of the query."""
    best: tuple[int, Evidence] | None = None
    for mention in library.reviews.mentions_of(number)[:50]:
        shared = len(_shared(terms, mention.sentence))
        if shared and (best is None or shared > best[0]):
            evidence = Evidence(
                kind="review",
                text=shorten(mention.sentence, 300),
                where=f"{mention.origin}:{mention.line}",
                source=f"review:{mention.origin}",
                weight=float(shared),
                stated=True,
            )
            best = (shared, evidence)
    return [best[1]] if best else []


def _terms(query: str) -> tuple[str, ...]:
    words = dict.fromkeys(re.findall(r"\w+", query.lower()))
    return tuple(word for word in words if word not in _STOP_WORDS)


def _shared(terms: Collection[str], content: str) -> list[str]:
    have = set(re.findall(r"\w+", content.lower()))
    stems = {word.removesuffix("s") for word in have}
    return [t for t in terms if t in have or (t.removesuffix("s")) in stems]
