"""Every claim about a library holds in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from papergraph.library import Library


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """The kind of database that libraries lie in."""
    return str(request.param)


@pytest.fixture(scope="module")
def shared_starter(engine: str, request: pytest.FixtureRequest) -> Iterator[Library]:
    """The starter library, one for all tests of a file that only read."""
    if engine == "sqlite":
        library = Library.open(request.getfixturevalue("starter_file"))
    else:
        library = Library.open(request.getfixturevalue("cluster").make("starter"))
    yield library
    library.close()
