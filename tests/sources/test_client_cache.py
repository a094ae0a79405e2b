"""The cache of the client: what is kept, for how long, and what never comes into it."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from pathlib import Path

import pytest
from papergraph.errors import OfflineError, RefusedError, SettingsError, UnavailableError
from papergraph.settings import Settings
from papergraph.sources.client import Client, keys
from papergraph.sources.client.cache import Question, lifetime
from papergraph.sources.client.hosts import find_host
from tests.sources.serving import Said

DAY = 86_400
SECRETS = {
    "s2": "S2SECRETKEY",
    "openalex": "OASECRETKEY",
    "ncbi": "NCBISECRETKEY",
    "openreview_user": "reader@login.example",
    "openreview_password": "pass word&1",
}
MAIL = "reader@mail.example"


def test_a_second_question_makes_no_call(client_of, service):
    service.plan("/openalex/works/W1", Said())

    first = client_of().get("openalex", "/works/W1", {"select": "id", "a": "1"})
    second = client_of().get("openalex", "/works/W1", {"a": "1", "select": "id"})

    assert (first.from_cache, second.from_cache) == (False, True)
    assert second.body == first.body
    assert len(service.asked) == 1


def test_a_post_is_known_by_its_body(client_of, service):
    service.plan("/s2/graph/v1/paper/batch", Said(body=b"[1]"), Said(body=b"[2]"))
    client = client_of()

    answers = [
        client.post("s2", "/graph/v1/paper/batch", body).json()
        for body in ({"ids": ["x"], "n": 1}, {"n": 1, "ids": ["x"]}, {"ids": ["y"], "n": 1})
    ]

    assert answers == [[1], [1], [2]]
    assert len(service.asked) == 2


def test_what_is_not_there_is_remembered(client_of, service):
    client = client_of()

    assert [client.get("datacite", "/dois/x").status for _ in range(2)] == [404, 404]
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 422, 429, 500, 503])
def test_an_error_is_asked_for_again(client_of, service, status):
    service.plan("/dblp/rec/x", *[Said(status=status)] * 4, Said())
    client = client_of()

    for _ in range(4):
        if client.get("dblp", "/rec/x", accept=(status,)).status == 200:
            break

    assert client.get("dblp", "/rec/x").status == 200
    assert len(service.asked) == 5


def test_an_answer_runs_out(client_of, service, fake_time):
    service.plan("/dblp/rec/x", Said())
    client = client_of()

    client.get("dblp", "/rec/x")
    fake_time.time += 26 * DAY
    client.get("dblp", "/rec/x")
    fake_time.time += 8 * DAY
    client.get("dblp", "/rec/x")

    assert len(service.asked) == 2


def test_an_answer_that_still_holds_is_renewed_without_its_body(client_of, service, fake_time):
    service.plan("/dblp/rec/x", Said(headers={"ETag": '"v1"'}), Said(status=304, body=b""))
    client = client_of()

    client.get("dblp", "/rec/x")
    fake_time.time += 40 * DAY
    again = client.get("dblp", "/rec/x")
    client.get("dblp", "/rec/x")

    assert (again.status, again.json()) == (200, {"ok": True})
    assert service.asked[1].headers["if-none-match"] == '"v1"'
    assert len(service.asked) == 2


ARXIV = {"source": "arxiv", "base": "b", "path": "/api/query"}
AGES = [
    ({"source": "dblp", "base": "b", "path": "/x", "kind": "metadata"}, 200, 30),
    ({"source": "s2", "base": "b", "path": "/x", "kind": "references"}, 200, 90),
    ({"source": "s2", "base": "b", "path": "/x", "kind": "search"}, 200, 14),
    ({"source": "s2", "base": "b", "path": "/x"}, 404, 14),
    ({"source": "s2", "base": "b", "path": "/x"}, 410, 90),
    (ARXIV | {"params": (("id_list", "1512.03385v1,cs/0112017v2"),)}, 200, 36_500),
    (ARXIV | {"params": (("id_list", "1512.03385v1,1409.1556"),)}, 200, 30),
    (ARXIV | {"params": (("search_query", "x"), ("id_list", "1512.03385v1"))}, 200, 30),
]


@pytest.mark.parametrize(("asked", "status", "days"), AGES)
def test_lifetimes_are_the_stated_ones_give_or_take_a_tenth(asked, status, days):
    assert lifetime(Question(**asked), status) == pytest.approx(days * DAY, rel=0.1)


def test_answers_of_one_kind_run_out_on_different_days():
    ages = {lifetime(Question(source="s2", base="b", path=f"/{n}"), 200) for n in range(30)}

    assert max(ages) - min(ages) > 3 * DAY


def test_offline_answers_from_the_cache_however_old(client_of, service, fake_time):
    service.plan("/dblp/rec/x", Said())
    client_of().get("dblp", "/rec/x")

    fake_time.time += 200 * DAY
    again = client_of(offline=True).get("dblp", "/rec/x")

    assert (again.from_cache, again.fetched_at) == (True, "2026-01-31T12:00:00Z")


def test_offline_says_so_when_the_cache_has_nothing(client_of, service):
    with pytest.raises(OfflineError, match="while offline") as caught:
        client_of(offline=True).get("dblp", "/rec/x")

    assert caught.value.exit_code == 5
    assert service.asked == []


def ask_everybody(client, service):
    """Ask every service that takes a key or an address."""
    service.plan("/openreview/login", Said(body=b'{"token": "TOKENSECRET"}'))
    for path in (
        *("/s2/a", "/openalex/works/W1", "/pubmed/e", "/crossref/works/1", "/unpaywall/v2/1"),
        "/openreview/notes",
    ):
        service.plan(path, Said())
    client.get("s2", "/a")
    client.get("openalex", "/works/W1")
    client.get("pubmed", "/e", {"id": "1"})
    client.get("crossref", "/works/1")
    client.get("unpaywall", "/v2/1")
    client.get("openreview", "/notes")


def test_keys_and_addresses_go_where_each_service_wants_them(client_of, service):
    ask_everybody(client_of(keys=SECRETS, contact=MAIL), service)

    asked = {one.path.partition("?")[0].split("/")[1]: one for one in service.asked}
    assert asked["s2"].headers["x-api-key"] == "S2SECRETKEY"
    assert "api_key=OASECRETKEY" in asked["openalex"].path
    assert "api_key=NCBISECRETKEY" in asked["pubmed"].path
    assert "mailto=reader%40mail.example" in asked["crossref"].path
    assert "email=reader%40mail.example" in asked["unpaywall"].path
    assert asked["openreview"].headers["authorization"] == "Bearer TOKENSECRET"
    assert all("x-api-key" not in asked[name].headers for name in asked.keys() - {"s2"})


def test_no_secret_is_in_the_cache_the_logs_or_the_answers(client_of, service, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    client = client_of(keys=SECRETS, contact=MAIL)

    ask_everybody(client, service)
    shown = [client.get("openalex", "/works/W1").url, repr(client.counts()), caplog.text]

    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    stored = b"".join(path.read_bytes() for path in files)
    assert len(stored) > 1_000
    for secret in (*SECRETS.values(), MAIL, "TOKENSECRET", "pass+word", "pass%20word", "%40mail"):
        assert secret.encode() not in stored
        assert not [text for text in shown if secret in text]


def test_no_secret_is_in_an_error(client_of, service, fake_time):
    service.plan("/openalex/works", Said(status=500))
    service.close()

    with pytest.raises(UnavailableError) as caught:
        client_of(keys=SECRETS).get("openalex", "/works", {"filter": "doi:x"})

    assert "OASECRETKEY" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_an_answer_that_repeats_a_key_is_not_kept(client_of, service):
    service.plan("/openalex/works/W1", Said(body=b'{"you": "OASECRETKEY"}'))
    client = client_of(keys=SECRETS)

    assert not [client.get("openalex", "/works/W1").from_cache for _ in range(2)][1]


def test_an_error_inside_a_200_is_handed_on_and_not_kept(client_of, service):
    xml = {"Content-Type": "text/xml"}
    bodies = (b"<e><ERROR>busy</ERROR></e>", b"<e/>")
    service.plan("/pubmed/e", *[Said(body=body, headers=xml) for body in bodies])
    client = client_of()

    assert [client.get("pubmed", "/e").body[:5] for _ in range(2)] == [b"<e><E", b"<e/>"]


def test_a_login_that_fails_is_a_refusal_that_says_what_to_check(client_of, service):
    service.plan("/openreview/login", Said(status=400))

    with pytest.raises(RefusedError, match="PAPERGRAPH_OPENREVIEW_USER") as caught:
        client_of(keys=SECRETS).get("openreview", "/notes")

    assert "pass word" not in str(caught.value)


@pytest.mark.parametrize("source", ["openreview", "unpaywall"])
def test_who_answers_only_known_users_is_not_asked_without(client_of, service, source):
    with pytest.raises(RefusedError, match="answers only whom it knows; set PAPERGRAPH_"):
        client_of().get(source, "/x")

    assert service.asked == []


def test_a_key_is_not_sent_over_open_http(tmp_path):
    given = {"base_urls": {"s2": "http://mirror.example"}, "keys": SECRETS}
    settings = Settings(library=tmp_path / "library.db", **given)
    found = keys.extras(settings, find_host("s2"), "http://mirror.example")

    assert (found.headers, found.params) == ({}, {})


def test_a_damaged_cache_is_begun_anew(client_of, service, tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "http.sqlite").write_bytes(b"no database at all" * 100)
    service.plan("/dblp/rec/x", Said())

    client = client_of()

    assert [client.get("dblp", "/rec/x").from_cache for _ in range(2)] == [False, True]


def test_a_cache_folder_that_is_a_file_is_one_clear_error(tmp_path, service):
    (tmp_path / "cache").write_text("")
    settings = Settings(library=Path("x"), cache=tmp_path / "cache")

    with pytest.raises(SettingsError, match="set PAPERGRAPH_CACHE"):
        Client(settings).get("dblp", "/rec/x")


OPENING = """
import sys, time
from pathlib import Path
from papergraph.sources.client.cache import AnswerCache
time.sleep(max(0, float(sys.argv[2]) - time.time()))
AnswerCache(Path(sys.argv[1]), time.time()).close()
"""


def test_processes_that_make_the_cache_at_once_do_not_disturb_each_other(tmp_path):
    begin = str(time.time() + 1.5)
    running = [
        subprocess.Popen([sys.executable, "-c", OPENING, str(tmp_path / "http.sqlite"), begin])
        for _ in range(4)
    ]

    assert [one.wait(timeout=60) for one in running] == [0] * 4
