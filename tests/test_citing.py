"""Papers as citations: other programs, and our own readers, understand them."""

from __future__ import annotations

import json

import pytest
from papergraph.exchange import export_papers
from papergraph.exchange.citing import citation_kind, split_name
from papergraph.models import Paper
from papergraph.readers import read_bibliography_file

RESNET = Paper(
    id="p7",
    title="Deep Residual Learning for Image Recognition",
    authors=("Kaiming He", "Xiangyu Zhang", "Jian Sun"),
    year=2016,
    published="2015-12",
    venue="CVPR",
    identifiers=("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90"),
    url="https://arxiv.org/abs/1512.03385",
    tags=("vision",),
)
TSNE = Paper(
    id="p8",
    title="Visualizing data using t-SNE: what does it show?",
    authors=("Laurens van der Maaten", "Geoffrey Hinton"),
    year=2008,
    venue="Journal of Machine Learning Research",
)
BARE = Paper(id="p9", title="Only a title")


@pytest.mark.parametrize("form", ["ris", "csl-json", "bibtex"])
def test_our_own_readers_read_back_what_was_written(form):
    found = read_bibliography_file(export_papers([RESNET, TSNE, BARE], form).encode(), f"x.{form}")

    assert found is not None
    assert found.damages == ()
    one, two, three = found.entries
    assert (one.title, one.authors, one.year) == (RESNET.title, RESNET.authors, 2016)
    assert {"arxiv:1512.03385", "doi:10.1109/cvpr.2016.90"} <= set(one.identifiers)
    assert (two.title, two.venue) == (TSNE.title, TSNE.venue)
    assert three.title == "Only a title"


@pytest.mark.parametrize(
    ("paper", "line"),
    [
        (
            RESNET,
            (
                "Kaiming He, Xiangyu Zhang, and Jian Sun. “Deep Residual Learning for Image"
                " Recognition.” CVPR, 2016. https://doi.org/10.1109/cvpr.2016.90\n"
            ),
        ),
        (
            TSNE,
            (
                "Laurens van der Maaten and Geoffrey Hinton. “Visualizing data using t-SNE: what"
                " does it show?” Journal of Machine Learning Research, 2008.\n"
            ),
        ),
        (BARE, "“Only a title.”\n"),
    ],
)
def test_plain_words_are_as_one_writes_them(paper, line):
    assert export_papers([paper], "plain") == line


@pytest.mark.parametrize(
    ("venue", "kind", "called"),
    [
        ("CVPR", "article", "conference"),
        ("Nature", "article", "journal"),
        ("IEEE Transactions on Pattern Analysis", "article", "journal"),
        ("arXiv", "article", "preprint"),
        (None, "article", "preprint"),
        (None, "textbook", "book"),
        (None, "dataset", "dataset"),
        ("CVPR", "dataset", "conference"),
    ],
)
def test_a_bibliography_is_told_what_kind_it_is(venue, kind, called):
    assert citation_kind(Paper(id=None, title="x", venue=venue, kind=kind)) == called


@pytest.mark.parametrize(
    ("author", "given", "family"),
    [
        ("Kaiming He", "Kaiming", "He"),
        ("Diederik P. Kingma", "Diederik P.", "Kingma"),
        ("Aaron van den Oord", "Aaron", "van den Oord"),
        ("Oord, Aaron van den", "Aaron van den", "Oord"),
        ("OpenAI", "", "OpenAI"),
        ("", "", ""),
    ],
)
def test_names_are_split_into_given_and_family_name(author, given, family):
    assert split_name(author) == (given, family)


def test_csl_leaves_out_what_is_not_known():
    (item,) = json.loads(export_papers([BARE], "csl-json"))

    assert item == {"id": "p9", "type": "article", "title": "Only a title"}


def test_a_line_feed_in_a_title_opens_no_new_line_in_ris():
    text = export_papers([Paper(id="p1", title="One\nER  - \nTY  - JOUR")], "ris")

    assert text.count("\nER  - \n") == 1
