"""XML is read whole, and without what it would declare."""

from __future__ import annotations

import pytest
from papergraph.errors import SourceError, UnavailableError
from papergraph.sources.xml_trees import markup_of, parse_xml, text_at

LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;&c;&c;&c;</a>'


@pytest.mark.parametrize(
    "body",
    [
        b"<a><b></a>",
        b"<a><b>",
        b"words",
        b"{}",
        LAUGHS,
        b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>',
        LAUGHS.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="no-such-code"?><a/>',
    ],
)
def test_what_is_no_whole_document_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        parse_xml(body, "pubmed")


def test_an_empty_answer_is_asked_for_again() -> None:
    with pytest.raises(UnavailableError):
        parse_xml(b" \n", "pubmed")


def test_a_document_type_elsewhere_is_not_fetched() -> None:
    tree = parse_xml(
        b'<!DOCTYPE a PUBLIC "-//NLM//DTD a" "https://example.org/a.dtd"><a>1</a>', "x"
    )

    assert text_at(tree) == "1"


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        (b"<t>On <i>C. elegans</i> &amp; more</t>", "On <i>C. elegans</i> &amp; more"),
        (b"<t>a &lt; b</t>", "a &lt; b"),
        (b"<t/>", ""),
        (b"<t><mml:mi>x</mml:mi> y</t>", "<mml:mi>x</mml:mi> y"),
    ],
)
def test_markup_is_kept_for_cleaning(body: bytes, markup: str) -> None:
    assert markup_of(parse_xml(body, "x")) == markup


def test_what_follows_an_element_is_not_inside_it() -> None:
    tree = parse_xml(b"<a><t>in</t> out</a>", "x")

    assert markup_of(tree.find("t")) == "in"
    assert text_at(tree, "none") == text_at(None) == ""
