"""What the tests of ingest share: reading texts into a library in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from papergraph.ingest import RunReport, Text, ingest_reviews
from papergraph.library import Library
from papergraph.models import IngestReport
from tests.conftest import NOW

Run = Callable[..., tuple[list[IngestReport], RunReport]]


@pytest.fixture
def run(bare: Library) -> Run:
    """Ingest texts by origin in one run; gives their reports and the report of the run."""

    def ingest(texts: Mapping[str, str], **options: bool) -> tuple[list[IngestReport], RunReport]:
        total = RunReport()
        given = [Text(origin=origin, data=text.encode()) for origin, text in texts.items()]
        return list(ingest_reviews(bare, given, total, now=NOW, **options)), total

    return ingest
