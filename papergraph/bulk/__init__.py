"""The verb bulk: a snapshot of the whole literature in, a corpus folder of one part of it out."""

from papergraph.bulk.engines import ENGINES
from papergraph.bulk.making import BulkReport, make_corpus
from papergraph.bulk.places import find_place
from papergraph.bulk.selection import Selection, parse_selection

__all__ = ["ENGINES", "BulkReport", "Selection", "find_place", "make_corpus", "parse_selection"]
