"""Record linkage: which paper a mention, a reference or a record means."""

from papergraph.matching.linking import (
    LinkedMention,
    Work,
    identifiers_of,
    link_mentions,
    mention_key,
)
from papergraph.matching.placing import Placement, is_only_named, place_record
from papergraph.matching.resolving import Catalogue, find_matches, near_matches, resolve_reference

__all__ = [
    "Catalogue",
    "LinkedMention",
    "Placement",
    "Work",
    "find_matches",
    "identifiers_of",
    "is_only_named",
    "link_mentions",
    "mention_key",
    "near_matches",
    "place_record",
    "resolve_reference",
]
