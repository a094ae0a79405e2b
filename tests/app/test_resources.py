"""Search by meaning is used when it is ready, and says why when it is not."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from papergraph.app import create_app, resources
from papergraph.app.resources import Resources
from papergraph.embed import embed_papers


@pytest.fixture
def open_resources(settings):
    """Open resources over the starter library; closes what was opened."""
    opened = []

    def make(**options):
        found = Resources(settings, **options)
        opened.append(found)
        return found

    yield make
    for found in opened:
        found.library.close()


def test_a_small_library_is_ready_at_the_first_search(open_resources):
    found = open_resources().meaning("hybrid")

    assert (found.mode, found.notes) == ("hybrid", ())
    assert found.embedder is not None


def test_a_large_library_is_searched_by_words_until_its_vectors_are_there(
    open_resources, monkeypatch
):
    asked = threading.Event()

    def embed_then(*given):
        asked.wait(60)
        return embed_papers(*given)

    monkeypatch.setattr(resources, "embed_papers", embed_then)
    here = open_resources(at_once=0)
    here.prepare()
    waiting = here.meaning("hybrid")
    asked.set()
    until = time.monotonic() + 240
    while here.embedder() is None and time.monotonic() < until:
        time.sleep(0.05)

    assert waiting.mode == "words"
    assert waiting.notes[0].startswith("Meaning search is being rebuilt (")
    assert here.meaning("hybrid").mode == "hybrid"


def test_a_search_by_words_opens_no_model(open_resources):
    here = open_resources(at_once=0)

    assert here.meaning("words").embedder is None
    assert here.meaning("words").notes == ()


def test_a_missing_model_leaves_search_by_words(settings, tmp_path):
    app = create_app(replace(settings, model=str(tmp_path / "no-model")))
    client = app.test_client()
    found = client.get("/api/v1/search?q=detection").get_json()
    near = client.get("/api/v1/papers/ResNet/similar?by=meaning")

    assert found["hits"]
    assert "words alone decide" in found["notes"][0]
    assert "words alone decide" in client.get("/search?q=detection").text
    assert (near.status_code, near.mimetype) == (503, "application/problem+json")
    app.extensions["papergraph"].library.close()


def test_a_review_that_is_added_is_found_by_meaning(client, read_review):
    client.get("/api/v1/search?q=anything")
    read_review("Notes on [Wibbles of the wobbly bandersnatch](https://arxiv.org/abs/2101.99999).")
    read_review(
        "# [Frumious wabes](https://arxiv.org/abs/2101.00001)\n\nGyres and gimbles.", "b.md"
    )

    found = client.get("/api/v1/search?q=frumious+wabes&mode=meaning&limit=1").get_json()

    assert found["hits"][0]["paper"]["title"] == "Frumious wabes"
