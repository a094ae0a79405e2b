"""Reports what a linked review says: mentions with their papers, relations with their evidence."""

from __future__ import annotations

from collections import Counter, defaultdict

from papergraph.ingest.storing import LinkedReview, is_claimed, relate_works
from papergraph.library import Library
from papergraph.matching import LinkedMention, identifiers_of
from papergraph.models import (
    Evidence,
    IngestReport,
    Mention,
    Paper,
    RelationReport,
    ScoredPaper,
)


def report_review(
    library: Library,
    found: LinkedReview,
    homes: dict[int, int],
    review_id: int | None,
    *,
    changed: bool,
) -> IngestReport:
    """Sum up what a review says; `homes` is the stored paper of each work that has one."""
    review = found.review
    candidates = {number for link in found.linked for number, _ in link.candidates}
    cards = library.papers.get([*homes.values(), *candidates])
    papers = _papers_of_works(found, homes, cards)
    mentions = tuple(
        _mention(found, number, link, papers, cards) for number, link in enumerate(found.linked)
    )
    relations = _report_relations(found, papers)
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
        counts=_counts(found, papers, relations),
        warnings=(*review.warnings, *_warnings(mentions)),
    )


def _papers_of_works(
    found: LinkedReview, homes: dict[int, int], cards: dict[int, Paper]
) -> dict[int, Paper]:
    """The paper to show for each work: the stored one, or what it would be stored as."""
    shown: dict[int, Paper] = {}
    for place, work in enumerate(found.works):
        link = found.linked[work.mentions[0]]
        is_said = is_claimed(found, work) or link.how == "own note"
        if place in homes:
            shown[place] = cards[homes[place]]
        elif link.status in ("new", "stub") and is_said:
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
    linked: LinkedReview,
    number: int,
    link: LinkedMention,
    papers: dict[int, Paper],
    cards: dict[int, Paper],
) -> Mention:
    found = linked.review.mentions[number]
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


def _report_relations(found: LinkedReview, papers: dict[int, Paper]) -> tuple[RelationReport, ...]:
    origin = found.review.origin
    grouped: dict[tuple[int, int, str], list[Evidence]] = defaultdict(list)
    for relation, later, earlier in relate_works(found, papers):
        grouped[later, earlier, relation.kind].append(
            Evidence(
                kind="review" if relation.stated else "list",
                text=relation.sentence,
                where=f"{origin}:{relation.line}",
                source=f"review:{origin}",
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
    found: LinkedReview, papers: dict[int, Paper], relations: tuple[RelationReport, ...]
) -> dict[str, int]:
    """Count what was found; a link to a note that is about no paper is none."""
    by_work: dict[str, str] = {}
    for number, link in enumerate(found.linked):
        is_stored = link.paper is not None
        if link.work is not None and link.work not in papers and link.status in ("new", "stub"):
            continue
        place = f"paper {link.paper}" if is_stored else f"work {link.work}"
        by_work[place if link.work is not None else f"mention {number}"] = link.status
    statuses = Counter(by_work.values())
    return {
        "mentions": len(found.linked),
        "papers": sum(statuses[name] for name in ("matched", "new", "stub")),
        **{name: statuses[name] for name in ("matched", "new", "stub", "unsure")},
        "relations": len(relations),
        "repairs": len(found.review.repairs),
    }


def _warnings(mentions: tuple[Mention, ...]) -> list[str]:
    unnamed = [m for m in mentions if m.status == "unsure" and not m.candidates and not m.title]
    return [
        f"line {mention.line} speaks of a paper it does not name: {mention.text!r}"
        for mention in unnamed
        if mention.role != "named"
    ]
