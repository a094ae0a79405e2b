"""Search by words: BM25 over fields, from impacts that are computed once and memory-mapped."""

from papergraph.lexical.index import LexicalIndex, Query
from papergraph.lexical.saved import open_lexical_index
from papergraph.lexical.words import (
    STOP_WORDS,
    beginning_of,
    comparable_words,
    is_question,
    query_stems,
    stem_of,
)

__all__ = [
    "STOP_WORDS",
    "LexicalIndex",
    "Query",
    "beginning_of",
    "comparable_words",
    "is_question",
    "open_lexical_index",
    "query_stems",
    "stem_of",
]
