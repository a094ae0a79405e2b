"""The graph: who cites whom as arrays, what is read together, prerequisites, order, lineage."""

from papergraph.graph.ancestors import AncestorSource
from papergraph.graph.connecting import connect
from papergraph.graph.csr import CitationGraph, open_dates, open_snapshot
from papergraph.graph.inferring import InferredNeed, infer_needs
from papergraph.graph.lineage import kinship, trace_chain
from papergraph.graph.ordering import Ordering, order_numbers
from papergraph.graph.prerequisites import (
    Need,
    Parent,
    find_parents,
    spread_need,
)
from papergraph.graph.similarity import CoCited, cocited_with, coupled_with

__all__ = [
    "AncestorSource",
    "CitationGraph",
    "CoCited",
    "InferredNeed",
    "Need",
    "Ordering",
    "Parent",
    "cocited_with",
    "connect",
    "coupled_with",
    "find_parents",
    "infer_needs",
    "kinship",
    "open_dates",
    "open_snapshot",
    "order_numbers",
    "spread_need",
    "trace_chain",
]
