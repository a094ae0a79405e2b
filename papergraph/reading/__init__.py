"""The verb reading: paths to a target, a given list put in order, the lineage of a paper."""

from papergraph.reading.lineages import find_lineage
from papergraph.reading.orders import order_papers
from papergraph.reading.paths import plan_reading
from papergraph.reading.sources import open_source

__all__ = ["find_lineage", "open_source", "order_papers", "plan_reading"]
