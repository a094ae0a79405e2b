"""A corpus made out of a small made-up snapshot holds what plain reading of its lines finds."""

from __future__ import annotations

import csv
import gzip
import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from papergraph.bulk import BulkReport, Selection, make_corpus, parse_selection
from papergraph.errors import InputError
from papergraph.exchange import import_corpus
from papergraph.library import Library


@dataclass(frozen=True)
class Facts:
    """The works of one field: the newest version of each, and the citations among them."""

    works: dict[str, dict[str, Any]]
    citations: set[tuple[str, str]]

    @property
    def together(self) -> Counter[tuple[str, str]]:
        lists: dict[str, list[str]] = {}
        for citing, cited in self.citations:
            lists.setdefault(citing, []).append(cited)
        return Counter(pair for cited in lists.values() for pair in permutations(cited, 2))


@pytest.fixture(scope="session")
def facts(snapshot: Path) -> Facts:
    """What is in the snapshot of Computer Science."""
    works: dict[str, dict[str, Any]] = {}
    for file in sorted(snapshot.glob("works/*/*.gz")):
        for line in gzip.decompress(file.read_bytes()).decode().splitlines():
            try:
                work = json.loads(line, strict=True)
            except ValueError:
                continue
            if work["primary_topic"]["field"]["display_name"] == "Computer Science":
                works[short(work["id"])] = work
    pairs = {
        (key, short(cited)) for key, work in works.items() for cited in work["referenced_works"]
    }
    return Facts(works, {(a, b) for a, b in pairs if a != b and b in works})


def short(address: str) -> str:
    return address.rpartition("/")[2]


def read_papers(folder: Path) -> dict[str, dict[str, Any]]:
    """The papers of a corpus folder, whichever engine wrote it."""
    rows = [
        json.loads(line)
        for file in sorted(folder.glob("papers*.jsonl.gz"))
        for line in gzip.decompress(file.read_bytes()).decode().splitlines()
    ]
    return {
        row["id"]: {key: row.get(key) for key in sorted(row) if row[key] is not None}
        for row in rows
    }


def read_table(folder: Path, name: str) -> list[tuple[str, ...]]:
    """The rows of one table of a corpus folder, without the heads."""
    return [
        tuple(row)
        for file in sorted(folder.glob(f"{name}*.csv.gz"))
        for row in list(csv.reader(gzip.decompress(file.read_bytes()).decode().splitlines()))[1:]
    ]


def make(snapshot: Path, out: Path, **options: Any) -> BulkReport:
    return make_corpus(snapshot, out, parse_selection(["computer science"], []), **options)


@pytest.fixture(scope="session")
def made(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus folder of Computer Science."""
    out = tmp_path_factory.mktemp("out") / "corpus"
    make(snapshot, out)
    return out


def test_the_newest_version_of_every_work_of_the_field_is_a_paper(made: Path, facts: Facts) -> None:
    papers = read_papers(made)

    titles = {key: paper["title"] for key, paper in papers.items()}
    assert titles == {key: work["title"] for key, work in facts.works.items()}


def test_a_paper_has_what_the_work_says(made: Path, facts: Facts) -> None:
    papers = read_papers(made)

    for key, work in facts.works.items():
        words = {p: word for word, found in work["abstract_inverted_index"].items() for p in found}
        assert papers[key]["abstract"] == " ".join(words[place] for place in sorted(words))
        assert papers[key]["authors"] == [a["author"]["display_name"] for a in work["authorships"]]
        assert papers[key]["year"] == work["publication_year"]
        assert f"https://doi.org/{papers[key]['doi']}" == work["doi"]


def test_identifiers_are_those_of_the_works(made: Path, facts: Facts) -> None:
    rows = read_table(made, "external_ids")

    arxiv = {
        (key, place["landing_page_url"].rpartition("/")[2])
        for key, work in facts.works.items()
        for place in work["locations"]
        if "arxiv.org" in place["landing_page_url"]
    }
    assert {(paper, value) for paper, scheme, value in rows if scheme == "arxiv"} == arxiv
    assert sum(scheme == "mag" for _, scheme, _ in rows) == len(facts.works)


def test_citations_are_those_with_both_ends_in_the_field(made: Path, facts: Facts) -> None:
    rows = read_table(made, "citations")

    assert len(rows) == len(facts.citations)
    assert set(rows) == facts.citations


def test_the_papers_most_cited_together_are_kept(made: Path, facts: Facts) -> None:
    rows = [(a, b, int(together)) for a, b, together in read_table(made, "cocitations")]

    lists: dict[str, list[tuple[int, str]]] = {}
    for (paper, other), together in facts.together.items():
        lists.setdefault(paper, []).append((-together, other))
    best = {(a, b, -n) for a, found in lists.items() for n, b in sorted(found)[:20]}
    assert set(rows) == best


def test_cocitation_can_be_left_out(snapshot: Path, made: Path, tmp_path: Path) -> None:
    report = make(snapshot, tmp_path / "out", top_k=0)

    assert report.cocitations == 0
    assert not list((tmp_path / "out").glob("cocitations*"))
    ranks, before = (
        dict(read_table(tmp_path / "out", "pagerank")),
        dict(read_table(made, "pagerank")),
    )
    assert ranks.keys() == before.keys()  # threads add up in any order: the last digit may differ
    assert all(float(ranks[key]) == pytest.approx(float(before[key]), rel=1e-12) for key in before)
    with pytest.raises(InputError, match="made or begun with another"):
        make(snapshot, tmp_path / "out")


def test_ranks_are_those_of_networkx(made: Path, facts: Facts) -> None:
    graph = nx.DiGraph(sorted(facts.citations))
    graph.add_nodes_from(facts.works)

    ranks = {paper: float(rank) for paper, rank in read_table(made, "pagerank")}

    assert ranks == pytest.approx(nx.pagerank(graph, tol=1e-13), rel=1e-6)


def test_the_corpus_can_be_imported(made: Path, facts: Facts, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")

    report = import_corpus(library, made, now="2026-01-31T12:00:00Z")

    assert (report.new_papers, report.bad_rows) == (len(facts.works), 0)
    assert report.citations == len(facts.citations)


@pytest.mark.parametrize("topic", ["Mathematics topic 1", "https://openalex.org/T10006", "t10006"])
def test_a_topic_is_found_by_name_and_id(snapshot: Path, tmp_path: Path, topic: str) -> None:
    make_corpus(snapshot, tmp_path / "out", parse_selection([], [topic]), rounds=1)

    assert {paper["venue"] for paper in read_papers(tmp_path / "out").values()} == {"Journal 6"}


def test_a_broken_line_is_counted_and_named(snapshot: Path, tmp_path: Path) -> None:
    report = make(snapshot, tmp_path / "out", rounds=1)

    assert report.broken == 1
    assert re.match(r"updated_date=2026-01-01/part_000\.gz:\d+: ", report.complaints[0])


def test_a_run_broken_off_goes_on_with_the_next_partition(
    snapshot: Path, made: Path, tmp_path: Path
) -> None:
    def stop(_stage: str, done: int, _of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(snapshot, tmp_path / "out", progress=stop)
    first = tmp_path / "out" / "work" / "updated_date-2026-01-01.parquet"
    before = first.stat().st_mtime_ns
    seen: list[int] = []

    def look(stage: str, done: int, _of: int) -> None:
        if (stage, done) == ("read", 4):
            seen.append(first.stat().st_mtime_ns)

    make(snapshot, tmp_path / "out", progress=look)

    assert seen == [before]
    assert read_papers(tmp_path / "out") == read_papers(made)
    assert set(read_table(tmp_path / "out", "citations")) == set(read_table(made, "citations"))


def test_what_is_done_is_told_again_without_work(snapshot: Path, tmp_path: Path) -> None:
    told: list[str] = []
    first = make(snapshot, tmp_path / "out", rounds=1)

    again = make(snapshot, tmp_path / "out", rounds=1, progress=lambda *now: told.append(str(now)))

    assert (again, told) == (first, [])


def test_a_folder_of_another_choice_is_left_alone(snapshot: Path, made: Path) -> None:
    with pytest.raises(InputError, match="with another snapshot, selection or engine"):
        make_corpus(snapshot, made, parse_selection(["26"], []))


def test_a_folder_with_something_else_in_it_is_left_alone(snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine", encoding="utf-8")

    with pytest.raises(InputError, match="is not empty"):
        make(snapshot, tmp_path)


def test_a_folder_without_partitions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no snapshot in .*updated_date="):
        make(tmp_path, tmp_path / "out")


def test_a_file_cut_short_is_named_and_can_be_mended(snapshot: Path, tmp_path: Path) -> None:
    copied = tmp_path / "snapshot"
    shutil.copytree(snapshot, copied)
    file = copied / "works" / "updated_date=2026-01-02" / "part_000.gz"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(InputError, match=r"updated_date=2026-01-02/part_000\.gz"):
        make(copied, tmp_path / "out", rounds=1)
    file.write_bytes(whole)

    assert make(copied, tmp_path / "out", rounds=1).broken == 1


@pytest.mark.parametrize(
    ("selection", "complaint"),
    [
        (Selection(topics=("t99999",)), "no work of the topic 't99999'"),
        (Selection(fields=("36",)), "no work of this selection"),
    ],
)
def test_a_selection_without_works_is_an_error(
    snapshot: Path, tmp_path: Path, selection: Selection, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        make_corpus(snapshot, tmp_path / "out", selection)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"engine": "excel"}, "no engine 'excel'; give one of duckdb, spark"),
        ({"master": "spark://here:7077"}, "'duckdb' has no master"),
    ],
)
def test_an_engine_that_is_not_there_is_an_error(
    snapshot: Path, tmp_path: Path, options: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        make(snapshot, tmp_path / "out", **options)


@pytest.mark.filterwarnings("ignore")  # Spark's own
def test_spark_gives_the_same_answer(snapshot: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")

    one = make(snapshot, tmp_path / "one", rounds=3)
    two = make(snapshot, tmp_path / "two", rounds=3, engine="spark", master="local[2]")

    assert two == one
    assert read_papers(tmp_path / "two") == read_papers(tmp_path / "one")
    for name in ("citations", "external_ids", "cocitations"):
        assert read_table(tmp_path / "two", name) == read_table(tmp_path / "one", name)
    ranks = [dict(read_table(tmp_path / folder, "pagerank")) for folder in ("one", "two")]
    there, here = ({key: float(rank) for key, rank in found.items()} for found in ranks)
    assert there == pytest.approx(here, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("Computer Science", "17"),
        ("computer science", "17"),
        ("17", "17"),
        ("fields/17", "17"),
        ("https://openalex.org/fields/17", "17"),
    ],
)
def test_a_field_has_names_and_numbers(given: str, number: str) -> None:
    assert parse_selection([given], []).fields == (number,)


def test_an_unknown_field_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"no field 'Computer Sience' .*'Computer Science'"):
        parse_selection(["Computer Sience"], [])
