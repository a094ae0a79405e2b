"""The papers on which a topic rests: those of its curated lineage, or its landmarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from papergraph.graph import AncestorSource, find_landmarks
from papergraph.lexical import query_stems
from papergraph.library import Library, StoredLineage
from papergraph.matching import resolve_references
from papergraph.models import Evidence, PaperReference

MOST_ABOUT = 150  # papers whose text fits the topic, of which the landmarks are found
FEWEST_ABOUT = 4  # with fewer the landmarks would be those of single papers
FEWEST_ON_LINE = 2
MOST_CURATED, MOST_TARGETS = 8, 6  # papers that a path to a topic leads to
_MOST_LANDMARKS = 40
_OF_FEW = 3
_CLOSE = 20  # the papers about a topic, the best first, that its landmarks have to be near to
_NEAR_SHARE = 0.6  # of how near those are to each other; what is less near is only used by them

Targets = Mapping[int, tuple[Evidence, ...]]  # in the order of their weight, with the reasons


def topic_targets(
    library: Library,
    topic: str,
    about: Sequence[PaperReference],
    source: AncestorSource,
    most: int | None,
) -> Targets:
    """Find the papers to understand for a topic: of its curated lineage, or its own landmarks.

    Of a lineage that is too long the first is kept and those cited most. Landmarks are what papers
    about a topic rest on; only those are taken that are near in meaning to what is about it: the
    papers on object detection rest on a method of training too.
    """
    numbers = resolve_references(about, library.catalogue)
    curated = find_curated(library, topic, source)
    if curated is not None:
        room = min(most or MOST_CURATED, MOST_CURATED)
        first, *others = curated.chain
        others.sort(key=lambda number: -len(source.graph.citers_of(number)))
        kept = {first, *others[: room - 1]}
        return {number: (_told(curated),) for number in curated.chain if number in kept}
    landmarks = topic_landmarks(numbers, source) if len(numbers) >= FEWEST_ABOUT else []
    room = min(most or MOST_TARGETS, MOST_TARGETS)
    fitting = _near_topic(library, landmarks, numbers)[:room]
    cited = {number: _cited(source, number, numbers, topic) for number in fitting}
    return cited or {number: (_fits(topic),) for number in numbers[: min(room, _OF_FEW)]}


def topic_landmarks(about: Sequence[int], source: AncestorSource) -> list[int]:
    """What papers about a topic rest on, the most important first; tools and data sets aside."""
    found = find_landmarks(source.graph, about, 2 * _MOST_LANDMARKS)
    facts = source.facts(found)
    landmarks = [n for n in found if n in facts and not facts[n].is_generic]
    return landmarks[:_MOST_LANDMARKS] or list(about[:1])


def find_curated(library: Library, topic: str, source: AncestorSource) -> StoredLineage | None:
    """The curated lineage of a topic: of its name, or the only one whose name has all its words.

    None where the reader has struck out a step of it.
    """
    words = set(query_stems(topic))
    named = {lineage: set(query_stems(lineage.title)) for lineage in library.reviews.lineages()}
    same = [lineage for lineage, title in named.items() if title == words]
    fitting = same or [lineage for lineage, title in named.items() if words and words <= title]
    if len(fitting) != 1 or len(fitting[0].chain) < FEWEST_ON_LINE:
        return None
    is_struck = any(source.is_struck(after, before) for before, after in pairwise(fitting[0].chain))
    return None if is_struck else fitting[0]


def _near_topic(library: Library, landmarks: Sequence[int], about: Sequence[int]) -> list[int]:
    """The landmarks that are about the topic themselves; without vectors, those found as such."""
    close = about[:_CLOSE]
    nearness = library.vectors.cosines_between([*landmarks, *close], close)
    if nearness is None:
        return [number for number in landmarks if number in set(about)]
    means = nearness.mean(axis=1)
    least = _NEAR_SHARE * float(np.median(means[len(landmarks) :]))
    return [number for number, mean in zip(landmarks, means, strict=False) if mean >= least]


def _told(lineage: StoredLineage) -> Evidence:
    text = "it stands on this line"
    return Evidence(kind="curated", text=text, where=lineage.title, weight=2.0, stated=True)


def _cited(
    source: AncestorSource, number: int, about: Sequence[int], topic: str
) -> tuple[Evidence, ...]:
    """How many papers about the topic cite one, or that what builds on them does."""
    citers = sum(number in source.graph.references_of(other) for other in about)
    if citers:
        cite = "cites" if citers == 1 else "cite"
        text = f"{citers} of {len(about)} papers here about {topic!r} {cite} it"
        return (Evidence(kind="citation", text=text, source="citations", weight=1.0, stated=True),)
    text = f"what cites papers here about {topic!r} cites it more than chance would"
    return (Evidence(kind="cocitation", text=text, source="citations", weight=0.5),)


def _fits(topic: str) -> Evidence:
    return Evidence(kind="title", text=f"its words fit {topic!r}", weight=0.5)
