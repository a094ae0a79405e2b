"""Identifiers in running text, and numbers that only look like them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.identifiers import Identifier, find_identifiers


def found_in(text):
    return [(text[start:end], str(identifier)) for start, end, identifier in find_identifiers(text)]


GOOD = [
    ("(arXiv:1512.03385).", "arXiv:1512.03385", "arxiv:1512.03385"),
    ("arXiv 1512.03385v2, 2015", "arXiv 1512.03385v2", "arxiv:1512.03385"),
    ("arXiv preprint arXiv:1409.1556", "arXiv:1409.1556", "arxiv:1409.1556"),
    ("CoRR abs/1512.03385 (2015)", "abs/1512.03385", "arxiv:1512.03385"),
    ("see hep-th/9901001.", "hep-th/9901001", "arxiv:hep-th/9901001"),
    ("1706.03762v5 is it", "1706.03762v5", "arxiv:1706.03762"),
    ("1706.03762 [cs.CL]", "1706.03762", "arxiv:1706.03762"),
    ("the bn paper 1502.03167 changes it all", "1502.03167", "arxiv:1502.03167"),
    ("see 1706.03741, too", "1706.03741", "arxiv:1706.03741"),
    ("RLHF (1706.03741) is old", "1706.03741", "arxiv:1706.03741"),
    ("1706.03741 (Christiano et al.)", "1706.03741", "arxiv:1706.03741"),
    ("at arxiv.org/abs/1512.03385.", "arxiv.org/abs/1512.03385", "arxiv:1512.03385"),
    ("[arXiv:1512.03385](https://a.org)", "arXiv:1512.03385", "arxiv:1512.03385"),
    ("doi: 10.1038/nature14539.", "doi: 10.1038/nature14539", "doi:10.1038/nature14539"),
    ("doi: 10.1/x", "doi: 10.1/x", "doi:10.1/x"),
    ("DOI:10.1038/NATURE14539;", "DOI:10.1038/NATURE14539", "doi:10.1038/nature14539"),
    (
        "(10.1016/S0896-6273(17)30509-3)",
        "10.1016/S0896-6273(17)30509-3",
        "doi:10.1016/s0896-6273(17)30509-3",
    ),
    ("doi.org/10.1038/nature14539", "doi.org/10.1038/nature14539", "doi:10.1038/nature14539"),
    ("PMID: 26017442, ", "PMID: 26017442", "pmid:26017442"),
    ("in PMC2892746.", "PMC2892746", "pmcid:PMC2892746"),
    ("Corpus ID: 49313245", "Corpus ID: 49313245", "s2:CorpusId:49313245"),
    (
        "key dblp:conf/nips/KrizhevskySH12.",
        "dblp:conf/nips/KrizhevskySH12",
        "dblp:conf/nips/KrizhevskySH12",
    ),
    ("openreview:BJJsrmfCZ", "openreview:BJJsrmfCZ", "openreview:BJJsrmfCZ"),
]

BAD = [
    "version 1.2.3, 1512.3.4, v2.0",
    "on 2015.12.10 and 2015-12-10, 10.12.2015",
    "call 555.123.4567 or 1234.56789",
    "192.168.10.10/24 and 10.1000.20.30",
    "costs $1512.03 or 1,512.03385",
    "accuracy 0.1512 against 1512.03385",
    "on 10.2019/12",
    "1512.03385 1.2 3.4",
    "a loss of 1512.03385 (mean over 2015 runs)",
    "see 1513.03385 for it",
    "see 1512.03385% of it",
    "https://arxiv.org/abs/1512.03385",
    "http://a.org/10.1038/nature14539 done",
    "notarxiv.org/abs/1512.03385",
    "me@arxiv.org/abs/1512.03385",
    "arXiv:1513.03385",
    "arXiv:1512.033851",
    "nips: 2012, acl: best",
    "PMID: 3.5",
    "XPMC12345",
    "doi: pending",
    "",
]


@pytest.mark.parametrize(("text", "written", "expected"), GOOD)
def test_written_identifier_is_found(text, written, expected):
    assert found_in(text) == [(written, expected)]


@pytest.mark.parametrize("text", BAD)
def test_other_numbers_are_left_alone(text):
    assert found_in(text) == []


def test_several_come_in_order():
    text = "arXiv:1409.1556, doi:10.1038/nature14539 and PMID: 26017442"

    assert [name for _, name in found_in(text)] == [
        "arxiv:1409.1556",
        "doi:10.1038/nature14539",
        "pmid:26017442",
    ]


SIGNS = [
    *(
        "arXiv:",
        "1512.03385",
        "doi: ",
        "10.1038/",
        "nature14539",
        "PMID: ",
        "2601",
        "http://",
        "v2",
    ),
    *("hep-th/", "9901001", " ", "(", ")", ".", "arxiv.org/abs/", "dblp:conf/", "x/y"),
]
PIECES = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=4)), max_size=15).map("".join)


@given(PIECES)
def test_spans_lie_in_the_text_and_can_be_parsed(text):
    last = 0
    for start, end, identifier in find_identifiers(text):
        assert last <= start < end <= len(text)
        assert Identifier.parse(text[start:end]) == identifier
        last = end


HOSTILE = [
    *(
        "a",
        "10.1234/",
        "arxiv ",
        "http://",
        "(",
        "1512.03385 ",
        "doi:",
        "1",
        "abs/",
        "hep-th/",
        " ",
    ),
    *(
        "doi 10.1/",
        "\n",
        "é",
        "://",
        "openreview:",
        "PMC1234567",
        "arXiv:1512.03385 ",
        "arxiv.org/abs/1 ",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_two_megabytes_on_one_line_take_under_two_seconds(piece):
    text = piece * (2_000_000 // len(piece))
    began = time.process_time()

    find_identifiers(text)

    assert time.process_time() - began < 2
