"""The command against services on loopback: whole, with faults, killed, and asked twice."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from papergraph.library import Library
from tests.conftest import DATA
from tests.crawl.scholar import Scholar, services_at

REVIEWS = DATA / "reviews"
KILLS = 20
RECORDED = """# Notes

- [First](https://arxiv.org/abs/1605.08386)
- [Second](https://arxiv.org/abs/1707.08567) and [third](https://arxiv.org/abs/0808.05394)
- [A DOI](https://doi.org/10.1007/s00120-007-1345-2)
- [Another](https://doi.org/10.1002/wrna.1370)
"""


@pytest.fixture
def scholar() -> Iterator[Callable[..., Scholar]]:
    """Starts services; they end with the test."""
    started: list[Scholar] = []

    def start(**faults: Any) -> Scholar:
        started.append(Scholar(DATA, **faults))
        return started[-1]

    yield start
    for one in started:
        one.close()


class Place:
    """A folder with a bare library of some reviews, where commands are run against services."""

    def __init__(self, folder: Path, services: dict[str, str], reviews: Path = REVIEWS) -> None:
        self.library = folder / "library.db"
        self.environment = {**os.environ, **services, "PAPERGRAPH_HOME": str(folder)}
        assert self.run("db", "init", "--bare").returncode == 0
        assert self.run("ingest", str(reviews), "--offline").returncode == 0

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command and do not wait for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "papergraph", "--library", str(self.library), *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        process = self.start(*words)
        out, err = process.communicate(timeout=240)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def crawl(self) -> dict[str, Any]:
        """Crawl to the end, and again while something waits."""
        for _ in range(6):
            done = self.run("crawl", "--json")
            assert done.returncode in (0, 4), done.stderr
            report: dict[str, Any] = json.loads(done.stdout)
            if not report["left"]:
                break
        return report


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a crawl brings, by what papers are and not by their numbers."""
    library = Library.open(path)
    rows = library.database.execute_raw("SELECT id FROM papers WHERE merged_into IS NULL")
    cards = library.papers.get([row[0] for row in rows])
    names = {n: (card.title, *card.identifiers[:1]) for n, card in cards.items()}
    lists = library.sourced.lists_of(list(cards))
    sources = library.citations.sources_of(library.citations.all_pairs())
    unsettled = library.frontier.unsettled("paper")
    library.close()
    return {
        "papers": sorted(
            (c.title, c.identifiers, c.authors, c.year or 0, c.kind, c.references_known)
            for c in cards.values()
        ),
        "citations": sorted((names[a], names[b], *said) for (a, b), said in sources.items()),
        "lists": sorted(
            (names[n], item.source, item.state, item.found)
            for n, found in lists.items()
            for item in found
        ),
        "unsettled": [(names[number], state) for number, state, *_ in unsettled],
    }


def test_a_crawl_brings_the_references_and_a_second_one_asks_nothing(
    tmp_path: Path, scholar: Callable[..., Scholar]
) -> None:
    service = scholar(latency=0.005)
    place = Place(tmp_path, service.environment)

    report = place.crawl()
    asked = len(service.asked)
    again = place.crawl()

    assert report["resolved"] >= 20
    assert report["new_citations"] >= 100
    assert {row["source"] for row in report["sources"]} >= {"openalex", "arxiv"}
    assert (again["resolved"], len(service.asked) - asked) == (0, 0)


def test_a_crawl_killed_twenty_times_ends_as_an_undisturbed_one(
    tmp_path: Path, scholar: Callable[..., Scholar]
) -> None:
    calm = Place(_made(tmp_path / "calm"), scholar().environment)
    faulty = scholar(faults=0.2, latency=0.01)
    rough = Place(_made(tmp_path / "rough"), faulty.environment)
    dice = random.Random(3)
    calm.crawl()

    for _ in range(KILLS):
        process = rough.start("crawl")
        time.sleep(dice.uniform(0.5, 1.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    rough.crawl()

    assert contents(rough.library) == contents(calm.library)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_crawl_over_real_recordings_ends_and_tells_what_is_missing(
    tmp_path: Path, replay: str
) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(RECORDED, encoding="utf-8")
    place = Place(tmp_path, services_at(replay), notes)

    report = place.crawl()

    titles = [row[0] for row in contents(place.library)["papers"]]
    assert "Heat-bath random walks with Markov bases" in titles
    assert (report["left"], report["stopped_by"]) == (0, None)
    assert report["resolved"] >= 3
    assert {row["source"] for row in report["sources"]} >= {"arxiv", "openalex", "crossref"}


@pytest.fixture
def replay(shared: Path) -> Iterator[str]:
    """The recorded services with a tenth of the answers going wrong; gives their address."""
    file = shared / "tools" / "replay_server.py"
    spec = importlib.util.spec_from_file_location("replay_server", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    recorded = str(shared / "recorded")
    server = module.build_server(recorded, loose=True, error_rate=0.1, seed=5)
    server.RequestHandlerClass.disable_nagle_algorithm = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server.base_url
    server.shutdown()
    server.server_close()
