"""The text index and the vectors that follow it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from papergraph.embed import embed_papers
from papergraph.library import Library, vectors
from papergraph.models import PaperRecord

NOW = "2026-01-31T12:00:00Z"
TITLES = (
    "Rich feature hierarchies for accurate object detection",
    "Fast R-CNN",
    "Faster R-CNN: Towards Real-Time Object Detection",
    "Schrödinger bridges",
)


@pytest.fixture
def indexed(bare: Library) -> Library:
    """A library of four papers whose numbers are 1 to 4, in the text index."""
    numbers = [bare.papers.add(PaperRecord(title=t, source="starter"), NOW) for t in TITLES]
    bare.refresh_texts(numbers)
    return bare


def found(library: Library, query: str) -> list[int]:
    return [number for number, _ in library.texts.search(query, 10)]


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ("feature", [1]),
        ("features", [1]),
        ("HIERARCHY", [1]),
        ("schrodinger", [4]),
        ("nothing of the kind here", []),
        ("", []),
        ("???", []),
    ],
)
def test_words_find_papers(indexed: Library, query: str, papers: list[int]) -> None:
    assert found(indexed, query) == papers


def test_a_phrase_needs_its_words_side_by_side(indexed: Library) -> None:
    phrase = indexed.texts.search_phrase("object detection", 10)

    assert {number for number, _ in phrase} == {1, 3}
    assert indexed.texts.search_phrase("detection object", 10) == []


@pytest.mark.parametrize(
    "query",
    ['"', '" OR 1=1 --', "a AND NOT", "NEAR(", "title:", "*", "'; DROP TABLE papers; --", "\x00"],
)
def test_search_syntax_in_a_query_is_only_text(indexed: Library, query: str) -> None:
    indexed.texts.search(query, 10)
    indexed.texts.search_phrase(query, 10)
    indexed.texts.titles_near(query)
    indexed.texts.titles_starting(query)

    assert indexed.papers.count() == 4


def test_a_new_title_replaces_the_old_text(indexed: Library) -> None:
    indexed.papers.put_record(2, PaperRecord(title="Slow nets", source="reader:me"), NOW)

    indexed.refresh_texts([2])

    assert 2 not in found(indexed, "fast")
    assert found(indexed, "slow") == [2]


@pytest.mark.parametrize(
    ("start", "papers"),
    [
        ("Faster R-CNN", [3]),
        ("faster r cnn: towards", [3]),
        ("Fast", [2, 3]),
        ("rich feature hier", [1]),
        ("", []),
    ],
)
def test_titles_are_found_by_their_beginning(
    indexed: Library, start: str, papers: list[int]
) -> None:
    assert sorted(indexed.texts.titles_starting(start)) == papers


def test_near_titles_share_a_rare_word(indexed: Library) -> None:
    assert set(indexed.texts.titles_near("Rich features hierarchies")) == {1}


def test_titles_in_any_script_are_indexed(bare: Library) -> None:
    number = bare.papers.add(PaperRecord(title="注意力 机制", source="starter"), NOW)
    bare.refresh_texts([number])

    assert found(bare, "注意力") == [number]


def test_a_paper_of_any_length_is_stored_and_found(bare: Library) -> None:
    title = " ".join(f"word{n}" for n in range(2000))
    abstract = " ".join(f"rare{n:06}" for n in range(120_000))
    number = bare.papers.add(PaperRecord(title=title, abstract=abstract, source="starter"), NOW)
    bare.refresh_texts([number])

    assert found(bare, "word1999") == [number]
    assert found(bare, "rare000001") == [number]
    assert bare.papers.by_title(title) == [number]
    assert found(bare, "x" * 5000) == []
    assert bare.texts.titles_near("x" * 5000) == {}


def test_every_paper_is_embedded_once(indexed: Library, embedder) -> None:
    assert embed_papers(indexed, embedder) == 4
    assert embed_papers(indexed, embedder) == 0
    assert indexed.vectors.count_outdated(embedder.fingerprint) == 0


def test_papers_without_vectors_are_counted_as_they_come_and_go(indexed: Library, embedder) -> None:
    model = embedder.fingerprint
    assert indexed.vectors.count_outdated(model) == 4

    three = next(indexed.vectors.outdated(model, 3))
    indexed.vectors.put(model, three, embedder.embed([title for _, title, _, _ in three]))
    assert indexed.vectors.count_outdated(model) == 1

    indexed.papers.add(PaperRecord(title="One more", source="starter"), NOW)
    indexed.refresh_texts([5])
    assert indexed.vectors.count_outdated(model) == 2


def test_only_a_changed_text_is_embedded_again(indexed: Library, embedder) -> None:
    embed_papers(indexed, embedder)
    indexed.papers.put_record(2, PaperRecord(title=TITLES[1], source="reader:me", year=2015), NOW)
    indexed.refresh_texts([2])
    assert embed_papers(indexed, embedder) == 0

    indexed.papers.put_record(2, PaperRecord(title="Slow nets", source="reader:me"), NOW)
    indexed.refresh_texts([2])

    assert embed_papers(indexed, embedder) == 1


def test_the_version_changes_with_a_changed_vector(indexed: Library, embedder) -> None:
    embed_papers(indexed, embedder)
    before = indexed.vectors.changes(embedder.fingerprint).version
    indexed.papers.put_record(2, PaperRecord(title="Slow nets", source="reader:me"), NOW)
    indexed.refresh_texts([2])

    embed_papers(indexed, embedder)

    assert indexed.vectors.changes(embedder.fingerprint).version != before


def test_vectors_are_kept_by_model_with_length_one(indexed: Library, embedder) -> None:
    embed_papers(indexed, embedder)

    numbers, rows = indexed.vectors.matrix(embedder.fingerprint, embedder.dimension)

    assert numbers.tolist() == [1, 2, 3, 4]
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=2e-3)
    assert len(indexed.vectors.matrix("another-model", 3)[0]) == 0


@pytest.mark.parametrize("at_once", [1, 3, 10_000])
def test_a_large_matrix_lies_in_a_file_that_is_gone(
    tmp_path: Path, embedder, monkeypatch, at_once: int
) -> None:
    library = Library.open(tmp_path / "library.db")
    for title in TITLES:
        library.papers.add(PaperRecord(title=title, source="starter"), NOW)
    library.refresh_texts([1, 2, 3, 4])
    embed_papers(library, embedder)
    monkeypatch.setattr(vectors, "_READ_AT_ONCE", at_once)
    numbers, rows = library.vectors.matrix(embedder.fingerprint, embedder.dimension)
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(vectors, "_LARGE", 1)

    mapped = library.vectors.matrix(embedder.fingerprint, embedder.dimension)[1]

    assert (type(mapped), type(rows)) == (np.memmap, np.ndarray)
    assert np.array_equal(mapped, rows)
    assert numbers.tolist() == [1, 2, 3, 4]
    assert sorted(tmp_path.iterdir()) == before


def test_cosines_are_those_of_the_vectors_and_0_without_one(indexed: Library, embedder) -> None:
    embed_papers(indexed, embedder)
    _, rows = indexed.vectors.matrix(embedder.fingerprint, embedder.dimension)

    cosines = indexed.vectors.cosines(2, [4, 77, 1])

    assert cosines is not None
    assert np.allclose(cosines, [rows[3] @ rows[1], 0.0, rows[0] @ rows[1]], atol=5e-3)
    assert indexed.vectors.cosines(77, [1]) is None


def test_cosines_between_papers_stand_in_the_order_asked_for(indexed: Library, embedder) -> None:
    embed_papers(indexed, embedder)
    _, rows = indexed.vectors.matrix(embedder.fingerprint, embedder.dimension)
    wanted = rows[[3, 0]].astype(np.float32) @ rows[[1, 2, 1]].astype(np.float32).T

    found = indexed.vectors.cosines_between([4, 77, 1], [2, 3, 2, 99])

    assert found is not None
    assert found.shape == (3, 4)
    assert np.allclose(found[[0, 2]][:, :3], wanted, atol=5e-3)
    assert not found[1].any()
    assert not found[:, 3].any()
    assert indexed.vectors.cosines_between([1], [77]) is None
    assert not indexed.vectors.cosines_between([77], [1]).any()
    assert indexed.vectors.cosines_between([1], []) is None


def test_a_deleted_paper_takes_its_vector_with_it(indexed: Library, embedder) -> None:
    embed_papers(indexed, embedder)
    indexed.papers.drop_records("starter")

    indexed.delete_orphans([1, 2, 3, 4])

    assert len(indexed.vectors.matrix(embedder.fingerprint, embedder.dimension)[0]) == 0
    assert found(indexed, "feature") == []


def test_papers_in_a_deep_paged_index_are_all_embedded(bare: Library, embedder) -> None:
    records = [(str(n), PaperRecord(title=f"Paper {n}", source="corpus:ml")) for n in range(2100)]
    bare.bulk.add_records("corpus:ml", records, NOW)

    assert embed_papers(bare, embedder) == 2100
