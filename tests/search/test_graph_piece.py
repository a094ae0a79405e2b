"""Pieces of the citation graph: around a paper or of all, by every face the same."""

from __future__ import annotations

import io
import json

import networkx as nx
import pytest
from click.testing import CliRunner
from papergraph.cli.main import papergraph as main
from papergraph.errors import InputError
from papergraph.library import Library
from papergraph.search.graph_piece import MOST_MAPPED, find_graph, graph_as_graphml, list_mapped
from papergraph.settings import shipped_folder


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("graph") / "library.db"


@pytest.fixture(scope="module")
def library(place):
    found = Library.open(place, starter=shipped_folder("data"))
    yield found
    found.close()


def test_a_graph_around_a_paper_begins_with_it_and_is_in_one_piece(library):
    found = find_graph(library, "ResNet", limit=50)
    graph = nx.node_link_graph(found.as_json(), edges="edges")

    assert found.nodes[0].name == "ResNet"
    assert len(graph) == 50
    assert nx.is_weakly_connected(graph)


def test_edges_are_all_citations_among_the_papers(library):
    found = find_graph(library, limit=100)
    numbers = {int(node.id[1:]) for node in found.nodes}
    said = {pair for pair in library.citations.all_pairs() if set(pair) <= numbers}

    assert {(int(e.source[1:]), int(e.target[1:])) for e in found.edges} == said


def test_counts_are_those_of_the_papers(library):
    found = find_graph(library, limit=30)
    cards = library.papers.get([int(node.id[1:]) for node in found.nodes])

    assert [n.citations_here for n in found.nodes] == [c.citations_here for c in cards.values()]


def test_the_list_of_the_map_has_its_papers(library):
    mapped = {int(node.id[1:]) for node in find_graph(library, limit=MOST_MAPPED).nodes}

    assert set(list_mapped(library)) == mapped
    assert set(list_mapped(library, "NETWORKS deep")) < mapped


@pytest.mark.parametrize("limit", [0, -1, MOST_MAPPED + 1])
def test_a_limit_out_of_bounds_is_refused(library, limit):
    with pytest.raises(InputError, match="limit"):
        find_graph(library, limit=limit)


def test_graphml_has_what_is_known(library):
    found = find_graph(library, "ResNet", limit=10)
    graph = nx.read_graphml(io.BytesIO(graph_as_graphml(found).encode()))

    assert graph.nodes[found.nodes[0].id]["name"] == "ResNet"
    assert graph.number_of_edges() == len(found.edges)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["graph", "ResNet", "-n", "5"], "5 papers, "),
        (["graph", "ResNet", "-n", "5", "--graphml"], "<graphml"),
        (["graph", "-n", "5"], "5 papers, "),
    ],
)
def test_the_command_gives_it_out(library, place, arguments, expected):
    answer = CliRunner().invoke(main, ["--library", str(place), "--offline", *arguments])

    assert answer.exit_code == 0, answer.output
    assert expected in answer.output


def test_the_command_gives_the_json_of_the_api(library, place):
    wanted = ["--library", str(place), "--offline", "graph", "ResNet", "-n", "5", "--json"]
    answer = CliRunner().invoke(main, wanted)

    assert json.loads(answer.stdout) == find_graph(library, "ResNet", limit=5).as_json()
