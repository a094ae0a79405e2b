"""A graph written for other programs: Gephi, yEd, Cytoscape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx


def write_graphml(node_link: Mapping[str, Any]) -> str:
    """Write node-link data as GraphML; what is not known is left out.

    >>> "<edge" in write_graphml({"nodes": [{"id": "p1", "year": None}], "edges": []})
    False
    """
    graph = nx.DiGraph()
    for node in node_link["nodes"]:
        known = {key: value for key, value in node.items() if key != "id" and value is not None}
        graph.add_node(node["id"], **known)
    for edge in node_link["edges"]:
        graph.add_edge(edge["source"], edge["target"], backbone=edge["backbone"])
    return "\n".join(nx.generate_graphml(graph)) + "\n"
