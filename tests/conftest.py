"""What every test may use: libraries in memory, a model that hashes words, a closed network."""

from __future__ import annotations

import hashlib
import itertools
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from numpy.typing import NDArray
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.places import Server
from sqlalchemy import inspect

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
NOW = "2026-01-31T12:00:00Z"
OWNER = "papergraph"
INITDB = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
SERVER_SETTINGS = (
    *("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    *("autovacuum=off", "max_connections=60", "lc_messages=C"),
)
NOT_DUMPED = ("fetched_at", "created_at", "seen_at", "ingested_at", "rowid", "words")
_LOOPBACK = ("127.", "localhost", "::1", "0.0.0.0")

# The same examples every time, on machines however slow; others with --hypothesis-profile=default.
settings.load_profile("ci")


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


class Cluster:
    """A throw-away PostgreSQL server on a socket in a folder of its own."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._server: subprocess.Popen[bytes] | None = None
        self._made = itertools.count()

    def start(self) -> None:
        """Make the server's files and start it; root lends it to another user, it wants that."""
        user = _ordinary_user()
        if user is not None:
            shutil.chown(self.folder, user)
        data = self.folder / "data"
        self._call("initdb", "-D", data, "-U", OWNER, *INITDB)
        rules = "local locked all scram-sha-256\nlocal all all trust\n"
        (data / "pg_hba.conf").write_text(rules)
        settings = [f"unix_socket_directories={self.folder}", *SERVER_SETTINGS]
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [self._programs / "postgres", "-D", data, *(f"--{one}" for one in settings)],
                stdout=subprocess.DEVNULL,
                stderr=log,
                **self._lent,
            )
        self._wait()

    def stop(self) -> None:
        """Stop the server at once and remove its files."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name: str, user: str = OWNER) -> str:
        """The address of a database as given to --library."""
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def make(self, template: str = "template0") -> Server:
        """Make a database like another one; returns where it is."""
        name = f"test_{next(self._made)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return Server(self.address(name))

    def drop(self, place: Server) -> None:
        """Remove a database."""
        self.run(f"DROP DATABASE {_name_of(place)} WITH (FORCE)")

    def restore(self, copy: Path, place: Server) -> None:
        """Read what pg_dump wrote into a database."""
        command = [self._programs / "pg_restore", "--dbname", place.url, copy]
        subprocess.run(command, check=True, capture_output=True)

    def empty(self, place: Server) -> None:
        """Make a database as it was when a bare library had been made in it: quicker than anew."""
        name = _name_of(place)
        tables = self.run(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND"
            " relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'",
            name,
        )
        counters = self.run("SELECT sequencename FROM pg_sequences", name)
        self.run(
            "; ".join(
                [
                    "SET session_replication_role = replica",
                    *(f'DELETE FROM "{table}"' for (table,) in tables),
                    *(f'ALTER SEQUENCE "{counter}" RESTART' for (counter,) in counters),
                    "INSERT INTO info VALUES ('graph_version', '1')",
                ]
            ),
            name,
        )

    def run(self, sql: str, name: str = "postgres") -> list[Any]:
        """Run one statement outside a transaction; returns its rows."""
        import psycopg

        url = f"host={self.folder} user={OWNER} dbname={name}"
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def _wait(self) -> None:
        import psycopg

        for _ in range(300):
            try:
                self.run("SELECT 1")
            except psycopg.OperationalError:
                assert self._server is not None
                if self._server.poll() is not None:
                    break
                time.sleep(0.05)
            else:
                return
        pytest.fail(f"the PostgreSQL server did not start: {(self.folder / 'log').read_text()}")

    def _call(self, program: str, *arguments: object) -> None:
        command = [self._programs / program, *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, **self._lent)

    @property
    def _lent(self) -> dict[str, Any]:
        user = _ordinary_user()
        lent = (
            {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
        )
        return lent | {"cwd": self.folder}


def _name_of(place: Server) -> str:
    return place.url.partition("@/")[2].partition("?")[0]


def _ordinary_user() -> str | None:
    """Who is to run the server: None for ourselves, another user where we are root."""
    if os.geteuid() != 0:
        return None
    users = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in users)


def _postgres_programs() -> Path | None:
    """The folder of initdb and postgres; Debian keeps them out of the path."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((one for one in folders if (one / "postgres").exists()), None)


def dump_tables(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, times left out, so that two states can be compared."""
    with library.database.transaction() as connection:
        found = inspect(connection)
        tables = {
            name: [column["name"] for column in found.get_columns(name)]
            for name in found.get_table_names()
            if "text_" not in name and name not in ("alembic_version", "titles_words")
        }
    dump: dict[str, list[tuple[Any, ...]]] = {}
    for name, columns in tables.items():
        chosen = ", ".join(f'"{column}"' for column in columns if column not in NOT_DUMPED)
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
def engine() -> str:
    """The kind of database that libraries lie in."""
    return os.environ.get("PAPERGRAPH_TEST_ENGINE", "sqlite")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server with the databases `bare` and `starter` to copy."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed")
    pytest.importorskip("psycopg", reason="no driver for PostgreSQL is installed")
    server = Cluster(Path(tempfile.mkdtemp(prefix="papergraph-pg-")), programs)
    try:
        server.start()
        for name, starter in (("bare", None), ("starter", DATA)):
            server.run(f"CREATE DATABASE {name} TEMPLATE template0")
            Library.open(Server(server.address(name)), starter=starter).close()
        server.run("CREATE DATABASE locked TEMPLATE template0")
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library file with the starter papers, made once; never written to."""
    path = tmp_path_factory.mktemp("starter") / "library.db"
    library = Library.open(path, starter=DATA)
    library.database.execute_raw("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    return path


@pytest.fixture
def library_file(starter_file: Path, tmp_path: Path) -> Path:
    """A copy of the starter library that a test may write to."""
    path = tmp_path / "library.db"
    shutil.copyfile(starter_file, path)
    return path


@pytest.fixture(scope="session")
def shared_starter(engine: str, request: pytest.FixtureRequest) -> Iterator[Library]:
    """The starter library, one for all tests that only read."""
    if engine == "sqlite":
        library = Library.open(request.getfixturevalue("starter_file"))
    else:
        cluster = request.getfixturevalue("cluster")
        folder = request.getfixturevalue("tmp_path_factory").mktemp("cache")
        library = Library.open(cluster.make("starter"), cache=folder)
    yield library
    library.close()


@pytest.fixture(scope="session")
def emptied(cluster: Cluster) -> Server:
    """A bare library on the server, emptied after each test."""
    return cluster.make("bare")


@pytest.fixture
def starter(engine: str, request: pytest.FixtureRequest) -> Iterator[Library]:
    """The starter library, open, for one test alone."""
    if engine == "sqlite":
        library = Library.open(request.getfixturevalue("library_file"))
        yield library
        library.close()
    else:
        cluster = request.getfixturevalue("cluster")
        place = cluster.make("starter")
        library = Library.open(place, cache=request.getfixturevalue("tmp_path") / "cache")
        yield library
        library.close()
        cluster.drop(place)


@pytest.fixture
def bare(engine: str, request: pytest.FixtureRequest) -> Iterator[Library]:
    """A bare library in memory, or on a server."""
    if engine == "sqlite":
        library = Library.open(None)
        yield library
        library.close()
    else:
        place = request.getfixturevalue("emptied")
        library = Library.open(place, cache=request.getfixturevalue("tmp_path") / "cache")
        yield library
        library.close()
        request.getfixturevalue("cluster").empty(place)


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
