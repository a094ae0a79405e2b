"""Writes a linked review into a library: its papers, mentions and relations, and takes them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from papergraph.library import Library, StoredMention, StoredRelation
from papergraph.matching import LinkedMention, Work, identifiers_of
from papergraph.models import FoundRelation, Paper, PaperRecord, Review, merge_records

# A model is trained on a data set and written in a framework; that is no line of descent.
NO_ANCESTORS = ("dataset", "software")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedReview:
    """A review with its mentions linked to papers, in order, and the works they speak of."""

    review: Review
    linked: tuple[LinkedMention, ...]
    works: tuple[Work, ...]

    def with_sha256(self, sha256: str) -> LinkedReview:
        """The same for bytes of another hash: the file the text was once read from."""
        return replace(self, review=replace(self.review, sha256=sha256))


def known_homes(found: LinkedReview) -> dict[int, int]:
    """The stored paper of each work that has one, as it was looked up."""
    return {
        link.work: link.paper
        for link in found.linked
        if link.work is not None and link.paper is not None
    }


def store_review(
    library: Library,
    found: LinkedReview,
    now: str,
) -> tuple[int, dict[int, int]]:
    """Write a review into the library, in the caller's transaction."""
    review = found.review
    source = f"review:{review.origin}"
    source_id = library.papers.add_source(source, "review", now)
    before = library.reviews.find(review.origin)
    touched = library.reviews.clear(before.id) if before else []
    touched = [*touched, *library.papers.drop_records(source)]
    review_id = library.reviews.put(review, source_id, now)
    _merge_same(library, found, review.origin, now)
    homes = _store_papers(library, found, now)
    library.reviews.add_mentions(
        [
            _mention_row(found, number, link, review_id, homes)
            for number, link in enumerate(found.linked)
        ]
    )
    cards = library.papers.get(homes.values())
    papers = {work: cards[number] for work, number in homes.items()}
    library.reviews.add_relations(
        [
            StoredRelation(
                later=homes[later],
                earlier=homes[earlier],
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
            for relation, later, earlier in relate_works(found, papers)
        ],
        source_id,
    )
    orphans = set(library.delete_orphans(sorted(set(touched) - set(homes.values()))))
    library.refresh_texts(sorted({*homes.values(), *touched} - orphans))
    library.touch_graph()
    return review_id, homes


def _merge_same(library: Library, found: LinkedReview, origin: str, now: str) -> None:
    """Merge stored papers that the review names as one work, by identifiers of both."""
    for link in found.linked:
        for other in link.same_as:
            one, two = library.papers.survivor(link.paper or 0), library.papers.survivor(other)
            if one is not None and two is not None and one != two:
                library.merge(one, two, f"named as one work in {origin}", now)


def _store_papers(
    library: Library,
    found: LinkedReview,
    now: str,
) -> dict[int, int]:
    """Enter what the review says of each paper; returns the paper of each work."""
    source = f"review:{found.review.origin}"
    homes = {w: library.papers.survivor(n) or n for w, n in known_homes(found).items()}
    said: dict[int, list[PaperRecord]] = defaultdict(list)
    for place, work in enumerate(found.works):
        status = found.linked[work.mentions[0]].status
        if place in homes and is_claimed(found, work):
            said[homes[place]].append(work.as_record(source))
        elif place not in homes and status in ("new", "stub") and is_claimed(found, work):
            homes[place] = library.papers.add(work.as_record(source), now)
    for number, records in said.items():
        library.papers.put_record(number, merge_records(records), now)
    return homes


def drop_review_records(library: Library, origin: str, touched: Sequence[int]) -> list[int]:
    """Take back what only this review said; returns the papers that went with it."""
    numbers = sorted({*touched, *library.papers.drop_records(f"review:{origin}")})
    gone = library.delete_orphans(numbers)
    library.refresh_texts([number for number in numbers if number not in set(gone)])
    return gone


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
