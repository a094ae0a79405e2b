"""Says why a paper matched: its name, the words and their place, a sentence, the meaning."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

from papergraph.lexical import beginning_of, comparable_words, query_stems, stem_of
from papergraph.library import Library, PaperText, Sentence
from papergraph.models import Evidence
from papergraph.search.known import SPELT_OTHERWISE
from papergraph.search.ranking import Ranked
from papergraph.text import shorten
from papergraph.vectors import Embedder, SentenceTransformerEmbedder

NEAR_MEANING = 0.35
_MOST_WORDS = 40
_MOST_CHARACTERS = 20_000  # of a text that are looked through
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\W?[A-Z0-9])|\n+")
_WORD = re.compile(r"[^\W_]*")
_STOP = ". "
_PARTS = ("title", "name", "summary", "abstract")
_MOST_PARTS = 2  # of a paper that are said to have words of the query
_TELLING = 2  # words of the query that make a sentence worth quoting
_LEAST_SENTENCE = 25
_MOST_SENTENCES = 12  # of one abstract that are embedded
_MOST_MEANT = 5  # papers whose sentences are embedded
_NAMED = 60
_QUOTED = 300

_Place = tuple[int, str, str]  # of a word, the word, its stem


class _Words:
    """The words of a query, found in any form: by how they begin, then by their stems."""

    def __init__(self, text: str, replaced: Mapping[str, str]) -> None:
        stems = [replaced.get(stem, stem) for stem in query_stems(text)[:_MOST_WORDS]]
        starts = {beginning_of(stem) for stem in stems} - {""}
        self._starts = [
            start
            for start in starts
            if not any(start[:size] in starts for size in range(1, len(start)))
        ]
        self._stems = frozenset(stems)
        self._known: dict[str, str] = {}

    def places(self, texts: Sequence[str]) -> list[list[_Place]]:
        """For each of some texts, where it has words the query asks for.

        All are looked through as one, by `str.find`: several times as quick as an expression, and
        than one text after the other.
        """
        lowered = "\n".join(("", *map(_lowered, texts)))
        find, match, known = lowered.find, _WORD.match, self._known
        said: list[_Place] = []
        for start in self._starts:
            place = find(start)
            while place >= 0:
                if not lowered[place - 1].isalnum():
                    word = match(lowered, place)[0]  # type: ignore[index]  # may be empty
                    stem = known[word] if word in known else self._stem(word)
                    if stem:
                        said.append((place, word, stem))
                place = find(start, place + len(start))
        said.sort()
        found: list[list[_Place]] = []
        first, begin = 0, 1
        for text in texts:
            end = begin + len(text)
            last = bisect_left(said, (end,), first)
            found.append([(place - begin, word, stem) for place, word, stem in said[first:last]])
            first, begin = last, end + 1
        return found

    def _stem(self, word: str) -> str:
        self._known[word] = found = min(_stems_of(word) & self._stems, default="")
        return found


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> frozenset[str]:
    return frozenset(map(stem_of, comparable_words(word)))


def _lowered(text: str) -> str:
    """A text in small letters, every sign where it was."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text  # "İ" gets longer


def explain(
    library: Library, text: str, ranked: Ranked, numbers: Sequence[int], embedder: Embedder | None
) -> dict[int, tuple[Evidence, ...]]:
    """Say for each of these papers why it matched, the strongest reason first."""
    texts = library.texts.texts_of(numbers)
    written = library.texts.sentences(numbers)
    found_in = _text_reasons(texts, written, _Words(text, ranked.query.replaced))
    near = _what_is_near(text, ranked, texts)
    found: dict[int, tuple[Evidence, ...]] = {}
    for number in numbers:
        reasons = _known_reasons(number, ranked)
        if number in found_in:
            text_reasons = found_in[number]
            reasons += text_reasons[1:] if reasons and _is_of_title(text_reasons) else text_reasons
        cosine = ranked.cosine(number)
        if cosine >= NEAR_MEANING or (cosine > 0 and not reasons):
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


def _text_reasons(
    texts: Mapping[int, PaperText], written: Mapping[int, Sequence[Sentence]], words: _Words
) -> dict[int, list[Evidence]]:
    """For each paper the words of the query and where they stand, and what says most of them."""
    parts = {number: _parts(text) for number, text in texts.items()}
    places = iter(words.places([part for four in parts.values() for part in four]))
    sentences = [one.text for number in texts for one in written.get(number, ())]
    places_said = iter(words.places(sentences))
    found: dict[int, list[Evidence]] = {}
    for number, text in texts.items():
        shared = list(islice(places, len(_PARTS)))
        reasons = [
            _words_reason(part, has) for part, has in zip(_PARTS, shared, strict=True) if has
        ]
        said = written.get(number, ())
        best = _review_reasons(said, list(islice(places_said, len(said))))
        body = shared[-1] if text.abstract else shared[-2]
        found[number] = reasons[:_MOST_PARTS] + (best or _own_reasons(text, body))
    return found


def _parts(text: PaperText) -> tuple[str, ...]:
    return (
        text.title,
        text.names,
        text.summary[:_MOST_CHARACTERS],
        text.abstract[:_MOST_CHARACTERS],
    )


def _words_reason(part: str, places: Sequence[_Place]) -> Evidence:
    said = ", ".join({stem: word.lower() for _, word, stem in reversed(places)}.values())
    return Evidence(kind="title", text=f"{part} has {said}", weight=1.0)


def _review_reasons(
    written: Sequence[Sentence], places: Sequence[Sequence[_Place]]
) -> list[Evidence]:
    """The sentence of a review that has most words of the query."""
    scored = [len({stem for _, _, stem in ones}) for ones in places]
    shared = max(scored, default=0)
    if not shared:
        return []
    best = written[scored.index(shared)]
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


def _own_reasons(text: PaperText, places: Sequence[_Place]) -> list[Evidence]:
    """The first sentence with the most different words of the query, when it has two."""
    most = len({stem for _, _, stem in places})
    if most < _TELLING:
        return []
    body = _body(text)
    best, quoted, begin, end, stems = 0, "", 0, -1, set[str]()
    for place, _, stem in places:
        if place >= end:  # in another sentence than the one before
            begin = body.rfind(_STOP, 0, place) + 1
            end = body.find(_STOP, place) + 1 or len(body)
            stems = set()
        stems.add(stem)
        if len(stems) > best:
            best, quoted = len(stems), body[begin:end]
            if best == most:
                break
    return [_quoted(text, quoted.strip(), float(best))] if best >= _TELLING else []


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
