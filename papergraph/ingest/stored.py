"""Reports on reviews that are stored: what an ingest said of them, from what it left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from papergraph.errors import NotFoundError
from papergraph.library import Library, StoredMention
from papergraph.matching import mention_key
from papergraph.models import (
    NO_PAPERS,
    Evidence,
    FoundMention,
    IngestReport,
    Mention,
    Paper,
    RelationReport,
    ScoredPaper,
)


def stored_report(
    library: Library, number: int, *, changed: bool = False, warnings: tuple[str, ...] = ()
) -> IngestReport:
    """Report on a stored review, with what was answered since.

    Raises NotFoundError when there is none of this number.
    """
    found = library.reviews.get(number)
    if found is None:
        raise NotFoundError(f"there is no review 'r{number}' in this library")
    card = found[0]
    stored = library.reviews.mentions_in(number)
    mentions = load_mentions(library, number)
    relations = _relations(library, number)
    repairs = library.reviews.repairs(number)
    return IngestReport(
        origin=card.origin,
        title=card.title,
        format=card.format,
        language=card.language,
        review_id=f"r{number}",
        changed=changed,
        repairs=repairs,
        mentions=tuple(mentions),
        relations=relations,
        counts=_counts(stored) | {"relations": len(relations), "repairs": len(repairs)},
        warnings=warnings or (() if mentions else (NO_PAPERS,)),
    )


def found_mention(mention: StoredMention) -> FoundMention:
    """The mention as its reader found it, as far as its key needs it."""
    return FoundMention(
        line=mention.line,
        column=mention.column,
        text=mention.text,
        sentence=mention.sentence,
        role=mention.role,
        title=mention.title,
        url=mention.url,
        identifier=mention.identifier,
    )


def stored_key(mention: StoredMention) -> str:
    """What a stored mention is remembered by when its review is read again."""
    return mention_key(found_mention(mention))


def load_mentions(library: Library, number: int) -> list[Mention]:
    """The mentions of a review with the papers they were linked to, in the order of its text."""
    stored = library.reviews.mentions_in(number)
    wanted = {item.paper for item in stored if item.paper is not None}
    wanted |= {candidate for item in stored for candidate, _ in item.candidates}
    cards = library.papers.get(sorted(wanted))
    return [_mention(item, cards) for item in stored]


def _counts(stored: Sequence[StoredMention]) -> dict[str, int]:
    """Count each paper once; what has none counts once for all that says the same.

    A link to a note that is about no paper is none.
    """
    status: dict[object, str] = {}
    for mention in stored:
        if mention.paper is None and mention.status in ("new", "stub"):
            continue
        status.setdefault(mention.paper or stored_key(mention), mention.status)
    found = Counter(status.values())
    return {
        "mentions": len(stored),
        "papers": sum(found[name] for name in ("matched", "new", "stub")),
        **{name: found[name] for name in ("matched", "new", "stub", "unsure")},
    }


def _relations(library: Library, number: int) -> tuple[RelationReport, ...]:
    papers = {item.paper for item in library.reviews.mentions_in(number) if item.paper is not None}
    grouped: dict[tuple[int, int, str], list[Evidence]] = defaultdict(list)
    for item in library.reviews.relations_of(papers):
        if item.review_id == number:
            evidence = Evidence(
                kind="review" if item.stated else "list",
                text=item.text,
                where=f"{item.origin}:{item.line}",
                source=item.source,
                stated=item.stated,
            )
            grouped[item.later, item.earlier, item.kind].append(evidence)
    cards = library.papers.get({end for later, earlier, _ in grouped for end in (later, earlier)})
    return tuple(
        RelationReport(
            later=cards[later], earlier=cards[earlier], kind=kind, evidence=tuple(evidence)
        )
        for (later, earlier, kind), evidence in grouped.items()
    )


def _mention(item: StoredMention, cards: dict[int, Paper]) -> Mention:
    return Mention(
        line=item.line,
        column=item.column,
        text=item.text,
        sentence=item.sentence,
        original=item.original,
        role=item.role,
        title=item.title,
        url=item.url,
        identifier=item.identifier,
        paper=cards.get(item.paper) if item.paper is not None else None,
        status=item.status,
        confidence=item.confidence,
        candidates=tuple(
            ScoredPaper(paper=cards[number], score=score)
            for number, score in item.candidates
            if number in cards
        ),
    )
