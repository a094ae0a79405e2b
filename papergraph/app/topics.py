"""What is asked of a topic in place of a paper."""

from __future__ import annotations

from papergraph.app.parameters import Parameters
from papergraph.app.resources import Resources
from papergraph.models import Lineage
from papergraph.reading import MOST_ABOUT, trace_lineage
from papergraph.search import papers_about


def about_topic(here: Resources, topic: str | None) -> list[str]:
    """The ids of the papers that fit a topic, the best first; none without a topic.

    Raises NotFoundError when nothing fits.
    """
    if topic is None:
        return []
    return papers_about(here.library, topic, embedder=here.embedder(), limit=MOST_ABOUT)


def asked_lineage(here: Resources, asked: Parameters, limit: int) -> Lineage:
    """The lineage of the paper or of the topic that is asked for."""
    topic = asked.text("topic")
    return trace_lineage(
        here.library,
        asked.texts("target"),
        start=asked.text("from"),
        topic=topic,
        about=about_topic(here, topic),
        limit=limit,
        reader=here.settings.reader,
    )
