"""Record linkage: which paper a mention, a reference or a record means."""

from papergraph.matching.linking import (
    LinkedMention,
    Work,
    identifiers_of,
    link_mentions,
    mention_key,
)
from papergraph.matching.resolving import Catalogue, find_matches, near_matches, resolve_reference

__all__ = [
    "Catalogue",
    "LinkedMention",
    "Work",
    "find_matches",
    "identifiers_of",
    "link_mentions",
    "mention_key",
    "near_matches",
    "resolve_reference",
]
