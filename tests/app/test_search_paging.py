"""The hits of a search in parts: every page leads to the next, and each hit comes once."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest


def walk(client, address):
    """The ids of the hits, page by page, following the header Link."""
    pages = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        pages.append([hit["paper"]["id"] for hit in answer.get_json()["hits"]])
        link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        address = link[1] if link else None
        assert len(pages) < 200
    return pages


@pytest.mark.parametrize(
    "query",
    [
        "q=deep network&mode=words",
        "q=image recognition",
        "q=residual learning&mode=meaning",
        "q=year:2015..2018&mode=words",  # no words: all that pass, many with one score
        "q=ResNet",
        "q=attention&year_from=2017",
    ],
)
def test_a_walk_over_all_pages_finds_every_hit_once_and_in_order(client, query):
    address = f"/api/v1/search?{quote(query, safe='=&:')}"
    (whole, *rest) = walk(client, f"{address}&limit=500")
    pages = walk(client, f"{address}&limit=7")
    found = [paper for page in pages for paper in page]

    assert rest == []
    assert found == whole
    assert len(set(found)) == len(found) > 7
    assert [len(page) for page in pages[:-1]] == [7] * (len(pages) - 1)
    assert 0 < len(pages[-1]) <= 7


@pytest.mark.parametrize("limit", [1, 20, 51])
def test_the_order_does_not_depend_on_the_size_of_the_pages(client, limit):
    address = "/api/v1/search?q=year:2010..2020&mode=words"
    whole = walk(client, f"{address}&limit=500")[0]
    first = client.get(f"{address}&limit={limit}").get_json()["hits"]

    assert [hit["paper"]["id"] for hit in first] == whole[:limit]


def test_the_last_page_leads_nowhere(client):
    answer = client.get("/api/v1/search?q=qqzz&mode=words")

    assert answer.get_json()["hits"] == []
    assert "Link" not in answer.headers


@pytest.mark.parametrize("cursor", ["p999999", "r1", "p0", "many"])
def test_a_cursor_that_is_none_is_a_problem_with_a_way_out(client, cursor):
    answer = client.get(f"/api/v1/search?q=image&cursor={cursor}")

    assert answer.status_code == 400
    assert "begin again" in answer.get_json()["detail"]
