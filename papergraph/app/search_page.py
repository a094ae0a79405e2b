"""Search results as the page shows them: reasons in words, a path beside them, years, filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from papergraph.app.drawing import Ruler
from papergraph.app.parameters import Parameters
from papergraph.app.resources import Resources
from papergraph.matching import near_matches
from papergraph.models import Evidence, Hit, Paper, SearchAnswer
from papergraph.search import SearchFilter, is_named, search_papers

_SHOWN = 15
_MOST_SHOWN = 150
_NEAREST_FLOOR = 45.0
_NEAREST = 3
_TELLING_WORDS = 5  # a shorter quote is a heading, and says nothing
_STRIP_WIDTH = 264
_STRIP_EDGE = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHit:
    """A hit with one best quote and the other reasons."""

    paper: Paper
    quote: Evidence | None
    reasons: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStrip:
    """Dots on a line of years, one a hit; `note` says the same in words."""

    width: int
    dots: tuple[tuple[float, float], ...]
    labels: tuple[Ruler, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """All that the page of results shows."""

    query: str
    words: tuple[str, ...]
    mode: str
    allowed: SearchFilter
    hits: tuple[ShownHit, ...]
    limit: int
    has_more: bool
    notes: tuple[str, ...]
    nearest: tuple[Paper, ...]
    strip: YearStrip | None
    topic: str | None

    @property
    def next_limit(self) -> int | None:
        """How many to show next; None where no more are shown on one page."""
        more = min(self.limit + _SHOWN, _MOST_SHOWN)
        return more if self.has_more and more > self.limit else None


def make_search_page(here: Resources, query: str, asked: Parameters) -> SearchPage:
    """Search; without hits, look for the nearest titles."""
    meaning = here.meaning(asked.text("mode", "hybrid") or "hybrid")
    limit = asked.whole("limit", _SHOWN, high=_MOST_SHOWN) or _SHOWN
    allowed = asked.search_filter()
    answer = search_papers(
        here.library,
        query,
        embedder=meaning.embedder,
        limit=limit,
        mode=meaning.mode,
        allowed=allowed,
        reader=here.settings.reader,
    )
    hits = answer.hits
    return SearchPage(
        query=answer.query,
        words=tuple(word for word in answer.query.split() if len(word) > 2),
        mode=meaning.mode,
        allowed=allowed,
        hits=tuple(_shown(hit) for hit in hits),
        limit=limit,
        has_more=answer.has_more,
        notes=(*answer.notes, *meaning.notes),
        nearest=() if hits else _nearest(here, answer.query),
        strip=_strip([hit.paper.year for hit in hits if hit.paper.year]),
        topic=_topic(answer),
    )


def _topic(answer: SearchAnswer) -> str | None:
    """The query, where it may be a topic: it names no paper, and asks for no field or phrase."""
    is_plain = not set(answer.query) & set(':"*')
    return answer.query if is_plain and answer.hits and not is_named(answer.hits[0]) else None


def _shown(hit: Hit) -> ShownHit:
    quotes = [
        item
        for item in hit.why
        if item.kind == "review" and len(item.text.split()) >= _TELLING_WORDS
    ]
    # where no quote stands the summary is shown whole
    told = ("summary",) if not quotes else ()
    return ShownHit(
        paper=hit.paper,
        quote=quotes[0] if quotes else None,
        reasons=tuple(
            item for item in hit.why if item.kind != "review" and item.source not in told
        ),
    )


def _nearest(here: Resources, query: str) -> tuple[Paper, ...]:
    near = near_matches(query, here.library.catalogue, limit=_NEAREST, floor=_NEAREST_FLOOR)
    return tuple(here.library.papers.get([number for number, _ in near]).values())


def _strip(years: Sequence[int]) -> YearStrip | None:
    """One dot a paper over its year; papers of one year stand on each other."""
    if len(set(years)) < 2:
        return None
    first, last = min(years), max(years)
    scale = (_STRIP_WIDTH - 2 * _STRIP_EDGE) / (last - first)
    high: Counter[int] = Counter()
    dots = []
    for year in sorted(years):
        dots.append((_STRIP_EDGE + (year - first) * scale, 52.0 - 12 * high[year]))
        high[year] = min(high[year] + 1, 4)
    middle = (first + last) // 2
    shown = sorted({first, middle, last}) if last - first > 1 else [first, last]
    return YearStrip(
        width=_STRIP_WIDTH,
        dots=tuple(dots),
        labels=tuple(Ruler(at=_STRIP_EDGE + (y - first) * scale, text=str(y)) for y in shown),
        note=f"from {first} to {last}",
    )
