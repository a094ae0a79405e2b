"""The starter library's data keeps its promises: keys, dates, links and samples hold together."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from papergraph.identifiers import Identifier

DATA = Path(__file__).parents[2] / "data"
KINDS = {"extends", "replaces", "uses", "prerequisite", "compares"}


def read_table(name: str) -> list[dict[str, str]]:
    """Read one table of the data folder."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def nickname_key(nickname: str) -> str:
    """Reduce a nickname to letters and figures; a plus sign counts."""
    plain = unicodedata.normalize("NFKD", nickname.replace("+", "plus")).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def split_nicknames(row: dict[str, str]) -> list[str]:
    """Split the nicknames of a paper row."""
    return [name for name in row["nicknames"].split(" | ") if name]


@pytest.fixture(scope="module")
def papers() -> dict[str, dict[str, str]]:
    """Every paper row by its id."""
    return {row["id"]: row for row in read_table("papers.csv")}


@pytest.fixture(scope="module")
def lineages() -> list[dict[str, Any]]:
    """Every curated lineage."""
    text = (DATA / "lineages.json").read_text(encoding="utf-8")
    return list(json.loads(text)["lineages"])


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    """What the sample reviews are known to say."""
    text = (DATA / "reviews" / "expected.json").read_text(encoding="utf-8")
    return list(json.loads(text)["reviews"])


def chain_by_nickname(
    lineages: list[dict[str, Any]], papers: dict[str, dict[str, str]], key: str
) -> list[str]:
    """Name the chain of one lineage by first nicknames."""
    chain = next(lineage["chain"] for lineage in lineages if lineage["key"] == key)
    return [split_nicknames(papers[paper])[0] for paper in chain]


def test_paper_ids_are_unique() -> None:
    counts = Counter(row["id"] for row in read_table("papers.csv"))

    assert counts.total() >= 449
    assert max(counts.values()) == 1


def test_every_paper_has_a_title_and_plausible_years(papers: dict[str, dict[str, str]]) -> None:
    for row in papers.values():
        assert row["title"] == row["title"].strip() != ""
        assert 1950 <= int(row["year_first"]) <= int(row["year"]) <= 2025
        assert row["published"] in ("", *(f"{row['year_first']}-{m:02}" for m in range(1, 13)))


def test_no_nickname_names_two_papers(papers: dict[str, dict[str, str]]) -> None:
    owners: dict[str, set[str]] = {}
    for row in papers.values():
        for name in split_nicknames(row):
            owners.setdefault(nickname_key(name), set()).add(row["id"])

    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_identifiers_are_well_formed_and_name_one_paper(papers: dict[str, dict[str, str]]) -> None:
    identifiers = [i for row in papers.values() for i in row["identifiers"].split()]

    assert [i for i in identifiers if str(Identifier.parse(i)) != i] == []
    assert [i for i, count in Counter(identifiers).items() if count > 1] == []


@pytest.mark.parametrize(
    ("nickname", "identifier"),
    [
        ("AlexNet", "nips:4824"),
        ("Deep learning (Nature)", "doi:10.1038/nature14539"),
        ("Deep learning (Nature)", "pmid:26017442"),
        ("GoogLeNet", "cvf:cvpr2015/szegedy_going_deeper_with_2015_cvpr_paper"),
        ("PyTorch autodiff", "openreview:BJJsrmfCZ"),
        ("ResNet", "arxiv:1512.03385"),
        ("RoR", "arxiv:1608.02908"),
        ("GloVe", "acl:D14-1162"),
        ("U-Net", "url:http://lmb.informatik.uni-freiburg.de/people/ronneber/u-net"),
    ],
)
def test_known_identifier_is_there(
    papers: dict[str, dict[str, str]], nickname: str, identifier: str
) -> None:
    named = [row for row in papers.values() if nickname in split_nicknames(row)]

    assert [identifier in row["identifiers"].split() for row in named] == [True]


@pytest.mark.parametrize(
    "title",
    [
        "Handwritten Zip Code Recognition with Multilayer Networks",
        "How to Read a Paper",
        "LSTM: A Search Space Odyssey",
        "Learning long-term dependencies with gradient descent is difficult",
        "Residual Networks of Residual Networks: Multilevel Residual Networks",
    ],
)
def test_paper_of_a_seed_review_is_there(papers: dict[str, dict[str, str]], title: str) -> None:
    assert title in {row["title"] for row in papers.values()}


def test_citations_join_known_papers_once(papers: dict[str, dict[str, str]]) -> None:
    pairs = Counter((row["citing"], row["cited"]) for row in read_table("citations.csv"))

    assert max(pairs.values()) == 1
    assert [pair for pair in pairs if not papers.keys() >= set(pair) or pair[0] == pair[1]] == []


def test_backwards_citations_are_marked(papers: dict[str, dict[str, str]]) -> None:
    for row in read_table("citations.csv"):
        years = [int(papers[row[end]]["year_first"]) for end in ("citing", "cited")]

        assert (row["backwards"] == "yes") == (years[1] > years[0])


def test_lineages_are_many(lineages: list[dict[str, Any]]) -> None:
    assert len({lineage["key"] for lineage in lineages}) >= 18
    assert sum(len(lineage["edges"]) for lineage in lineages) >= 160


def test_vision_backbones_read_in_the_usual_order(
    lineages: list[dict[str, Any]], papers: dict[str, dict[str, str]]
) -> None:
    chain = chain_by_nickname(lineages, papers, "vision-backbones")

    assert chain[:5] == ["AlexNet", "ZF Net", "VGG", "GoogLeNet", "ResNet"]


def test_lineage_edges_join_papers_in_time(
    lineages: list[dict[str, Any]], papers: dict[str, dict[str, str]]
) -> None:
    for edge in (edge for lineage in lineages for edge in lineage["edges"]):
        later, earlier = papers[edge["later"]], papers[edge["earlier"]]

        assert int(later["year_first"]) >= int(earlier["year_first"]), edge
        assert (
            not earlier["published"]
            or later["published"] >= earlier["published"]
            or (not later["published"])
        ), edge


def test_chain_pairs_have_edges(lineages: list[dict[str, Any]]) -> None:
    for lineage in lineages:
        edges = {(edge["earlier"], edge["later"]) for edge in lineage["edges"]}

        assert [pair for pair in pairwise(lineage["chain"]) if pair not in edges] == []


def test_edge_reasons_are_short_and_differ(lineages: list[dict[str, Any]]) -> None:
    edges = [edge for lineage in lineages for edge in lineage["edges"]]

    assert {edge["kind"] for edge in edges} <= KINDS
    assert [e["reason"] for e in edges if not 4 <= len(e["reason"].split()) <= 30] == []
    assert len({edge["reason"] for edge in edges}) == len(edges)


def test_verified_edges_are_citations(lineages: list[dict[str, Any]]) -> None:
    citations = {(row["citing"], row["cited"]) for row in read_table("citations.csv")}
    for edge in (edge for lineage in lineages for edge in lineage["edges"]):
        known = (edge["later"], edge["earlier"]) in citations

        assert edge["verified"] in (("citations",) if known else ("corpus", "no"))
        assert edge["verified_why"]


@pytest.mark.skipif(not (DATA / "summaries.csv").exists(), reason="summaries are written apart")
def test_summaries_are_of_known_papers(papers: dict[str, dict[str, str]]) -> None:
    ids = {row["id"] for row in read_table("summaries.csv")}

    assert len(ids) >= 200
    assert ids - papers.keys() == set()


def test_mojibake_sample_decodes_back() -> None:
    text = (DATA / "reviews" / "segmentation-mojibake.md").read_text(encoding="utf-8")
    repaired = text.encode("mac_roman").decode("utf-8")

    assert "‚Äô" in text
    assert "I’ve Read This Term 🧠" in repaired


def test_expected_relations_name_papers_of_their_review(
    expected: list[dict[str, Any]], papers: dict[str, dict[str, str]]
) -> None:
    for review in expected:
        named = {paper["id"] for paper in review["papers"]}
        ends = {r[end] for r in review["relations"] for end in ("later", "earlier")}

        assert named <= papers.keys()
        assert ends | set(review["order"]) <= named
        assert len(review["relations"]) >= 3


def test_expected_lines_hold_the_words(expected: list[dict[str, Any]]) -> None:
    for review in expected:
        text = (DATA / "reviews" / review["file"]).read_text(encoding="utf-8")
        lines = text.split("\n")

        assert [r for r in review["relations"] if r["text"] not in lines[r["line"] - 1]] == []
        assert [url for url in review["not_papers"] if url not in text] == []


def test_every_sample_has_an_expectation(expected: list[dict[str, Any]]) -> None:
    samples = {path.name for path in (DATA / "reviews").iterdir()} - {"expected.json"}

    assert samples == {review["file"] for review in expected}
