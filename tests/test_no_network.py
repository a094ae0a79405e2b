"""Answering never opens a connection, even when the settings allow the network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from papergraph.app import create_app
from papergraph.cli.main import main
from papergraph.library import Library
from papergraph.settings import Settings
from tests.conftest import DATA

PAGES = (
    *("/", "/search?q=residual+networks", "/papers/ResNet", "/path?target=ResNet", "/lineage"),
    *("/lineage?target=ResNet", "/next", "/shelf", "/reviews", "/questions", "/add"),
    *("/api/v1/search?q=residual", "/api/v1/papers/ResNet", "/api/v1/papers/ResNet/similar"),
    *("/api/v1/path?target=ResNet", "/api/v1/lineage?target=ResNet", "/api/v1/resolve?text=VGG"),
    *("/api/v1/review-queue", "/api/v1/export?format=bibtex&papers=ResNet", "/healthz"),
)
COMMANDS = (
    ["search", "residual networks"],
    ["show", "ResNet"],
    ["path", "ResNet"],
    ["lineage", "ResNet"],
    ["order", "ResNet", "VGG"],
    ["next", "--known", "AlexNet"],
    ["similar", "ResNet"],
    ["new"],
    ["list"],
)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every attempt to connect anywhere, loopback too; none of them succeeds."""
    tried: list[object] = []

    def refuse(_socket: socket.socket, address: object) -> None:
        tried.append(address)
        raise OSError("no connection while answering")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


@pytest.mark.parametrize("address", PAGES)
def test_pages_and_api_open_no_connection(
    address: str, shared_file: Path, connections: list[object]
) -> None:
    client = create_app(Settings(library=shared_file, offline=False)).test_client()

    assert client.get(address).status_code == 200
    assert connections == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_commands_that_answer_open_no_connection(
    command: list[str],
    shared_file: Path,
    connections: list[object],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PAPERGRAPH_OFFLINE", "0")

    assert main(["--library", str(shared_file), *command]) in (0, 3)
    assert connections == []
    capsys.readouterr()


@pytest.fixture(scope="module")
def shared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the starter papers in a file."""
    path = tmp_path_factory.mktemp("library") / "library.db"
    Library.open(path, starter=DATA).close()
    return path
