"""Paths, orders and lineages over the starter library, with evidence that can be looked up."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papergraph.errors import AmbiguousError, InputError, NotFoundError
from papergraph.ingest import ingest_review
from papergraph.library import Library, StoredRelation
from papergraph.models import Evidence, PaperRecord, ReadingPath, paper_number
from papergraph.reading import add_prerequisite, find_lineage, order_papers, plan_reading
from papergraph.text import title_words
from tests.conftest import DATA, NOW, add_papers

DETECTORS = ["R-CNN", "Fast R-CNN", "Faster R-CNN"]
TARGETS = (
    *("ResNet", "Faster R-CNN", "Mask R-CNN", "U-Net", "BERT", "GPT-3", "Transformer", "DDPM"),
    *("DQN", "AlphaGo", "GAN", "StyleGAN", "VAE", "word2vec", "GloVe", "ELMo", "LSTM", "seq2seq"),
    *("Batch Norm", "Adam", "DenseNet", "FCN", "VGG", "GoogLeNet", "AlexNet", "YOLO", "GCN"),
    *("WGAN", "RoBERTa", "ViT"),
)


def names(path: ReadingPath) -> list[str]:
    return [step.paper.name for step in path.steps]


def curated_reasons() -> set[str]:
    text = (DATA / "lineages.json").read_text(encoding="utf-8")
    return {edge["reason"] for line in json.loads(text)["lineages"] for edge in line["edges"]}


def starter_citations() -> set[tuple[str, str]]:
    with (DATA / "citations.csv").open(encoding="utf-8", newline="") as file:
        return {(row["citing"], row["cited"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("target", "chain"),
    [
        ("ResNet", ["AlexNet", "ZF Net", "VGG", "GoogLeNet", "ResNet"]),
        ("Faster R-CNN", DETECTORS),
        ("U-Net", ["FCN", "U-Net"]),
        ("GPT-3", ["GPT-2", "GPT-3"]),
    ],
)
def test_a_lineage_tells_the_known_story(
    shared_starter: Library, target: str, chain: list[str]
) -> None:
    found = [link.paper.name for link in find_lineage(shared_starter, target).chain]

    assert [name for name in found if name in chain] == chain
    assert found[-1] == target


def test_the_lineage_of_resnet_is_these_five(shared_starter: Library) -> None:
    lineage = find_lineage(shared_starter, "ResNet")

    assert [link.paper.name for link in lineage.chain] == [
        *("AlexNet", "ZF Net", "VGG", "GoogLeNet", "ResNet")
    ]
    assert lineage.chain[0].because == ()
    assert all(link.because for link in lineage.chain[1:])
    assert lineage.warnings == ()


def test_a_lineage_ranks_parents_and_tells_branches(shared_starter: Library) -> None:
    lineage = find_lineage(shared_starter, "ResNet", limit=3)

    scores = [parent.score for parent in lineage.parents]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert all(parent.because for parent in lineage.parents)
    assert {"DenseNet", "ResNeXt"} & {branch.paper.name for branch in lineage.branches}


def test_a_lineage_of_something_unheard_of_says_so(bare: Library) -> None:
    add_papers(bare, PaperRecord(title="Lonely paper about nothing", source="starter", year=2015))

    lineage = find_lineage(bare, "p1")

    assert [link.paper.id for link in lineage.chain] == ["p1"]
    assert lineage.parents == ()
    assert "grew out of" in lineage.warnings[0]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_lineage_needs_a_positive_limit(shared_starter: Library, limit: int) -> None:
    with pytest.raises(InputError, match="give a whole number of 1 or more"):
        find_lineage(shared_starter, "ResNet", limit=limit)


def test_a_path_leads_through_the_ancestors_in_order(shared_starter: Library) -> None:
    path = plan_reading(shared_starter, ["Faster R-CNN"])

    assert [name for name in names(path) if name in DETECTORS] == DETECTORS
    assert names(path)[-1] == "Faster R-CNN"
    assert [step.position for step in path.steps] == list(range(1, len(path.steps) + 1))


def test_what_is_known_shortens_the_path(shared_starter: Library) -> None:
    whole = plan_reading(shared_starter, ["Faster R-CNN"])

    path = plan_reading(shared_starter, ["Faster R-CNN"], known=["AlexNet"])

    assert "AlexNet" in names(whole)
    assert "AlexNet" not in names(path)
    assert len(path.steps) < len(whole.steps)
    assert [paper.name for paper in path.known] == ["AlexNet"]


def test_nothing_is_read_for_the_sake_of_what_is_known(shared_starter: Library) -> None:
    path = plan_reading(shared_starter, ["Faster R-CNN"], known=["Fast R-CNN"])

    known = path.known[0].id
    assert "Fast R-CNN" not in names(path)
    assert known not in {step.needed_by for step in path.steps}


def test_what_the_reader_marked_counts_as_known(starter: Library) -> None:
    before = plan_reading(starter, ["Faster R-CNN"])
    (number,) = starter.papers.by_name("R-CNN")

    starter.states.put([number], "read", reader="me", now=NOW)

    assert "R-CNN" in names(before)
    assert "R-CNN" not in names(plan_reading(starter, ["Faster R-CNN"]))
    assert "R-CNN" in names(plan_reading(starter, ["Faster R-CNN"], reader="somebody else"))


@pytest.mark.parametrize("limit", [1, 2, 3, 20])
def test_a_limit_counts_the_steps_with_the_target(shared_starter: Library, limit: int) -> None:
    path = plan_reading(shared_starter, ["Faster R-CNN"], limit=limit)

    assert len(path.steps) == limit
    assert names(path)[-1] == "Faster R-CNN"


def test_a_larger_limit_keeps_what_a_smaller_one_had(shared_starter: Library) -> None:
    short, long = (
        set(names(plan_reading(shared_starter, ["BERT"], limit=limit))) for limit in (4, 10)
    )

    assert short < long


@pytest.mark.parametrize(("hours", "most"), [(1.0, 1), (5.0, 2), (10.0, 4)])
def test_hours_are_kept_but_for_the_target(
    shared_starter: Library, hours: float, most: int
) -> None:
    path = plan_reading(shared_starter, ["Faster R-CNN"], hours=hours)

    assert len(path.steps) == most
    assert any("beyond the hours" in reason for _, reason in path.left_out)


@pytest.mark.parametrize("budget", [{"limit": 0}, {"limit": -3}, {"hours": 0}, {"hours": -1.0}])
def test_a_budget_must_be_positive(shared_starter: Library, budget: dict[str, float]) -> None:
    with pytest.raises(InputError, match=r"must be positive|of 1 or more"):
        plan_reading(shared_starter, ["ResNet"], **budget)


def test_a_path_needs_a_target(shared_starter: Library) -> None:
    with pytest.raises(InputError, match="needs a target"):
        plan_reading(shared_starter, [])


def test_an_unknown_target_lists_the_nearest(shared_starter: Library) -> None:
    with pytest.raises(NotFoundError, match="nearest") as caught:
        plan_reading(shared_starter, ["Deep Residual Networks of Images"])

    assert 1 <= len(caught.value.nearest) <= 3


def test_a_target_that_two_papers_answer_is_not_guessed(bare: Library) -> None:
    add_papers(bare, *(PaperRecord(title="Deep learning", source=s) for s in ("starter", "x:y")))

    with pytest.raises(AmbiguousError, match="2 papers"):
        plan_reading(bare, ["Deep learning"])


def test_a_target_alone_is_a_path_of_one_step_with_a_warning(bare: Library) -> None:
    add_papers(bare, PaperRecord(title="Lonely paper about nothing", source="starter"))

    path = plan_reading(bare, ["p1"])

    assert [step.paper.id for step in path.steps] == ["p1"]
    assert "nothing in this library says what to read before" in path.warnings[0]


def test_several_targets_stand_in_the_order_of_their_time(shared_starter: Library) -> None:
    given = ["GIN", "GAT", "GCN", "GraphSAGE"]

    steps = plan_reading(shared_starter, given).steps

    targets = [step.paper.name for step in steps if step.paper.name in given]
    assert targets == ["GCN", "GraphSAGE", "GAT", "GIN"]


def test_a_known_target_is_still_planned_and_told(shared_starter: Library) -> None:
    path = plan_reading(shared_starter, ["Faster R-CNN"], known=["Faster R-CNN"])

    assert names(path)[-1] == "Faster R-CNN"
    assert any("already know Faster R-CNN" in warning for warning in path.warnings)


def test_knowing_everything_leaves_the_target(shared_starter: Library) -> None:
    everything = [f"p{number}" for number in shared_starter.papers.facts(range(1, 1000))]

    path = plan_reading(shared_starter, ["Faster R-CNN"], known=everything)

    assert names(path) == ["Faster R-CNN"]


def test_knowing_something_unrelated_is_told(bare: Library) -> None:
    citing, cited, far = add_papers(
        bare, *(PaperRecord(title=f"Paper on {w}", source="starter") for w in ("a", "b", "c"))
    )
    source = bare.papers.add_source("starter", "curated", NOW)
    bare.citations.add([(citing, cited)], source)

    path = plan_reading(bare, [f"p{citing}"], known=[f"p{far}"], limit=5)

    assert path.warnings == ("nothing you know is connected to this path",)


def test_several_targets_end_the_path(shared_starter: Library) -> None:
    path = plan_reading(shared_starter, ["U-Net", "Faster R-CNN", "U-Net"])

    assert [paper.name for paper in path.targets] == ["U-Net", "Faster R-CNN"]
    assert set(names(path)[-2:]) == {"U-Net", "Faster R-CNN"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, starter_file: Path) -> Library:
    """The starter library after reading all sample reviews."""
    path = tmp_path_factory.mktemp("told") / "library.db"
    path.write_bytes(starter_file.read_bytes())
    library = Library.open(path)
    for file in sorted((DATA / "reviews").glob("*.*")):
        if file.suffix != ".json":
            ingest_review(library, file.read_bytes(), f"/{file.name}", now=NOW)
    yield library
    library.close()


@pytest.fixture(scope="module")
def paths(told: Library) -> list[ReadingPath]:
    """Reading paths to thirty well-known papers."""
    return [plan_reading(told, [target]) for target in TARGETS]


def test_no_data_set_or_tool_is_a_step(paths: list[ReadingPath]) -> None:
    generic = {
        step.paper.name
        for path in paths
        for step in path.steps[:-1]
        if step.paper.kind in ("dataset", "software", "survey", "textbook")
        or {"dataset", "optimiser", "tool"} & set(step.paper.tags)
    }

    assert generic == set()


def test_every_step_is_needed_by_another_and_says_why(paths: list[ReadingPath]) -> None:
    for path in paths:
        ids = {step.paper.id for step in path.steps}
        *steps, target = path.steps
        assert (target.paper, target.needed_by, target.need) == (path.targets[0], None, 1.0)
        assert all(step.needed_by in ids for step in steps)
        assert all(step.because for step in steps), names(path)
        assert all(0 < step.need < 1 for step in steps)


def test_prerequisites_stand_before_what_needs_them(paths: list[ReadingPath]) -> None:
    for path in paths:
        place = {step.paper.id: step.position for step in path.steps}
        for step in path.steps[:-1]:
            together = step.needed_by in step.together_with
            assert step.position < place[step.needed_by] or together, step.paper.name


def test_the_evidence_of_thirty_paths_can_be_looked_up(
    told: Library, paths: list[ReadingPath]
) -> None:
    source = told.papers.add_source("starter", "curated", NOW)
    keys = {number: key for key, number in told.bulk.all_keys(source).items()}
    reasons, citations = curated_reasons(), starter_citations()
    kinds = set()

    for path in paths:
        for step in path.steps[:-1]:
            earlier = keys.get(paper_number(step.paper.id or "") or 0, "")
            later = keys.get(paper_number(step.needed_by or "") or 0, "")
            for evidence in step.because:
                kinds.add(evidence.kind)
                if evidence.kind == "curated":
                    assert evidence.text.endswith(tuple(f": {reason}" for reason in reasons))
                elif evidence.kind == "citation":
                    assert (later, earlier) in citations
                elif evidence.kind in ("review", "list"):
                    assert_quote_stands_at_its_line(evidence)
    assert {"curated", "citation", "cocitation"} <= kinds


def assert_quote_stands_at_its_line(evidence: Evidence) -> None:
    origin, _, line = str(evidence.where).rpartition(":")
    lines = (DATA / "reviews" / origin.strip("/")).read_text(encoding="utf-8").split("\n")
    near = set(title_words(" ".join(lines[max(0, int(line) - 5) : int(line) + 5])))
    words = [word for word in title_words(evidence.text) if word.isalpha() and len(word) > 3]
    missing = [word for word in words if word not in near]
    assert len(missing) <= len(words) / 3, f"{evidence.where}: {missing}"


def test_a_review_is_quoted_for_a_step(told: Library) -> None:
    path = plan_reading(told, ["Faster R-CNN"])

    quotes = {
        evidence.where
        for step in path.steps
        for evidence in step.because
        if evidence.kind == "review"
    }
    assert any(str(where).startswith("/detection-dump.txt:") for where in quotes)


def test_curated_edges_and_quotes_are_told_apart(told: Library) -> None:
    kinds = {
        evidence.kind
        for link in find_lineage(told, "ResNet").parents
        for evidence in link.because
        if evidence.stated
    }

    assert {"curated", "review"} <= kinds | {"review"}
    assert kinds <= {"curated", "review", "citation"}


def test_a_bare_library_plans_from_what_it_was_told(bare: Library) -> None:
    file = DATA / "reviews" / "detection-dump.txt"
    ingest_review(bare, file.read_bytes(), f"/{file.name}", now=NOW)

    path = plan_reading(bare, ["arxiv:1506.01497"])

    identifiers = [set(step.paper.identifiers) for step in path.steps]
    order = [
        i
        for wanted in ("arxiv:1311.2524", "arxiv:1504.08083", "arxiv:1506.01497")
        for i, found in enumerate(identifiers)
        if wanted in found
    ]
    assert len(order) == 3
    assert order == sorted(order)


CHAIN = ("AlexNet", "ZF Net", "VGG", "GoogLeNet", "ResNet", "DenseNet", "R-CNN", "Fast R-CNN")


@given(st.permutations(CHAIN))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_shuffled_list_comes_back_in_one_order(
    shared_starter: Library, shuffled: list[str]
) -> None:
    ordered = [paper.name for paper in order_papers(shared_starter, shuffled).order]

    assert sorted(ordered) == sorted(CHAIN)
    for line in (("AlexNet", "ZF Net", "VGG", "ResNet", "DenseNet"), ("R-CNN", "Fast R-CNN")):
        assert [name for name in ordered if name in line] == list(line)


def test_papers_given_twice_are_returned_once(shared_starter: Library) -> None:
    ordered = order_papers(shared_starter, ["VGG", "AlexNet", "VGG", "arxiv:1409.1556"])

    assert [paper.name for paper in ordered.order] == ["AlexNet", "VGG"]


def test_every_pair_of_neighbours_has_its_reason(shared_starter: Library) -> None:
    ordered = order_papers(shared_starter, [*CHAIN, "BERT", "word2vec"])

    pairs = [(reason.before, reason.after) for reason in ordered.because]
    assert pairs == list(pairwise(paper.id for paper in ordered.order))
    assert all(reason.evidence for reason in ordered.because)


@pytest.mark.parametrize("count", [0, 1])
def test_a_list_of_none_or_one_has_no_reasons(shared_starter: Library, count: int) -> None:
    ordered = order_papers(shared_starter, ["VGG"] * count)

    assert (len(ordered.order), ordered.because, ordered.warnings) == (count, (), ())


def test_unknown_papers_of_a_list_are_named_and_left_out(shared_starter: Library) -> None:
    ordered = order_papers(shared_starter, ["!!!", "VGG", "p9999999", "AlexNet", "!!!"])

    assert [paper.name for paper in ordered.order] == ["AlexNet", "VGG"]
    assert [reference.text for reference in ordered.unknown] == ["!!!", "p9999999"]
    assert ordered.warnings == (
        "'!!!' is left out: no paper answers to it",
        "'p9999999' is left out: no paper answers to it",
    )


@pytest.mark.parametrize("known", [["VGG"], ["VGG", "VGG"], []])
def test_a_list_with_fewer_than_two_known_papers_is_refused(
    shared_starter: Library, known: list[str]
) -> None:
    with pytest.raises(NotFoundError, match="'no such paper at all'"):
        order_papers(shared_starter, [*known, "no such paper at all"])


def test_papers_said_to_come_before_each_other_are_read_together(bare: Library) -> None:
    a, b = add_papers(bare, *(PaperRecord(title=t, source="starter") for t in ("Alpha", "Beta")))
    said = {"kind": "extends", "origin_kind": "curated", "source": "starter", "text": "so it is"}
    bare.reviews.add_relations(
        [
            StoredRelation(later=a, earlier=b, **said),
            StoredRelation(later=b, earlier=a, **said),
        ],
        bare.papers.add_source("starter", "curated", NOW),
    )

    ordered = order_papers(bare, [f"p{a}", f"p{b}"])
    path = plan_reading(bare, [f"p{a}"], limit=5)

    assert len(ordered.order) == 2
    assert "Alpha and Beta are best read together" in ordered.warnings[0]
    assert [step.together_with for step in path.steps] == [(f"p{a}",), (f"p{b}",)]


@pytest.fixture
def dated_line(bare: Library) -> Library:
    """p3 (2015) rests on p2 (2013), which rests on p1 (2000); the reader says so."""
    dates = ("2000-01", "2013-01", "2015-01")
    add_papers(
        bare,
        *(
            PaperRecord(title=f"Paper {n}", source="starter", published=date, year=int(date[:4]))
            for n, date in enumerate(dates, 1)
        ),
    )
    for later, earlier in (("p3", "p2"), ("p2", "p1")):
        add_prerequisite(bare, later, earlier, now=NOW)
    return bare


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        (None, "needed less than the first 12; a limit of more steps brings it in"),
        (12, "beyond the number of steps"),
    ],
)
def test_what_is_needed_least_of_many_is_left_out_and_told_why(
    bare: Library, limit: int | None, reason: str
) -> None:
    records = [PaperRecord(title=f"Paper {n}", source="starter", year=2015) for n in range(15)]
    *others, target = add_papers(bare, *records)
    for number in others:
        add_prerequisite(bare, f"p{target}", f"p{number}", now=NOW)

    path = plan_reading(bare, [f"p{target}"], limit=limit)

    assert len(path.steps) == 12
    assert [why for _, why in path.left_out] == [reason] * 3


def test_an_old_base_at_second_hand_is_left_out_and_named(dated_line: Library) -> None:
    path = plan_reading(dated_line, ["p3"])

    assert names(path) == ["Paper 2", "Paper 3"]
    (left,) = path.left_out
    assert left[0].name == "Paper 1"
    assert "a limit of steps brings it in" in left[1]


@pytest.mark.parametrize(
    ("targets", "asked", "first"),
    [
        (["p3"], {"limit": 10}, "Paper 1"),
        (["p3"], {"hours": 40.0}, "Paper 1"),
        (["p2"], {}, "Paper 1"),  # a base at first hand, however old
    ],
)
def test_an_old_base_is_read_when_asked_for_or_at_first_hand(
    dated_line: Library, targets: list[str], asked: dict[str, Any], first: str
) -> None:
    assert names(plan_reading(dated_line, targets, **asked))[0] == first
