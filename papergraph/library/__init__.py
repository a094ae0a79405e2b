"""The library: the only SQL. One file holds papers, reviews, citations, evidence and states."""

from papergraph.library.backend import PaperText
from papergraph.library.bulk import KeyTable
from papergraph.library.frontier import LINKS, PAPER, FrontierItem
from papergraph.library.jobs import DONE, FAILED, RUNNING, WAITING, JobStage, StoredJob
from papergraph.library.library import Library
from papergraph.library.merging import NAMED_AS_ONE
from papergraph.library.reviews import (
    RowIds,
    StoredLineage,
    StoredMention,
    StoredRelation,
    StoredReview,
)
from papergraph.library.showing import StoredSource
from papergraph.library.sourced import Rejection, StoredContext, StoredList
from papergraph.library.texts import Sentence
from papergraph.library.turns import Turns, in_turn

__all__ = [
    "DONE",
    "FAILED",
    "LINKS",
    "NAMED_AS_ONE",
    "PAPER",
    "RUNNING",
    "WAITING",
    "FrontierItem",
    "JobStage",
    "KeyTable",
    "Library",
    "PaperText",
    "Rejection",
    "RowIds",
    "Sentence",
    "StoredContext",
    "StoredJob",
    "StoredLineage",
    "StoredList",
    "StoredMention",
    "StoredRelation",
    "StoredReview",
    "StoredSource",
    "Turns",
    "in_turn",
]
