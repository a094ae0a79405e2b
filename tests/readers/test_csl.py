"""CSL-JSON, whole and cut short, and JSON that is no bibliography."""

import json
import time

import pytest
from papergraph.errors import ReadingError
from papergraph.readers import is_writing, read_review
from papergraph.readers.csl import read_csl
from papergraph.readers.json_places import parse_json, unescape

ITEMS = [
    {
        "id": "sheep16",
        "type": "article-journal",
        "title": 'Counting "Sheep" With <i>Small</i> Networks',
        "author": [
            {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
            {"literal": "The Sheep Group"},
        ],
        "issued": {"date-parts": [["2016", 12, 1]]},
        "container-title": "Journal of Meadows",
        "DOI": "10.1000/sheep.1",
        "note": "PMID: 26017442\nRead_Status: In Progress\nGood for hills too.",
        "keyword": "sheep, small nets",
        "abstract": "We count sheep.",
    },
    {
        "id": 7,
        "type": "article",
        "title": "Networks of Hills",
        "issued": {"raw": "2015-09"},
        "number": "arXiv:1509.00001",
        "publisher": "arXiv",
    },
    {"id": "page", "type": "webpage", "title": "My Sheep", "URL": "https://example.org/sheep"},
]
TEXT = json.dumps(ITEMS, indent=2)


def test_an_item_keeps_all_that_it_states():
    found = read_csl(TEXT).entries[0]

    assert (found.key, found.title) == ("sheep16", 'Counting "Sheep" With Small Networks')
    assert found.authors == ("Vincent van Gogh", "The Sheep Group")
    assert (found.year, found.published, found.venue) == (2016, "2016-12", "Journal of Meadows")
    assert found.identifiers == ("doi:10.1000/sheep.1", "pmid:26017442")
    assert (found.tags, found.state) == (("sheep", "small nets"), "reading")
    assert found.note == "Good for hills too."


def test_a_review_lists_the_papers_at_their_titles():
    review = read_review(TEXT.encode(), "library.json")
    lines = TEXT.split("\n")

    assert [(m.title, m.identifier) for m in review.mentions] == [
        ('Counting "Sheep" With Small Networks', "doi:10.1000/sheep.1"),
        ("Networks of Hills", "arxiv:1509.00001"),
    ]
    for mention in review.mentions:
        begin = lines[mention.line - 1][mention.column - 1 :]
        assert begin.startswith(mention.title.split()[0])


@pytest.mark.parametrize("cut", [40, 300, len(TEXT) // 2, len(TEXT) - 3])
def test_a_file_cut_short_is_read_as_far_as_it_goes(cut):
    found = read_csl(TEXT[:cut])

    assert len(found.damages) >= 1
    assert "stops being JSON" in str(found.damages[-1])
    assert [entry.key for entry in found.entries] == ["sheep16", "7", "page"][: len(found.entries)]


@pytest.mark.parametrize(
    "wrapped",
    [
        {"items": ITEMS},
        {"message": {"items": ITEMS}},
    ],
)
def test_wrapped_items_are_found(wrapped):
    assert len(read_csl(json.dumps(wrapped)).entries) == 3


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "x", "version": "1", "scripts": {}}',
        "[" * 100_000,
        "[1, 2, 3]",
        "{}",
        '{"a": ' * 1_000,
    ],
)
def test_json_without_papers_is_a_clear_error(text):
    start = time.process_time()

    with pytest.raises(ReadingError, match=r"JSON without papers was found in 'a\.json'"):
        read_review(text.encode(), "a.json")

    assert not is_writing(text.encode(), "a.json")
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, -2.5e3, true, null, "x\\ny"], "b": {}}',
        '"\\ud83d\\ude00"',
        "[]",
        '{"": 1, "\\u00e9": [[[]]]}',
    ],
)
def test_json_is_read_as_the_standard_reader_does(text):
    def plain(node):
        if isinstance(node.value, dict):
            return {key: plain(inner) for key, inner in node.value.items()}
        return [plain(n) for n in node.value] if isinstance(node.value, list) else node.value

    parsed = parse_json(text)

    assert plain(parsed.root) == json.loads(text)
    assert parsed.broken_at is None


@pytest.mark.parametrize("text", ['["a"', '{"a": }x', "[1] [2]", "]", "", '"open', "[1, ?]"])
def test_broken_json_says_where(text):
    assert parse_json(text).broken_at is not None


def test_lone_surrogates_do_not_come_out():
    assert unescape("\\ud800x")[0] == "\ufffdx"
