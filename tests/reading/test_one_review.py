"""That one review names two papers does not make one a prerequisite of the other."""

from __future__ import annotations

from papergraph.ingest import ingest_review
from papergraph.library import Library
from papergraph.reading import plan_reading
from tests.conftest import NOW

MINUTES = b"""# Minutes

Ann spoke of [Folding Proteins](https://arxiv.org/abs/1803.00003), Bob of
[Speaking Machines](https://arxiv.org/abs/1609.00004).
"""


def test_papers_only_one_review_names_are_no_steps_to_each_other(bare: Library) -> None:
    ingest_review(bare, MINUTES, "minutes.md", now=NOW)

    path = plan_reading(bare, ["arxiv:1803.00003"], limit=5)

    assert [step.paper.title for step in path.steps] == ["Folding Proteins"]
