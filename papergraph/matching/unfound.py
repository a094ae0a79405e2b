"""Leaves out of a review the authors and years that no paper was found for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from papergraph.matching.linking import LinkedMention
from papergraph.matching.works import Work
from papergraph.models import NO_PAPERS, Review


def drop_unfound(
    review: Review, linked: Sequence[LinkedMention], works: Sequence[Work]
) -> tuple[Review, tuple[LinkedMention, ...], tuple[Work, ...]]:
    """Leave out the bylines no paper was found for, unless the reader said what they are."""
    kept = [
        number
        for number, mention in enumerate(review.mentions)
        if not mention.byline or linked[number].paper is not None or linked[number].how == "reader"
    ]
    if len(kept) == len(review.mentions):
        return review, tuple(linked), tuple(works)
    places = {number: place for place, number in enumerate(kept)}
    homes = [n for n, work in enumerate(works) if work.mentions[0] in places]
    home = {number: place for place, number in enumerate(homes)}
    relations = tuple(
        replace(item, later=places[item.later], earlier=places[item.earlier])
        for item in review.relations
    )
    warnings = review.warnings if kept else (*review.warnings, NO_PAPERS)
    mentions = tuple(review.mentions[number] for number in kept)
    return (
        replace(review, mentions=mentions, relations=relations, warnings=warnings),
        tuple(replace(linked[n], work=home.get(_place(linked[n]))) for n in kept),
        tuple(
            replace(works[n], mentions=tuple(places[m] for m in works[n].mentions)) for n in homes
        ),
    )


def _place(link: LinkedMention) -> int:
    return -1 if link.work is None else link.work
