"""From a topic in words to the paper a path or lineage is asked for."""

from __future__ import annotations

from papergraph.app.resources import Resources
from papergraph.errors import InputError, NotFoundError
from papergraph.search import search_papers


def best_for_topic(here: Resources, topic: str | None) -> list[str]:
    """The id of the paper that fits a topic best.

    Raises InputError without a topic, NotFoundError when nothing fits.
    """
    if topic is None:
        raise InputError("target is missing; name a paper, or give a topic")
    hits = search_papers(here.library, topic, embedder=here.embedder(), limit=1).hits
    if not hits or hits[0].paper.id is None:
        raise NotFoundError(f"no paper here is about {topic!r}; add reviews that speak of it")
    return [hits[0].paper.id]
