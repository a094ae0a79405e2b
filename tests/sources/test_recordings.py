"""The services made of recordings: what they match, and what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from papergraph.errors import RefusedError, UnavailableError

Make = Callable[..., Any]
SCIENCE = "/works/10.1126/science.169.3946.635/transform/application/vnd.citationstyles.csl+json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three made-up answers of one service."""
    home = tmp_path / "openalex"
    home.mkdir()
    bodies = {"work.json": '{"id": "W1"}', "none.json": "no", "asked.json": "[1]"}
    for name, text in bodies.items():
        (home / name).write_text(text)
    records = [
        {"url": "https://a/works?b=2&a=1&mailto=x@y.org", "body_file": "work.json"},
        {"url": "https://a/works/W9", "body_file": "none.json", "status": 404},
        {"url": "https://a/slow", "body_file": "none.json", "status": 503},
        {
            "url": "https://a/batch?fields=title",
            "method": "POST",
            "request_body": '{"ids": ["x"], "a": 1}',
            "body_file": "asked.json",
        },
    ]
    (home / "index.json").write_text(json.dumps({"records": records}))
    return tmp_path


@pytest.fixture
def service(folder: Path, recorded: Any) -> Any:
    """The made-up service."""
    return type(recorded)(folder)


def test_parameters_match_in_any_order_and_without_mail(service: Any) -> None:
    reply = service.get("openalex", "/works", {"a": "1", "b": "2", "mailto": "me@here.org"})

    assert reply.json() == {"id": "W1"}


def test_fields_and_sizes_may_differ(service: Any) -> None:
    assert service.get("openalex", "/works", {"a": "1", "b": "2", "select": "id"}).status == 200


def test_a_post_matches_by_its_json_body(service: Any) -> None:
    reply = service.post("openalex", "/batch", {"a": 1, "ids": ["x"]}, {"fields": "title"})

    assert reply.json() == [1]


def test_not_there_is_an_answer(service: Any) -> None:
    assert service.get("openalex", "/works/W9").status == 404


def test_trouble_is_an_error(service: Any) -> None:
    with pytest.raises(UnavailableError, match="answered 503"):
        service.get("openalex", "/slow")


def test_what_was_never_recorded_is_loud(service: Any) -> None:
    with pytest.raises(LookupError, match="no recording answers GET openalex /works/W2"):
        service.get("openalex", "/works/W2")


@pytest.mark.shared
def test_every_real_recording_answers_its_own_request(recordings_of: Make) -> None:
    service = recordings_of(loose=False)
    wrong = []

    for record in service.records:
        if record["method"] == "GET" and not 300 <= record["status"] < 400:
            parts = urlsplit(record["url"])
            pairs = dict(parse_qsl(parts.query, keep_blank_values=True))
            got = service.get(record["source"], parts.path, pairs, accept=(record["status"],))
            wrong += [record["url"]] if got.body != service.reply(record).body else []

    assert wrong == []


@pytest.mark.shared
def test_a_refusal_is_told_apart(recordings_of: Make) -> None:
    with pytest.raises(RefusedError, match="openreview answered 403"):
        recordings_of().get("openreview", "/notes", {"forum": "BJJsrmfCZ"})


@pytest.mark.shared
def test_a_redirect_is_followed_within_the_recordings(recordings_of: Make) -> None:
    moved = recordings_of(unknown=404).get("crossref", SCIENCE)

    assert moved.url.startswith("https://api.crossref.org/")
