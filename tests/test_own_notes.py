"""Links between a person's own notes: they name the paper the other note is about."""

from __future__ import annotations

import pytest
from papergraph.ingest import ingest_review
from papergraph.library import Library

NOW = "2026-01-01T00:00:00Z"
NOTE = b"# [Going Far With Rockets](https://arxiv.org/abs/1512.00001)\n\nA fine paper on rockets.\n"


def linked_papers(library: Library, text: bytes) -> list[str]:
    report = ingest_review(library, text, "/notes/later.md", now=NOW)
    return [mention.paper.title for mention in report.mentions if mention.paper]


@pytest.mark.parametrize("link", ["rockets.md", "./rockets.md"])
def test_a_link_to_a_note_names_its_paper(bare: Library, link: str) -> None:
    ingest_review(bare, NOTE, "/notes/rockets.md", now=NOW)

    found = linked_papers(bare, f"It goes on where [RocketNet]({link}) ended.\n".encode())

    assert found == ["Going Far With Rockets"]


def test_a_link_to_a_note_that_is_not_here_names_no_paper(bare: Library) -> None:
    assert linked_papers(bare, b"It goes on where [RocketNet](rockets.md) ended.\n") == []


def test_two_links_to_two_notes_stay_two_papers(bare: Library) -> None:
    other = NOTE.replace(b"Rockets", b"Steam").replace(b"00001", b"00002")
    ingest_review(bare, NOTE, "/notes/rockets.md", now=NOW)
    ingest_review(bare, other, "/notes/steam.md", now=NOW)

    text = b"See [RocketNet](rockets.md) and [SteamNet](steam.md) (Table IV).\n"
    found = linked_papers(bare, text)

    assert sorted(found) == ["Going Far With Rockets", "Going Far With Steam"]


RESNET = b"@article{k, title={Deep Rockets Go Far}, author={He, Kaiming}, year={2016}}\n"


def test_a_link_by_citation_key_names_the_paper_of_these_people(bare: Library) -> None:
    ingest_review(bare, RESNET, "/refs.bib", now=NOW)

    assert linked_papers(bare, b"It goes on where [[@he2016deep]] ended.\n") == [
        "Deep Rockets Go Far"
    ]


def test_a_note_called_by_a_citation_key_outranks_the_key(bare: Library) -> None:
    ingest_review(bare, RESNET, "/refs.bib", now=NOW)
    ingest_review(bare, NOTE, "/notes/@he2016deep.md", now=NOW)

    found = linked_papers(bare, b"It goes on where [[@he2016deep]] ended.\n")

    assert found == ["Going Far With Rockets"]


def test_the_words_a_link_to_a_note_shows_may_name_the_paper(bare: Library) -> None:
    ingest_review(bare, NOTE.replace(b"[Going", b"[RocketNet: Going"), "/papers/a.md", now=NOW)

    text = b"Both [[my notes on steam|RocketNet]] and [[some idea|the idea]] are fine.\n"

    assert linked_papers(bare, text) == ["RocketNet: Going Far With Rockets"]


def test_links_to_notes_that_are_not_here_are_not_counted_as_papers(bare: Library) -> None:
    text = b"Written by [[Ann Author]] for the [[Thesis plan]].\n"
    report = ingest_review(bare, text, "/notes/later.md", now=NOW)

    assert report.counts["papers"] == report.counts["stub"] == 0
