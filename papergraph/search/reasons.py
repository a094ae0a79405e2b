"""Says why a paper matched: its name, the words and their place, a sentence, the meaning."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

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
_STOP = ". "
_TELLING = 2  # words of the query that make a sentence worth quoting
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
        # without the beginning of a word, which is looked at after: four times as quick
        self._pattern = re.compile(rf"(?:{options})[^\W_]*" if starts else r"(?!)")
        self._stems = frozenset(stems)
        self._known: dict[str, str | None] = {}

    def places(self, content: str) -> list[tuple[int, str, str]]:
        """Where a text has words the query asks for: the place, the word, the stem."""
        found = []
        lowered = content.lower()
        lowered = lowered if len(lowered) == len(content) else content
        for match in self._pattern.finditer(lowered):
            start = match.start()
            if start and lowered[start - 1].isalnum():
                continue
            word = match[0]
            stem = self._known[word] if word in self._known else self._stem(word)
            if stem is not None:
                found.append((start, word, stem))
        return found

    def _stem(self, word: str) -> str | None:
        stems = {stem_of(part) for part in comparable_words(word)} & self._stems
        self._known[word] = found = min(stems, default=None)
        return found


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
            text_reasons = _text_reasons(texts[number], written.get(number, ()), words)
            reasons += text_reasons[1:] if reasons and _is_of_title(text_reasons) else text_reasons
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


def _is_of_title(reasons: Sequence[Evidence]) -> bool:
    """Is the first reason that the title has some words? A paper known by it needs no such."""
    return bool(reasons) and reasons[0].text.startswith("title has ")


def _text_reasons(text: PaperText, written: Sequence[Sentence], words: _Words) -> list[Evidence]:
    """The words of the query and where they stand, and the sentence that has most of them."""
    body = _body(text)
    places = {
        "title": words.places(text.title),
        "name": words.places(text.names),
        "summary": words.places(text.summary),
        "abstract": words.places(body) if text.abstract else [],
    }
    found = []
    for part, shared in places.items():
        if shared:
            said = ", ".join({stem: word.lower() for _, word, stem in reversed(shared)}.values())
            found.append(Evidence(kind="title", text=f"{part} has {said}", weight=1.0))
    in_body = places["abstract" if text.abstract else "summary"]
    return found[:2] + (_review_reasons(written, words) or _own_reasons(text, in_body))


def _review_reasons(written: Sequence[Sentence], words: _Words) -> list[Evidence]:
    """The sentence of a review that has most words of the query."""
    scored = [(len({stem for _, _, stem in words.places(one.text)}), one) for one in written]
    shared, best = max(scored, key=lambda item: item[0], default=(0, None))
    if best is None or not shared:
        return []
    where = f"{best.origin}:{best.line}"
    return [
        Evidence(
            kind="review",
            text=shorten(best.text, _QUOTED),
            where=where,
            source=f"review:{best.origin}",
            weight=float(shared),
            stated=True,
        )
    ]


def _own_reasons(text: PaperText, places: Sequence[tuple[int, str, str]]) -> list[Evidence]:
    """The first sentence with the most different words of the query, when it has two."""
    body = _body(text)
    if len(places) < _TELLING:
        return []
    ends = list(accumulate(len(one) + len(_STOP) for one in body.split(_STOP)))
    stems: dict[int, set[str]] = defaultdict(set)
    for place, _, stem in places:
        stems[bisect_right(ends, place)].add(stem)
    best = max(stems, key=lambda number: len(stems[number]))
    if len(stems[best]) < _TELLING:
        return []
    start = ends[best - 1] if best else 0
    return [_quoted(text, body[start : ends[best]].strip(), float(len(stems[best])))]


def _body(text: PaperText) -> str:
    return (text.abstract or text.summary)[:_MOST_CHARACTERS]


def _sentences(text: PaperText) -> list[str]:
    return [one for one in _SENTENCE.split(_body(text)) if len(one) >= _LEAST_SENTENCE]


def _quoted(text: PaperText, sentence: str, weight: float) -> Evidence:
    part = "abstract" if text.abstract else "summary"
    said = f"{part}: \u201c{shorten(sentence, _QUOTED)}\u201d"
    return Evidence(kind="title", text=said, source=part, weight=weight, stated=True)


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
        number: (_quoted(texts[number], sentence, near), *found[number])
        for number, (near, sentence) in best.items()
        if near > 0
    }
