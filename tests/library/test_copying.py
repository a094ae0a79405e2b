"""A copied library holds what the first one holds, whichever database each lies in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from papergraph.edit import edit_paper
from papergraph.embed import embed_papers
from papergraph.errors import LibraryError
from papergraph.ingest import RunReport, Text, ingest_reviews
from papergraph.library import Library, schema
from papergraph.library.copying import OWN_FACTS
from papergraph.models import Decision
from papergraph.reading import add_prerequisite
from papergraph.search import search_papers
from papergraph.show import mark_papers
from sqlalchemy import select

NOW = "2026-01-31T12:00:00Z"
NOT_COPIED = {"jobs"}
EMPTY_HERE = {"frontier", "import_parts", "reference_lists", "citation_contexts", "rejections"}


@pytest.fixture
def filled(starter: Library, data_folder: Path, embedder: Any) -> Library:
    """A library of which nearly every table has rows."""
    texts = [
        Text(origin=path.name, data=path.read_bytes())
        for path in sorted((data_folder / "reviews").glob("*.md"))
    ]
    list(ingest_reviews(starter, texts, RunReport(), now=NOW))
    mark_papers(starter, ["VGG", "ResNet"], "known", now=NOW, note="for the seminar")
    edit_paper(starter, "ResNet", {"venue": "CVPR 2016"}, now=NOW)
    add_prerequisite(starter, "ResNet", "LeNet-5", now=NOW, why="because")
    one, other = 1, starter.papers.count()
    starter.merge(one, other, "a test", NOW)
    starter.decisions.add(
        origin="x.md", key="k", decision=Decision(choice="none"), text="a paper", now=NOW
    )
    starter.watches.add("paper", "p1", NOW)
    starter.watches.put_news({1: "p1"}, NOW)
    embed_papers(starter, embedder)
    return starter


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """An empty library to copy to."""
    if request.param == "sqlite":
        library = Library.open(tmp_path / "target.db")
        yield library
        library.close()
        return
    cluster = request.getfixturevalue("cluster")
    place = cluster.make("bare")
    library = Library.open(place, cache=tmp_path / "target cache")
    yield library
    library.close()
    cluster.drop(place)


def rows_of(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, times too; what tells one library from another left out."""
    found = {
        table.name: sorted(map(tuple, library.database.execute(select(table)).all()), key=repr)
        for table in schema.metadata.sorted_tables
        if table.name not in NOT_COPIED
    }
    found["info"] = [row for row in found["info"] if row[0] not in OWN_FACTS]
    return found


def test_every_row_is_copied_and_found(filled: Library, target: Library) -> None:
    told: list[tuple[str, int, int]] = []

    counts = filled.copy_to(target, lambda *news: told.append(news))

    whole = rows_of(filled)
    assert rows_of(target) == whole
    assert {name for name, rows in whole.items() if not rows} <= EMPTY_HERE
    assert {name: len(rows) for name, rows in whole.items() if name != "info"} == {
        name: count for name, count in counts.items() if name != "info"
    }
    assert told[-1] == ("texts", counts["papers"] - 1, counts["papers"] - 1)  # one is merged
    hits = search_papers(filled, "deep residual", mode="words").hits
    assert hits
    assert search_papers(target, "deep residual", mode="words").hits == hits


def test_a_copy_can_be_written_to(filled: Library, target: Library) -> None:
    filled.copy_to(target)

    for library in (filled, target):
        text = Text(origin="more.md", data=b"[A paper of 2031](https://arxiv.org/abs/2301.00001)")
        list(ingest_reviews(library, [text], RunReport(), now=NOW))

    assert rows_of(target)["papers"] == rows_of(filled)["papers"]
    assert rows_of(target)["mentions"] == rows_of(filled)["mentions"]


def test_a_library_that_is_not_empty_is_left_as_it_is(starter: Library, target: Library) -> None:
    starter.copy_to(target)
    before = rows_of(target)

    with pytest.raises(LibraryError, match=r"is not empty: it has .*; give a new place"):
        starter.copy_to(target)

    assert rows_of(target) == before


def test_a_copy_that_is_broken_off_leaves_nothing(starter: Library, target: Library) -> None:
    def stop(what: str, _done: int, _of: int) -> None:
        if what == "texts":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        starter.copy_to(target, stop)

    assert target.papers.count() == 0
    starter.copy_to(target)
    assert rows_of(target) == rows_of(starter)
