"""Accepted and refused spellings of one identifier."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.errors import IdentifierError
from papergraph.identifiers import Identifier

GOOD = [
    ("arxiv:1512.03385v2", "arxiv:1512.03385"),
    ("arXiv:1512.03385", "arxiv:1512.03385"),
    ("arXiv 1512.03385", "arxiv:1512.03385"),
    ("arXiv:1512.03385v1 [cs.CV]", "arxiv:1512.03385"),
    ("1512.03385", "arxiv:1512.03385"),
    ("  1512.03385v3 ", "arxiv:1512.03385"),
    ("hep-th/9901001", "arxiv:hep-th/9901001"),
    ("CoRR:abs/1512.03385", "arxiv:1512.03385"),
    ("https://arxiv.org/abs/1512.03385", "arxiv:1512.03385"),
    ("arxiv.org/abs/1512.03385", "arxiv:1512.03385"),
    ("doi:10.1038/NATURE14539", "doi:10.1038/nature14539"),
    ("DOI 10.1038/nature14539", "doi:10.1038/nature14539"),
    ("10.1038/nature14539", "doi:10.1038/nature14539"),
    ("doi:https://doi.org/10.1038/nature14539", "doi:10.1038/nature14539"),
    ("https://dx.doi.org/10.1038/nature14539", "doi:10.1038/nature14539"),
    ("10.48550/arXiv.1512.03385", "arxiv:1512.03385"),
    ("PMID: 26017442", "pmid:26017442"),
    ("PMC2892746", "pmcid:PMC2892746"),
    ("PMCID: PMC2892746", "pmcid:PMC2892746"),
    ("CorpusID:49313245", "s2:CorpusId:49313245"),
    ("P15-1033", "acl:P15-1033"),
    ("J79-1081c", "acl:J79-1081c"),
    ("2020.emnlp-main.499", "acl:2020.emnlp-main.499"),
    ("W2194775991", "openalex:W2194775991"),
    ("conf/nips/KrizhevskySH12", "dblp:conf/nips/KrizhevskySH12"),
    ("DBLP:conf/nips/KrizhevskySH12", "dblp:conf/nips/KrizhevskySH12"),
    ("url:http://Example.com/a.pdf#x", "url:http://example.com/a.pdf"),
    ("https://openreview.net/forum?id=BJJsrmfCZ", "openreview:BJJsrmfCZ"),
]

BAD = [
    "",
    "   ",
    ":",
    "arxiv:",
    "Deep Residual Learning",
    "1.2.3",
    "2015-12-10",
    "192.168.1.1",
    "arxiv:1513.03385",
    "foo:bar",
    "https://example.com/paper.pdf",
    "https://arxiv.org.example.com/abs/1512.03385",
    "url:javascript:alert(1)",
    "url:../notes/a.md",
    "p482",
    "ResNet",
    "doi:",
    "10.1145",
    "1512.03385" * 1000,
]


@pytest.mark.parametrize(("text", "expected"), GOOD)
def test_spelling_is_accepted(text, expected):
    identifier = Identifier.parse(text)

    assert str(identifier) == expected
    assert Identifier.parse(str(identifier)) == identifier


@pytest.mark.parametrize("text", BAD)
def test_other_text_is_refused(text):
    with pytest.raises(IdentifierError, match="no identifier in"):
        Identifier.parse(text)


def test_error_says_what_to_write_and_stays_short():
    with pytest.raises(ValueError, match=r"write for example arxiv:1512.03385") as caught:
        Identifier.parse("arxiv:" + "9" * 5000)

    assert "scheme 'arxiv'" in str(caught.value)
    assert len(str(caught.value)) < 250


def test_identifiers_sort_by_scheme_and_value():
    texts = ["doi:10.1038/nature14539", "arxiv:1512.03385", "arxiv:1409.1556"]

    ordered = sorted(Identifier.parse(text) for text in texts)

    assert [str(one) for one in ordered] == [
        "arxiv:1409.1556",
        "arxiv:1512.03385",
        "doi:10.1038/nature14539",
    ]


def test_url_of_an_identifier_names_it_again():
    for text, _ in GOOD:
        identifier = Identifier.parse(text)
        if identifier.scheme != "url":
            assert Identifier.parse(identifier.url) == identifier


DOIS = st.from_regex(r"10\.[0-9]{4,9}/[!-~]{1,30}", fullmatch=True)
ARXIV = st.from_regex(r"(?:[a-z-]{2,9}/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9])?", fullmatch=True)
LABELLED = st.builds(
    "{}:{}".format,
    st.sampled_from(
        ["doi", "pmid", "s2", "acl", "hal", "pii", "nips", "pmlr", "dblp", "url", "cvf"]
    ),
    st.text(max_size=40),
)


@given(st.one_of(DOIS, ARXIV, LABELLED, st.text(max_size=60)))
def test_written_identifier_is_read_back(text):
    try:
        identifier = Identifier.parse(text)
    except IdentifierError:
        return

    assert Identifier.parse(str(identifier)) == identifier
