"""A paper as its page shows it: what it builds on, what came of it, and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from papergraph.app.correcting import FormField, form_fields
from papergraph.app.questions import mention_segments
from papergraph.app.quoting import Segment, note_relations
from papergraph.app.resources import Resources
from papergraph.app.timeline import Link, Timeline, draw_timeline
from papergraph.exchange import export_papers
from papergraph.library import StoredMention
from papergraph.models import Claim, Evidence, Lineage, Paper, PaperDetail, paper_number
from papergraph.reading import find_lineage, open_source
from papergraph.show import show_paper

_MOST_PARENTS = 8
_MOST_CHILDREN = 16
_MOST_CITERS = 12
_MOST_MENTIONS = 200
_DRAWN_PARENTS = 6
_DRAWN_CHILDREN = 8
_TOLD = ("review", "curated", "reader")
_CITED_AS = (
    ("plain", "Plain"),
    ("bibtex", "BibTeX"),
    ("ris", "RIS"),
    ("csl-json", "CSL-JSON"),
)
_KINDS = {"extends": 0, "replaces": 1, "prerequisite": 2, "uses": 3, "compares": 4, "order": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A paper beside the one shown, and why it is there."""

    paper: Paper
    because: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMention:
    """A mention of the paper, its sentence with the words that name it marked."""

    stored: StoredMention
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The paper as a citation, to copy."""

    form: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """All that the page of a paper shows; `companions` are earlier and only seem to belong."""

    detail: PaperDetail
    mentions: tuple[ShownMention, ...]
    lineage: Lineage
    parents: tuple[Relative, ...]
    companions: tuple[Relative, ...]
    children: tuple[Relative, ...]
    more_children: int
    citers: tuple[Paper, ...]
    more_citers: int
    timeline: Timeline | None
    citations: tuple[Citation, ...]
    summary_source: str | None
    fields: tuple[FormField, ...]


def make_paper_page(here: Resources, reference: str) -> PaperPage:
    """Gather what is known about one paper and its family."""
    detail = show_paper(here.library, reference, reader=here.settings.reader)
    paper = detail.paper
    lineage = find_lineage(here.library, paper.id or reference, limit=_MOST_PARENTS, descendants=0)
    children = _children(here, paper)
    shown = children[:_MOST_CHILDREN]
    citers, more_citers = _citers(here, paper, {child.paper.id for child in children})
    parents = [Relative(paper=item.paper, because=item.because) for item in lineage.parents]
    members = [link.paper for link in lineage.chain]
    note_relations(here.library, [paper.id, *(member.id for member in members)])
    return PaperPage(
        detail=detail,
        mentions=_mentions(here, paper),
        lineage=lineage,
        parents=tuple(item for item in parents if _is_told(item.because)),
        companions=tuple(item for item in parents if not _is_told(item.because)),
        children=tuple(shown),
        more_children=len(children) - len(shown),
        citers=tuple(citers),
        more_citers=more_citers,
        timeline=draw_timeline(paper, members, family_links(lineage, shown)),
        citations=tuple(
            Citation(form=form, label=label, text=export_papers([paper], form).strip())
            for form, label in _CITED_AS
        ),
        summary_source=_summary_source(detail),
        fields=form_fields(detail),
    )


def draw_family(here: Resources, reference: str) -> tuple[str, Timeline | None]:
    """The drawing on the page of a paper alone, and its title."""
    lineage = find_lineage(here.library, reference, limit=_MOST_PARENTS, descendants=0)
    shown = _children(here, lineage.target)[:_MOST_CHILDREN]
    members = [link.paper for link in lineage.chain]
    title = f"Where {lineage.target.name} stands"
    return title, draw_timeline(lineage.target, members, family_links(lineage, shown))


def family_links(lineage: Lineage, children: list[Relative]) -> list[Link]:
    """Every edge of the drawing: the chain, other parents, and what came of the paper."""
    chain = lineage.chain
    links = [
        Link(earlier=before.paper, later=after.paper, because=after.because)
        for before, after in pairwise(chain)
    ]
    drawn = {(link.earlier.id, link.later.id) for link in links}
    links += [
        Link(earlier=parent.paper, later=lineage.target, because=parent.because)
        for parent in lineage.parents[:_DRAWN_PARENTS]
        if (parent.paper.id, lineage.target.id) not in drawn
    ]
    return links + [
        Link(earlier=lineage.target, later=child.paper, because=child.because)
        for child in children[:_DRAWN_CHILDREN]
    ]


def _children(here: Resources, paper: Paper) -> list[Relative]:
    """Papers somebody says build on this one: those that continue it first, then by date."""
    number = paper_number(paper.id or "") or 0
    claims: dict[int, list[Claim]] = {}
    for claim in here.library.reviews.claims_of([number]):
        if claim.earlier == number:
            claims.setdefault(claim.later, []).append(claim)
    cards = here.library.papers.get(claims, here.settings.reader)
    ranked = sorted(
        cards,
        key=lambda n: (min(_KINDS.get(c.kind, 9) for c in claims[n]), cards[n].year or 9999, n),
    )
    return [
        Relative(paper=cards[n], because=tuple(claim.evidence for claim in claims[n][:2]))
        for n in ranked
    ]


def _mentions(here: Resources, paper: Paper) -> tuple[ShownMention, ...]:
    found = here.library.reviews.mentions_of(paper_number(paper.id or "") or 0)
    return tuple(
        ShownMention(stored=mention, segments=mention_segments(mention))
        for mention in found[:_MOST_MENTIONS]
    )


def _citers(here: Resources, paper: Paper, known: set[str | None]) -> tuple[list[Paper], int]:
    """Papers here that cite this one and are not shown already, the most cited first."""
    graph = open_source(here.library).graph
    numbers = graph.citers_of(paper_number(paper.id or "") or 0)
    papers = [int(number) for number in numbers if number < graph.papers]
    papers.sort(key=lambda n: -len(graph.citers_of(n)))
    cards = here.library.papers.get(papers[: _MOST_CITERS + len(known)])
    fresh = [card for card in cards.values() if card.id not in known]
    return fresh[:_MOST_CITERS], max(0, len(papers) - len(fresh[:_MOST_CITERS]) - len(known))


def _is_told(because: tuple[Evidence, ...]) -> bool:
    """Does a person say that the paper builds on it? A citation alone does not say so."""
    return any(item.stated and item.kind in _TOLD for item in because)


def _summary_source(detail: PaperDetail) -> str | None:
    """Who wrote the summary that is shown."""
    summary = detail.paper.summary
    found = (source["source"] for source in detail.sources if source["summary"] == summary)
    return next(found, None) if summary else None
