"""Older papers close by their words, for a paper of which nothing else is known: guesses only."""

from __future__ import annotations

from collections.abc import Collection

from papergraph.graph import AncestorSource
from papergraph.lexical import open_lexical_index, query_stems
from papergraph.library import Library

MOST_GUESSES = 5
_NEAREST = 60
_LEAST_SHARE = 0.2  # of the words of the paper itself, the rarer ones counting more


def guess_elders(
    library: Library, number: int, source: AncestorSource, known: Collection[int]
) -> list[int]:
    """Find papers dated before one whose words are near its own, nearest first.

    Where its date is not known none is older, and none is found.
    """
    texts = library.texts
    (own,) = texts.searchable([number])
    date = source.facts([number])[number].date
    index = open_lexical_index(
        library.folder, texts.changes.version, texts.changes.since, texts.searchable
    )
    query = index.ask(query_stems(f"{own.title} {own.summary or own.abstract}"))
    positions, scores = index.search(query, _NEAREST)
    numbers = index.numbers[positions].tolist()
    itself = dict(zip(numbers, scores.tolist(), strict=True)).get(number, 0.0)
    facts = source.facts(numbers)
    return [
        other
        for other, score in zip(numbers, scores.tolist(), strict=True)
        if other in facts and other != number and other not in known
        if score >= _LEAST_SHARE * itself
        if date is not None and (facts[other].date or date) < date
    ][:MOST_GUESSES]
