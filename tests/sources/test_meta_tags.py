"""Landing pages: tags, named blocks, links."""

from __future__ import annotations

import pytest
from papergraph.errors import RefusedError, SourceError
from papergraph.sources.meta_tags import Link, parse_landing, read_block, read_links
from tests.sources.making import landing, reply


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<div id="abstract">One.</div>', "One."),
        ("<div id=abstract>One</div>", "One"),
        ('<p class="card abstract">One &amp; <b>two</b></p>', "One & two"),
        ('<div id="abstract">a<div>b</div>c</div>d', "a b c"),
        ('<div id="abstract">a<br/>b<img src="x">c</div>', "a bc"),
        ('<div id="abstracts">no</div><div id="abstract">yes</div>', "yes"),
        ('<div id="abstract">first</div><div id="abstract">second</div>', "first"),
        ('<div id="abstract">it breaks o', ""),
        ("<div>nothing</div>", ""),
        ("", ""),
    ],
)
def test_a_block_is_read_as_a_whole_or_not_at_all(page: str, text: str) -> None:
    assert read_block(page, "abstract") == text


def test_links_hold_their_own_text_only() -> None:
    page = '<a href="/1">On <i>nets</i></a> by <a name="here">no link</a><a href="/2"></a>'

    assert read_links(page) == (Link(href="/1", text="On nets"), Link(href="/2", text=""))


@pytest.mark.parametrize(
    ("date", "published", "year"),
    [
        ("2021/6", "2021-06", 2021),
        ("2021/06/02", "2021-06", 2021),
        ("2021-06-02", "2021-06", 2021),
        ("2021", None, 2021),
        ("June 2021", None, None),
        ("2021/13", None, 2021),
    ],
)
def test_dates_of_tags(date: str, published: str | None, year: int | None) -> None:
    more = f'<meta name="citation_publication_date" content="{date}">'

    record = parse_landing(reply(landing("On Nets", more=more)), named=())

    assert (record.published, record.year) == (published, year)


def test_a_landing_page_gives_a_record() -> None:
    more = (
        '<meta name="citation_author" content="He, Kaiming">'
        '<meta content="Jian Sun" name=citation_author>'
        '<meta property="citation_doi" content="10.1109/CVPR.2016.90"/>'
        '<meta name="citation_pdf_url" content="http://example.org/1.pdf">'
    )

    record = parse_landing(
        reply(landing("RETRACTED: On &lt;i&gt;Nets&lt;/i&gt;.", more=more)),
        named=(("cvf", "cvpr2016/he_deep_cvpr_2016_paper"),),
    )

    assert record.title == "On Nets"
    assert record.authors == ("Kaiming He", "Jian Sun")
    assert record.identifiers == (
        "cvf:cvpr2016/he_deep_cvpr_2016_paper",
        "doi:10.1109/cvpr.2016.90",
    )
    assert record.pdf == "https://example.org/1.pdf"
    assert record.tags == ("retracted",)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("<html><body>Welcome</body></html>", SourceError),
        ("", SourceError),
        ('<meta name="citation_title" content=" ">', SourceError),
        ("<title>Just a moment...</title>" + landing("On Nets"), RefusedError),
    ],
)
def test_what_is_no_landing_page_is_refused(body: str, error: type[SourceError]) -> None:
    with pytest.raises(error):
        parse_landing(reply(body), named=())
