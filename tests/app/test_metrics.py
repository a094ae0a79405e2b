"""GET /metrics: the text format of Prometheus, true counts, nothing private."""

from __future__ import annotations

import re

import pytest
from papergraph.app import create_app

SAMPLE = re.compile(r'(\w+)(?:\{((?:\w+="(?:[^"\\]|\\.)*",?)+)\})? (-?[\d.e+]+|\+Inf)')


def read(client):
    """Every sample: name and labels, and its value."""
    found = {}
    for line in client.get("/metrics").text.splitlines():
        if line.startswith("#"):
            continue
        name, labels, value = SAMPLE.fullmatch(line).groups()
        key = (name, *sorted(re.findall(r'(\w+)="([^"]*)"', labels or "")))
        assert key not in found, line
        found[key] = float(value)
    return found


def requests(found, **labels):
    """How many requests with these labels were counted."""
    wanted = set(labels.items())
    return sum(
        value
        for (name, *given), value in found.items()
        if name == "papergraph_http_requests_total" and wanted <= set(given)
    )


def test_it_is_the_text_format(client):
    client.get("/search?q=detection&mode=words")
    answer = client.get("/metrics")
    typed = re.findall(r"^# TYPE (\w+) (\w+)$", answer.text, re.MULTILINE)
    helped = re.findall(r"^# HELP (\w+) \S.*$", answer.text, re.MULTILINE)

    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert [name for name, _ in typed] == helped
    assert {kind for _, kind in typed} == {"counter", "gauge", "histogram"}
    assert answer.text.endswith("\n")
    for name, kind in typed:
        assert (kind == "counter") == name.endswith("_total"), name


@pytest.mark.parametrize(
    ("address", "route", "status"),
    [
        ("/papers/ResNet", "pages.paper", "200"),
        ("/papers/no such paper at all", "pages.paper", "404"),
        ("/api/v1/papers/ResNet", "api.paper", "200"),
        ("/no/such/page", "none", "404"),
    ],
)
def test_requests_are_counted_by_route_and_status(client, address, route, status):
    before = requests(read(client), route=route, status=status)
    client.get(address)
    client.get(address)

    assert requests(read(client), route=route, status=status) == before + 2


def test_a_request_that_is_refused_is_counted(client):
    client.get("/", headers={"Host": "elsewhere.example"})

    assert requests(read(client), status="400") == 1


def test_an_odd_method_makes_no_new_label(client):
    client.open("/", method="BREW")

    assert requests(read(client), method="other") == 1


def test_the_histogram_adds_up(client):
    for _ in range(3):
        client.get("/papers/ResNet")
    name = "papergraph_http_request_duration_seconds"
    found = read(client)
    buckets = [
        value
        for key, value in found.items()
        if key[0] == f"{name}_bucket" and ("route", "pages.paper") in key
    ]

    assert buckets == sorted(buckets)
    assert buckets[-1] == found[f"{name}_count", ("route", "pages.paper")] == 3
    assert found[f"{name}_sum", ("route", "pages.paper")] > 0


def test_what_the_library_holds_is_told(client, read_review):
    before = read(client)
    read_review()
    after = read(client)

    assert before["papergraph_papers",] == client.application.extensions["papergraph"].paper_count
    assert after["papergraph_reviews",] == before["papergraph_reviews",] + 1


def test_nothing_of_what_is_read_stands_in_it(client, settings, read_review):
    read_review(origin="my-secret-diary.md")
    client.get("/search?q=a+private+question")
    client.get("/papers/VGG")
    client.get("/my-secret-address")
    client.post("/api/v1/papers/VGG/state", json={"state": "known", "tags": ["my-tag"]})
    text = client.get("/metrics").text

    for private in ("diary", "private", "secret", "VGG", "my-tag", str(settings.library)):
        assert private not in text


def test_a_shared_library_tells_nothing_without_the_token(settings):
    from dataclasses import replace

    app = create_app(replace(settings, token="t" * 32), hosts=["papers.example"])
    client = app.test_client()
    open_, closed = (
        client.get("/metrics", headers={"Host": "papers.example"} | extra)
        for extra in ({"Authorization": f"Bearer {'t' * 32}"}, {})
    )
    app.extensions["papergraph"].library.close()

    assert (open_.status_code, closed.status_code) == (200, 401)
