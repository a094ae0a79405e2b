"""What the client makes of broken, hostile and moved answers."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest
import responses
from papergraph.errors import RefusedError, SourceError, UnavailableError
from papergraph.settings import Settings
from papergraph.sources.client import Client, Limits
from papergraph.sources.client.keys import user_agent
from papergraph.sources.client.wire import retry_after
from tests.sources.serving import Said

BODY = b'{"title": "' + b"x" * 5_000 + b'"}'
GZIP = {"Content-Encoding": "gzip"}
CHUNKED = {"Transfer-Encoding": "chunked"}
BROKEN = {
    "cut in the middle": Said(body=BODY, cut=2_000),
    "cut after the head": Said(body=BODY, cut=0),
    "cut chunks": Said(body=b"1388\r\n" + BODY[:3_000], headers=CHUNKED, cut=4_000),
    "no last chunk": Said(body=b"a\r\n[123456789\r\n", headers=CHUNKED, cut=100),
    "half a gzip": Said(body=gzip.compress(BODY)[:-30], headers=GZIP),
    "no gzip at all": Said(body=b"no gzip", headers=GZIP),
    "JSON that ends early": Said(body=BODY[:1_000]),
    "nothing": Said(body=b""),
    "XML that ends early": Said(
        body=b"<feed><ent", headers={"Content-Type": "application/atom+xml"}
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_answer_is_asked_for_again(client_of, service, broken):
    service.plan("/dblp/1", broken, Said())

    assert client_of().get("dblp", "/1").json() == {"ok": True}
    assert len(service.asked) == 2


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_stays_broken_is_unavailable_and_not_kept(client_of, service, broken):
    service.plan("/dblp/1", *[broken] * 4, Said())
    client = client_of()

    with pytest.raises(UnavailableError, match="after 4 tries"):
        client.get("dblp", "/1")

    assert client.get("dblp", "/1").json() == {"ok": True}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(BODY), GZIP),
        (zlib.compress(BODY), {"Content-Encoding": "deflate"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), CHUNKED),
    ],
    ids=["gzip", "deflate", "chunked"],
)
def test_packed_and_chunked_answers_are_read(client_of, service, body, headers):
    service.plan("/dblp/1", Said(body=body, headers=headers))

    assert client_of().get("dblp", "/1").body == BODY


HUGE = {
    "stated": Said(body=b"", stated_length=10**9, cut=0),
    "sent": Said(body=b"[" + b"1," * 60_000 + b"1]"),
    "unpacked": Said(body=gzip.compress(b"0" * 2_000_000), headers=GZIP),
}


@pytest.mark.parametrize("huge", HUGE.values(), ids=HUGE.keys())
def test_an_answer_that_is_too_big_is_refused_without_reading_it_all(client_of, service, huge):
    service.plan("/dblp/1", huge)
    client = client_of({"limits": Limits(wire_bytes=100_000, body_bytes=1_000_000)})

    with pytest.raises(SourceError, match=r"the limit is 1[0,]+ bytes"):
        client.get("dblp", "/1")

    assert len(service.asked) == 1


def test_a_client_that_is_closed_keeps_no_connection(client_of, service):
    service.plan("/dblp/1", Said())
    client = client_of()
    client.get("dblp", "/1")
    before = service.connected

    client.close()
    until = time.monotonic() + 60
    while service.connected and time.monotonic() < until:
        time.sleep(0.01)

    assert (before, service.connected) == (1, 0)


def test_a_server_that_drips_is_left_at_the_time_limit(client_of, service):
    service.plan("/arxiv/1", Said(body=b"[" + b" " * 400, drip=0.01))
    client = client_of({"limits": Limits(seconds=0.2)})

    with pytest.raises(UnavailableError, match="did not end within"):
        client.get("arxiv", "/1")


@pytest.mark.parametrize(
    ("status", "error"), [(400, SourceError), (403, RefusedError), (401, RefusedError)]
)
def test_a_no_is_not_asked_twice(client_of, service, status, error):
    service.plan("/dblp/1", Said(status=status, body=b"no"))

    with pytest.raises(error, match=f"dblp answered {status}"):
        client_of().get("dblp", "/1")

    assert len(service.asked) == 1


def test_an_accepted_status_comes_back_with_its_body(client_of, service):
    service.plan("/arxiv/1", Said(status=400, body=b"<feed/>"))

    reply = client_of().get("arxiv", "/1", accept=(400,))

    assert (reply.status, reply.body) == (400, b"<feed/>")


def test_a_moved_page_is_followed_on_the_hosts_of_sources(client_of, service):
    service.plan("/openalex/works/W1", Said(status=301, headers={"Location": "/works/W2?a=1"}))
    service.plan("/openalex/works/W2", Said(body=b'{"id": "W2"}'))

    reply = client_of().get("openalex", "/works/W1")

    assert reply.json() == {"id": "W2"}
    assert reply.url == f"{service.base}/openalex/works/W2?a=1"


def test_a_doi_leads_to_its_agency(client_of, service):
    target = "https://api.crossref.org/v1/works/10.1%2Fx/transform"
    service.plan("/doi/10.1/x", Said(status=302, headers={"Location": target}))
    service.plan("/doi/v1/works/10.1%2Fx/transform", Said(body=b'{"DOI": "10.1/X"}'))

    assert client_of().get("doi", "/10.1/x").json() == {"DOI": "10.1/X"}
    assert "citationstyles" in service.asked[1].headers["accept"]


def test_a_key_does_not_follow_to_another_host(client_of, service):
    service.plan("/s2/1", Said(status=302, headers={"Location": "https://doi.org/10.1/x"}))
    service.plan("/doi/10.1/x", Said())

    client_of(keys={"s2": "S2SECRET"}).get("s2", "/1")

    assert service.asked[0].headers["x-api-key"] == "S2SECRET"
    assert "x-api-key" not in service.asked[1].headers


@pytest.mark.parametrize("target", ["https://evil.example/x", "http://10.0.0.1/", "file:///etc/x"])
def test_a_source_that_leads_away_is_not_followed(client_of, service, target):
    service.plan("/dblp/1", Said(status=302, headers={"Location": target}))

    with pytest.raises(RefusedError, match="no host of a source"):
        client_of().get("dblp", "/1")


def test_a_circle_of_redirects_ends(client_of, service):
    service.plan("/dblp/1", Said(status=302, headers={"Location": "/1"}))

    with pytest.raises(SourceError, match="more than 5 times"):
        client_of().get("dblp", "/1")

    assert len(service.asked) == 6


def test_a_host_that_cannot_be_reached_is_unavailable(client_of, service):
    service.close()

    with pytest.raises(UnavailableError, match="it cannot be reached"):
        client_of().get("dblp", "/1")


def test_the_program_says_who_asks_and_has_no_address_of_its_own():
    assert "mailto" not in user_agent(None)
    assert user_agent(None).startswith("papergraph/")
    assert user_agent("ann@example.org").endswith("mailto:ann@example.org)")


@pytest.mark.parametrize(
    ("stated", "seconds"), [("12", 12.0), (None, None), ("soon", None), ("43200", 43_200.0)]
)
def test_retry_after_is_read(stated, seconds):
    assert retry_after({"retry-after": stated} if stated else {}) == seconds


@responses.activate
def test_without_base_urls_the_real_hosts_are_asked_over_https(tmp_path, fake_time):
    settings = Settings(library=tmp_path / "x", cache=tmp_path, contact="ann@example.org")
    responses.get("https://api.crossref.org/works/10.1/x", json={"ok": 1})

    with Client(settings, clock=fake_time.clock) as client:
        reply = client.get("crossref", "/works/10.1/x")

    assert reply.url == "https://api.crossref.org/works/10.1/x"
    assert responses.calls[0].request.url.endswith("?mailto=ann%40example.org")


def test_a_kind_that_is_not_known_is_a_mistake_of_the_program(client_of):
    with pytest.raises(ValueError, match="no kind 'forever'"):
        client_of().get("dblp", "/1", kind="forever")
    with pytest.raises(ValueError, match=r"no host 'evil\.example'"):
        client_of().get("dblp", "/1", host="evil.example")
