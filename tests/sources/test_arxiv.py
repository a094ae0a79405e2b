"""arXiv: what the feed says, matched by id; withdrawn papers; the landing page; the day's news."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import InputError, SourceError, UnavailableError
from papergraph.sources.arxiv import Arxiv, is_withdrawn, parse_feed, parse_news, parse_page

FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
 xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
 <opensearch:totalResults>1</opensearch:totalResults>{}</feed>"""
ENTRY = """<entry><id>http://arxiv.org/abs/{id}</id><title>{title}</title>
 <published>{date}</published><summary>{summary}</summary><author><name>A. Author</name></author>
 </entry>"""
COMMENTS = [
    ("This paper has been withdrawn by the author due to an error in Lemma 3", True),
    ("This has been withdrawn by arXiv administrators due to a dispute", True),
    ("Withdrawn", True),
    ("withdrawn, see v2 of another paper", True),
    ("This submission is withdrawn", True),
    ("12 pages; corrects the claims of withdrawn work", False),
    ("On how deposits get withdrawn", False),
    ("", False),
]
OLD_IDS = [
    ("cond-mat/9411002v1", "1994-11"),
    ("quant-ph/0201082v1", "2002-01"),
    ("1512.03385v2", "2015-12"),
]


def feed(**fields: str) -> bytes:
    """A feed of one entry."""
    given = {"id": "1512.03385v1", "title": "A title", "date": "", "summary": "Words."} | fields
    return FEED.format(ENTRY.format(**given)).encode()


def test_an_entry_gives_all_fields(recorded: Any) -> None:
    found = Arxiv(recorded).paper("arxiv:1512.03385")

    assert found is not None
    record = found.record
    assert record.identifiers == ("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90")
    assert record.authors == ("Kaiming He", "Xiangyu Zhang", "Shaoqing Ren", "Jian Sun")
    assert (record.year, record.published) == (2015, "2015-12")
    assert record.abstract == "We study networks."
    assert record.url == "https://arxiv.org/abs/1512.03385"
    assert record.pdf == "https://arxiv.org/pdf/1512.03385"
    assert (record.tags, found.references) == ((), None)


def test_answers_are_matched_by_id_and_not_by_place(recorded: Any) -> None:
    asked = ["arxiv:1512.03385", "arxiv:1409.1556", "arxiv:0704.0156", "arxiv:2001.99999"]

    found = Arxiv(recorded).papers(asked)

    assert {item: paper.record.identifiers[0] for item, paper in found.items()} == {
        item: item for item in asked[:3]
    }


def test_a_withdrawn_paper_stays_and_is_tagged(recorded: Any) -> None:
    asked = ["arxiv:1512.03385", "arxiv:1409.1556", "arxiv:0704.0156", "arxiv:2001.99999"]

    found = Arxiv(recorded).papers(asked)

    tags = {item: paper.record.tags for item, paper in found.items()}
    assert tags == {asked[0]: (), asked[1]: (), asked[2]: ("withdrawn",)}


@pytest.mark.parametrize(("comment", "expected"), COMMENTS)
def test_a_comment_tells_whether_a_paper_is_withdrawn(comment: str, *, expected: bool) -> None:
    assert is_withdrawn(comment, "We study water.") is expected


def test_an_abstract_that_is_only_the_notice_tells_it_too() -> None:
    notice = "This paper has been withdrawn by the authors."

    assert is_withdrawn("", notice)
    assert not is_withdrawn("", "We study bank deposits. " * 30 + notice)


def test_a_paper_may_be_called_0() -> None:
    (record,) = parse_feed(feed(id="2104.12255v1", title="0"))

    assert record.title == "0"


@pytest.mark.parametrize(("number", "month"), OLD_IDS)
def test_the_id_tells_the_month_when_the_date_is_missing(number: str, month: str) -> None:
    (record,) = parse_feed(feed(id=number))

    assert (record.published, record.year) == (month, int(month[:4]))


def test_markup_signs_in_a_title_are_no_markup() -> None:
    (record,) = parse_feed(feed(title="If x &lt; y and z &gt; w"))

    assert record.title == "If x < y and z > w"


def test_no_entries_mean_an_unknown_id() -> None:
    assert parse_feed(FEED.format("").encode()) == ()


def test_an_empty_body_is_trouble_and_not_an_answer() -> None:
    with pytest.raises(UnavailableError, match="empty body"):
        parse_feed(b" \n")


def test_the_landing_page_is_read_when_the_api_answers_nothing(recorded: Any) -> None:
    found = Arxiv(recorded).paper("arxiv:1409.1556")

    assert found is not None
    assert found.record.authors == ("Karen Simonyan", "Andrew Zisserman")
    assert found.record.published == "2014-09"
    assert recorded.asked[-1].startswith("GET arxiv /abs/1409.1556")


def test_a_page_that_is_no_paper_is_refused() -> None:
    with pytest.raises(SourceError, match="citation_title"):
        parse_page("<html><title>reCAPTCHA</title></html>")


def test_a_hundred_ids_go_into_one_request(counting: Any) -> None:
    fetcher = counting(FEED.format("").encode())

    Arxiv(fetcher).papers([f"arxiv:1512.{number:05}" for number in range(250)])

    sizes = [len(call["params"]["id_list"].split(",")) for call in fetcher.calls]
    assert sizes == [100, 100, 50]


def test_the_news_are_new_and_newly_listed_papers(recorded: Any) -> None:
    first, second = Arxiv(recorded).new_papers("cs.CV")

    assert first.identifiers == ("arxiv:2601.00001",)
    assert first.authors == ("Ada Writer", "Ben Reader")
    assert first.abstract == "We study images."
    assert first.published == "2026-01"
    assert second.title == "A network seen from cs.LG"


def test_a_day_without_news_is_empty() -> None:
    assert parse_news(b'<rss version="2.0"><channel><title>cs.CV</title></channel></rss>') == ()


@pytest.mark.parametrize("category", ["", "cs.CV/../x", "cs CV", "cs.CV+", "CS?"])
def test_a_category_must_look_like_one(category: str, counting: Any) -> None:
    with pytest.raises(InputError, match=r"write for example cs\.CV"):
        Arxiv(counting(b"")).new_papers(category)


def test_several_categories_are_one_request(counting: Any) -> None:
    fetcher = counting(b'<rss version="2.0"><channel></channel></rss>')

    Arxiv(fetcher).new_papers("cs.CV+stat.ML+quant-ph")

    assert [call["path"] for call in fetcher.calls] == ["/rss/cs.CV+stat.ML+quant-ph"]
