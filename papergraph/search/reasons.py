"""Says why a paper matched: its name, the words and their place, a sentence, the meaning."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from papergraph.lexical import comparable_words, query_stems, stem_of
from papergraph.library import Library, PaperText, Sentence
from papergraph.models import Evidence
from papergraph.search.known import SPELT_OTHERWISE
from papergraph.search.ranking import Ranked
from papergraph.text import shorten
from papergraph.vectors import Embedder, SentenceTransformerEmbedder

_NEAR_MEANING = 0.35
_MOST_WORDS = 40
_MOST_CHARACTERS = 20_000  # of a text that are looked through
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\W?[A-Z0-9])|\n+")
_LEAST_SENTENCE = 25
_MOST_SENTENCES = 12  # of one abstract that are embedded
_MOST_MEANT = 5  # papers whose sentences are embedded
_NAMED = 60
_QUOTED = 300


class _Words:
    """The words of a query, found in any form: the pattern is wide, the stems decide."""

    def __init__(self, text: str, replaced: Mapping[str, str]) -> None:
        stems = [replaced.get(stem, stem) for stem in query_stems(text)[:_MOST_WORDS]]
        # a stem ends otherwise than its word: studi, study
        starts = {stem[:-1] if stem.endswith(("i", "e")) else stem for stem in stems} - {""}
        options = "|".join(re.escape(start) for start in sorted(starts))
        wide = rf"(?<![^\W_])(?:{options})[^\W_]*" if starts else r"(?!)"
        self._pattern = re.compile(wide, re.IGNORECASE)
        self._stems = frozenset(stems)
        self._known: dict[str, str | None] = {}

    def places(self, content: str) -> list[tuple[int, str]]:
        """Where a text has words the query asks for: the place and the stem."""
        found = self._pattern.finditer(content[:_MOST_CHARACTERS])
        stems = ((match.start(), self._stem(match[0])) for match in found)
        return [(start, stem) for start, stem in stems if stem]

    def within(self, content: str) -> tuple[str, ...]:
        """The words of a text that the query asks for, as written there, each once."""
        by_stem: dict[str, str] = {}
        for word in self._pattern.findall(content[:_MOST_CHARACTERS]):
            stem = self._stem(word)
            if stem:
                by_stem.setdefault(stem, word.lower())
        return tuple(by_stem.values())

    def _stem(self, word: str) -> str | None:
        if word not in self._known:
            stems = {stem_of(part) for part in comparable_words(word)} & self._stems
            self._known[word] = min(stems, default=None)
        return self._known[word]


def explain(
    library: Library, text: str, ranked: Ranked, numbers: Sequence[int], embedder: Embedder | None
) -> dict[int, tuple[Evidence, ...]]:
    """Say for each of these papers why it matched, the strongest reason first."""
    texts = library.texts.texts_of(numbers)
    written = library.texts.sentences(numbers)
    words = _Words(text, ranked.query.replaced)
    near = _what_is_near(text, ranked, texts)
    found: dict[int, tuple[Evidence, ...]] = {}
    for number in numbers:
        reasons = _known_reasons(number, ranked)
        if number in texts:
            reasons += _word_reasons(texts[number], words, is_known=bool(reasons))
            reasons += _sentence_reasons(texts[number], written.get(number, ()), words)
        cosine = ranked.meaning.get(number, 0.0)
        if cosine >= _NEAR_MEANING or (cosine > 0 and not reasons):
            reasons.append(Evidence(kind="embedding", text=near, weight=cosine))
        found[number] = tuple(reasons)
    return found | _meant_sentences(found, texts, ranked, embedder)


def _known_reasons(number: int, ranked: Ranked) -> list[Evidence]:
    known = ranked.known.get(number)
    if known is None:
        return []
    return [Evidence(kind="title", text=known.how, weight=2.0, stated=True)]


def _word_reasons(text: PaperText, words: _Words, *, is_known: bool) -> list[Evidence]:
    """The words and where they stand; of a paper known by its title, where else."""
    found = []
    for place, content in (
        ("title", "" if is_known else text.title),
        ("name", text.names),
        ("summary", text.summary),
        ("abstract", text.abstract),
    ):
        shared = words.within(content) if content else ()
        if shared:
            said = f"{place} has {', '.join(shared)}"
            found.append(Evidence(kind="title", text=said, weight=1.0))
    return found[:2]


def _sentence_reasons(
    text: PaperText, written: Sequence[Sentence], words: _Words
) -> list[Evidence]:
    """The sentence with most words of the query: of a review, or else of the abstract."""
    scored = [(len(words.within(sentence.text)), sentence) for sentence in written]
    shared, best = max(scored, key=lambda item: item[0], default=(0, None))
    if best is not None and shared:
        return [
            Evidence(
                kind="review",
                text=shorten(best.text, _QUOTED),
                where=f"{best.origin}:{best.line}",
                source=f"review:{best.origin}",
                weight=float(shared),
                stated=True,
            )
        ]
    shared, telling = _telling_sentence(_body(text), words)
    return [_quoted(telling, float(shared))] if shared > 1 else []


def _telling_sentence(content: str, words: _Words) -> tuple[int, str]:
    """The first sentence with the most different words of the query, and how many."""
    places = words.places(content)
    if not places:
        return 0, ""
    starts = [0, *(match.end() for match in _SENTENCE.finditer(content))]
    stems: dict[int, set[str]] = defaultdict(set)
    for place, stem in places:
        stems[bisect_right(starts, place) - 1].add(stem)
    best = max(sorted(stems), key=lambda number: len(stems[number]))
    ends = [*starts[1:], len(content)]
    return len(stems[best]), content[starts[best] : ends[best]].strip()


def _body(text: PaperText) -> str:
    return (text.abstract or text.summary)[:_MOST_CHARACTERS]


def _sentences(text: PaperText) -> list[str]:
    return [one for one in _SENTENCE.split(_body(text)) if len(one) >= _LEAST_SENTENCE]


def _quoted(sentence: str, weight: float) -> Evidence:
    said = f"abstract: \u201c{shorten(sentence, _QUOTED)}\u201d"
    return Evidence(kind="title", text=said, source="abstract", weight=weight, stated=True)


def _what_is_near(text: str, ranked: Ranked, texts: Mapping[int, PaperText]) -> str:
    """What the papers found by meaning are near to: the paper that was named, or the query."""
    best = max(ranked.known, key=lambda number: ranked.known[number].gain, default=None)
    if best is not None and ranked.known[best].gain >= SPELT_OTHERWISE and best in texts:
        return f"near {shorten(texts[best].title, _NAMED)!r} by meaning"
    return f"near {shorten(text, _NAMED)!r} by meaning"


def _meant_sentences(
    found: Mapping[int, tuple[Evidence, ...]],
    texts: Mapping[int, PaperText],
    ranked: Ranked,
    embedder: Embedder | None,
) -> dict[int, tuple[Evidence, ...]]:
    """For papers found by meaning alone, the sentence that carries it, if the model is quick."""
    if embedder is None or ranked.vector is None:
        return {}
    if isinstance(embedder, SentenceTransformerEmbedder):
        return {}
    alone = [
        n for n, why in found.items() if n in texts and all(w.kind == "embedding" for w in why)
    ]
    chosen = [
        (n, one) for n in alone[:_MOST_MEANT] for one in _sentences(texts[n])[:_MOST_SENTENCES]
    ]
    if not chosen:
        return {}
    nearness = embedder.embed([sentence for _, sentence in chosen]) @ ranked.vector
    best: dict[int, tuple[float, str]] = {}
    for (number, sentence), near in zip(chosen, nearness, strict=True):
        best[number] = max(best.get(number, (0.0, "")), (float(near), sentence))
    return {
        number: (_quoted(sentence, near), *found[number])
        for number, (near, sentence) in best.items()
        if near > 0
    }
