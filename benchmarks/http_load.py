"""Puts the same HTTP load on servers of several libraries, one after the other: wrk over loopback.

Usage: python benchmarks/http_load.py LIBRARY... [--seconds N] [--connections N] [--kinds K...].
A LIBRARY is a file or postgresql://user@host/database; all must hold the same, as one holds after
`papergraph --library ONE db copy OTHER`. Needs wrk. Linux only.

Starts `papergraph serve` on each, asks every kind of page for so many seconds over so many
connections that stay open and never wait, and prints per kind: answers a second, the median, 95th
and 99th percentile of the time to an answer, the processor time an answer took in the server and in
all processes named postgres on this machine, and the most memory the server had so far. Papers and
queries are drawn with a fixed seed from the most connected papers; every library gets the same
addresses in the same order. Searches are by words: a model would take the same time over any
library.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

SEED = 11
DRAWN = 400
WARM = 20
KINDS = ("bare", "search", "paper", "similar", "next", "path", "lineage")
HEADS = ("p50 ms", "p95 ms", "p99 ms", "cpu ms", "db cpu", "MB")
# no model: the server would embed papers beside the load
SERVE = """
from papergraph.app.resources import Resources
from papergraph.cli import run
Resources.prepare = Resources.embedder = lambda self: None
run()
"""
ASK = """
local asked, number = {%s}, 0
request = function()
  number = number %% #asked + 1
  local one = asked[number]
  if one.body then
    return wrk.format("POST", one.path, {["Content-Type"] = "application/json"}, one.body)
  end
  return wrk.format("GET", one.path)
end
done = function(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.read + summary.errors.timeout
  io.write(string.format('FOUND{"answers": %%d, "failed": %%d, "us": %%d, "p50": %%f,'
    .. ' "p95": %%f, "p99": %%f}\\n', summary.requests, failed, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""

Asked = tuple[str, str | None]


@contextmanager
def serving(library: str) -> Iterator[tuple[int, str]]:
    """A server of a library: its process and its host."""
    command = [sys.executable, "-c", SERVE, "--offline", "--library", library, "serve"]
    with subprocess.Popen(
        [*command, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            if not line.startswith("http"):
                raise SystemExit(f"the server of {library} did not start: {line!r}")
            yield server.pid, urlsplit(line.strip()).netloc
        finally:
            server.terminate()


def ask(host: str, one: Asked) -> bytes:
    """One answer of the server."""
    connection = http.client.HTTPConnection(host, timeout=900)
    path, body = one
    headers = {"Content-Type": "application/json"} if body else {}
    connection.request("POST" if body else "GET", path, body, headers)
    answer = connection.getresponse()
    found = answer.read()
    connection.close()
    if answer.status != http.client.OK:
        raise SystemExit(f"{path}: {answer.status} {found[:200]!r}")
    return found


def draw(host: str) -> dict[str, list[Asked]]:
    """What is asked of each kind."""
    nodes = json.loads(ask(host, (f"/api/v1/graph?limit={DRAWN}", None)))["nodes"]
    chance = random.Random(SEED)
    chance.shuffle(nodes)
    found: dict[str, list[Asked]] = {kind: [] for kind in KINDS}
    for node in nodes:
        words = node["title"].split()
        first = chance.randrange(max(1, len(words) - 3))
        query, paper = quote(" ".join(words[first : first + 3])), node["id"]
        found["bare"].append(("/healthz", None))
        found["search"].append((f"/api/v1/search?mode=words&q={query}", None))
        found["paper"].append((f"/papers/{paper}", None))
        found["similar"].append((f"/api/v1/papers/{paper}/similar", None))
        found["next"].append(("/api/v1/next", json.dumps({"known": [paper]})))
        found["path"].append((f"/api/v1/path?target={paper}", None))
        found["lineage"].append((f"/api/v1/lineage?target={paper}", None))
    return found


def cpu_seconds(server: int) -> tuple[float, float]:
    """CPU time so far: of the server, and of all processes named postgres."""
    spent = {"server": 0.0, "postgres": 0.0}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (place / "stat").read_text(encoding="utf-8").rpartition(")")
        except OSError:
            continue  # it has ended
        kind = "server" if int(place.name) == server else name.partition("(")[2]
        if kind in spent:
            fields = rest.split()
            spent[kind] += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent["server"], spent["postgres"]


def most_memory(server: int) -> float:
    """MB that the server had at most so far."""
    text = Path(f"/proc/{server}/status").read_text(encoding="ascii")
    return int(text.partition("VmHWM:")[2].split()[0]) / 1024


def load(server: int, host: str, asked: list[Asked], given: argparse.Namespace) -> str:
    """Let wrk ask for so long; a line of what it found."""
    for one in asked[:WARM]:
        ask(host, one)
    # JSON writes a text as Lua reads it
    rows = [
        f"{{path={json.dumps(path)}, body={json.dumps(body) if body else 'nil'}}}"
        for path, body in asked
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ASK % ", ".join(rows))
        script.flush()
        command = ["wrk", "-t1", f"-c{given.connections}", f"-d{given.seconds}s", "--timeout=60s"]
        before = cpu_seconds(server)
        done = subprocess.run(
            [*command, "-s", script.name, f"http://{host}/"],
            check=True,
            capture_output=True,
            text=True,
        )
        spent = [end - begin for begin, end in zip(before, cpu_seconds(server), strict=True)]
    found = json.loads(done.stdout.partition("FOUND")[2])
    answers = max(1, found["answers"])
    parts = [f"{1e6 * found['answers'] / found['us']:>10.1f}"]
    parts += [f"{found[part] / 1000:>9.1f}" for part in ("p50", "p95", "p99")]
    parts += [f"{1000 * seconds / answers:>9.1f}" for seconds in spent]
    parts.append(f"{most_memory(server):>9.0f}")
    return "".join(parts) + (f"  {found['failed']} FAILED" if found["failed"] else "")


def main() -> None:
    """Measure each library, and print a line for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("libraries", nargs="+", metavar="LIBRARY")
    parser.add_argument("--seconds", type=int, default=20, metavar="N")
    parser.add_argument("--connections", type=int, default=4, metavar="N")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, metavar="K")
    given = parser.parse_args()
    first: dict[str, list[Asked]] = {}
    for library in given.libraries:
        print(urlsplit(library).scheme or "file", flush=True)
        print(f"{'':8}{'a second':>10}" + "".join(f"{name:>9}" for name in HEADS))
        with serving(library) as (server, host):
            asked = draw(host)
            first = first or asked
            if asked != first:
                raise SystemExit("the libraries do not hold the same papers")
            for kind in given.kinds:
                print(f"{kind:8}{load(server, host, asked[kind], given)}", flush=True)


if __name__ == "__main__":
    main()
