"""The verb reading: paths to a target, a given list put in order, the lineage of a paper."""

from papergraph.reading.connections import find_connection
from papergraph.reading.lineages import find_lineage
from papergraph.reading.orders import order_papers
from papergraph.reading.paths import plan_reading
from papergraph.reading.prerequisites import (
    PrerequisiteDecision,
    add_prerequisite,
    list_prerequisites,
    strike_prerequisite,
    undo_prerequisite,
)
from papergraph.reading.readiness import find_ready
from papergraph.reading.sources import open_source

__all__ = [
    "PrerequisiteDecision",
    "add_prerequisite",
    "find_connection",
    "find_lineage",
    "find_ready",
    "list_prerequisites",
    "open_source",
    "order_papers",
    "plan_reading",
    "strike_prerequisite",
    "undo_prerequisite",
]
