"""The reader's own word on prerequisites: it outranks everybody's, stays, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from papergraph.errors import InputError, NotFoundError
from papergraph.library import Library
from papergraph.reading import (
    PrerequisiteDecision,
    add_prerequisite,
    find_lineage,
    list_prerequisites,
    order_papers,
    plan_reading,
    strike_prerequisite,
    undo_prerequisite,
)
from tests.conftest import NOW


def steps(library: Library, target: str) -> list[str]:
    return [step.paper.name for step in plan_reading(library, [target]).steps]


def needed_for(library: Library, target: str) -> set[str]:
    path = plan_reading(library, [target], limit=100)
    return {s.paper.name for s in path.steps if s.needed_by == path.targets[0].id}


def test_an_added_prerequisite_becomes_a_step_with_its_reason(starter: Library) -> None:
    add_prerequisite(starter, "AlphaGo", "word2vec", now=NOW, why="for the embeddings")

    path = plan_reading(starter, ["AlphaGo"])

    step = next(step for step in path.steps if step.paper.name == "word2vec")
    assert step.needed_by == path.targets[0].id
    assert step.because[0].kind == "reader"
    assert step.because[0].text == "you put it first: for the embeddings"


def test_a_struck_prerequisite_is_needed_no_more_whoever_says_so(starter: Library) -> None:
    assert "Fast R-CNN" in needed_for(starter, "Faster R-CNN")

    strike_prerequisite(starter, "Faster R-CNN", "Fast R-CNN", now=NOW)

    assert "Fast R-CNN" not in needed_for(starter, "Faster R-CNN")


def test_a_struck_link_breaks_the_chain_of_a_lineage(starter: Library) -> None:
    strike_prerequisite(starter, "Faster R-CNN", "Fast R-CNN", now=NOW)

    lineage = find_lineage(starter, "Faster R-CNN")

    assert "Fast R-CNN" not in {parent.paper.name for parent in lineage.parents}
    assert "Fast R-CNN" not in {link.paper.name for link in lineage.chain}


def test_an_order_follows_the_reader_against_everybody(starter: Library) -> None:
    add_prerequisite(starter, "R-CNN", "Faster R-CNN", now=NOW)

    order = order_papers(starter, ["R-CNN", "Faster R-CNN"])

    assert [paper.name for paper in order.order] == ["Faster R-CNN", "R-CNN"]
    assert order.warnings == ()


def test_an_order_without_a_struck_pair_goes_by_time(starter: Library) -> None:
    add_prerequisite(starter, "AlexNet", "ResNet", now=NOW)
    strike_prerequisite(starter, "AlexNet", "ResNet", now=NOW)

    order = order_papers(starter, ["ResNet", "AlexNet"])

    assert [paper.name for paper in order.order] == ["AlexNet", "ResNet"]


@pytest.mark.parametrize("enter", [add_prerequisite, strike_prerequisite])
def test_what_is_taken_back_leaves_everything_as_it_was(
    starter: Library, enter: Callable[..., PrerequisiteDecision]
) -> None:
    before = steps(starter, "Faster R-CNN"), find_lineage(starter, "Faster R-CNN")
    decision = enter(starter, "Faster R-CNN", "R-CNN", now=NOW)

    undo_prerequisite(starter, decision.id, now=NOW)

    assert (steps(starter, "Faster R-CNN"), find_lineage(starter, "Faster R-CNN")) == before
    assert list_prerequisites(starter) == ()


def test_of_a_pair_the_last_word_counts(starter: Library) -> None:
    add_prerequisite(starter, "ResNet", "VGG", now=NOW)
    strike_prerequisite(starter, "ResNet", "VGG", now=NOW)

    (decision,) = list_prerequisites(starter)

    assert not decision.keep


def test_one_reader_does_not_change_the_paths_of_another(starter: Library) -> None:
    add_prerequisite(starter, "AlphaGo", "word2vec", now=NOW, reader="other")

    assert "word2vec" not in steps(starter, "AlphaGo")
    assert list_prerequisites(starter) == ()


def test_a_word_survives_the_merge_of_its_paper(starter: Library) -> None:
    decision = add_prerequisite(starter, "AlphaGo", "word2vec", now=NOW)
    old, other = int(str(decision.earlier.id)[1:]), starter.papers.by_name("GloVe")[0]

    starter.merge(old, other, "test", NOW)

    (found,) = list_prerequisites(starter)
    assert found.earlier.id == f"p{starter.papers.survivor(old)}"


def test_a_paper_is_no_prerequisite_of_itself(starter: Library) -> None:
    with pytest.raises(InputError, match="are one paper"):
        add_prerequisite(starter, "ResNet", "arxiv:1512.03385", now=NOW)


@pytest.mark.parametrize("decision", ["r99", "99", "r", "rx", ""])
def test_there_is_nothing_to_take_back_under_an_unknown_id(starter: Library, decision: str) -> None:
    with pytest.raises(NotFoundError, match="no prerequisite"):
        undo_prerequisite(starter, decision, now=NOW)
