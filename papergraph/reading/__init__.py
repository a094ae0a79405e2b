"""The verb reading: paths to a target, a list put in order, the lineage of a paper or topic."""

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
from papergraph.reading.topic_papers import MOST_ABOUT
from papergraph.reading.topics import find_topic_lineage, trace_lineage

__all__ = [
    "MOST_ABOUT",
    "PrerequisiteDecision",
    "add_prerequisite",
    "find_connection",
    "find_lineage",
    "find_ready",
    "find_topic_lineage",
    "list_prerequisites",
    "open_source",
    "order_papers",
    "plan_reading",
    "strike_prerequisite",
    "trace_lineage",
    "undo_prerequisite",
]
