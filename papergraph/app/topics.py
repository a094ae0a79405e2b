"""What is asked of a topic in place of a paper."""

from __future__ import annotations

from papergraph.app.parameters import Parameters
from papergraph.app.resources import Resources
from papergraph.errors import InputError
from papergraph.models import Lineage
from papergraph.reading import MOST_ABOUT, trace_lineage
from papergraph.search import TOPIC_TARGETS, papers_about


def targets_of_topic(here: Resources, topic: str | None) -> list[str]:
    """The ids of the papers that fit a topic best.

    Raises InputError without a topic, NotFoundError when nothing fits.
    """
    if topic is None:
        raise InputError("target is missing; name a paper, or give a topic")
    return papers_about(here.library, topic, embedder=here.embedder(), limit=TOPIC_TARGETS)


def asked_lineage(here: Resources, asked: Parameters, limit: int) -> Lineage:
    """The lineage of the paper or of the topic that is asked for."""
    topic = asked.text("topic")
    about: list[str] = []
    if topic is not None:
        about = papers_about(here.library, topic, embedder=here.embedder(), limit=MOST_ABOUT)
    return trace_lineage(
        here.library,
        asked.texts("target"),
        start=asked.text("from"),
        topic=topic,
        about=about,
        limit=limit,
        reader=here.settings.reader,
    )
