"""What a URL says before anybody opens it."""

import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.identifiers import Identifier, read_url

SHAPES = list(
    csv.DictReader(Path(__file__).with_name("url_shapes.csv").read_text("utf-8").splitlines())
)
IS_PAPER = {"1": True, "0": False, "unknown": None}
# The kind is that of the page inside an archive; a page of unknown nature is called so; a PDF on a
# file share is a PDF.
OTHER_KINDS = {"archive", "project-page", "file-share"}


@pytest.mark.parametrize("row", SHAPES, ids=[row["url"] for row in SHAPES])
def test_real_url_is_read(row):
    stated, _, slug = row["identifier"].partition("slug:")
    expected = re.sub(r"^(arxiv:.*)v[0-9]+$", r"\1", stated)

    reading = read_url(row["url"])

    assert str(reading.identifier or "") == expected
    assert reading.is_paper is IS_PAPER[row["is_paper"]]
    assert not slug or reading.hint == slug
    assert reading.kind == row["kind"] or row["kind"] in OTHER_KINDS


PAPERS = [
    ("https://www.arxiv-vanity.com/papers/1512.03385/", "arxiv:1512.03385"),
    ("https://ar5iv.labs.arxiv.org/html/1512.03385", "arxiv:1512.03385"),
    ("https://www.alphaxiv.org/overview/1512.03385v2", "arxiv:1512.03385"),
    ("https://arxiv.org/abs/arXiv:1512.03385", "arxiv:1512.03385"),
    ("https://arxiv.org/abd/2412.04463", "arxiv:2412.04463"),
    ("https://arxiv.org/ftp/cs/papers/0112/0112017.pdf", "arxiv:cs/0112017"),
    ("http://xxx.lanl.gov/abs/hep-th/9901001", "arxiv:hep-th/9901001"),
    ("https://scirate.com/arxiv/1512.03385", "arxiv:1512.03385"),
    ("https://huggingface.co/papers/1512.03385", "arxiv:1512.03385"),
    ("https://api.semanticscholar.org/CorpusID:49313245", "s2:CorpusId:49313245"),
    ("https://www.semanticscholar.org/arxiv/1512.03385", "arxiv:1512.03385"),
    ("https://dblp.org/rec/html/conf/nips/KrizhevskySH12", "dblp:conf/nips/KrizhevskySH12"),
    ("https://dblp.uni-trier.de/rec/conf/nips/KrizhevskySH12.bib", "dblp:conf/nips/KrizhevskySH12"),
    ("https://openalex.org/works/W2194775991", "openalex:W2194775991"),
    ("https://europepmc.org/article/MED/26017442", "pmid:26017442"),
    ("https://pubmed.ncbi.nlm.nih.gov/26017442/", "pmid:26017442"),
    ("https://pmc.ncbi.nlm.nih.gov/articles/PMC2892746/", "pmcid:PMC2892746"),
    (
        "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0130140",
        "doi:10.1371/journal.pone.0130140",
    ),
    (
        "https://www.frontiersin.org/articles/10.3389/fnins.2017.00309/full",
        "doi:10.3389/fnins.2017.00309",
    ),
    ("https://onlinelibrary.wiley.com/doi/10.1002/rob.20103/abstract", "doi:10.1002/rob.20103"),
    (
        "https://www.tandfonline.com/doi/full/10.1080/01621459.2017.1285773",
        "doi:10.1080/01621459.2017.1285773",
    ),
    (
        "https://journals.sagepub.com/doi/pdf/10.1177/0278364913491297",
        "doi:10.1177/0278364913491297",
    ),
    (
        "https://academic.oup.com/bioinformatics/article-lookup/doi/10.1093/bioinformatics/btu856/205497",
        "doi:10.1093/bioinformatics/btu856",
    ),
    (
        "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
        "doi:10.1101/2020.01.01.123456",
    ),
    ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=2548800", "doi:10.2139/ssrn.2548800"),
    ("https://psyarxiv.com/abc12", "doi:10.31234/osf.io/abc12"),
    ("https://www.science.org/doi/abs/10.1126/science.aao1733", "doi:10.1126/science.aao1733"),
    ("https://dl.acm.org/doi/abs/10.1109/TITS.2020.3016304", "doi:10.1109/tits.2020.3016304"),
    (
        "https://drops.dagstuhl.de/entities/document/10.4230/LIPIcs.ITCS.2017.43",
        "doi:10.4230/lipics.itcs.2017.43",
    ),
    ("https://www.ijcai.org/proceedings/2019/0123.pdf", "doi:10.24963/ijcai.2019/123"),
    ("https://sci-hub.tw/10.1109/ICME.2019.00195", "doi:10.1109/icme.2019.00195"),
    (
        "https://doi.org/https://x.example/10.1016/j.tins.2004.01.009",
        "doi:10.1016/j.tins.2004.01.009",
    ),
    ("http://proceedings.mlr.press/v70/finn17a/finn17a-supp.pdf", "pmlr:v70/finn17a"),
    ("https://www.jmlr.org/papers/v3/bengio03a.html", "jmlr:v3/bengio03a"),
    ("https://openreview.net/pdf?id=BJJsrmfCZ", "openreview:BJJsrmfCZ"),
    ("https://openreview.net/forum?id=BJJsrmfCZ&noteId=abc", "openreview:BJJsrmfCZ"),
    (
        "http://openaccess.thecvf.com/content_CVPRW_2019/papers/NTIRE/X_Y_CVPRW_2019_paper.pdf",
        "cvf:cvprw2019/x_y_cvprw_2019_paper",
    ),
    (
        "https://openaccess.thecvf.com/content/CVPR2021/html/X_Y_CVPR_2021_paper.html",
        "cvf:cvpr2021/x_y_cvpr_2021_paper",
    ),
    (
        "http://www.cv-foundation.org//openaccess/content_cvpr_workshops_2014/W15/papers/R_C_2014_CVPR_paper.pdf",
        "cvf:cvprw2014/r_c_2014_cvpr_paper",
    ),
    ("https://www.aclweb.org/anthology/P/P15/P15-1033.pdf", "acl:P15-1033"),
    ("https://www.aclweb.org/anthology/2020.acl-main.1.pdf", "acl:2020.acl-main.1"),
    (
        "https://www.shortscience.org/paper?bibtexKey=journals%2Fcorr%2F1610.02357",
        "arxiv:1610.02357",
    ),
    (
        "http://www.shortscience.org/paper?bibtexKey=conf/icml/FernandoG16#x",
        "dblp:conf/icml/FernandoG16",
    ),
    ("https://hal.science/hal-01798793v2/document", "hal:hal-01798793"),
    ("http://user:secret@arxiv.org/abs/1512.03385", "arxiv:1512.03385"),
]


@pytest.mark.parametrize(("url", "expected"), PAPERS)
def test_paper_url_names_its_paper(url, expected):
    reading = read_url(url)

    assert str(reading.identifier) == expected
    assert reading.is_paper is True
    assert Identifier.parse(url) == reading.identifier


NAMELESS_PAPERS = [
    "https://openreview.net/references/pdf?id=H1xEzlHKx",
    "https://ojs.aaai.org/index.php/AAAI/article/view/11604",
    "http://www.aaai.org/ocs/index.php/AAAI/AAAI16/paper/view/12039",
    "https://www.aaai.org/Papers/AAAI/2020GB/AAAI-LiuY.1833.pdf",
    "http://www.roboticsproceedings.org/rss15/p01.html",
    "https://www.ecva.net/papers/eccv_2020/papers_ECCV/html/2822_ECCV_2020_paper.php",
    "https://icml.cc/virtual/2021/poster/9187",
    "http://www.vldb.org/pvldb/vol7/p881-dong.pdf",
    "https://www.isca-archive.org/interspeech_2015/sak15_interspeech.html",
    "http://www.lrec-conf.org/proceedings/lrec2014/pdf/130_Paper.pdf",
    "https://distill.pub/2017/momentum/",
    "https://cdn.openai.com/papers/dall-e-2.pdf",
    "https://www.mdpi.com/1424-8220/20/4/1181",
    "https://arxiv.org/abs/1811.073910",
    "https://journal.univ.net/index.php/jx/article/view/12",
    "ftp://ftp.cs.example.edu/pub/a.ps.gz",
    "https://github.com/a/b/blob/master/paper.pdf",
    "https://pages.cs.wisc.edu/~remzi/Classes/739/Papers/optimistic-survey.pdf",
]


@pytest.mark.parametrize("url", NAMELESS_PAPERS)
def test_paper_without_identifier_is_still_a_paper(url):
    reading = read_url(url)

    assert reading.identifier is None
    assert reading.is_paper is True


NO_PAPERS = [
    ("https://vimeo.com/12345", "video"),
    ("https://github.com/a/b/issues/3", "code"),
    ("https://raw.githubusercontent.com/a/b/master/x.png", "image"),
    ("https://github.com/a/b/blob/master/notes.md", "notes"),
    ("https://www.cs.toronto.edu/~hinton/", "profile"),
    ("https://someone.substack.com/p/attention", "blog"),
    ("https://blog.company.io/attention", "blog"),
    ("https://someone.github.io/2016/05/31/rl/", "blog"),
    ("https://kvfrans.com/an-introduction-to-neural-nets/", "blog"),
    ("https://docs.company.io/guide", "docs"),
    ("http://cs224d.stanford.edu/syllabus.html", "course"),
    ("https://web.stanford.edu/class/cs224n/index.html", "course"),
    ("https://scholar.google.com/citations?user=x", "profile"),
    ("https://stackoverflow.com/questions/1", "forum"),
    ("https://www.amazon.com/dp/1107156300", "shop"),
    ("https://soundcloud.com/x/y", "podcast"),
    ("https://www.nytimes.com/2016/x.html", "news"),
    ("https://speakerdeck.com/x/y", "slides"),
    ("https://archive.ics.uci.edu/ml/datasets/Iris", "dataset"),
    ("https://arxiv.org/list/cs.LG/recent", "arxiv-listing"),
    ("https://openaccess.thecvf.com/CVPR2018.py", "listing"),
    ("https://some-company.com/", "home"),
    ("https://a.org/feed.xml", "feed"),
    ("mailto:a@b.org", "mail"),
    ("javascript:alert(1)", "script"),
    ("data:image/png;base64,AAAA", "data"),
    ("../notes/resnet.md", "relative"),
    ("papers/resnet.pdf", "relative"),
    ("#top", "relative"),
    ("tel:+1555", "other-scheme"),
    ("", "unreadable"),
]


@pytest.mark.parametrize(("url", "kind"), NO_PAPERS)
def test_other_page_is_called_by_its_kind(url, kind):
    reading = read_url(url)

    assert reading.identifier is None
    assert reading.is_paper is False
    assert reading.kind == kind


UNKNOWN = [
    "http://localhost:8000/abs/1512.03385",
    "http://127.0.0.1/paper.pdf",
    "http://192.168.0.7/paper.pdf",
    "http://[::1]/paper.pdf",
    "http://0x7f.1/paper.pdf",
    "http://intranet/10.1038/nature14539",
    "http://printer.local/paper.pdf",
    "https://arxіv.org/abs/1512.03385",  # a Cyrillic letter
    "https://arxiv.org.evil.com/abs/1512.03385",
    "https://notarxiv.org/abs/1512.03385",
    "https://doi.org.evil.com/10.1038/nature14539",
    "https://evil.com/arxiv.org/abs/1512.03385",
    "https://evil.com/?u=https://arxiv.org/abs/1512.03385",
    "https://arxiv.org@evil.com/abs/1512.03385",
    "http://evil.com\\@arxiv.org/abs/1512.03385",
    "https://unheard-of.com/something",
    "https://nerfies.github.io/",
    "https://www.cs.cmu.edu/~custom-diffusion/",  # a project, not a person
    "https://a.org/files/resume.pdf",
    "https://a.org/talk-slides.pdf",
    "https://a.edu/courses/x/lecture3.pdf",
    "https://pan.baidu.com/s/1",
    "https://bit.ly/1",
    "http://[bad/",
    "http://a.org/" + "x" * 9000,
]


@pytest.mark.parametrize("url", UNKNOWN)
def test_nothing_is_claimed_where_nothing_is_known(url):
    reading = read_url(url)

    assert reading.identifier is None
    assert reading.is_paper is None


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        (
            "https://papers.nips.cc/paper/5845-deep-visual-analogy-making",
            "deep visual analogy making",
        ),
        ("https://papers.nips.cc/paper/4824-id163-classification-with-deep.pdf", None),
        ("https://www.usenix.org/conference/atc18/presentation/zhang-yiming", "atc18 zhang yiming"),
        ("http://gitxiv.com/posts/PA98/network-in-network-nin", "network in network nin"),
        ("https://research.google/pubs/attention-is-all-you-need/", "attention is all you need"),
        (
            "https://research.nvidia.com/publication/2017-12_Unsupervised-Image-Translation",
            "Unsupervised Image Translation",
        ),
        ("https://github.com/a/deep-residual-learning", None),
        ("http://a.org/deep-residual-learning.pdf", None),
    ],
)
def test_slug_of_a_title_becomes_a_hint(url, hint):
    assert read_url(url).hint == hint


@given(st.one_of(st.text(), st.text(max_size=60).map("https://arxiv.org/".__add__)))
def test_any_text_can_be_read(text):
    reading = read_url(text)

    assert reading.kind
    assert (
        reading.identifier is None
        or Identifier.parse(str(reading.identifier)) == reading.identifier
    )


HOSTILE = [
    "1",
    "a-",
    "/",
    "10.1234/",
    "people/",
    "id=",
    ".",
    "papers/",
    "2016/01/",
    "-id1",
    "&p=1",
    "../",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize(
    "host", ["a.edu", "arxiv.org", "openreview.net", "aclweb.org", "x.github.io", "doi.org"]
)
def test_long_urls_are_read_quickly(host, piece):
    began = time.process_time()

    read_url(f"https://{host}/" + piece * (8000 // len(piece)))

    assert time.process_time() - began < 2
