"""How fast the client asks, when it waits, and when it leaves a service alone."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest
from papergraph.errors import SourceError, UnavailableError
from papergraph.settings import Settings
from papergraph.sources.client import Client, Clock
from papergraph.sources.client.cache import Question
from papergraph.sources.client.exchange import Request
from papergraph.sources.client.hosts import HOSTS, find_host
from papergraph.sources.client.wire import Call
from tests.sources.serving import Said

TEN_MINUTES = 600
# What the services state; ours must be no faster (sources.md 3.6).
STATED = {
    "arxiv": 3.0,
    "s2": 1.0,
    "openalex": 0.01,
    "crossref": 0.2,
    "ncbi": 0.1,
    "hf": 0.6,
    "openreview": 1 / 3,
}


def ask(client, *paths, source="dblp", **options):
    """Ask for several pages, which all are there."""
    return [client.get(source, path, **options) for path in paths]


@pytest.fixture
def everything(service):
    """The service, answering well whatever is asked of it."""
    service.default = Said()
    return service


def test_no_group_is_faster_than_its_service_states():
    for host in HOSTS:
        for manners in (host.group.manners, host.group.keyed):
            if manners is not None:
                assert manners.spacing >= STATED.get(host.group.name, 1.0)


@pytest.mark.parametrize(
    ("source", "keys", "wait"),
    [
        ("arxiv", {}, 3.2),
        ("s2", {}, 6.5),
        ("s2", {"s2": "k"}, 1.1),
        ("openalex", {}, 0.1),
        ("pubmed", {}, 0.37),
        ("pubmed", {"ncbi": "k"}, 0.11),
        ("dblp", {}, 1.0),
    ],
)
def test_requests_of_a_source_are_spaced(client_of, everything, fake_time, source, keys, wait):
    ask(client_of(keys=keys), "/1", "/2", "/3", source=source)

    assert fake_time.slept == pytest.approx([wait, wait], abs=0.001)


def test_all_hosts_of_arxiv_share_one_pace(client_of, everything, fake_time):
    client = client_of()

    client.get("arxiv", "/api/query", {"id_list": "1"})
    client.get("arxiv", "/oai", host="oaipmh.arxiv.org")
    client.get("arxiv", "/rss/cs.LG", host="rss.arxiv.org")

    assert fake_time.slept == pytest.approx([3.2, 3.2], abs=0.001)


def test_pages_of_arxiv_are_fifteen_seconds_apart(client_of, everything, fake_time):
    client = client_of()

    ask(client, "/abs/1", "/abs/2", source="arxiv", host="arxiv.org", kind="page")

    assert sum(fake_time.slept) == pytest.approx(15 + 3.2, abs=0.01)  # robots.txt came first


def test_searches_are_slower_where_the_service_says_so(client_of, everything, fake_time):
    ask(client_of(), "/api/papers/search?q=1", "/api/papers/search?q=2", source="hf", kind="search")

    assert fake_time.slept == pytest.approx([6.0], abs=0.001)


def test_what_crossref_states_is_obeyed(client_of, service, fake_time):
    stated = {"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "2s"}
    service.plan("/crossref/1", Said(headers=stated))
    service.plan("/crossref/2", Said())
    service.plan("/crossref/3", Said())

    ask(client_of(), "/1", "/2", "/3", source="crossref")

    assert fake_time.slept[-1] == pytest.approx(2.2, abs=0.01)


@pytest.mark.parametrize("stated", ["7", "Sat, 31 Jan 2026 12:00:07 GMT"])
def test_retry_after_is_obeyed(client_of, service, fake_time, stated, monkeypatch):
    monkeypatch.setattr("urllib3.util.retry.time.time", fake_time.now)
    service.plan("/dblp/1", Said(status=503, headers={"Retry-After": stated}), Said())

    assert client_of().get("dblp", "/1").status == 200
    assert fake_time.slept == pytest.approx([7.0], abs=0.1)


def test_a_long_retry_after_puts_the_service_off(client_of, service, fake_time):
    service.plan("/dblp/1", Said(status=429, headers={"Retry-After": "43200"}))
    client = client_of()

    with pytest.raises(UnavailableError, match="answered 429") as caught:
        client.get("dblp", "/1")
    with pytest.raises(UnavailableError, match="left alone until 2026-02-01T00:00"):
        client.get("dblp", "/2")

    assert caught.value.until == "2026-02-01T00:00:00Z"
    assert len(service.asked) == 1


def test_tries_are_further_and_further_apart(client_of, service, fake_time):
    service.plan("/dblp/1", Said(status=500))

    with pytest.raises(UnavailableError, match=r"answered 500 .* after 4 tries over 14 s"):
        client_of().get("dblp", "/1")

    assert fake_time.slept == pytest.approx([2, 4, 8], abs=0.01)


@pytest.mark.parametrize("status", [429, 503, 406])
def test_arxiv_is_left_alone_for_ten_minutes_then_tried_once(
    client_of, everything, fake_time, status
):
    everything.plan("/arxiv/1", Said(status=status), Said(status=status), Said())
    client = client_of()

    for _ in range(2):
        with pytest.raises(UnavailableError):
            client.get("arxiv", "/1")
        with pytest.raises(UnavailableError, match="left alone"):
            client_of().get("arxiv", "/2")
        fake_time.time += TEN_MINUTES + 1

    assert client.get("arxiv", "/1").status == 200
    assert client.get("arxiv", "/2").status == 200
    assert everything.paths == ["/arxiv/1", "/arxiv/1", "/arxiv/1", "/arxiv/2"]


def test_a_hang_of_arxiv_trips_the_circuit_too(client_of, service, fake_time, monkeypatch):
    given_up = Event()
    service.plan("/arxiv/1", Said(after=given_up))
    monkeypatch.setattr("papergraph.sources.client.wire.Request", quick(0.1))
    client = client_of()

    with pytest.raises(UnavailableError, match="did not answer in time"):
        client.get("arxiv", "/1")
    given_up.set()
    with pytest.raises(UnavailableError, match="left alone"):
        client.get("arxiv", "/1")


def quick(seconds):
    """Make requests with a shorter limit."""
    return lambda **given: Request(**(given | {"timeout": seconds}))


def test_anonymous_semantic_scholar_rests_a_minute_after_a_429(client_of, service, fake_time):
    service.plan("/s2/1", Said(status=429), Said())
    client = client_of()

    with pytest.raises(UnavailableError) as caught:
        client.get("s2", "/1")
    fake_time.time += 61

    assert caught.value.until == "2026-01-31T12:01:00Z"
    assert client.get("s2", "/1").status == 200


def test_a_service_that_fails_three_questions_is_left_alone(client_of, service, fake_time):
    for path in ("/dblp/1", "/dblp/2", "/dblp/3"):
        service.plan(path, Said(status=500))
    client = client_of()

    for path in ("/1", "/2", "/3"):
        with pytest.raises(UnavailableError, match="answered 500"):
            client.get("dblp", path)
    with pytest.raises(UnavailableError, match="left alone"):
        client.get("dblp", "/4")

    assert len(service.asked) == 12


def test_one_bad_answer_among_good_ones_leaves_the_service_on(client_of, everything):
    everything.plan("/dblp/bad", Said(status=500))
    client = client_of()

    for _ in range(4):
        with pytest.raises(UnavailableError, match="answered 500"):
            client.get("dblp", "/bad")
        ask(client, "/good", "/other")
        client.get("dblp", f"/{len(everything.asked)}")


def test_only_one_request_tries_whether_a_silent_service_answers(client_of, service, fake_time):
    client, other = client_of(), client_of()
    client._wire._pace.silence(f"openalex@{service.base[7:]}", TEN_MINUTES, "answered 503")
    fake_time.time += TEN_MINUTES + 1
    refused = Event()
    service.plan("/openalex/works/W1", Said(after=refused))

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(client.get, "openalex", "/works/W1")
        while not service.asked and not first.done():
            time.sleep(0.01)
        second = threads.submit(other.get, "openalex", "/works/W2").exception()
        refused.set()

        assert isinstance(second, UnavailableError)
        assert first.result().status == 200
    assert len(service.asked) == 1


def test_credits_of_openalex_are_spent_and_then_kept(client_of, service, fake_time):
    service.plan("/openalex/works", Said(headers={"X-RateLimit-Remaining": "12"}), Said())
    service.plan("/openalex/works/W1", Said())
    client = client_of()

    client.get("openalex", "/works", {"filter": "doi:a"})
    client.get("openalex", "/works", {"search": "a"})
    with pytest.raises(UnavailableError, match=r"gives 2 more .* costs 10") as caught:
        client.get("openalex", "/works", {"search": "b"})

    assert caught.value.until == "2026-02-01T00:00:00Z"
    assert client.get("openalex", "/works/W1").status == 200
    fake_time.time += 43_200
    assert client.get("openalex", "/works", {"search": "b"}).status == 200


def test_a_turn_that_is_too_far_off_is_not_waited_for(client_of, everything, fake_time):
    client = client_of({"patience": 2.0})
    ask(client, "/1", source="arxiv")

    with pytest.raises(UnavailableError, match="not to be asked before") as caught:
        ask(client, "/2", source="arxiv")

    assert caught.value.until == "2026-01-31T12:00:04Z"
    assert fake_time.slept == []


def test_who_starts_late_keeps_the_next_one_back(client_of, everything, fake_time):
    def oversleep(seconds):
        fake_time.slept.append(seconds)
        fake_time.time += seconds + 2.0

    client = client_of({"clock": Clock(now=fake_time.now, sleep=oversleep)})

    ask(client, "/1", "/2", "/3", source="arxiv")

    assert fake_time.slept == pytest.approx([3.2, 3.2], abs=0.01)


def test_a_clock_that_went_wrong_stops_nobody(client_of, everything, fake_time):
    fake_time.time += 400 * 86_400
    ask(client_of(), "/1", source="arxiv")
    fake_time.time -= 400 * 86_400

    assert ask(client_of(), "/2", source="arxiv")[0].status == 200


def test_counts_tell_what_became_of_every_question(client_of, service):
    service.plan("/dblp/1", Said(status=500), Said())
    service.plan("/dblp/2", Said(status=403))
    service.plan("/arxiv/1", Said(status=429))
    client = client_of()

    ask(client, "/1", "/1")
    for source, path in (("dblp", "/2"), ("arxiv", "/1"), ("arxiv", "/1")):
        with pytest.raises(SourceError):
            client.get(source, path)

    arxiv, dblp = client.counts()
    assert (dblp.asked, dblp.sent, dblp.answered, dblp.cached, dblp.refused) == (3, 3, 1, 1, 1)
    assert (arxiv.asked, arxiv.sent, arxiv.failed) == (2, 1, 2)
    assert (dblp.waiting_until, arxiv.waiting_until) == (
        None,
        "2026-01-31T12:10:03Z",
    )  # 3 s were slept


# Tells when each request was let go: by the last look at the clock before it was sent.
ASKING = """
import sys, time
from pathlib import Path
from threading import Event
from papergraph.settings import Settings
from papergraph.sources.client import Client, Clock, wire
base, cache, name, scale, source = sys.argv[1:]
settings = Settings(
    library=Path("x"), cache=Path(cache), base_urls={source: base}, pace_scale=float(scale)
)
looks, send = [0.0], wire.send
def look():
    looks.append(time.time())
    return looks[-1]
def tell(*given):
    print(looks[-1])
    return send(*given)
wire.send = tell
with Client(settings, clock=Clock(now=look, sleep=time.sleep)) as client:
    for number in range(5):
        client.get(source, f"/{name}/{number}")
"""


def ask_in_processes(service, cache: Path, source: str, scale: str, names="ab") -> list[float]:
    """Ask five questions in each process; returns when requests were let go, in order."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", ASKING, service.base, str(cache), name, scale, source],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    told = [one.communicate(timeout=240)[0] for one in running]
    assert [one.returncode for one in running] == [0] * len(names)
    return sorted(float(line) for text in told for line in text.split())


def gaps_of(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(times)]


def test_two_processes_together_keep_the_pace(everything, tmp_path):
    let_go = ask_in_processes(everything, tmp_path, "arxiv", "0.1")

    gaps = gaps_of(let_go)
    assert len(gaps) == 9
    assert min(gaps) >= 3.0 * 0.1
    assert sum(gaps) >= len(gaps) * 3.0 * 0.1
    arrived = sorted(one.at for one in everything.asked)
    assert all(at >= left for at, left in zip(arrived, let_go, strict=True))
    assert max(one.open for one in everything.asked) == 1


def test_four_threads_and_two_clients_never_open_more_than_allowed(everything, tmp_path):
    settings = Settings(
        library=tmp_path / "x", cache=tmp_path, base_urls={"openalex": everything.base}
    )
    for number in range(12):
        everything.plan(f"/works/W{number}", Said(wait=0.35))
    clients = [Client(settings), Client(settings)]
    started = time.time()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: clients[n % 2].get("openalex", f"/works/W{n}"), range(12)))

    for client in clients:
        client.close()
    # 0.1 apart when they leave: a slow thread makes them arrive later, never earlier
    arrived = sorted(one.at - started for one in everything.asked)
    assert all(at >= 0.1 * place - 0.005 for place, at in enumerate(arrived))
    assert 2 <= max(one.open for one in everything.asked) <= 4


@pytest.mark.slow
def test_the_stated_pace_of_arxiv_is_kept_by_two_processes(everything, tmp_path):
    """Ten calls at the real limit: "no more than one request every three seconds"."""
    let_go = ask_in_processes(everything, tmp_path, "arxiv", "1")

    assert len(everything.asked) == 10
    assert min(gaps_of(let_go)) >= 3.0


def test_pace_is_scaled_for_this_machine_only(tmp_path, fake_time):
    client = Client(Settings(library=tmp_path / "x", cache=tmp_path, pace_scale=0.01))
    scales = {
        base: client._wire._place(
            Call(question=Question(source="s2", base=base, path="/"), host=find_host("s2"))
        ).scale
        for base in (
            *("http://127.0.0.1:8000/s2", "http://localhost:1", "http://[::1]:1"),
            *("https://api.semanticscholar.org", "http://127.0.0.1.example.org", "http://10.0.0.1"),
        )
    }
    client.close()

    assert list(scales.values()) == [0.01, 0.01, 0.01, 1.0, 1.0, 1.0]


def test_the_real_clock_is_the_default():
    assert Clock().now() > 1.7e9
