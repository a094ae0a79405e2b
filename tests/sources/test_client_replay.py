"""The client against the real recordings, served on loopback by the replay server, with faults."""

from __future__ import annotations

import importlib.util
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest
from papergraph.errors import UnavailableError
from papergraph.settings import Settings
from papergraph.sources.client import Client
from papergraph.sources.client.hosts import SOURCES

pytestmark = pytest.mark.shared


@pytest.fixture
def serve(shared):
    """Serves the recordings, with faults as asked for."""
    file = shared / "tools" / "replay_server.py"
    if not file.exists() or not (shared / "recorded" / "index.json").exists():
        pytest.skip("the real recordings are not present")
    spec = importlib.util.spec_from_file_location("replay_server", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    servers = []

    def start(**faults):
        servers.append(module.build_server(str(shared / "recorded"), **faults))
        # head and body are written apart: with Nagle's algorithm each answer takes 40 ms
        servers[-1].RequestHandlerClass.disable_nagle_algorithm = True
        Thread(target=servers[-1].serve_forever, args=(0.01,), daemon=True).start()
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def make_client(tmp_path, serve):
    """Makes clients that ask the replay server without waiting."""
    made = []

    def make(server):
        urls = {source: f"{server.base_url}/{source}" for source in SOURCES}
        settings = Settings(
            library=tmp_path / "x",
            cache=tmp_path / "cache",
            base_urls=urls,
            pace_scale=0.0,
            contact="ann@example.org",
            keys={"openalex": "a-key"},
        )
        made.append(Client(settings))
        return made[-1]

    yield make
    for client in made:
        client.close()


def gets(recordings_of):
    """Every recorded GET of a service that answers us, the first of each request."""
    fetcher = recordings_of()
    seen = set()
    for record in fetcher.records:
        known = record["source"] in SOURCES and record["source"] != "openreview"
        if known and record["method"] == "GET" and record["url"] not in seen:
            seen.add(record["url"])
            if not 300 <= record["status"] < 400:
                yield record, fetcher.reply(record).body


def ask(client, record):
    parts = urlsplit(record["url"])
    pairs = dict(parse_qsl(parts.query, keep_blank_values=True))
    return client.get(record["source"], parts.path, pairs, accept=(record["status"],), kind="page")


def test_every_recording_comes_through_whole_and_only_once(recordings_of, serve, make_client):
    server = serve()
    client = make_client(server)
    wrong = [
        record["url"]
        for record, body in gets(recordings_of)
        if body and ask(client, record).body != body
    ]
    asked = server.replay_stats["requests"]
    kept = [one for one, body in gets(recordings_of) if body and one["status"] == 200]
    for record in kept[:200]:
        ask(client, record)

    assert wrong == []
    assert server.replay_stats["requests"] - asked < 5  # errors inside a 200 are not kept


def test_faults_lose_nothing_and_change_nothing(recordings_of, serve, make_client):
    """20 % errors and 20 % broken bodies: every answer is right, or says that it is missing."""
    server = serve(error_rate=0.2, truncate=0.2, seed=7)
    client = make_client(server)
    fetcher = recordings_of()
    recorded = {fetcher.reply(one).body for one in fetcher.records}  # some requests more than once
    right = missing = 0
    for record, body in gets(recordings_of):
        if record["status"] != 200 or not body:
            continue
        try:
            assert ask(client, record).body in recorded
            right += 1
        except UnavailableError:
            missing += 1

    total = right + missing
    assert server.replay_stats["truncated"] > 30
    assert right > 0.9 * total
    assert sum(one.failed for one in client.counts()) == missing
