"""Leaves out of a review what is named by its people when no paper of theirs is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from papergraph.matching.linking import LinkedMention
from papergraph.matching.works import Work
from papergraph.models import NO_PAPERS, FoundMention, Review


def drop_unfound(
    review: Review, linked: Sequence[LinkedMention], works: Sequence[Work]
) -> tuple[Review, tuple[LinkedMention, ...], tuple[Work, ...]]:
    """Leave out what names a paper by its people and was not found, unless the reader said what.

    Those are bylines (the first of a section is enough), known names that are said to be of other
    people, and what is tentative.
    """
    first = _first_of_sections(review.mentions)
    kept = [
        number
        for number, mention in enumerate(review.mentions)
        if not _needs_paper(mention)
        or (linked[number].paper is not None and number in first)
        or linked[number].how == "reader"
    ]
    if len(kept) == len(review.mentions):
        return review, tuple(linked), tuple(works)
    places = {number: place for place, number in enumerate(kept)}
    left = [tuple(places[n] for n in work.mentions if n in places) for work in works]
    homes = [n for n, numbers in enumerate(left) if numbers]
    home = {number: place for place, number in enumerate(homes)}
    relations = tuple(
        replace(item, later=places[item.later], earlier=places[item.earlier])
        for item in review.relations
        if item.later in places and item.earlier in places
    )
    warnings = review.warnings if kept else (*review.warnings, NO_PAPERS)
    mentions = tuple(review.mentions[number] for number in kept)
    return (
        replace(review, mentions=mentions, relations=relations, warnings=warnings),
        tuple(replace(linked[n], work=home.get(_place(linked[n]))) for n in kept),
        tuple(replace(works[n], mentions=left[n]) for n in homes),
    )


def _first_of_sections(mentions: Sequence[FoundMention]) -> set[int]:
    """The mentions that say something first in their section; a byline is said often."""
    first: dict[object, int] = {}
    for number, mention in enumerate(mentions):
        first.setdefault((mention.byline, mention.heading) if mention.byline else number, number)
    return set(first.values())


def _needs_paper(mention: FoundMention) -> bool:
    is_bare = not (mention.title or mention.identifier or mention.url)
    is_of_people = mention.byline or (mention.role == "named" and mention.authors and is_bare)
    return bool(mention.tentative or is_of_people)


def _place(link: LinkedMention) -> int:
    return -1 if link.work is None else link.work
