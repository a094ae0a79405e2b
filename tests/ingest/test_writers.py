"""Several writers at once make the library that one writer makes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from papergraph.ingest import RunReport, Text, ingest_reviews
from papergraph.library import Library
from papergraph.places import Place, Server
from tests.conftest import NOW
from tests.ingest.test_order import REVIEWS, contents

WRITERS = 8
# Each writer reads every text, beginning with another one, so that all meet all the time.
PROGRAM = """
import json, multiprocessing, sys

from papergraph.ingest import RunReport, Text, ingest_reviews
from papergraph.library import Library
from papergraph.places import read_place

def write(place, texts, now, barrier):
    library = Library.open(read_place(place))
    given = [Text(origin=origin, data=text.encode()) for origin, text in texts]
    barrier.wait(200)
    list(ingest_reviews(library, given, RunReport(), now=now))
    library.close()

place, texts, writers, now = json.load(sys.stdin)
context = multiprocessing.get_context("fork")
barrier = context.Barrier(writers)
turned = [texts[n:] + texts[:n] for n in range(writers)]
running = [context.Process(target=write, args=(place, one, now, barrier)) for one in turned]
for process in running:
    process.start()
for process in running:
    process.join(240)
sys.exit(sum(process.exitcode != 0 for process in running))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where a bare library is to be made that several may write to."""
    if request.param == "sqlite":
        yield tmp_path / "library.db"
        return
    cluster = request.getfixturevalue("cluster")
    server = cluster.make()
    yield server
    cluster.drop(server)


def test_eight_writers_make_the_library_of_one(place: Place, bare: Library) -> None:
    texts = [(f"/notes/{name}", text) for name, text in sorted(REVIEWS.items())]
    given = [Text(origin=origin, data=text.encode()) for origin, text in texts]
    list(ingest_reviews(bare, given, RunReport(), now=NOW))
    address = place.url if isinstance(place, Server) else str(place)

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps([address, texts, WRITERS, NOW]),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    library = Library.open(place)
    assert contents(library) == contents(bare)
    assert library.facts("unfollowed:") == {}
    assert library.check() == []
    library.close()
