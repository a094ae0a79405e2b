"""What every test may use: libraries in memory, a model that hashes words, a closed network."""

from __future__ import annotations

import hashlib
import re
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from papergraph.library import Library
from papergraph.models import PaperRecord

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
NOW = "2026-01-31T12:00:00Z"
_LOOPBACK = ("127.", "localhost", "::1", "0.0.0.0")


class HashingEmbedder:
    """A model without training: every word lights one of 256 values. Same words, same meaning."""

    name = "hashed-words"
    dimension = 256
    fingerprint = "hashed-words-1"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed each text: (n, 256) float32, rows of length 1 or zero."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.blake2b(word.encode(), digest_size=2).digest()
                row[int.from_bytes(digest) % self.dimension] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.maximum(lengths, 1e-9)


def dump_tables(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, times left out, so that two states can be compared."""
    names = library.database.execute_raw(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%text_%'"
        " ORDER BY name"
    )
    dump: dict[str, list[tuple[Any, ...]]] = {}
    for (name,) in names:
        columns = library.database.execute_raw(
            "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 AND name NOT IN"
            " ('fetched_at', 'created_at', 'seen_at', 'ingested_at')",
            (name,),
        )
        chosen = ", ".join(f'"{column}"' for (column,) in columns)
        rows = library.database.execute_raw(f'SELECT {chosen} FROM "{name}"')
        dump[name] = sorted((tuple(row) for row in rows), key=repr)
    dump["info"] = [
        row for row in dump["info"] if row[0] != "graph_version" and "change" not in row[0]
    ]
    return dump


def add_papers(library: Library, *records: PaperRecord) -> list[int]:
    """Store papers and index their text; returns their numbers."""
    numbers = [library.papers.add(record, NOW) for record in records]
    library.refresh_texts(numbers)
    return numbers


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach beyond loopback."""
    connect, connect_ex, look_up = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def is_here(host: object) -> bool:
        return host is None or str(host).startswith(_LOOPBACK)

    def guard(inner: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(self: socket.socket, address: Any) -> Any:
            if isinstance(address, tuple) and not is_here(address[0]):
                raise OSError(f"a test tried to reach {address!r}; the network is off")
            return inner(self, address)

        return guarded

    def guarded_look_up(host: Any, *rest: Any, **options: Any) -> Any:
        if not is_here(host):
            raise OSError(f"a test tried to look up {host!r}; the network is off")
        return look_up(host, *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", guard(connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guard(connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The shipped data: starter library and sample reviews."""
    return DATA


@pytest.fixture(scope="session")
def shared() -> Path:
    """Development data beside the repository; tests that need it are skipped without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the development data is not beside the repository")
    return folder


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library file with the starter papers, made once; never written to."""
    path = tmp_path_factory.mktemp("starter") / "library.db"
    library = Library.open(path, starter=DATA)
    library.database.execute_raw("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    return path


@pytest.fixture(scope="session")
def shared_starter(starter_file: Path) -> Iterator[Library]:
    """The starter library, one for all tests that only read."""
    library = Library.open(starter_file)
    yield library
    library.close()


@pytest.fixture
def library_file(starter_file: Path, tmp_path: Path) -> Path:
    """A copy of the starter library that a test may write to."""
    path = tmp_path / "library.db"
    shutil.copyfile(starter_file, path)
    return path


@pytest.fixture
def starter(library_file: Path) -> Iterator[Library]:
    """The starter library, open, for one test alone."""
    library = Library.open(library_file)
    yield library
    library.close()


@pytest.fixture
def bare() -> Iterator[Library]:
    """A bare library in memory."""
    library = Library.open(None)
    yield library
    library.close()


@pytest.fixture
def embedder() -> HashingEmbedder:
    """A model that hashes words."""
    return HashingEmbedder()


@pytest.fixture(scope="session")
def now() -> str:
    """The time the tests run at."""
    return NOW


@pytest.fixture(scope="session")
def dump() -> Callable[[Library], dict[str, list[tuple[Any, ...]]]]:
    """Tells all that a library holds, times left out."""
    return dump_tables
