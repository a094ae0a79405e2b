"""How long pages take while several people read: search, paper and path pages, beside a bare page.

Usage: python benchmarks/pages_load.py LIBRARY [--clients N] [--think SECONDS] [--seconds N]. Starts
`papergraph serve` on LIBRARY, lets every client ask one page after another with a pause for thought
between, all kinds in turn, and prints per kind the time to the whole answer (median and 95th
percentile), how much that is of a bare page of the same server in the same run, and the processor
time of the answering thread, as /metrics counts it. Papers and queries are drawn with a fixed seed
from the most connected papers. On a busy machine the ratios and the processor time say more than
the times.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

SEED = 11
PAPERS = 400
ROUTES = {
    "bare": "healthz",
    "search": "pages.search",
    "paper": "pages.paper",
    "path": "pages.path",
}
CPU = re.compile(r'papergraph_http_request_cpu_seconds_total\{route="([^"]+)"\} (\S+)')
COUNT = re.compile(r'papergraph_http_request_duration_seconds_count\{route="([^"]+)"\} (\S+)')


class Client:
    """One reader with one connection that stays open."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=900)

    def get(self, path: str) -> tuple[float, bytes]:
        """Ask for a page; returns the seconds until it was whole, and its body."""
        began = time.perf_counter()
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
        return time.perf_counter() - began, body


def addresses(nodes: Sequence[dict[str, str]], seed: int) -> Iterator[tuple[str, str]]:
    """Kinds and addresses in turn, without end."""
    chance = random.Random(seed)
    while True:
        words = chance.choice(nodes)["title"].split()
        first = chance.randrange(max(1, len(words) - 3))
        yield "bare", "/healthz"
        yield "search", f"/search?q={quote(' '.join(words[first : first + 3]))}"
        yield "paper", f"/papers/{chance.choice(nodes)['id']}"
        yield "path", f"/path?target={chance.choice(nodes)['id']}"


def read_metrics(client: Client) -> dict[str, tuple[float, float]]:
    """Requests and processor seconds so far, by route."""
    text = client.get("/metrics")[1].decode()
    spent = {route: float(value) for route, value in CPU.findall(text)}
    return {route: (float(value), spent[route]) for route, value in COUNT.findall(text)}


def load(
    address: str, nodes: Sequence[dict[str, str]], asked: argparse.Namespace
) -> dict[str, list[float]]:
    """Let all clients read for so long; the times by kind."""
    think = asked.think
    times: dict[str, list[float]] = defaultdict(list)
    end = time.monotonic() + asked.seconds

    def read(seed: int) -> None:
        client, pause = Client(address), random.Random(seed)
        for kind, path in addresses(nodes, seed):
            time.sleep(think * pause.uniform(0.5, 1.5))
            if time.monotonic() > end:
                return
            times[kind].append(client.get(path)[0])

    readers = [threading.Thread(target=read, args=(SEED + n,)) for n in range(asked.clients)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so many of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def warm(client: Client, nodes: Sequence[dict[str, str]]) -> None:
    """Ask a few pages of each kind, so that indexes and graph are open."""
    asked = addresses(nodes, SEED - 1)
    for _ in range(4 * len(ROUTES)):
        client.get(next(asked)[1])


def show(times: dict[str, list[float]], spent: dict[str, tuple[float, float]]) -> None:
    """Print one line a kind."""
    bare = statistics.median(times["bare"])
    print(f"{'page':8}{'requests':>10}{'p50 ms':>10}{'p95 ms':>10}{'x bare':>9}{'cpu ms':>10}")
    for kind, route in ROUTES.items():
        found = times[kind]
        requests, seconds = spent[route]
        print(
            f"{kind:8}{len(found):>10}{statistics.median(found) * 1000:>10.1f}"
            f"{percentile(found, 0.95) * 1000:>10.1f}{statistics.median(found) / bare:>9.1f}"
            f"{seconds / requests * 1000:>10.1f}"
        )


def main() -> None:
    """Start the server, read for a while, print what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("library", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--think", type=float, default=1.0)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    command = [sys.executable, "-m", "papergraph", "--offline", "--library", str(asked.library)]
    server = subprocess.Popen([*command, "serve"], stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline() if server.stdout else ""
        address = re.search(r"http://\S+", line)
        if address is None:
            raise SystemExit(f"the server did not start: {line!r}")
        client = Client(address[0])
        nodes = json.loads(client.get(f"/api/v1/graph?limit={PAPERS}")[1])["nodes"]
        warm(client, nodes)
        before = read_metrics(client)
        times = load(address[0], nodes, asked)
        after = read_metrics(client)
    finally:
        server.terminate()
        server.wait(30)
    spent = {
        route: (after[route][0] - before[route][0], after[route][1] - before[route][1])
        for route in ROUTES.values()
    }
    show(times, spent)


if __name__ == "__main__":
    main()
