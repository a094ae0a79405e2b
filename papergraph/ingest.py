"""The verb ingest: from a piece of writing to papers, mentions and relations in a library."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from papergraph.errors import NotFoundError
from papergraph.library import Library, StoredMention, StoredRelation
from papergraph.matching import LinkedMention, Work, identifiers_of, link_mentions
from papergraph.models import (
    Evidence,
    FoundRelation,
    IngestReport,
    Mention,
    Paper,
    PaperRecord,
    RelationReport,
    Review,
    ScoredPaper,
    merge_records,
)
from papergraph.readers import read_review

# A model is trained on a data set and written in a framework; that is no line of descent.
_NO_ANCESTORS = ("dataset", "software")


def ingest_review(
    library: Library, data: bytes, origin: str, *, now: str, dry_run: bool = False
) -> IngestReport:
    """Read one review, link its papers, and store what it says; a dry run stores nothing.

    Reading the same bytes again changes nothing; changed bytes replace this review's evidence only.

    Parameters
    ----------
    data, origin
        The bytes of the text, and where it comes from: the key the review is known by.
    now
        The time to enter, UTC, as "2026-01-31T12:00:00Z".

    Raises
    ------
    ReadingError
        When the bytes are no text that can be read.
    LibraryError
        When the library cannot be written.
    """
    review = read_review(data, origin, names=library.papers.names())
    linked, works = link_mentions(review.mentions, library.catalogue)
    stored = library.reviews.find(origin)
    is_new = stored is None or stored.sha256 != review.sha256
    homes = _known_homes(linked)
    review_id = stored.id if stored else None
    if is_new and not dry_run:
        with library.transaction():
            review_id, homes = _store(library, review, linked, works, now)
    return _report(library, review, linked, works, homes, review_id, changed=is_new and not dry_run)


def forget_review(library: Library, origin: str) -> int:
    """Remove a review and all that only it said; returns how many papers went with it.

    Raises NotFoundError when no review has this origin; the message lists those there are.
    """
    found = library.reviews.find(origin)
    if found is None:
        known = tuple(review.origin for review in library.reviews.all()[:3])
        raise NotFoundError(
            f"no review came from {origin!r}; known are: {', '.join(known) or 'none'};"
            " see 'papergraph list reviews'",
            nearest=known,
        )
    with library.transaction():
        touched = library.reviews.clear(found.id)
        library.reviews.forget(found.id)
        gone = _drop_review_records(library, origin, touched)
        library.touch_graph()
    return len(gone)


def _known_homes(linked: Sequence[LinkedMention]) -> dict[int, int]:
    return {
        link.work: link.paper for link in linked if link.work is not None and link.paper is not None
    }


def _store(
    library: Library,
    review: Review,
    linked: Sequence[LinkedMention],
    works: Sequence[Work],
    now: str,
) -> tuple[int, dict[int, int]]:
    """Write a review into the library, in the caller's transaction."""
    source = f"review:{review.origin}"
    source_id = library.papers.add_source(source, "review", now)
    before = library.reviews.find(review.origin)
    touched = library.reviews.clear(before.id) if before else []
    touched = [*touched, *library.papers.drop_records(source)]
    review_id = library.reviews.put(review, source_id, now)
    homes = _store_papers(library, review, linked, works, now)
    rows = [
        _mention_row(review, number, link, review_id, homes) for number, link in enumerate(linked)
    ]
    library.reviews.add_mentions(rows)
    kinds = {number: paper.kind for number, paper in library.papers.get(homes.values()).items()}
    library.reviews.add_relations(
        [
            StoredRelation(
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
            for relation, later, earlier in _ends(review.relations, linked, homes)
            if kinds.get(earlier) not in _NO_ANCESTORS
        ],
        source_id,
    )
    orphans = set(library.delete_orphans(sorted(set(touched) - set(homes.values()))))
    library.refresh_texts(sorted({*homes.values(), *touched} - orphans))
    library.touch_graph()
    return review_id, homes


def _store_papers(
    library: Library,
    review: Review,
    linked: Sequence[LinkedMention],
    works: Sequence[Work],
    now: str,
) -> dict[int, int]:
    """Enter what the review says of each paper; returns the paper of each work."""
    source = f"review:{review.origin}"
    homes = _known_homes(linked)
    said: dict[int, list[PaperRecord]] = defaultdict(list)
    for place, work in enumerate(works):
        status = linked[work.mentions[0]].status
        is_claimed = any(review.mentions[number].role != "named" for number in work.mentions)
        if place in homes and is_claimed:
            said[homes[place]].append(work.as_record(source))
        elif place not in homes and status in ("new", "stub") and is_claimed:
            homes[place] = library.papers.add(work.as_record(source), now)
    for number, records in said.items():
        library.papers.put_record(number, merge_records(records), now)
    return homes


def _drop_review_records(library: Library, origin: str, touched: Sequence[int]) -> list[int]:
    numbers = sorted({*touched, *library.papers.drop_records(f"review:{origin}")})
    gone = library.delete_orphans(numbers)
    library.refresh_texts([number for number in numbers if number not in set(gone)])
    return gone


def _mention_row(
    review: Review, number: int, link: LinkedMention, review_id: int, homes: dict[int, int]
) -> StoredMention:
    found = review.mentions[number]
    return StoredMention(
        review_id=review_id,
        origin=review.origin,
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


def _ends(
    relations: Sequence[FoundRelation],
    linked: Sequence[LinkedMention],
    homes: dict[int, int],
) -> list[tuple[FoundRelation, int, int]]:
    """Relations whose two ends are known papers, two different ones."""
    found = []
    for relation in relations:
        later = homes.get(_work_of(linked, relation.later))
        earlier = homes.get(_work_of(linked, relation.earlier))
        if later is not None and earlier is not None and later != earlier:
            found.append((relation, later, earlier))
    return found


def _work_of(linked: Sequence[LinkedMention], number: int) -> int:
    work = linked[number].work
    return -1 if work is None else work


def _report(
    library: Library,
    review: Review,
    linked: Sequence[LinkedMention],
    works: Sequence[Work],
    homes: dict[int, int],
    review_id: int | None,
    *,
    changed: bool,
) -> IngestReport:
    candidates = {number for link in linked for number, _ in link.candidates}
    cards = library.papers.get([*homes.values(), *candidates])
    papers = _papers_of_works(linked, works, homes, cards)
    mentions = tuple(
        _mention(review, number, link, papers, cards) for number, link in enumerate(linked)
    )
    relations = _report_relations(review, linked, papers)
    return IngestReport(
        origin=review.origin,
        title=review.title,
        format=review.format,
        language=review.language,
        review_id=f"r{review_id}" if review_id is not None else None,
        changed=changed,
        repairs=review.repairs,
        mentions=mentions,
        relations=relations,
        counts=_counts(linked, mentions, relations, review),
        warnings=(*review.warnings, *_warnings(mentions)),
    )


def _papers_of_works(
    linked: Sequence[LinkedMention],
    works: Sequence[Work],
    homes: dict[int, int],
    cards: dict[int, Paper],
) -> dict[int, Paper]:
    """The paper to show for each work: the stored one, or what it would be stored as."""
    shown: dict[int, Paper] = {}
    for place, work in enumerate(works):
        status = linked[work.mentions[0]].status
        if place in homes:
            shown[place] = cards[homes[place]]
        elif status in ("new", "stub"):
            record = work.as_record("review")
            shown[place] = Paper(
                id=None,
                title=record.title,
                authors=record.authors,
                year=record.year,
                identifiers=record.identifiers,
                nicknames=record.nicknames,
                kind=record.kind,
                url=record.url,
                summary=record.summary,
            )
    return shown


def _mention(
    review: Review,
    number: int,
    link: LinkedMention,
    papers: dict[int, Paper],
    cards: dict[int, Paper],
) -> Mention:
    found = review.mentions[number]
    return Mention(
        line=found.line,
        column=found.column,
        text=found.text,
        sentence=found.sentence,
        original=found.original,
        role=found.role,
        title=found.title,
        url=found.url,
        identifier=next(iter(identifiers_of(found)), None),
        paper=papers.get(link.work) if link.work is not None else None,
        status=link.status,
        confidence=link.confidence,
        candidates=tuple(
            ScoredPaper(paper=cards[candidate], score=score)
            for candidate, score in link.candidates
            if candidate in cards
        ),
    )


def _report_relations(
    review: Review, linked: Sequence[LinkedMention], papers: dict[int, Paper]
) -> tuple[RelationReport, ...]:
    grouped: dict[tuple[int, int, str], list[Evidence]] = defaultdict(list)
    for relation in review.relations:
        later, earlier = _work_of(linked, relation.later), _work_of(linked, relation.earlier)
        if later not in papers or earlier not in papers or papers[later] == papers[earlier]:
            continue
        if papers[earlier].kind not in _NO_ANCESTORS:
            grouped[later, earlier, relation.kind].append(
                Evidence(
                    kind="review" if relation.stated else "list",
                    text=relation.sentence,
                    where=f"{review.origin}:{relation.line}",
                    source=f"review:{review.origin}",
                    stated=relation.stated,
                )
            )
    return tuple(
        RelationReport(
            later=papers[later], earlier=papers[earlier], kind=kind, evidence=tuple(evidence)
        )
        for (later, earlier, kind), evidence in grouped.items()
    )


def _counts(
    linked: Sequence[LinkedMention],
    mentions: Sequence[Mention],
    relations: Sequence[RelationReport],
    review: Review,
) -> dict[str, int]:
    by_work: dict[int | str, str] = {}
    for number, link in enumerate(linked):
        by_work[link.work if link.work is not None else f"mention {number}"] = link.status
    statuses = Counter(by_work.values())
    return {
        "mentions": len(mentions),
        "papers": sum(statuses[name] for name in ("matched", "new", "stub")),
        **{name: statuses[name] for name in ("matched", "new", "stub", "unsure")},
        "relations": len(relations),
        "repairs": len(review.repairs),
    }


def _warnings(mentions: Sequence[Mention]) -> list[str]:
    if not mentions:
        return ["no paper was found in this text"]
    unnamed = [m for m in mentions if m.status == "unsure" and not m.candidates and not m.title]
    return [
        f"line {mention.line} speaks of a paper it does not name: {mention.text!r}"
        for mention in unnamed
        if mention.role != "named"
    ]
