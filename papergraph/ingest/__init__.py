"""The verb ingest: from a piece of writing to papers, mentions and relations in a library."""

from papergraph.ingest.reviewing import forget_review, ingest_review
from papergraph.ingest.settling import OpenQuestion, list_questions, settle_question, undo_decision

__all__ = [
    "OpenQuestion",
    "forget_review",
    "ingest_review",
    "list_questions",
    "settle_question",
    "undo_decision",
]
