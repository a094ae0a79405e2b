"""Every face over a library on a server: the answers of a file, and no password anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from papergraph.app import create_app
from papergraph.app.serving import from_environment
from papergraph.cli import main
from papergraph.doctor import _examine_library
from papergraph.errors import LibraryError
from papergraph.places import Server
from papergraph.settings import Settings
from tests.conftest import DATA

REVIEW = DATA / "reviews" / "detection-dump.txt"
SECRET = "geheim"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server(cluster: Any) -> Iterator[Server]:
    """A copy of the starter library on a server; its address has a password."""
    place = cluster.make("starter")
    yield Server(place.url.replace("papergraph@", f"papergraph:{SECRET}@"))
    cluster.drop(place)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on a library; gives its exit code and what it said."""
    monkeypatch.chdir(DATA)
    monkeypatch.setenv("PAPERGRAPH_HOME", str(tmp_path / "home"))

    def call(library: object, *arguments: str) -> tuple[int, str, str]:
        place = library.url if isinstance(library, Server) else str(library)
        code = main(["--library", place, "--offline", *arguments])
        return code, *capsys.readouterr()

    return call


def objects(text: str) -> list[Any]:
    found = [json.loads(line) for line in text.splitlines()]
    for one in found:
        one.pop("took_ms", None)
    return found


def test_commands_answer_as_over_a_file(run: Run, server: Server, library_file: Path) -> None:
    commands = (
        ("ingest", "--json", "reviews/detection-dump.txt", "reviews/notes-vision.md"),
        ("know", "LeNet-5", "AlexNet"),
        ("search", "--json", "residual learning of images"),
        ("search", "--json", "object detection", "--limit", "5"),
        ("show", "--json", "Faster R-CNN"),
        ("path", "--json", "Faster R-CNN", "--known", "LeNet-5"),
        ("next", "--json", "--known", "ResNet"),
        ("lineage", "--json", "ResNet"),
        ("ready", "--json"),
        ("between", "--json", "AlexNet", "ResNet"),
        ("similar", "--json", "ResNet"),
        ("list", "--json", "known"),
        ("export", "bibtex", "ResNet", "VGG"),
        ("forget", "reviews/notes-vision.md"),
        ("list", "--json", "reviews"),
    )
    for command in commands:
        over_file, over_server = run(library_file, *command), run(server, *command)

        assert over_server[0] == over_file[0] == 0, (command, over_server, over_file)
        if "--json" in command:
            assert _without_times(over_server[1]) == _without_times(over_file[1]), command
        else:
            assert over_server[1] == over_file[1], command


def _without_times(text: str) -> list[Any]:
    return objects(re.sub(r'"(ingested|changed)_at": "[^"]*"', '"at": ""', text))


def test_the_library_is_kept_and_checked(run: Run, server: Server) -> None:
    shown = str(server)

    assert shown in run(server, "db", "check")[1]
    assert shown in run(server, "db", "migrate")[1]
    assert "exists already" in run(server, "db", "init")[2]
    finding = _examine_library(Settings(library=server))
    assert re.search(rf"{re.escape(shown)} has \d+ papers, in PostgreSQL \d", finding.text)


def test_a_library_moves_to_a_server_and_back(
    run: Run, cluster: Any, library_file: Path, tmp_path: Path
) -> None:
    place, back = cluster.make(), tmp_path / "back.db"
    server = Server(place.url.replace("papergraph@", f"papergraph:{SECRET}@"))
    run(library_file, "know", "AlexNet")

    there = run(library_file, "db", "copy", server.url)
    again = run(library_file, "db", "copy", server.url)
    home = run(server, "db", "copy", str(back))

    assert (there[0], home[0]) == (0, 0), (there, home)
    assert again[0] == LibraryError.exit_code
    assert "is not empty" in again[2]
    assert SECRET not in "".join(there[1:] + again[1:] + home[1:])
    asked = ("path", "--json", "Faster R-CNN")
    assert run(back, *asked)[1] == run(server, *asked)[1] == run(library_file, *asked)[1]
    cluster.drop(place)


def test_no_password_is_ever_shown(run: Run, server: Server, cluster: Any) -> None:
    locked = Server(cluster.address("locked", f"papergraph:{SECRET}"))
    nowhere = Server(server.url.replace("/test_", "/nowhere_"))
    commands = (("search", "x"), ("config", "get"), ("config", "get", "library"))
    commands += (("-v", "search", "x"), ("config", "set", "library", server.url), ("db", "init"))
    for place in (server, locked, nowhere):
        for command in commands:
            _, out, err = run(place, *command)

            assert SECRET not in out + err, command
        assert SECRET not in _examine_library(Settings(library=place)).text


def settings_of(server: Server, tmp_path: Path) -> Settings:
    return Settings(library=server, offline=True, cache=tmp_path / "cache")


def test_pages_and_api_answer_over_a_server(server: Server, tmp_path: Path) -> None:
    app = create_app(settings_of(server, tmp_path))
    client = app.test_client()

    read = client.post("/api/v1/reviews", json={"text": REVIEW.read_text(), "origin": "x.txt"})
    hits = client.get("/api/v1/search?q=fast%20r-cnn").get_json()["hits"]
    path = client.get("/api/v1/path?target=Faster%20R-CNN&known=LeNet-5").get_json()

    assert read.status_code == 200
    assert "Fast R-CNN" in hits[0]["paper"]["title"]
    assert path["steps"][-1]["paper"]["title"].startswith("Faster R-CNN")
    assert client.get("/").status_code == 200
    app.extensions["papergraph"].library.close()


def test_processes_that_serve_one_library_take_each_others_forms(
    server: Server, tmp_path: Path
) -> None:
    apps = [create_app(settings_of(server, tmp_path)) for _ in range(2)]
    one, other = (app.test_client() for app in apps)
    token = re.search(r'name="csrf_token" value="([^"]+)"', one.get("/add").text)[1]
    cookie = one.get_cookie(next(iter(one._cookies))[2])
    other.set_cookie(cookie.key, cookie.value)

    answer = other.post("/add", data={"csrf_token": token, "text": REVIEW.read_text()})

    assert answer.status_code in (200, 302, 303)
    for app in apps:
        app.extensions["papergraph"].library.close()


def test_another_wsgi_server_gets_the_application_from_the_environment(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERGRAPH_HOME", str(tmp_path))
    monkeypatch.setenv("PAPERGRAPH_LIBRARY", server.url)
    monkeypatch.setenv("PAPERGRAPH_TOKEN", "open sesame")

    app = from_environment("papers.example.org")

    there = {"base_url": "http://papers.example.org"}
    assert app.test_client().get("/api/v1/search?q=resnet", **there).status_code == 401
    bearer = {"Authorization": "Bearer open sesame"}
    assert (
        app.test_client().get("/api/v1/search?q=resnet", headers=bearer, **there).status_code == 200
    )
    app.extensions["papergraph"].library.close()


def test_a_library_that_cannot_be_reached_ends_the_command_with_one_line(run: Run) -> None:
    code, out, err = run(Server("postgresql://ann@/papers?host=/nowhere"), "search", "x")

    assert (code, out) == (LibraryError.exit_code, "")
    assert re.fullmatch(r"papergraph: cannot use the library 'postgresql://ann@/papers.*\n", err)
