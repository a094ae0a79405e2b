"""Who cited what by a time is counted as by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.graph import CitationGraph, following
from papergraph.graph.following import cited_counts, cited_lately, past_citing

links = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=40, unique=True)


@pytest.mark.parametrize("at_once", [1, 4, 50_000])
@given(links, st.sampled_from([None, 2001.0, 2005.0]))
def test_citers_up_to_a_time_are_counted(
    at_once: int, citations: list[tuple[int, int]], now: float | None
) -> None:
    graph = CitationGraph.build(citations)
    dates = 2000.0 + np.arange(10)  # paper 5 is of 2005
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(following, "_COUNTED_AT_ONCE", at_once)

        counts = cited_counts(graph, past_citing(graph, dates, now))

    for number in range(graph.papers):
        citers = [a for a, b in citations if b == number and (now is None or 2000.0 + a <= now)]
        assert counts[number] == len(citers)


@given(links, st.sampled_from([None, 2001.0, 2005.0]))
def test_late_citers_are_those_of_the_last_year(
    citations: list[tuple[int, int]], now: float | None
) -> None:
    graph = CitationGraph.build(citations)
    dates = 2000.0 + np.arange(10)
    past = past_citing(graph, dates, now)

    counts = cited_lately(graph, np.arange(graph.papers), past, dates, now)

    for number in range(graph.papers):
        late = [
            a for a, b in citations if b == number and (now is None or now - 1 < 2000.0 + a <= now)
        ]
        assert counts[number] == len(late)
