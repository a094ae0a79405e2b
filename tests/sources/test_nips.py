"""NeurIPS: old numbers, hashes, lists of a year, scans."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import RefusedError, SourceError
from papergraph.sources.nips import (
    Nips,
    mend_scan,
    parse_bib,
    parse_page,
    parse_year,
    places_of,
    years_of_number,
)
from tests.sources.making import landing, reply

LECUN = "1989/53c3bce66e43be4f209556518c2fcb54"
ADDRESS = f"https://proceedings.neurips.cc/paper_files/paper/{LECUN.replace('/', '/hash/')}"


@pytest.mark.parametrize(
    ("number", "year"),
    [
        (1, 1987),
        (95, 1988),  # ALVINN
        (168, 1988),
        (250, 1989),  # Optimal Brain Damage
        (293, 1989),
        (563, 1991),  # A Simple Weight Decay Can Improve Generalization
        (647, 1992),  # Optimal Brain Surgeon
        (769, 1993),  # Signature verification with a Siamese network
        (1001, 1994),  # Neural Network Ensembles
        (1839, 2000),  # A Neural Probabilistic Language Model
        (2092, 2001),  # On Spectral Clustering
        (3048, 2006),  # Greedy Layer-Wise Training
    ],
)
def test_an_old_number_is_looked_for_in_its_year(number: int, year: int) -> None:
    years = years_of_number(number)

    assert year in years
    assert len(years) <= 3


@pytest.mark.parametrize("value", ["4824", "3191", "0", "99999"])
def test_later_numbers_lead_nowhere(value: str) -> None:
    assert list(places_of(value)) == []


def test_an_old_number_is_the_digest_of_its_page() -> None:
    assert LECUN in {f"{year}/{digest}" for year, digest in places_of("293")}


@pytest.mark.parametrize(
    ("scan", "text"),
    [
        ("hand(cid:173) written", "handwritten"),
        ("ac\u00ad tively", "actively"),
        ("a(cid:2)b", "ab"),
        ("plain - text", "plain - text"),
    ],
)
def test_scans_are_mended(scan: str, text: str) -> None:
    assert mend_scan(scan) == text


@pytest.mark.parametrize(
    ("body", "abstract"),
    [
        ("<h4>Abstract</h4><p><p>One  (cid:173) two.</p></p>", "One two."),
        ("<h4> Abstract </h4>\n<p>One.</p>", "One."),
        ("<h2>Abstract</h2><p>One", None),
        ("<h4>Authors</h4><p>One</p>", None),
    ],
)
def test_abstracts_of_pages(body: str, abstract: str | None) -> None:
    assert parse_page(reply(landing("On Nets", body=body), ADDRESS)).abstract == abstract


def test_a_page_names_its_paper_by_hash_and_old_number() -> None:
    record = parse_page(reply(landing("On Nets"), f"{ADDRESS}-Abstract.html"))

    assert record.identifiers == (f"nips:{LECUN}", "nips:293")
    assert (record.year, record.venue) == (1989, "NeurIPS")


def test_a_bibtex_entry_gives_the_same() -> None:
    where = f"https://proceedings.neurips.cc/paper_files/paper/{LECUN.replace('/', '/file/')}"

    record = parse_bib(
        f"@inproceedings{{x,\n author = {{LeCun, Yann and Boser, B}},\n title = {{On {{N}}ets}},\n"
        f" url = {{{where}-Paper.pdf}},\n year = {{1989}}\n}}"
    )

    assert (record.title, record.authors) == ("On Nets", ("Yann LeCun", "B Boser"))
    assert record.identifiers == (f"nips:{LECUN}", "nips:293")


@pytest.mark.parametrize("text", ["", "@inproceedings{x, title = {On", "<html>"])
def test_what_is_no_entry_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no BibTeX entry"):
        parse_bib(text)


def test_a_list_is_of_one_year() -> None:
    page = (
        f'<a title="paper title" href="/paper_files/paper/2012/hash/{"a" * 32}-Abstract.html">'
        f'On &amp; <em>Off</em></a><a href="/paper/2011/hash/{"b" * 32}-Abstract.html">Other</a>'
        '<a href="/">Home</a>'
    )

    assert parse_year(reply(page), 2012) == (("a" * 32, "On & Off"),)


def test_a_challenge_is_no_list() -> None:
    with pytest.raises(RefusedError):
        parse_year(reply("<title>Just a moment...</title>"), 2012)


def test_a_year_is_asked_for_only_when_one_is_given(recorded: Any) -> None:
    assert Nips(recorded).find_title("ImageNet Classification", author="Krizhevsky") == ()
    assert recorded.asked == []
