"""The ACL Anthology: pages, and collections in XML."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import RefusedError, SourceError
from papergraph.identifiers import Identifier
from papergraph.sources.acl import Acl, number_of_paper, parse_collection, parse_page
from tests.sources.making import landing, reply


@pytest.mark.parametrize(
    "url",
    [
        "https://aclanthology.org/N19-1423/",
        "https://www.aclweb.org/anthology/N19-1423",
        "http://aclweb.org/anthology/N/N19/N19-1423.pdf",
        "https://aclanthology.info/papers/N19-1423/n19-1423",
    ],
)
def test_old_hosts_lead_to_the_same_page(url: str, recorded: Any) -> None:
    paper = Acl(recorded).paper(str(Identifier.parse(url)))

    assert paper is not None
    assert paper.record.published == "2019-06"
    assert paper.record.identifiers == ("acl:N19-1423", "doi:10.18653/v1/n19-1423")


@pytest.mark.parametrize(
    ("parts", "identifier"),
    [
        (("P15", "1", "33"), "P15-1033"),
        (("N04", "1", "1"), "N04-1001"),
        (("W14", "3", "4"), "W14-0304"),
        (("W14", "33", "4"), "W14-3304"),
        (("C69", "1", "2"), "C69-0102"),
        (("D19", "1", "4"), "D19-1004"),
        (("D19", "50", "4"), "D19-5004"),
        (("2021.naacl", "main", "208"), "2021.naacl-main.208"),
        (("2022.naloma", "1", "3"), "2022.naloma-1.3"),
        (("P15", "", "33"), ""),
        (("2021.naacl", "main", ""), ""),
    ],
)
def test_identifiers_of_a_collection(parts: tuple[str, str, str], identifier: str) -> None:
    assert number_of_paper(*parts) == identifier


def test_many_of_one_collection_are_one_request(recorded: Any) -> None:
    found = Acl(recorded).papers(["acl:W14-0301", "acl:W14-0302", "acl:W14-0303"])

    assert len(recorded.asked) == 2  # the collection, and the one that it has no title of
    first, second = found["acl:W14-0301"].record, found["acl:W14-0302"].record
    assert first.authors == ("Alan Turing", "Hypatia")
    assert (first.published, first.venue) == (
        "2014-06",
        "Proceedings of a Made-up Workshop on NLP",
    )
    assert first.pdf == "https://aclanthology.org/W14-0301.pdf"
    assert (second.tags, second.pdf) == (("retracted",), "http://example.org/W14-0302.pdf")


def test_a_page_without_abstract_has_none() -> None:
    assert parse_page(reply(landing("On Nets"), source="acl"), "N04-1001").abstract is None


@pytest.mark.parametrize(
    "body", [b"", b"<collection>", b"<html/>", b"<collection/>", b"404: Not Found"]
)
def test_what_is_no_collection_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        parse_collection(body)


def test_a_challenge_is_no_page() -> None:
    with pytest.raises(RefusedError):
        parse_page(reply("<title>Just a moment...</title>", source="acl"), "N04-1001")
