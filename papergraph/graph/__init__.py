"""The graph: who cites whom as arrays, what is read together, prerequisites, order, lineage."""

from papergraph.graph.ancestors import AncestorSource
from papergraph.graph.backend import NetworkxGraph
from papergraph.graph.connecting import connect
from papergraph.graph.csr import CitationGraph, open_dates, open_snapshot
from papergraph.graph.inferring import InferredNeed, infer_needs
from papergraph.graph.landmarks import find_landmarks
from papergraph.graph.leading import find_line
from papergraph.graph.lineage import ParentsOf, kinship, trace_chain
from papergraph.graph.mainpath import find_main_path, untangle
from papergraph.graph.mapping import (
    GraphMap,
    count_citers,
    map_numbers,
    most_connected,
    nearest_linked,
    open_map,
)
from papergraph.graph.neighbouring import (
    likeness_of,
    place_nodes,
    shared_citers,
    shared_references,
    strongest_edges,
)
from papergraph.graph.ordering import Ordering, find_circles, order_numbers
from papergraph.graph.prerequisites import (
    Need,
    Parent,
    find_parents,
    spread_need,
)
from papergraph.graph.similarity import CoCited, cocited_with, coupled_with
from papergraph.graph.writing import write_graphml

__all__ = [
    "AncestorSource",
    "CitationGraph",
    "CoCited",
    "GraphMap",
    "InferredNeed",
    "Need",
    "NetworkxGraph",
    "Ordering",
    "Parent",
    "ParentsOf",
    "cocited_with",
    "connect",
    "count_citers",
    "coupled_with",
    "find_circles",
    "find_landmarks",
    "find_line",
    "find_main_path",
    "find_parents",
    "infer_needs",
    "kinship",
    "likeness_of",
    "map_numbers",
    "most_connected",
    "nearest_linked",
    "open_dates",
    "open_map",
    "open_snapshot",
    "order_numbers",
    "place_nodes",
    "shared_citers",
    "shared_references",
    "spread_need",
    "strongest_edges",
    "trace_chain",
    "untangle",
    "write_graphml",
]
