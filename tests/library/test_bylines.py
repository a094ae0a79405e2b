"""Papers by first author and year: what is written later is found, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from papergraph.library import Library
from papergraph.models import PaperRecord
from tests.conftest import NOW, add_papers

KEY = ("bee", 2015)


def record(title: str, *authors: str, year: int = 2015) -> PaperRecord:
    return PaperRecord(title=title, source="starter", authors=authors, year=year)


def test_papers_are_found_by_first_author_and_year(bare: Library) -> None:
    first, _, _ = add_papers(
        bare,
        record("Rockets", "Bée, Ann", "Ben Cee"),
        record("Kites", "Ben Cee", "Ann Bee"),
        record("Wings", "Ann Bee", year=2016),
    )

    assert bare.catalogue.by_bylines([KEY, ("nobody", 2015)]) == {KEY: [first]}


def test_what_is_written_after_the_first_question_is_found(bare: Library) -> None:
    (first,) = add_papers(bare, record("Rockets", "Ann Bee"))
    assert bare.catalogue.by_bylines([KEY]) == {KEY: [first]}

    (second,) = add_papers(bare, record("Kites", "Alf Bee"))
    bare.papers.put_record(first, record("Rockets", "Ann Bee", year=1999), NOW)

    assert bare.catalogue.by_bylines([KEY]) == {KEY: [second]}


def test_what_another_process_writes_is_found(tmp_path: Path) -> None:
    ours, theirs = (Library.open(tmp_path / "library.db") for _ in range(2))
    add_papers(ours, record("Rockets", "Ann Bee"))
    assert len(ours.catalogue.by_bylines([KEY])[KEY]) == 1

    add_papers(theirs, record("Kites", "Alf Bee"))

    assert len(ours.catalogue.by_bylines([KEY])[KEY]) == 2


def test_what_is_taken_back_is_not_found(bare: Library) -> None:
    bare.catalogue.by_bylines([KEY])

    def write_and_fail() -> None:
        with bare.transaction():
            add_papers(bare, record("Rockets", "Ann Bee"))
            assert KEY in bare.catalogue.by_bylines([KEY])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()

    assert bare.catalogue.by_bylines([KEY]) == {}


def test_hidden_and_merged_papers_are_not_found(bare: Library) -> None:
    one, other = add_papers(
        bare, record("Rockets", "Ann Bee"), record("Rockets", "A. Bee", "B. Cee")
    )
    bare.catalogue.by_bylines([KEY])
    bare.merge(one, other, "the same", NOW)

    assert bare.catalogue.by_bylines([KEY]) == {KEY: [one]}
    assert bare.catalogue.without([one]).by_bylines([KEY]) == {}
