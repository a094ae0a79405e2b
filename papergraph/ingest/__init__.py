"""The verb ingest: from writing to papers, mentions and relations in a library."""

from papergraph.ingest.newcomers import link_newcomers
from papergraph.ingest.own import mark_reviewed
from papergraph.ingest.reviewing import forget_review, ingest_review
from papergraph.ingest.running import Progress, RunReport, Skipped, Text, ingest_reviews
from papergraph.ingest.settling import (
    CHOICES,
    OpenQuestion,
    find_mention,
    list_questions,
    question_id,
    settle_question,
    undo_decision,
)
from papergraph.ingest.stored import load_mentions, stored_report

__all__ = [
    "CHOICES",
    "OpenQuestion",
    "Progress",
    "RunReport",
    "Skipped",
    "Text",
    "find_mention",
    "forget_review",
    "ingest_review",
    "ingest_reviews",
    "link_newcomers",
    "list_questions",
    "load_mentions",
    "mark_reviewed",
    "question_id",
    "settle_question",
    "stored_report",
    "undo_decision",
]
