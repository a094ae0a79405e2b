"""The landmarks of a topic: what the papers about it rest on.

Titles that hold the words of a topic are seldom the papers that made it; those are what the papers
with such titles, and the papers that cite these, cite.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from papergraph.graph.company import best_places
from papergraph.graph.csr import CitationGraph
from papergraph.graph.similarity import spread_weights

_FEWEST_CITERS = 3
_BY_CHANCE = 0.75  # of what chance would cite; of all, a library of one topic would have none
_LEAST = 0.2  # of the most important; what is less so leads away from the topic
_FAR = 0.2  # what a paper counts that only cites papers about the topic, by their weight


def find_landmarks(graph: CitationGraph, about: Sequence[int], most: int) -> list[int]:
    """Find the papers on which papers about a topic rest, the most important first.

    A paper counts by how much more it is cited there than by chance, as if citations were drawn
    from those of the whole library.
    `about` are papers whose text fits the topic, the best first; where they rest on nothing in
    common they are the landmarks.

    References
    ----------
    Kleinberg, "Authoritative sources in a hyperlinked environment", 1999, whose root set `about`
    is. One pass over the citers of these papers and over what they cite.
    """
    size = len(graph.citer_starts) - 1
    inside = np.array([number for number in dict.fromkeys(about) if number < size], dtype=np.int64)
    weights = 1.0 / np.log2(np.arange(len(inside)) + 2.0)
    order = np.argsort(inside)
    near = spread_weights(graph.citer_starts, graph.citers, inside[order], weights[order])
    lengths = np.diff(graph.reference_starts)
    near *= _FAR / np.log(2.0 + lengths)
    near[inside] += weights
    citing = np.flatnonzero((near > 0) & (lengths > 0))
    shares = near[citing] / np.log(2.0 + lengths[citing])
    cited = spread_weights(graph.reference_starts, graph.references, citing, shares)
    counts = np.diff(graph.citer_starts)
    cited -= counts * (_BY_CHANCE * cited.sum() / max(1, counts.sum()))
    cited[counts < _FEWEST_CITERS] = 0.0
    cited[graph.papers :] = 0.0
    cited[cited < _LEAST * cited.max(initial=0.0)] = 0.0
    landmarks = best_places(cited, most).tolist()
    return landmarks if len(landmarks) > 1 else list(dict.fromkeys([*landmarks, *about]))[:most]
