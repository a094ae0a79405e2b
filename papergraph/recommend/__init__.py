"""The verb recommend: what to read next, ranked, grouped by reason, with evidence."""

from papergraph.recommend.next_papers import MOST_KNOWN, MOST_RESULTS, recommend_next

__all__ = ["MOST_KNOWN", "MOST_RESULTS", "recommend_next"]
