"""The library: the only SQL. One file holds papers, reviews, citations, evidence and states."""

from papergraph.library.frontier import LINKS, PAPER, FrontierItem
from papergraph.library.library import Library
from papergraph.library.reviews import (
    StoredLineage,
    StoredMention,
    StoredRelation,
    StoredReview,
)
from papergraph.library.showing import StoredSource
from papergraph.library.sourced import Rejection, StoredContext, StoredList
from papergraph.library.texts import PaperText

__all__ = [
    "LINKS",
    "PAPER",
    "FrontierItem",
    "Library",
    "PaperText",
    "Rejection",
    "StoredContext",
    "StoredLineage",
    "StoredList",
    "StoredMention",
    "StoredRelation",
    "StoredReview",
    "StoredSource",
]
