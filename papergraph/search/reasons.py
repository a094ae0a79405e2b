"""Says why a paper matched: its name, the words and their place, a sentence, the meaning."""

from __future__ import annotations

import re
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
_WORD = re.compile(r"[^\W_]*")
_STOP = ". "
_MOST_PARTS = 2  # of a paper that are said to have words of the query
_TELLING = 2  # words of the query that make a sentence worth quoting
_LEAST_SENTENCE = 25
_MOST_SENTENCES = 12  # of one abstract that are embedded
_MOST_MEANT = 5  # papers whose sentences are embedded
_NAMED = 60
_QUOTED = 300


class _Words:
    """The words of a query, found in any form: by how they begin, then by their stems."""

    def __init__(self, text: str, replaced: Mapping[str, str]) -> None:
        stems = [replaced.get(stem, stem) for stem in query_stems(text)[:_MOST_WORDS]]
        # a stem ends otherwise than its word: studi, study
        starts = {stem[:-1] if stem.endswith(("i", "e")) else stem for stem in stems} - {""}
        self._starts = tuple(sorted(starts))
        self._stems = frozenset(stems)
        self._known: dict[str, str] = {}

    def places(self, content: str) -> list[tuple[int, str, str]]:
        """Where a text has words the query asks for: the place, the word, the stem.

        Looked for by `str.find`, which is several times as quick as one expression for all.
        """
        found: set[tuple[int, str, str]] = set()
        lowered = content.lower()
        lowered = lowered if len(lowered) == len(content) else content
        find, known = lowered.find, self._known
        for start in self._starts:
            place = find(start)
            while place >= 0:
                if not place or not lowered[place - 1].isalnum():
                    word = _WORD.match(lowered, place)[0]  # type: ignore[index]  # may be empty
                    stem = known[word] if word in known else self._stem(word)
                    if stem:
                        found.add((place, word, stem))
                place = find(start, place + len(start))
        return sorted(found)

    def _stem(self, word: str) -> str:
        stems = {stem_of(part) for part in comparable_words(word)} & self._stems
        self._known[word] = found = min(stems, default="")
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
        cosine = ranked.cosine(number)
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
    parts = [("title", text.title), ("name", text.names), ("summary", text.summary)]
    if text.abstract:
        parts.append(("abstract", _body(text)))
    found: list[Evidence] = []
    for part, content in parts:
        shared = words.places(content) if content else []
        if shared and len(found) < _MOST_PARTS:
            said = ", ".join({stem: word.lower() for _, word, stem in reversed(shared)}.values())
            found.append(Evidence(kind="title", text=f"{part} has {said}", weight=1.0))
    return found + (_review_reasons(written, words) or _own_reasons(text, shared))


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
    if len({stem for _, _, stem in places}) < _TELLING:
        return []
    body = _body(text)
    sentences: list[tuple[int, int, set[str]]] = []
    after = 0  # a place from here on is in another sentence than the one before
    for place, _, stem in places:
        if place >= after:
            start = body.rfind(_STOP, 0, place)
            end = body.find(_STOP, start + 1)
            after = end + len(_STOP) if end >= 0 else len(body)
            sentences.append((start + 1, end + 1 if end >= 0 else len(body), set()))
        sentences[-1][2].add(stem)
    start, end, stems = max(sentences, key=lambda sentence: len(sentence[2]))
    if len(stems) < _TELLING:
        return []
    return [_quoted(text, body[start:end].strip(), float(len(stems)))]


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
