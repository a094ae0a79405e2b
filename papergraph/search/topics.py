"""From a topic in words to papers about it."""

from __future__ import annotations

from papergraph.errors import InputError, NotFoundError
from papergraph.library import Library
from papergraph.matching import name_nearest
from papergraph.models import paper_number
from papergraph.search.searching import search_papers
from papergraph.text import shorten
from papergraph.vectors import Embedder

_LEAST_FIT, _SURE_FIT = 0.3, 0.5  # of the best hit; under the second, one must be near by meaning
_LOOKED_AT = 5
_SHOWN = 80
_SUGGESTED = 3
_LEAST_SHARE = 0.5  # of the best hit's score; what fits less is about something else


def papers_about(
    library: Library, topic: str, *, embedder: Embedder | None = None, limit: int
) -> list[str]:
    """Find the ids of the papers that fit a topic, the best first; one at least, `limit` at most.

    Raises
    ------
    InputError
        When the topic is empty.
    NotFoundError
        When nothing here fits it.
    """
    if not topic.strip():
        raise InputError("the topic is empty; say in words what it is about")
    hits = search_papers(library, topic, embedder=embedder, limit=limit).hits
    is_near = embedder is None or any(
        item.kind == "embedding" for hit in hits[:_LOOKED_AT] for item in hit.why
    )
    fit = _LEAST_FIT if is_near else _SURE_FIT  # words alone may stand there by chance
    least = max(fit, _LEAST_SHARE * hits[0].score) if hits else fit
    found = [hit.paper.id for hit in hits if hit.paper.id and hit.score >= least]
    if not found:
        raise NotFoundError(
            f"no paper here is about {shorten(topic, _SHOWN)!r}; add reviews that speak of it"
        )
    return found


def suggest_papers(
    library: Library, error: NotFoundError, *, embedder: Embedder | None = None
) -> NotFoundError:
    """The same error with what a search finds for the words that name no paper, if it finds any."""
    if error.asked is None:
        return error
    try:
        found = papers_about(library, error.asked, embedder=embedder, limit=_SUGGESTED)
    except (InputError, NotFoundError):
        return error
    numbers = [number for text in found if (number := paper_number(text)) is not None]
    nearest = name_nearest(numbers, library.catalogue)
    return NotFoundError(
        f"no paper is called {shorten(error.asked, _SHOWN)!r} in this library; a search for it"
        f" finds: {'; '.join(nearest)}; name one of these, or add the paper with"
        " 'papergraph ingest'",
        nearest=nearest,
        asked=error.asked,
    )
