"""Nobody writes without a token, nothing foreign runs, and no other name is answered."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from papergraph.app import create_app
from papergraph.errors import SettingsError
from papergraph.text import printable

STATE = "/api/v1/papers/ResNet/state"
SAVE = {"state": "queued"}


@pytest.fixture
def guarded(settings):
    """A client of an application that has a token."""
    app = create_app(replace(settings, token="open sesame"))
    app.testing = True
    yield app.test_client()
    app.extensions["papergraph"].library.close()


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "10.0.0.7:8080"])
def test_other_host_names_are_refused(client, name):
    answer = client.get("/healthz", headers={"Host": name})

    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["127.0.0.1:8080", "localhost", "LOCALHOST:9", "[::1]:8080"])
def test_loopback_names_are_answered(client, name):
    assert client.get("/healthz", headers={"Host": name}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/api/v1/nothing", "/static/css/papergraph.css", "/zzz"])
def test_every_answer_has_the_headers(client, address):
    with client.get(address) as answer:
        headers = answer.headers

    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/state", {"paper": "ResNet", "state": "known"}),
        ("/add", {"text": "x"}),
        ("/samples", {}),
        ("/questions", {"mention": "m1", "choice": "new"}),
        ("/questions/undo", {"decision": "d1"}),
        ("/reviews/r1/forget", {}),
    ],
)
def test_a_form_without_its_token_is_refused(client, address, fields):
    answer = client.post(address, data=fields)

    assert answer.status_code == 400
    assert "CSRF" in answer.text


def test_a_form_with_its_token_is_taken(client, send):
    answer = send("/state", paper="ResNet", state="known", back="/papers/ResNet")

    assert (answer.status_code, answer.location) == (303, "/papers/ResNet")
    assert client.get("/api/v1/papers/ResNet").get_json()["state"] == "known"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_a_form_leads_back_to_pages_of_this_site_only(send, back):
    assert send("/state", paper="ResNet", state="known", back=back).location == "/shelf"


def test_without_a_token_this_machine_may_write_through_the_api(client):
    assert client.post(STATE, json=SAVE).status_code == 200
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post(STATE, json=SAVE, headers=own).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_pages_of_other_sites_may_not_write_through_the_api(client, headers):
    answer = client.post(STATE, json=SAVE, headers=headers)

    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


def test_another_machine_may_not_write_without_a_token(client):
    answer = client.post(STATE, json=SAVE, environ_base={"REMOTE_ADDR": "10.0.0.9"})

    assert answer.status_code == 403


def test_with_a_token_writing_needs_it(guarded):
    wrong = {"Authorization": "Bearer open"}
    right = {"Authorization": "Bearer open sesame"}

    assert guarded.post(STATE, json=SAVE).status_code == 401
    assert guarded.post(STATE, json=SAVE, headers=wrong).status_code == 401
    assert guarded.post(STATE, json=SAVE, headers=right).status_code == 200


def test_the_token_of_a_page_lets_its_scripts_write(guarded):
    text = guarded.get("/add").text
    token = text.partition('name="csrf_token" value="')[2].partition('"')[0]

    assert guarded.post(STATE, json=SAVE, headers={"X-CSRFToken": token}).status_code == 200
    assert guarded.post(STATE, json=SAVE, headers={"X-CSRFToken": token[:-2]}).status_code == 401


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/api/v1/path", {"target": "ResNet"}),
        ("/api/v1/order", {"papers": ["ResNet"]}),
        ("/api/v1/next", {"known": ["ResNet"]}),
        ("/api/v1/reviews", {"text": "ResNet", "dry_run": True}),
    ],
)
def test_questions_need_no_token(guarded, address, body):
    assert guarded.post(address, json=body).status_code == 200


def test_sharing_needs_a_token(settings):
    with pytest.raises(SettingsError, match="needs a token"):
        create_app(settings, hosts=("papers.example",))


def test_a_shared_library_asks_for_the_token_everywhere(settings):
    app = create_app(replace(settings, token="sesame"), hosts=("papers.example",))
    client = app.test_client()
    host = {"Host": "papers.example"}
    password = base64.b64encode(b"me:sesame").decode()

    assert client.get("/", headers=host).status_code == 401
    assert client.get("/healthz", headers=host).status_code == 200
    assert (
        client.get("/", headers={**host, "Authorization": f"Basic {password}"}).status_code == 200
    )
    assert client.get("/", headers={**host, "Authorization": "Bearer sesame"}).status_code == 200
    app.extensions["papergraph"].library.close()


def test_a_password_sent_along_from_another_site_does_not_write(guarded):
    password = base64.b64encode(b"me:open sesame").decode()
    own = {"Authorization": f"Basic {password}"}
    foreign = {**own, "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    assert guarded.post(STATE, json=SAVE, headers=own).status_code == 200
    assert guarded.post(STATE, json=SAVE, headers=foreign).status_code == 401


def test_too_large_a_body_is_refused_in_one_line(app, client):
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    big = "x" * (1024 * 1024 + 1)
    by_api = client.post("/api/v1/reviews", json={"text": big})
    by_page = client.post("/add", data={"text": big})

    assert (by_api.status_code, by_api.mimetype) == (413, "application/problem+json")
    assert by_page.status_code == 413
    assert "More than 1 MB" in by_page.text


HOSTILE = (
    "# <script>alert(1)</script>\n\n"
    "[<img src=x onerror=alert(2)>](https://arxiv.org/abs/1409.1556) extends AlexNet.\n"
    "[a trap](javascript:alert(3)) [another](data:text/html,<b>x) \u202eright to left\u202c \x07\n"
)


def test_hostile_text_is_shown_and_never_run(client, read_review):
    report = read_review(HOSTILE, '"><script>alert(4)</script>.md')
    addresses = ["/", "/reviews", f"/reviews/{report['review']['id']}", "/papers/VGG"]

    for address in [*addresses, "/search?q=<script>alert(5)</script>", "/path?target=<script>"]:
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "<img" not in text
        assert 'href="javascript:' not in text
        assert 'href="data:' not in text
        assert text == printable(text)
    assert "&lt;script&gt;alert(1)" in client.get(addresses[2]).text


def test_pages_have_no_inline_script_or_style(client, read_review):
    read_review()
    for address in ("/", "/search?q=detection", "/papers/ResNet", "/path?target=ResNet", "/add"):
        text = client.get(address).text
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick=" not in text
        assert text.count("<script") == text.count("<script src=") + text.count(
            '<script type="module" src='
        )
