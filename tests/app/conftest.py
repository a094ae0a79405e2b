"""Fixtures for the web face: an application over a library of its own, with the starter papers."""

from __future__ import annotations

import re
import shutil

import pytest
from papergraph.app import create_app
from papergraph.app.serving import served
from papergraph.library import Library
from papergraph.settings import Settings, shipped_folder

from .browsing import FLAGS, find_browser

REVIEW = """# Three networks

[AlexNet](https://doi.org/10.1145/3065386) came first.

## [VGG](https://arxiv.org/abs/1409.1556)

VGG extends AlexNet with smaller filters.

## [ResNet](https://arxiv.org/abs/1512.03385)

ResNet builds on VGG and adds shortcuts.
"""

OPEN = """# Reading group

### Week 1

The first paper is on ResNet, which adds what it learns to what it was given.

The second paper argues that depth alone is enough, and adds no new idea.

The third paper looks at what such a network learns.
"""
NEAR = """# Papers

[Deep learning](https://example.org/paper.pdf) is a paper.
"""


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory):
    """A library with the starter papers, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("starter") / "library.db"
    library = Library.open(path, starter=shipped_folder("data"))
    library.database.execute_raw("PRAGMA user_version")
    library.close()
    return path


@pytest.fixture
def settings(engine, request, tmp_path):
    """Settings over a fresh copy of the starter library."""
    if engine == "sqlite":
        place = tmp_path / "library.db"
        shutil.copy(request.getfixturevalue("starter_file"), place)
        yield Settings(library=place, offline=True, cache=tmp_path / "cache")
        return
    cluster = request.getfixturevalue("cluster")
    place = cluster.make("starter")
    yield Settings(library=place, offline=True, cache=tmp_path / "cache")
    cluster.drop(place)


@pytest.fixture
def app(settings):
    """An application that raises what is a bug."""
    made = create_app(settings)
    made.testing = True
    yield made
    made.extensions["papergraph_jobs"].stop(60)
    made.extensions["papergraph"].library.close()


@pytest.fixture
def client(app):
    """A browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def bare_client(tmp_path):
    """A browser of an application over an empty library."""
    Library.open(tmp_path / "bare.db").close()
    made = create_app(Settings(library=tmp_path / "bare.db", offline=True))
    made.testing = True
    yield made.test_client()
    made.extensions["papergraph"].library.close()


@pytest.fixture
def send(client):
    """Send a form as a page does: with the token that stands on a page."""

    def send_form(address, page="/add", **fields):
        text = client.get(page).get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', text)[1]
        return client.post(
            address, data={"csrf_token": token, **fields}, content_type="multipart/form-data"
        )

    return send_form


@pytest.fixture
def read_review(client):
    """Add one review through the API and return its report."""

    def add(text=REVIEW, origin="three.md"):
        answer = client.post("/api/v1/reviews", json={"text": text, "origin": origin})
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    return add


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests."""
    place = find_browser()
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=place, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def site(settings):
    """The application with reviews and questions, served on a free port; gives its address."""
    app = create_app(settings)
    review = {
        "text": "# Notes\n\n[ResNet](https://arxiv.org/abs/1512.03385) extends VGG.\n"
        "It‚Äôs about depth ‚Äì a lot of it. https://example.org/" + "long" * 60,
        "origin": "notes.md",
    }
    client = app.test_client()
    client.post("/api/v1/reviews", json=review)
    for text, origin in ((OPEN, "weekly.md"), (NEAR, "near.md")):
        client.post("/api/v1/reviews", json={"text": text, "origin": origin})
    for name, state in (("VGG", "queued"), ("BERT", "reading")):
        marked = {"state": state, "note": "for the seminar", "tags": ["mine"]}
        client.post(f"/api/v1/papers/{name}/state", json=marked)
    client.patch("/api/v1/papers/ResNet", json={"venue": "CVPR 2016"})
    asked = client.get("/api/v1/review-queue").get_json()["questions"]
    client.post("/api/v1/review-queue", json={"mention": asked[1]["id"], "choice": "none"})
    with served(app) as address:
        yield address.rstrip("/")
