"""CVF: names of files without their capitals, lists of conferences."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import RefusedError, SourceError
from papergraph.identifiers import Identifier
from papergraph.sources.cvf import Cvf, parse_days, parse_list, parse_page, stem_of
from tests.sources.making import landing, reply

SITE = "https://openaccess.thecvf.com"


@pytest.mark.parametrize(
    "url",
    [
        (
            "http://www.cv-foundation.org/openaccess/content_iccv_2015/papers/"
            "Girshick_Fast_R-CNN_ICCV_2015_paper.pdf"
        ),
        "https://openaccess.thecvf.com/content_iccv_2015/html/Girshick_Fast_R-CNN_ICCV_2015_paper.html",
        (
            "http://www.cv-foundation.org/openaccess/content_iccv_2015/papers/"
            "girshick_fast_r-cnn_iccv_2015_paper.pdf"
        ),
    ],
)
def test_every_way_to_write_a_page_finds_it(url: str, recorded: Any) -> None:
    paper = Cvf(recorded).paper(str(Identifier.parse(url)))

    assert paper is not None
    assert paper.record.title == "Fast R-CNN"
    assert paper.record.identifiers == ("cvf:iccv2015/girshick_fast_r-cnn_iccv_2015_paper",)


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("content/CVPR2021/html/Li_On_Nets_CVPR_2021_paper.html", "li_on_nets_cvpr_2021"),
        ("content_cvpr_2014/html/Li_On_2014_CVPR_paper.html", "li_on_2014_cvpr"),
    ],
)
def test_a_stem_has_no_capitals(path: str, stem: str) -> None:
    assert stem_of(path) == stem


def test_a_list_holds_pages_of_papers_only() -> None:
    page = (
        '<dt class="ptitle"><br><a href="content_cvpr_2015/html/Li_On_2015_CVPR_paper.html">'
        'On &amp; Off</a></dt><dd>[<a href="content_cvpr_2015/papers/Li_On_2015_CVPR_paper.pdf">'
        'pdf</a>]</dd><dt><a href="/content/CVPR2021/html/X_CVPR_2021_paper.html">X</a></dt>'
        '<a href="#">An Author</a><a href="/menu">Menu</a>'
    )

    assert parse_list(reply(page, source="cvf")) == {
        "content_cvpr_2015/html/Li_On_2015_CVPR_paper.html": "On & Off",
        "content/CVPR2021/html/X_CVPR_2021_paper.html": "X",
    }


def test_days_of_a_conference_are_told_once() -> None:
    page = '<a href="CVPR2019.py?day=2019-06-18">Day 1</a><a href="?day=2019-06-18">again</a>'

    assert parse_days(reply(page)) == ("2019-06-18",)


@pytest.mark.parametrize(
    ("url", "venue", "year"),
    [
        (f"{SITE}/content_iccv_2015/html/X_ICCV_2015_paper.html", "ICCV", 2015),
        (f"{SITE}/content_CVPR_2019/html/X_CVPR_2019_paper.html", "CVPR", 2019),
        (f"{SITE}/content/WACV2023/html/X_WACV_2023_paper.html", "WACV", 2023),
    ],
)
def test_the_place_of_a_page_tells_the_conference(url: str, venue: str, year: int) -> None:
    record = parse_page(reply(landing("On Nets"), url, "cvf"))

    assert (record.venue, record.year) == (venue, year)


def test_a_title_is_never_made_from_the_name_of_a_file() -> None:
    with pytest.raises(SourceError):
        parse_page(reply("<html></html>", f"{SITE}/content_iccv_2015/html/Li_On_Nets.html", "cvf"))


def test_a_challenge_is_no_list() -> None:
    with pytest.raises(RefusedError):
        parse_list(reply("<title>Just a moment...</title>", source="cvf"))


def test_a_conference_without_day_all_is_read_by_its_days(recorded: Any) -> None:
    Cvf(recorded).paper("cvf:cvpr2018/hu_squeeze-and-excitation_networks_cvpr_2018_paper")

    assert [line for line in recorded.asked if "day" in line] == [
        "GET cvf /CVPR2018 {'day': 'all'}",
        "GET cvf /CVPR2018 {'day': '2018-06-19'}",
        "GET cvf /CVPR2018 {'day': '2018-06-20'}",
    ]


@pytest.mark.parametrize("name", ["cvprw2014/x_paper", "icml2015/x_paper", "x"])
def test_nothing_is_asked_where_nothing_is_listed(name: str, recorded: Any) -> None:
    assert Cvf(recorded).paper(f"cvf:{name}") is None
    assert recorded.asked == []
