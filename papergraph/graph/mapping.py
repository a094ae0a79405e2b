"""A large piece of the citation graph as a map: which papers, what holds them together, where.

Rows are places in the list of chosen papers; pairs of rows are (citing, cited).
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import fft, sparse
from scipy.sparse import csgraph, linalg
from scipy.spatial import cKDTree

from papergraph.graph.csr import CitationGraph

_OWN_EDGES = 3  # the strongest edges of every paper hold the map together
_ROUNDS = 260
_CELLS = 160  # of the mesh that repulsion is computed on, a side
_GRAVITY = 0.02
_APART_ROUNDS = 30
_NEAREST_SHARE = 0.35  # of the mean distance: no two papers stand nearer to each other
_SEED = 7
_FILE = "map.npz"

Rows = NDArray[np.int32]
Places = NDArray[np.float32]
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphMap:
    """Chosen papers, the citations among them, and where each stands in the unit square.

    `numbers` is (n,), the most connected or nearest first; `pairs` is (m, 2) rows; `is_backbone`
    is (m,) and says which pairs are drawn; `places` is (n, 2); `citers` is (n,), how many papers
    of the whole graph cite each.
    """

    numbers: NDArray[np.int32]
    pairs: Rows
    is_backbone: NDArray[np.bool_]
    places: Places
    citers: NDArray[np.int32]

    def first(self, most: int) -> GraphMap:
        """The same map with the first so many papers alone."""
        kept = (self.pairs < most).all(axis=1)
        return GraphMap(
            numbers=self.numbers[:most],
            pairs=self.pairs[kept],
            is_backbone=self.is_backbone[kept],
            places=self.places[:most],
            citers=self.citers[:most],
        )


def map_numbers(graph: CitationGraph, numbers: NDArray[np.int32]) -> GraphMap:
    """Make the map of these papers."""
    pairs = pairs_among(graph, numbers)
    weights = shared_weights(len(numbers), pairs)
    is_backbone = find_backbone(len(numbers), pairs, weights)
    return GraphMap(
        numbers=numbers,
        pairs=pairs,
        is_backbone=is_backbone,
        places=place_many(len(numbers), pairs[is_backbone], weights[is_backbone]),
        citers=count_citers(graph, numbers),
    )


def open_map(folder: Path | None, version: int, make: Callable[[], GraphMap]) -> GraphMap:
    """Open the map kept beside the graph of this version, or take it from `make()` and keep it.

    Call `open_snapshot` first: it makes the folder and removes those of older versions. A folder
    that cannot be written is no error: the map is then made each time.
    """
    if folder is None:
        return make()
    home = folder / f"graph-{version}"
    try:
        with np.load(home / _FILE) as kept:
            return GraphMap(**{item.name: kept[item.name] for item in fields(GraphMap)})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        pass
    made = make()
    try:
        with tempfile.NamedTemporaryFile(dir=home, suffix=".npz", delete=False) as file:
            np.savez(file, **{item.name: getattr(made, item.name) for item in fields(GraphMap)})
        Path(file.name).replace(home / _FILE)
    except OSError:
        return made
    return made


def count_citers(graph: CitationGraph, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    """How many papers cite each of these; reviews do not count."""
    papers = np.concatenate([[0], np.cumsum(graph.citers < graph.papers)])
    starts = graph.citer_starts
    found: NDArray[np.int32] = papers[starts[numbers + 1]] - papers[starts[numbers]]
    return found.astype(np.int32)


def most_connected(graph: CitationGraph, most: int) -> NDArray[np.int32]:
    """The papers with the most references and citers together, most first; lone ones left out.

    Reviews are not counted: a paper that only they name has no place among the others.
    """
    every = np.arange(graph.papers, dtype=np.int32)
    degrees = np.diff(graph.reference_starts)[: graph.papers] + count_citers(graph, every)
    order = np.lexsort((np.arange(len(degrees)), -degrees))[:most]
    return order[degrees[order] > 0].astype(np.int32)


def nearest_linked(graph: CitationGraph, start: int, most: int) -> NDArray[np.int32]:
    """The papers fewest citations away from one, in either direction, itself first.

    Of papers as far away, those with the most links to nearer ones come first, then those with the
    most citers. O(links of the papers that are near).
    """
    found = np.array([start], dtype=np.int32)
    ring = found
    while len(ring) and len(found) < most:
        ends = [graph.references_of(int(n)) for n in ring]
        ends += [graph.citers_of(int(n)) for n in ring]
        reached, links = np.unique(np.concatenate(ends), return_counts=True)
        new = (reached < graph.papers) & ~np.isin(reached, found)
        reached, links = reached[new], links[new]
        citers = graph.citer_starts[reached + 1] - graph.citer_starts[reached]
        ring = reached[np.lexsort((reached, -citers, -links))][: most - len(found)]
        found = np.concatenate([found, ring])
    return found


def pairs_among(graph: CitationGraph, numbers: NDArray[np.int32]) -> Rows:
    """The citations among these papers, as rows (citing, cited)."""
    rows = np.full(graph.papers, -1, dtype=np.int32)
    rows[numbers] = np.arange(len(numbers), dtype=np.int32)
    parts = []
    for row, number in enumerate(numbers.tolist()):
        cited = rows[graph.references_of(number)]
        cited = cited[(cited >= 0) & (cited != row)]
        parts.append(np.stack([np.full_like(cited, row), cited], axis=1))
    return np.concatenate([np.empty((0, 2), dtype=np.int32), *parts])


def shared_weights(size: int, pairs: Rows) -> _Floats:
    """How much the two ends of each pair have in common: (m,), 0 to 1.

    The cosine of what each cites and is cited by, itself included.
    """
    ends = _symmetric(size, pairs, np.ones(len(pairs)))
    ends.data[:] = 1.0
    ends = sparse.csr_matrix(ends + sparse.identity(size))
    degrees = np.diff(ends.indptr)
    shared = np.zeros(len(pairs))
    step = 20_000
    for first in range(0, len(pairs), step):
        part = pairs[first : first + step]
        both = ends[part[:, 0]].multiply(ends[part[:, 1]])
        shared[first : first + step] = np.asarray(both.sum(axis=1)).ravel()
    found: _Floats = shared / np.sqrt(degrees[pairs[:, 0]] * degrees[pairs[:, 1]])
    return found


def find_backbone(size: int, pairs: Rows, weights: _Floats) -> NDArray[np.bool_]:
    """Which pairs show what belongs together: (m,), each paper's strongest and a spanning forest.

    References
    ----------
    Nocaj, Ortmann and Brandes, "Untangling the hairballs of multi-centered, small-world online
    social media networks", 2015: edges with much in common, joined by a maximum spanning forest.
    """
    kept = np.zeros(len(pairs), dtype=np.bool_)
    both = np.concatenate([pairs[:, 0], pairs[:, 1]])
    place = np.tile(np.arange(len(pairs)), 2)
    order = np.lexsort((place, -np.tile(weights, 2), both))
    ends = both[order]
    rank = np.arange(len(order)) - np.searchsorted(ends, ends)
    kept[place[order[rank < _OWN_EDGES]]] = True
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    # 0 would be no edge; of two that cite each other one is looked at
    lengths = sparse.csr_matrix((2.0 - weights, (low, high)), shape=(size, size))
    forest = csgraph.minimum_spanning_tree(lengths).tocoo()
    in_forest = forest.row.astype(np.int64) * size + forest.col
    kept |= np.isin(low.astype(np.int64) * size + high, in_forest)
    return kept


def place_many(size: int, pairs: Rows, weights: _Floats) -> Places:
    """Where each of `size` papers stands, in the unit square: what is linked stands together.

    Edges pull with a force that does not grow with their length, papers push each other off with
    the inverse of their distance, which is computed on a mesh by convolution; at the end those that
    stand too near are moved apart. The same graph is drawn the same way every time.

    References
    ----------
    Noack, "Energy models for graph clustering", 2007 (LinLog); Hockney and Eastwood, "Computer
    simulation using particles", 1988 (particle and mesh); Fruchterman and Reingold, 1991 (cooling).
    """
    if size < 3:
        return np.linspace(0.25, 0.75, size)[:, None].repeat(2, axis=1).astype(np.float32)
    places = _start(size, pairs, weights)
    pull = 0.4 + weights
    for round_ in range(_ROUNDS):
        heat = 0.06 * (1 - round_ / _ROUNDS) ** 1.5 + 0.0008
        force = _pushes(places) / size * 0.5 - _GRAVITY * (places - 0.5)
        along = places[pairs[:, 1]] - places[pairs[:, 0]]
        lengths = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-4)
        drawn = along / lengths[:, None] * (pull * np.minimum(1, lengths * size**0.5))[:, None]
        drawn *= 2.0 / size**0.5
        for axis in (0, 1):
            force[:, axis] += np.bincount(pairs[:, 0], drawn[:, axis], size)
            force[:, axis] -= np.bincount(pairs[:, 1], drawn[:, axis], size)
        strength = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        places += force * np.minimum(1.0, heat / strength)[:, None]
    return _fit(_apart(_fit(places).astype(np.float64)))


def _start(size: int, pairs: Rows, weights: _Floats) -> _Floats:
    """First places: the second and third direction of the graph, spread evenly, and a little noise.

    Directions are eigenvectors of the normalised adjacency; a graph too small for them starts
    anywhere.
    """
    noise = np.random.default_rng(_SEED).random((size, 2))
    if size < 16:
        return noise
    ends = _symmetric(size, pairs, weights + 0.1)
    scale = 1 / np.sqrt(np.maximum(np.asarray(ends.sum(axis=1)).ravel(), 1e-9))
    even = sparse.diags(scale) @ ends @ sparse.diags(scale) + sparse.identity(size)
    _, vectors = linalg.eigsh(even, k=3, v0=np.ones(size), maxiter=300, tol=1e-2, which="LA")
    ranks = vectors[:, :2].round(6).argsort(axis=0, kind="stable").argsort(axis=0)
    found: _Floats = 0.9 * ranks / size + 0.1 * noise
    return found


def _pushes(places: _Floats) -> _Floats:
    """How all others push each place off, by the inverse of the distance: (n, 2). O(n + cells)."""
    low = places.min(axis=0)
    width = max(float((places.max(axis=0) - low).max()), 1e-9) * 1.001
    spots = (places - low) / width * (_CELLS - 1)
    corner = spots.astype(np.int64)
    part = spots - corner
    shares = [
        (
            (corner[:, 0] + dx) * _CELLS + corner[:, 1] + dy,
            np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]),
        )
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    mass = sum(np.bincount(cells, share, _CELLS * _CELLS) for cells, share in shares)
    spread = fft.rfft2(np.reshape(mass, (_CELLS, _CELLS)), (2 * _CELLS, 2 * _CELLS))
    away = np.minimum(np.arange(2 * _CELLS), 2 * _CELLS - np.arange(2 * _CELLS))
    steps = np.where(np.arange(2 * _CELLS) < _CELLS, away, -away).astype(np.float64)
    inverse = 1 / (steps[:, None] ** 2 + steps[None, :] ** 2 + 0.5)
    found = np.zeros_like(places)
    for axis, kernel in enumerate((steps[:, None] * inverse, steps[None, :] * inverse)):
        field = fft.irfft2(spread * fft.rfft2(kernel))[:_CELLS, :_CELLS].ravel()
        for cells, share in shares:
            found[:, axis] += field[cells] * share
    return found * (_CELLS / width)


def _apart(places: _Floats) -> _Floats:
    """Move apart those that stand nearer than a share of the mean distance."""
    least = _NEAREST_SHARE / len(places) ** 0.5
    places = places + np.random.default_rng(_SEED).normal(0, least / 100, places.shape)
    for _ in range(_APART_ROUNDS):
        near = cKDTree(places).query_pairs(least, output_type="ndarray")
        if not len(near):
            break
        along = places[near[:, 1]] - places[near[:, 0]]
        lengths = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
        moved = along * ((least - lengths) / lengths / 2)[:, None]
        for axis in (0, 1):
            places[:, axis] += np.bincount(near[:, 1], moved[:, axis], len(places))
            places[:, axis] -= np.bincount(near[:, 0], moved[:, axis], len(places))
    return places


def _fit(places: _Floats) -> Places:
    low, high = places.min(axis=0), places.max(axis=0)
    found: Places = ((places - low) / np.maximum(high - low, 1e-9)).astype(np.float32)
    return found


def _symmetric(size: int, pairs: Rows, values: _Floats) -> sparse.csr_matrix:
    half = sparse.csr_matrix((values, (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    return sparse.csr_matrix(half + half.T)
