"""Hugging Face: code links, and what is talked of on a day."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import InputError, SourceError
from papergraph.sources.hf import HuggingFace, parse_day, parse_paper


def paper(**more: Any) -> dict[str, Any]:
    return {"id": "1512.03385", "title": "On Nets", "authors": [{"name": "Ada Lovelace"}]} | more


def test_the_code_of_a_paper_is_told(recorded: Any) -> None:
    found = HuggingFace(recorded).paper("arxiv:1512.03385")

    assert found is not None
    assert found.record.code == "https://github.com/KaimingHe/deep-residual-networks"
    assert found.record.authors == ("Ada Lovelace",)


def test_what_is_not_indexed_is_no_error(recorded: Any) -> None:
    assert HuggingFace(recorded).paper("arxiv:1311.2524") is None


@pytest.mark.parametrize("repo", [None, "", "github.com/x", "javascript:alert(1)", 7])
def test_what_is_no_address_is_no_code(repo: Any) -> None:
    record = parse_paper(paper(githubRepo=repo))

    assert record is not None
    assert record.code is None


@pytest.mark.parametrize("odd", [paper(title=""), paper(id="x"), paper(id=None)])
def test_a_paper_without_name_is_none(odd: dict[str, Any]) -> None:
    assert parse_paper(odd) is None


def test_rows_of_a_day_without_paper_are_left_out() -> None:
    found = parse_day([{"paper": paper()}, {"paper": None}, None, {"numComments": 1}])

    assert [record.title for record in found] == ["On Nets"]


@pytest.mark.parametrize("day", ["", "today", "2026-1-31", "2026-01-31/../x"])
def test_a_day_is_written_as_one(day: str, recorded: Any) -> None:
    with pytest.raises(InputError):
        HuggingFace(recorded).talked_of(day)


@pytest.mark.parametrize("data", [None, {}, "x", {"error": "Paper not found"}])
def test_what_is_no_answer_is_refused(data: Any) -> None:
    with pytest.raises(SourceError):
        parse_day(data)
    with pytest.raises(SourceError):
        parse_paper(data)
