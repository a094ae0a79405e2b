"""As a backend of networkx the arrays give networkx's own answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from papergraph.graph import CitationGraph, NetworkxGraph
from papergraph.graph import backend as ours
from papergraph.networkx_info import get_info
from tests.conftest import ROOT

SEEDS = range(6)
DISPATCHED = """
import json, sys
import networkx as nx
from papergraph.graph import CitationGraph, NetworkxGraph

pairs = json.loads(sys.argv[1])
graph, plain = NetworkxGraph(CitationGraph.build(pairs)), nx.DiGraph(pairs)
print(json.dumps({
    "known": nx.config.backends.__class__.__name__ != "" and "papergraph" in nx.config.backends,
    "pagerank": sorted(nx.pagerank(graph, tol=1e-12).items()),
    "asked for": sorted(nx.pagerank(plain, tol=1e-12, backend="papergraph").items()),
    "plain": sorted(nx.pagerank(plain, tol=1e-12).items()),
    "parts": sorted(map(sorted, nx.strongly_connected_components(graph))),
    "own": nx.pagerank.backends >= {"papergraph"},
}))
"""


def drawn(seed: int, size: int = 50, edges: int = 90) -> tuple[NetworkxGraph, nx.DiGraph]:
    """The same random graph for both, with cycles, loops and ends."""
    pairs = np.random.default_rng(seed).integers(1, size, (edges, 2))
    pairs = np.unique(pairs, axis=0).tolist()
    return NetworkxGraph(CitationGraph.build(pairs)), nx.DiGraph(pairs)


def weights(seed: int, nodes: nx.DiGraph) -> dict[Any, float]:
    """Weights of about half of the nodes, and of one that is not there."""
    random = np.random.default_rng(seed)
    chosen = [node for node in nodes if random.random() < 0.5]
    return {**{node: float(random.random()) + 0.1 for node in chosen}, "elsewhere": 3.0}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "given",
    [(), ("personalization",), ("nstart",), ("dangling",), ("personalization", "dangling")],
    ids="+".join,
)
def test_pagerank_is_that_of_networkx(seed: int, given: tuple[str, ...]) -> None:
    graph, plain = drawn(seed)
    options = {name: weights(seed + place, plain) for place, name in enumerate(given)}

    found = ours.pagerank(graph, alpha=0.8, tol=1e-8, **options)

    assert found == pytest.approx(nx.pagerank(plain, alpha=0.8, tol=1e-8, **options), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("edges", [20, 60, 200])
def test_components_are_those_of_networkx(seed: int, edges: int) -> None:
    graph, plain = drawn(seed, edges=edges)

    found = list(ours.strongly_connected_components(graph))

    assert sorted(map(sorted, found)) == sorted(
        map(sorted, nx.strongly_connected_components(plain))
    )


def test_nodes_are_what_cites_or_is_cited() -> None:
    graph = NetworkxGraph(CitationGraph.build([(9, 4), (7, 4)]))

    assert list(graph) == [4, 7, 9]
    assert (len(graph), graph.number_of_nodes(), graph.number_of_edges()) == (3, 3, 2)


def test_reviews_come_after_the_papers() -> None:
    graph = NetworkxGraph.of(([(2, 1)], [(0, 1), (1, 2)]))

    assert set(ours.convert_to_nx(graph).edges()) == {(2, 1), (3, 1), (4, 2)}


def test_without_end_it_says_so_as_networkx_does() -> None:
    graph, _ = drawn(0)

    with pytest.raises(nx.PowerIterationFailedConvergence):
        ours.pagerank(graph, tol=1e-12, max_iter=2)


@pytest.mark.parametrize("name", ["personalization", "nstart", "dangling"])
def test_weights_of_nothing_are_an_error(name: str) -> None:
    graph, _ = drawn(0)

    with pytest.raises(ZeroDivisionError):
        ours.pagerank(graph, **{name: {"elsewhere": 1.0}})


@pytest.mark.parametrize(
    "plain",
    [
        nx.DiGraph(),
        nx.DiGraph([("b", "a"), ("c", "a"), ("a", "c")]),
        nx.gn_graph(30, seed=1),
        nx.compose(nx.DiGraph([(3, 1), (1, 2)]), nx.empty_graph([8, 9], nx.DiGraph)),
        nx.empty_graph(4, nx.DiGraph),
    ],
    ids=["empty", "named", "tree", "with single nodes", "without edges"],
)
def test_a_graph_of_networkx_goes_over_and_back(plain: nx.DiGraph) -> None:
    graph = ours.convert_from_nx(plain)

    back = ours.convert_to_nx(graph)

    assert (set(back), set(back.edges())) == (set(plain), set(plain.edges()))
    assert ours.pagerank(graph, tol=1e-10, max_iter=1000) == pytest.approx(
        nx.pagerank(plain, tol=1e-10, max_iter=1000)
    )
    assert sorted(map(sorted, ours.strongly_connected_components(graph))) == sorted(
        map(sorted, nx.strongly_connected_components(plain))
    )


@pytest.mark.parametrize("plain", [nx.Graph([(1, 2)]), nx.MultiDiGraph([(1, 2), (1, 2)])])
def test_what_the_arrays_cannot_hold_is_refused(plain: nx.Graph) -> None:
    assert ours.can_run("pagerank", (plain,), {}) != True  # noqa: E712  # a reason is a text
    with pytest.raises(NotImplementedError, match="directed graphs without parallel edges"):
        ours.convert_from_nx(plain)


def test_weights_of_edges_are_refused() -> None:
    plain = nx.DiGraph([(1, 2, {"weight": 3})])

    assert ours.can_run("pagerank", (plain,), {}) is True
    with pytest.raises(NotImplementedError, match="takes no weights"):
        ours.convert_from_nx(plain, edge_attrs={"weight": 1})


def test_the_functions_announced_are_there() -> None:
    assert all(callable(getattr(ours, name)) for name in get_info()["functions"])


def test_networkx_dispatches_by_the_entry_points_declared(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # stands for the installed distribution, whatever that declares: it is found first
    folder = tmp_path / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    folder.mkdir()
    about = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (folder / "METADATA").write_text(about, encoding="utf-8")
    groups = project["entry-points"]
    (folder / "entry_points.txt").write_text(
        "".join(
            f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in points.items())
            for group, points in groups.items()
        ),
        encoding="utf-8",
    )
    pairs = [(2, 1), (3, 1), (3, 2), (1, 3), (4, 3), (5, 4)]
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", DISPATCHED, json.dumps(pairs)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["known"]
    assert found["own"]
    assert found["parts"] == [[1, 2, 3], [4], [5]]
    for name in ("pagerank", "asked for"):
        assert dict(found[name]) == pytest.approx(dict(found["plain"]), abs=1e-9)
