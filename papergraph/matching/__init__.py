"""Record linkage: which paper a mention, a reference or a record means."""

from papergraph.matching.linking import LinkedMention, NoteTarget, link_mentions
from papergraph.matching.placing import Placement, place_record
from papergraph.matching.resolving import (
    ACCEPT_RATIO,
    Catalogue,
    exact_matches,
    find_matches,
    find_references,
    name_nearest,
    near_matches,
    resolve_reference,
    resolve_references,
)
from papergraph.matching.reviving import are_of_same_people, are_one_paper, pair_former
from papergraph.matching.unfound import drop_unfound
from papergraph.matching.voiding import drop_void, void_identifiers
from papergraph.matching.works import Work, identifiers_of, mention_key

__all__ = [
    "ACCEPT_RATIO",
    "Catalogue",
    "LinkedMention",
    "NoteTarget",
    "Placement",
    "Work",
    "are_of_same_people",
    "are_one_paper",
    "drop_unfound",
    "drop_void",
    "exact_matches",
    "find_matches",
    "find_references",
    "identifiers_of",
    "link_mentions",
    "mention_key",
    "name_nearest",
    "near_matches",
    "pair_former",
    "place_record",
    "resolve_reference",
    "resolve_references",
    "void_identifiers",
]
