"""The library: the only SQL. One file holds papers, reviews, citations, evidence and states."""

from papergraph.library.library import Library
from papergraph.library.merging import NAMED_AS_ONE
from papergraph.library.reviews import (
    RowIds,
    StoredLineage,
    StoredMention,
    StoredRelation,
    StoredReview,
)
from papergraph.library.texts import PaperText

__all__ = [
    "NAMED_AS_ONE",
    "Library",
    "PaperText",
    "RowIds",
    "StoredLineage",
    "StoredMention",
    "StoredRelation",
    "StoredReview",
]
