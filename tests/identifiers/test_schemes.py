"""The spelling of each scheme's values."""

import pytest
from papergraph.identifiers.schemes import cut_tail, link, normalise

NEURIPS = "https://proceedings.neurips.cc/paper_files/paper"

GOOD = [
    ("arxiv", "1512.03385v12", "arxiv:1512.03385"),
    ("arxiv", "arXiv:0704.0001", "arxiv:0704.0001"),
    ("arxiv", "1412.6980.pdf", "arxiv:1412.6980"),
    ("arxiv", "abs/1706.03762", "arxiv:1706.03762"),
    ("arxiv", "math.GR/0601136v2", "arxiv:math/0601136"),
    ("arxiv", "Hep-TH/9901001", "arxiv:hep-th/9901001"),
    ("arxiv", "astro-ph//0603274", "arxiv:astro-ph/0603274"),
    ("doi", "10.1038/NATURE14539", "doi:10.1038/nature14539"),
    ("doi", "https://doi.org/10.1145/3065386.", "doi:10.1145/3065386"),
    ("doi", "10.1007%2FBF00994018", "doi:10.1007/bf00994018"),
    ("doi", "10.1016/S0896-6273(17)30509-3)", "doi:10.1016/s0896-6273(17)30509-3"),
    ("doi", "10.1002/x;2-9&amp;y", "doi:10.1002/x;2-9&y"),
    (
        "doi",
        "10.1002/(SICI)1097-4571(199009)41:6%3C391::AID-ASI1%3E3.0.CO;2-9",
        "doi:10.1002/(sici)1097-4571(199009)41:6<391::aid-asi1>3.0.co;2-9",
    ),
    ("doi", "10.48550/arXiv.1512.03385", "arxiv:1512.03385"),
    ("doi", "10.48550/arXiv.hep-th/9901001", "arxiv:hep-th/9901001"),
    ("doi", "10.5555/822076.822436", "acm:822076.822436"),
    ("openreview", "33X9fd2-9FyZd", "openreview:33X9fd2-9FyZd"),
    ("nips", "4824", "nips:4824"),
    ("nips", "2012/C399862D3B9D6B76C8436E924A68C45B", "nips:2012/c399862d3b9d6b76c8436e924a68c45b"),
    ("pmlr", "V37/Ioffe15", "pmlr:v37/ioffe15"),
    ("jmlr", "v17/15-522", "jmlr:v17/15-522"),
    ("cvf", "CVPR2015/Szegedy_Going_Deeper", "cvf:cvpr2015/szegedy_going_deeper"),
    ("acl", "p15-1033", "acl:P15-1033"),
    ("acl", "2020.EMNLP-main.499v2", "acl:2020.emnlp-main.499"),
    ("pmid", "026017442", "pmid:26017442"),
    ("pmcid", "2892746", "pmcid:PMC2892746"),
    ("pmcid", "pmc2892746.1", "pmcid:PMC2892746"),
    (
        "s2",
        "ED0759B7001F8BE53BB4282750E98198B359307D",
        "s2:ed0759b7001f8be53bb4282750e98198b359307d",
    ),
    ("s2", "corpusid:49313245", "s2:CorpusId:49313245"),
    ("openalex", "w2194775991", "openalex:W2194775991"),
    ("dblp", "conf/nips/KrizhevskySH12", "dblp:conf/nips/KrizhevskySH12"),
    ("citeseerx", "10.1.1.383.1327", "citeseerx:10.1.1.383.1327"),
    ("pii", "S0896-6273(17)30509-3", "pii:S0896627317305093"),
    ("hal", "HAL-01798793v2", "hal:hal-01798793"),
]

BAD = [
    ("arxiv", "1513.03385"),  # no thirteenth month
    ("arxiv", "1500.03385"),
    ("arxiv", "1512.033851"),  # six digits
    ("arxiv", "1501.0001"),  # five digits since 2015
    ("arxiv", "1412.69801"),  # four before
    ("arxiv", "0703.0001"),  # new numbers begin in April 2007
    ("arxiv", "hep-th/9913001"),
    ("arxiv", "hep-th/0801001"),  # old numbers end in March 2007
    ("arxiv", "foo/9901001"),
    ("arxiv", "१५१२.०३३८५"),
    ("doi", "10.1.1.383.1327"),
    ("doi", "10.1007/978-3-540-87877-3 3"),
    ("doi", "10.1038/%80"),
    ("doi", "nature14539"),
    ("doi", "10.48550/arxiv.9999.99999"),
    ("openreview", "ICLR.cc/2019/Conference"),
    ("nips", "2012/xyz"),
    ("acl", "P15-10"),
    ("pmid", "0"),
    ("pmid", "PMC12"),
    ("s2", "ed0759b7"),
    ("openalex", "A5023888391"),
    ("dblp", "KrizhevskySH12"),
    ("url", "https://example.com"),
    ("nonsense", "1"),
]


@pytest.mark.parametrize(("scheme", "value", "expected"), GOOD)
def test_value_is_written_in_one_way(scheme, value, expected):
    pair = normalise(scheme, value)

    assert pair is not None
    assert ":".join(pair) == expected
    assert normalise(*pair) == pair


@pytest.mark.parametrize(("scheme", "value"), BAD)
def test_impossible_value_is_refused(scheme, value):
    assert normalise(scheme, value) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1/x.", "10.1/x"),
        ("10.1/x).,", "10.1/x"),
        ("10.1/x(1)2", "10.1/x(1)2"),
        ("10.1/x(1)", "10.1/x(1)"),
        ("10.1/x(1))", "10.1/x(1)"),
        ("", ""),
        ("...", ""),
    ],
)
def test_tail_is_cut_but_not_brackets_that_were_opened(text, expected):
    assert cut_tail(text) == expected


@pytest.mark.parametrize(
    ("scheme", "value", "expected"),
    [
        ("arxiv", "1512.03385", "https://arxiv.org/abs/1512.03385"),
        ("doi", "10.1/a<b#c", "https://doi.org/10.1/a%3Cb%23c"),
        ("nips", "4824", "https://papers.nips.cc/paper/4824"),
        (
            "nips",
            f"2012/{'a' * 32}",
            f"{NEURIPS}/2012/hash/{'a' * 32}-Abstract.html",
        ),
        (
            "nips",
            f"2022/{'a' * 32}",
            f"{NEURIPS}/2022/hash/{'a' * 32}-Abstract-Conference.html",
        ),
        ("acm", "822076.822436", "https://dl.acm.org/doi/10.5555/822076.822436"),
        ("acm", "3132763", "https://dl.acm.org/citation.cfm?id=3132763"),
        ("s2", "CorpusId:12", "https://api.semanticscholar.org/CorpusID:12"),
        ("cvf", "cvpr2015/x", ""),
        ("euclid", "1013203451", ""),
    ],
)
def test_link_opens_the_paper_or_is_empty(scheme, value, expected):
    assert link(scheme, value) == expected
