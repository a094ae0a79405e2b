"""BM25 from impacts: the same ranking as the formula, whatever is pruned, changed or filtered."""

from __future__ import annotations

import math
import os
import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from papergraph.lexical import (
    LexicalIndex,
    building,
    comparable_words,
    open_lexical_index,
    query_stems,
    saved,
)
from papergraph.lexical import index as pruning
from papergraph.lexical.building import build_segment
from papergraph.models import SearchableText


def text(paper: int, title: str, **parts: object) -> SearchableText:
    return SearchableText(paper=paper, title=title, **parts)  # type: ignore[arg-type]


def index_of(texts: Iterable[SearchableText]) -> LexicalIndex:
    built = build_segment(texts)
    return LexicalIndex([built.segment], lambda: built.words)


def find(index: LexicalIndex, query: str, k: int = 10) -> list[int]:
    positions, _ = index.search(index.ask(query_stems(query)), k)
    return [int(number) for number in index.numbers[positions]]


class Shelf:
    """Texts by paper with a log of changes, as a library has them."""

    def __init__(self, texts: Sequence[SearchableText]) -> None:
        self.texts = {item.paper: item for item in texts}
        self.version = 0
        self.log: dict[int, set[int]] = {}
        self.reads: list[int | None] = []

    def change(self, *texts: SearchableText, gone: Collection[int] = ()) -> None:
        self.version += 1
        self.log[self.version] = {item.paper for item in texts} | set(gone)
        self.texts |= {item.paper: item for item in texts}
        for number in gone:
            del self.texts[number]

    def since(self, version: int) -> frozenset[int] | None:
        return frozenset().union(*(n for v, n in self.log.items() if v > version))

    def load(self, numbers: Collection[int] | None) -> list[SearchableText]:
        self.reads.append(None if numbers is None else len(numbers))
        wanted = self.texts if numbers is None else set(numbers) & self.texts.keys()
        return [self.texts[number] for number in sorted(wanted)]

    def open(self, folder: Path | None) -> LexicalIndex:
        return open_lexical_index(folder, self.version, self.since, self.load)


@pytest.fixture
def shelf() -> Shelf:
    """1,200 papers on one of twelve matters each."""
    return Shelf([text(n, f"matter{n % 12} paper item{n}") for n in range(1, 1201)])


def test_scores_are_those_of_the_formula() -> None:
    titles = {1: "cat cat dog", 2: "dog bird", 3: "bird"}
    index = index_of(text(n, "", abstract=title) for n, title in titles.items())

    query = index.ask(("cat", "dog"))
    scores = index.score(query, np.arange(3))

    mean = (3 + 2 + 1) / 3

    def part(count: int, length: int) -> float:
        weight = count / (1 - 0.75 + 0.75 * length / mean)
        return weight / (weight + 1.2)

    idf = {"cat": math.log(1 + 2.5 / 1.5), "dog": math.log(1 + 1.5 / 2.5)}
    expected = [idf["cat"] * part(2, 3) + idf["dog"] * part(1, 3), idf["dog"] * part(1, 2), 0.0]
    assert scores == pytest.approx(expected, abs=0.01)  # impacts have 255 steps


def test_a_word_of_the_title_counts_more() -> None:
    index = index_of([text(1, "dogs", abstract="cat food"), text(2, "cat", abstract="dogs food")])

    assert find(index, "cat") == [2, 1]


def test_rare_words_count_more_than_common_ones() -> None:
    common = [text(n, "common words here") for n in range(1, 20)]
    index = index_of([*common, text(20, "rare words here")])

    assert find(index, "common rare")[0] == 20


def test_common_words_are_looked_up_without_changing_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = random.Random(1)
    words = [f"word{n}" for n in range(60)]
    weights = [1 / (n + 1) for n in range(60)]
    index = index_of(text(n, " ".join(draw.choices(words, weights, k=12))) for n in range(1, 2001))
    queries = [index.ask(tuple(draw.choices(words, weights, k=6))) for _ in range(40)]
    plain = [index.search(query, 10)[1] for query in queries]

    monkeypatch.setattr(pruning, "_WORTH_PRUNING", 20)
    monkeypatch.setattr(pruning, "_MANY", 2)
    pruned = [index.search(query, 10)[1] for query in queries]

    for one, other in zip(plain, pruned, strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_only_allowed_papers_are_found() -> None:
    index = index_of(text(n, "cat") for n in range(1, 9))
    allowed = np.zeros(8, dtype=np.bool_)
    allowed[[2, 5]] = True

    positions, _ = index.search(index.ask(("cat",)), 10, allowed=allowed)

    assert index.numbers[positions].tolist() == [3, 6]


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ("recogniton", 1),  # a letter lost
        ("recognitoin", 1),  # two changed places
        ("recog", 1),  # only begun
        ("convolutoinal", 2),
        ("zzzzzz", None),
        ("ca", None),  # too short to guess
    ],
)
def test_a_word_nobody_has_is_read_as_one_near_it(query: str, paper: int | None) -> None:
    index = index_of([text(1, "Face recognition"), text(2, "Convolutional nets"), text(3, "Cow")])

    assert find(index, query) == ([paper] if paper else [])


def test_labels_filter_and_are_never_scored() -> None:
    index = index_of([text(1, "Cats", authors=("Ada Byron",), venue="ICML", kind="book")])

    assert index.labelled("author", "byron").tolist() == [0]
    assert index.labelled("venue", "icml").tolist() == [0]
    assert index.labelled("kind", "article").tolist() == []
    assert find(index, "byron") == []


def test_an_empty_index_finds_nothing() -> None:
    index = index_of([])

    assert (len(index), find(index, "cat")) == (0, [])


def test_titles_are_read_in_comparable_form(shelf: Shelf, tmp_path: Path) -> None:
    shelf.change(text(5000, "Schr\u00f6dinger's R-CNN: \u6ce8\u610f\u529b"), text(5001, ""))
    index = shelf.open(tmp_path)
    shelf.change(text(5001, "Now Named"))
    later = shelf.open(tmp_path)

    held = index.titles(index.positions_of([5001, 5000]))
    assert held == {5001: "", 5000: "schrodinger s r cnn \u6ce8\u610f\u529b"}
    assert later.titles(later.positions_of([5001])) == {5001: "now named"}


def test_who_waits_for_a_large_index_is_told(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(saved, "_WAITED_FOR", 100)

    shelf.open(tmp_path)
    first = caplog.messages.copy()
    shelf.open(tmp_path)

    assert [message.partition(" of ")[0] for message in first] == ["indexing the words"]
    assert caplog.messages == first


def test_a_small_index_is_not_saved(tmp_path: Path) -> None:
    Shelf([text(1, "cat")]).open(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_saved_index_is_opened_without_reading_texts(shelf: Shelf, tmp_path: Path) -> None:
    before = find(shelf.open(tmp_path), "matter3")

    again = shelf.open(tmp_path)

    assert find(again, "matter3") == before
    assert shelf.reads == [None]


def test_changed_papers_go_to_a_second_segment(shelf: Shelf, tmp_path: Path) -> None:
    shelf.open(tmp_path)
    shelf.change(text(5, "zebra crossing"), text(2000, "zebra herd"), gone=[6])

    index = shelf.open(tmp_path)

    assert find(index, "zebra") == [5, 2000]
    assert find(index, "item5") == find(index, "item6") == []
    assert len(index) == 1200
    assert shelf.reads == [None, 3]


def test_many_changes_are_indexed_anew(shelf: Shelf, tmp_path: Path) -> None:
    shelf.open(tmp_path)
    shelf.change(*(text(n, "zebra") for n in range(1, 200)))

    index = shelf.open(tmp_path)

    assert len(find(index, "zebra", 500)) == 199
    assert shelf.reads == [None, None]


def test_both_segments_rank_as_one(shelf: Shelf, tmp_path: Path) -> None:
    shelf.open(tmp_path)
    shelf.change(text(7, "matter3 zebra"), text(1300, "matter4 zebra"))

    parts = shelf.open(tmp_path)
    whole = shelf.open(None)

    assert set(find(parts, "matter3 zebra", 300)) == set(find(whole, "matter3 zebra", 300))
    assert find(parts, "matter3 zebra")[:2] == [7, 1300]


@pytest.mark.parametrize("damage", ["index.json", "terms.npy", "papers.npy", "words.txt"])
def test_a_damaged_index_is_made_again(shelf: Shelf, tmp_path: Path, damage: str) -> None:
    before = find(shelf.open(tmp_path), "matter3")
    (file,) = tmp_path.rglob(damage)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    assert find(shelf.open(tmp_path), "matter3") == before


def test_a_folder_that_cannot_be_written_is_no_error(shelf: Shelf, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way")

    assert len(find(shelf.open(place), "matter3", 200)) == 100


def test_a_segment_does_not_depend_on_blocks_spans_and_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = [
        text(n, "cat " * (n % 5 + 1) + f"dog {n}", abstract="a bird" * (n % 3), venue=f"V{n % 4}")
        for n in range(1, 60)
    ]
    whole = build_segment(texts).segment
    for name, value in (("_BLOCK", 7), ("_SPAN", 20), ("_LARGE", 5)):
        monkeypatch.setattr(building, name, value)

    parts = build_segment(texts, folder=tmp_path).segment

    for field in fields(whole):
        assert getattr(parts, field.name).tolist() == getattr(whole, field.name).tolist()
    assert list(tmp_path.rglob("*.npy"))


def test_the_place_where_an_index_was_built_is_left_clean(shelf: Shelf, tmp_path: Path) -> None:
    killed = tmp_path / "lexical-building-killed"
    killed.mkdir()
    os.utime(killed, (1, 1))

    shelf.open(tmp_path)

    assert not list(tmp_path.glob("lexical-building-*"))


def test_long_numbers_are_no_other_spelling() -> None:
    built = build_segment([text(1, "Results of 2012"), text(2, "Sample 20121177")])

    assert set(built.words) == {"result", "of", "2012", "sampl"}


def test_words_of_titles_are_kept_once() -> None:
    built = build_segment([text(1, "Cats and cats"), text(2, "A dog", abstract="bird")])

    assert set(built.words) == {*comparable_words("cat dog and a")}
