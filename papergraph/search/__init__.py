"""The verb search: by words and meaning, each hit with its reasons.

Papers near one paper are in `similar`, which stands alone because it loads the graph.
"""

from papergraph.search.filters import SearchFilter
from papergraph.search.known import is_named
from papergraph.search.opened import prepare_search
from papergraph.search.searching import MODES, MOST_HITS, search_papers
from papergraph.search.topics import papers_about, suggest_papers

__all__ = [
    "MODES",
    "MOST_HITS",
    "SearchFilter",
    "is_named",
    "papers_about",
    "prepare_search",
    "search_papers",
    "suggest_papers",
]
