"""Jupyter notebooks: Markdown cells, at the lines of the file as stored."""

import json

import pytest
from papergraph.readers import read_review
from papergraph.readers.notebook import read_notebook

CELLS = [
    {
        "cell_type": "markdown",
        "source": [
            '# Notes on "nets"\n',
            "\n",
            "- [Counting Sheep With Small Networks](https://arxiv.org/abs/1512.00001) is fine\n",
            '- "hm" and "hm"\t[Networks of Großer Hills](https://arxiv.org/abs/1509.00001)',
        ],
    },
    {"cell_type": "code", "source": ["# [Code](https://arxiv.org/abs/1512.00009)"]},
    {
        "cell_type": "markdown",
        "source": "## [Goats](https://arxiv.org/abs/1512.00003)\n\nA \\ goat.",
    },
]


def write(cells, indent=1, *, ascii_only=False):
    return json.dumps({"cells": cells, "nbformat": 4}, indent=indent, ensure_ascii=ascii_only)


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_papers_of_markdown_cells_are_found_at_their_places(indent, ascii_only):
    text = write(CELLS, indent, ascii_only=ascii_only)
    review = read_review(text.encode(), "notes.ipynb")
    lines = text.split("\n")

    assert [mention.identifier for mention in review.mentions] == [
        "arxiv:1512.00001",
        "arxiv:1509.00001",
        "arxiv:1512.00003",
    ]
    for mention in review.mentions:
        begin = lines[mention.line - 1][mention.column - 1 :]
        assert begin.startswith(mention.title.split()[0])
    assert (review.format, review.title) == ("notebook", 'Notes on "nets"')


def test_a_notebook_that_breaks_off_is_read_so_far_and_told():
    text = write(CELLS)
    review = read_review(text[: text.index("## [Goats]")].encode(), "notes.ipynb")

    assert len(review.mentions) == 2
    assert "the notebook breaks off here" in review.warnings[0]


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [1, "a", None, {}],
        [{"cell_type": "markdown", "source": 7}],
        [{"cell_type": "markdown", "source": [["# a"], {"b": 1}]}],
        [{"cell_type": "markdown"}],
        [{"source": ["# a"]}],
    ],
)
def test_odd_cells_are_passed_over(cells):
    assert read_notebook(write(cells)).blocks == ()


def test_notebooks_of_before_2014_are_read():
    sheet = {"worksheets": [{"cells": [{"cell_type": "heading", "source": ["Sheep"]}]}]}

    (block,) = read_notebook(json.dumps(sheet)).blocks

    assert (block.kind, block.text) == ("heading", "Sheep")
