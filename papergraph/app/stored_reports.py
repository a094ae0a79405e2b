"""Reports on reviews that are stored: what an ingest said of them, from what it left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from papergraph.app.review_pages import find_review, load_mentions
from papergraph.library import Library
from papergraph.models import Evidence, IngestReport, Mention, RelationReport


def stored_report(library: Library, review_id: str) -> IngestReport:
    """Report on a stored review, with what was answered since; NotFoundError when there is none."""
    card, _ = find_review(library, review_id)
    mentions = load_mentions(library, card.id)
    relations = _relations(library, card.id)
    repairs = library.reviews.repairs(card.id)
    return IngestReport(
        origin=card.origin,
        title=card.title,
        format=card.format,
        language=card.language,
        review_id=f"r{card.id}",
        changed=True,
        repairs=repairs,
        mentions=tuple(mentions),
        relations=relations,
        counts=_counts(mentions) | {"relations": len(relations), "repairs": len(repairs)},
        warnings=(),
    )


def _counts(mentions: Sequence[Mention]) -> dict[str, int]:
    status: dict[str | None, str] = {}
    for mention in mentions:
        if mention.paper is not None:
            status.setdefault(mention.paper.id, mention.status)
    unsure = sum(mention.status == "unsure" for mention in mentions)
    found = list(status.values())
    by_status = {name: found.count(name) for name in ("matched", "new", "stub")}
    return {"mentions": len(mentions), "papers": len(found), "unsure": unsure, **by_status}


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
