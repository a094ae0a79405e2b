"""Writes a linked review into a library: its papers, mentions and relations, and takes them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from papergraph.library import NAMED_AS_ONE, Library, RowIds, StoredMention, StoredRelation
from papergraph.matching import LinkedMention, Work, identifiers_of, pair_former
from papergraph.models import (
    FoundRelation,
    Paper,
    PaperRecord,
    Review,
    merge_records,
    told_rank,
)

# A model is trained on a data set and written in a framework; that is no line of descent.
NO_ANCESTORS = ("dataset", "software")


class Former:
    """What reviews said before they were taken out to be read again.

    `alone` is what was said of papers nobody else speaks of: to those who read now they are not
    there, but their numbers are given back. `touched` are all papers that were named, `row_ids` the
    free ids of mentions and relations by review.
    """

    def __init__(self) -> None:
        self.alone: dict[int, PaperRecord] = {}
        self.touched: set[int] = set()
        self.row_ids: dict[str, tuple[RowIds, RowIds]] = {}

    def ids_for(self, origin: str) -> tuple[RowIds, RowIds]:
        """Ids for the mentions and relations of a review: its own, and none of the others'."""
        own = self.row_ids.get(origin, (RowIds(), RowIds()))
        taken = [
            max((n for ids in self.row_ids.values() for n in ids[i].free), default=0)
            for i in (0, 1)
        ]
        return replace(own[0], taken=taken[0]), replace(own[1], taken=taken[1])

    def hide(self, library: Library, said: Mapping[int, PaperRecord]) -> None:
        """Keep what was said of papers, as far as nobody else speaks of them now."""
        for number in said.keys() - library.papers.records(said).keys():
            earlier = self.alone.get(number)
            both = (said[number],) if earlier is None else (earlier, said[number])
            self.alone[number] = merge_records(both)
            self.touched.add(number)
        library.papers.strip(self.alone)

    def revive(self, paired: Mapping[int, int]) -> dict[int, int]:
        """Give back numbers: from here on these papers are there again."""
        for number in paired.values():
            del self.alone[number]
        return dict(paired)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedReview:
    """A review with its mentions linked to papers, in order, and the works they speak of."""

    review: Review
    linked: tuple[LinkedMention, ...]
    works: tuple[Work, ...]


def known_homes(found: LinkedReview) -> dict[int, int]:
    """The stored paper of each work that has one, as it was looked up."""
    return {
        link.work: link.paper
        for link in found.linked
        if link.work is not None and link.paper is not None
    }


def store_review(
    library: Library, found: LinkedReview, former: Former, now: str
) -> tuple[int, dict[int, int]]:
    """Write a review that is taken out into the library, in the caller's transaction.

    Returns its number and the paper of each work. `former` gives back the numbers of papers that
    only reviews taken out spoke of.
    """
    review = found.review
    source = f"review:{review.origin}"
    source_id = library.papers.add_source(source, "review", now)
    review_id = library.reviews.put(review, source_id, now)
    mention_ids, relation_ids = former.ids_for(review.origin)
    _merge_same(library, found, now)
    homes = _store_papers(library, found, former, now)
    mentions = [
        _mention_row(found, number, link, review_id, homes)
        for number, link in enumerate(found.linked)
    ]
    library.reviews.add_mentions(mentions, mention_ids)
    cards = library.papers.get(homes.values())
    papers = {work: cards[number] for work, number in homes.items()}
    relations = [
        _relation_row(relation, homes[later], homes[earlier], source, review_id)
        for relation, later, earlier in relate_works(found, papers)
    ]
    library.reviews.add_relations(relations, source_id, relation_ids)
    library.states.put_told(_told_states(found, homes, now), reader=source)
    told = {homes[place]: work.stars for place, work in enumerate(found.works) if place in homes}
    stars = {number: given for number, given in told.items() if given is not None}
    library.ratings.put_told(stars, reader=source, now=now)
    return review_id, homes


def _told_states(
    found: LinkedReview, homes: Mapping[int, int], now: str
) -> dict[int, tuple[str, str]]:
    """What the author tells of reading each paper, and since when: as told, else when written."""
    written = found.review.written_on
    told: dict[int, tuple[str, str]] = {}
    for place, work in enumerate(found.works):
        before = told.get(homes.get(place, 0), (None, ""))[0]
        if place in homes and work.state and told_rank(work.state) > told_rank(before):
            day = work.read_on or written
            told[homes[place]] = work.state, stamp(day) if day else now
    return told


def stamp(day: str) -> str:
    """Write a day, month or year as the time it began.

    >>> stamp("2016-02"), stamp("2016-02-03")
    ('2016-02-01T00:00:00Z', '2016-02-03T00:00:00Z')
    """
    return f"{(day + '-01-01')[:10]}T00:00:00Z"


def _merge_same(library: Library, found: LinkedReview, now: str) -> None:
    """Merge stored papers that the review names as one work, by identifiers of both."""
    for link in found.linked:
        for other in link.same_as:
            one, two = library.papers.survivor(link.paper or 0), library.papers.survivor(other)
            if one is not None and two is not None and one != two:
                library.merge(one, two, f"{NAMED_AS_ONE}{found.review.origin}", now)


def _store_papers(
    library: Library, found: LinkedReview, former: Former, now: str
) -> dict[int, int]:
    """Enter what the review says of each paper; returns the paper of each work."""
    source = f"review:{found.review.origin}"
    homes = {w: library.papers.survivor(n) or n for w, n in known_homes(found).items()}
    claimed = {place: work for place, work in enumerate(found.works) if is_claimed(found, work)}
    homeless = {
        place: work
        for place, work in claimed.items()
        if place not in homes and found.linked[work.mentions[0]].status in ("new", "stub")
    }
    homes |= former.revive(pair_former(homeless, former.alone))
    new = {place: work for place, work in homeless.items() if place not in homes}
    numbers = library.papers.add_many([work.as_record(source) for work in new.values()], now)
    said: dict[int, list[PaperRecord]] = defaultdict(list)
    for place, work in claimed.items():
        if place in homes:
            said[homes[place]].append(work.as_record(source))
    homes |= zip(new, numbers, strict=True)
    library.papers.put_records({n: merge_records(records) for n, records in said.items()}, now)
    return homes


def _mention_row(
    linked: LinkedReview, number: int, link: LinkedMention, review_id: int, homes: dict[int, int]
) -> StoredMention:
    found = linked.review.mentions[number]
    return StoredMention(
        review_id=review_id,
        origin=linked.review.origin,
        paper=homes.get(link.work) if link.work is not None else None,
        line=found.line,
        column=found.column,
        text=found.text,
        sentence=found.sentence,
        original=found.original,
        role=found.role,
        title=found.title,
        url=found.url,
        identifier=next(iter(identifiers_of(found)), None),
        heading=found.heading,
        list_key=found.list_key,
        position=found.position,
        summary=found.summary,
        status=link.status,
        confidence=link.confidence,
        candidates=link.candidates,
    )


def _relation_row(
    relation: FoundRelation, later: int, earlier: int, source: str, review_id: int
) -> StoredRelation:
    return StoredRelation(
        later=later,
        earlier=earlier,
        kind=relation.kind,
        origin_kind="review",
        source=source,
        text=relation.sentence,
        line=relation.line,
        original=relation.original,
        cue=relation.cue,
        stated=relation.stated,
        review_id=review_id,
    )


def is_backwards(kind: str, later: Paper, earlier: Paper) -> bool:
    """Does a comparison name a paper of an earlier year first? Relations run from later to earlier.

    Within a year the text decides: months of preprints say little about who looked at whom.
    """
    years = (later.year, earlier.year)
    return kind == "compares" and None not in years and (later.year or 0) < (earlier.year or 0)


def relate_works(
    found: LinkedReview, papers: Mapping[int, Paper]
) -> list[tuple[FoundRelation, int, int]]:
    """Relations between two works whose papers are known, as (relation, later, earlier work).

    `papers` gives the paper of each work. A paper is never related to itself, and data sets and
    software are nobody's ancestors.
    """
    related = []
    for relation in found.review.relations:
        later, earlier = (work_of(found.linked, end) for end in (relation.later, relation.earlier))
        if later not in papers or earlier not in papers or papers[later] == papers[earlier]:
            continue
        if is_backwards(relation.kind, papers[later], papers[earlier]):
            later, earlier = earlier, later
        if papers[earlier].kind not in NO_ANCESTORS:
            related.append((relation, later, earlier))
    return related


def is_claimed(found: LinkedReview, work: Work) -> bool:
    """Does the review say of a work that it is a paper, not only name it in passing?"""
    return any(found.review.mentions[number].role != "named" for number in work.mentions)


def work_of(linked: Sequence[LinkedMention], number: int) -> int:
    """The work of a mention; -1 when it names no paper."""
    work = linked[number].work
    return -1 if work is None else work
