"""PMLR and JMLR: sources of pages in YAML, and the pages."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import RefusedError, SourceError
from papergraph.sources.pmlr import Pmlr, parse_config, parse_page, parse_post
from tests.sources.making import landing, reply


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("---\npublished: 2015-06-01\n", "2015-06-01"),
        ("# generated\n---\npublished: 2010-03-31 00:00:00\n", "2010-03-31"),
        ("published: '2020-07-12'", "2020-07-12"),
        ("published: soon", None),
        ("title: x", None),
    ],
)
def test_a_volume_tells_its_day(text: str, day: str | None) -> None:
    assert parse_config(text) == day


@pytest.mark.parametrize(
    "text", ["", "[]", "words", "a: [", "published: 2015-02-31", "x: !!python/object:os.system {}"]
)
def test_what_is_no_yaml_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        parse_config(text)


def test_a_post_gives_a_record() -> None:
    post = (
        "---\ntitle: 'On $\\alpha$ Nets: {A} Study'\nabstract: A made-up text.\nauthor:\n"
        "- given: Aude\n  family: Genevay\n- family: Plato\n- 7\ndate: 2019-05-24\n"
        "container-title: Proceedings\npdf: http://proceedings.mlr.press/v97/x/x.pdf\n---\ntext\n"
    )

    record = parse_post(post, "v97/genevay19a")

    assert record.title == "On α Nets: A Study"
    assert record.authors == ("Aude Genevay", "Plato")
    assert (record.published, record.year) == ("2019-05", 2019)
    assert record.identifiers == ("pmlr:v97/genevay19a",)
    assert record.pdf == "https://proceedings.mlr.press/v97/x/x.pdf"


@pytest.mark.parametrize(
    "text", ["", "title: x", "---\ntitle: it breaks o", "---\nid: x\n---\n", "---\n- x\n---\n"]
)
def test_what_is_no_post_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        parse_post(text, "v1/x")


def test_a_page_tells_its_year_and_venue_in_its_entry() -> None:
    entry = "@InProceedings{x,\n booktitle = {Proceedings of ICML},\n year = {2015}\n}"
    body = f'<div id="abstract">One.</div><code class="citecode">{entry}</code>'

    record = parse_page(reply(landing("On Nets", body=body), source="pmlr"), "v37/x15")

    assert (record.year, record.venue, record.abstract) == (2015, "Proceedings of ICML", "One.")


def test_a_journal_page_keeps_its_scheme() -> None:
    record = parse_page(reply(landing("On Nets"), source="jmlr"), "v15/x14a")

    assert record.identifiers == ("jmlr:v15/x14a",)
    assert record.source == "source:pmlr"


def test_a_challenge_is_no_page() -> None:
    with pytest.raises(RefusedError):
        parse_page(reply("<title>Just a moment...</title>", source="pmlr"), "v37/x15")


def test_a_volume_is_asked_for_its_day_first(recorded: Any) -> None:
    Pmlr(recorded).paper("pmlr:v37/ioffe15")

    assert [line.split()[2] for line in recorded.asked] == [
        "/mlresearch/v37/gh-pages/_config.yml",
        "/mlresearch/v37/gh-pages/_posts/2015-06-01-ioffe15.md",
    ]
