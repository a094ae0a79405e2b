"""The verb search: by words and meaning, and papers near one paper, each hit with its reasons."""

from papergraph.search.filters import SearchFilter
from papergraph.search.searching import MODES, MOST_HITS, search_papers
from papergraph.search.similar import WAYS, similar_papers

__all__ = ["MODES", "MOST_HITS", "WAYS", "SearchFilter", "search_papers", "similar_papers"]
