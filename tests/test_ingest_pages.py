"""Reading pages from the web: on the command line, in the browser and through the API."""

from __future__ import annotations

import pytest
from papergraph.app import create_app
from papergraph.app.resources import resources
from papergraph.cli import main
from papergraph.settings import Settings
from tests.sources.serving import Said, Service

HTML = {"Content-Type": "text/html; charset=utf-8"}
POST = (
    b"<html><head><title>Gates</title></head><body><h1>Gates</h1><p>"
    b"<a href='https://arxiv.org/abs/1505.00387'>Highway Networks</a> came before"
    b" <a href='https://arxiv.org/abs/1512.03385'>ResNet</a>.</p></body></html>"
)


@pytest.fixture
def site():
    """A blog on this machine with one post."""
    made = Service()
    made.plan("/gates.html", Said(body=POST, headers=HTML))
    yield made
    made.close()


@pytest.fixture
def run(library_file, tmp_path, monkeypatch, capsys):
    """Runs the command on a copy of the starter library."""
    monkeypatch.setenv("PAPERGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PAPERGRAPH_LIBRARY", str(library_file))
    monkeypatch.setenv("PAPERGRAPH_PACE_SCALE", "0")

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def make_browser(library_file, tmp_path):
    """Makes browsers of an application that may visit this machine, or may not."""
    made = []

    def make(**settings):
        app = create_app(
            Settings(library=library_file, cache=tmp_path / "cache", pace_scale=0.0, **settings)
        )
        app.config["WTF_CSRF_ENABLED"] = False
        made.append(app)
        return app.test_client()

    yield make
    for app in made:
        app.extensions["papergraph"].library.close()


def test_a_page_is_read_and_known_by_its_address(run, site):
    code, out, err = run("ingest", f"{site.base}/gates.html", "--allow-private")
    _, listed, _ = run("list", "reviews")

    assert code == 0, err
    assert "Highway Networks" in out
    assert f"{site.base}/gates.html" in listed


def test_a_second_reading_asks_nobody(run, site):
    for _ in range(2):
        assert run("ingest", f"{site.base}/gates.html", "--allow-private")[0] == 0

    assert site.paths == ["/gates.html"]


def test_a_page_of_this_machine_is_not_read_unless_allowed(run, site):
    code, _, err = run("ingest", f"{site.base}/gates.html")

    assert code == 1
    assert "not a public address" in err
    assert site.asked == []


def test_offline_a_page_is_one_line_and_exit_code_five(run, site):
    code, _, err = run("ingest", f"{site.base}/gates.html", "--offline")

    assert code == 5
    assert err.count("\n") == 1
    assert "while offline" in err


def test_a_page_that_is_missing_among_files_is_done_in_part(run, site, tmp_path):
    (tmp_path / "note.md").write_text("# ResNet\n\n[ResNet](https://arxiv.org/abs/1512.03385)\n")

    code, _, err = run("ingest", f"{site.base}/none", tmp_path / "note.md", "--allow-private")

    assert code == 4
    assert "answered 404" in err


def test_a_feed_gives_a_review_an_entry(run, site):
    entry = f"<item><title>Gates</title><link>{site.base}/gates.html</link></item>"
    feed = f"<rss version='2.0'><channel>{entry}</channel></rss>".encode()
    site.plan("/feed", Said(body=feed, headers={"Content-Type": "application/rss+xml"}))

    code, _, err = run("ingest", f"{site.base}/feed", "--allow-private")
    _, listed, _ = run("list", "reviews")

    assert code == 0, err
    assert f"{site.base}/gates.html" in listed
    assert "/feed" not in listed


def test_the_api_reads_an_address(make_browser, site):
    answer = make_browser(allow_private=True).post(
        "/api/v1/reviews", json={"url": f"{site.base}/gates.html"}
    )

    assert answer.status_code == 200, answer.text
    assert answer.get_json()["review"]["origin"] == f"{site.base}/gates.html"


@pytest.mark.parametrize(
    ("settings", "status", "says"),
    [({}, 502, "not a public address"), ({"offline": True}, 503, "while offline")],
)
def test_the_api_says_why_an_address_is_not_read(make_browser, site, settings, status, says):
    answer = make_browser(**settings).post(
        "/api/v1/reviews", json={"url": f"{site.base}/gates.html"}
    )

    assert answer.status_code == status
    assert says in answer.get_json()["detail"]


def test_even_a_dry_run_fetches_only_for_who_may_write(make_browser, site):
    answer = make_browser(allow_private=True, token="t").post(
        "/api/v1/reviews", json={"url": f"{site.base}/gates.html", "dry_run": True}
    )

    assert answer.status_code == 401
    assert site.asked == []


def add(browser, url: str) -> str:
    """Give the page an address; returns the page of the job that read it."""
    sent = browser.post("/add", data={"url": url})
    assert sent.status_code in (302, 303)
    browser.application.extensions["papergraph_jobs"].wait()
    return browser.get(sent.headers["Location"]).get_data(as_text=True)


def test_the_page_that_adds_reviews_takes_an_address(make_browser, site):
    browser = make_browser(allow_private=True)

    form = browser.get("/add").get_data(as_text=True)
    added = add(browser, f"{site.base}/gates.html")

    assert 'name="url"' in form
    assert "1 review read" in added
    assert "Highway Networks" in added


def test_the_page_shows_why_an_address_is_not_read(make_browser, site):
    url = site.base.replace("//", "//ann:secret@")

    shown = add(make_browser(), f"{url}/x")

    assert "could not be read" in shown
    assert "not a public address" in shown
    assert "secret" not in shown


def test_a_job_that_is_done_keeps_no_password(make_browser, site):
    browser = make_browser(allow_private=True)
    url = site.base.replace("//", "//ann:secret@")

    shown = add(browser, f"{url}/gates.html")

    with browser.application.app_context():
        (job,) = resources().library.jobs.newest(2)
    assert "1 review read" in shown
    assert job.asked["url"] == f"{site.base}/gates.html"


def test_doctor_says_which_services_know_the_user_and_shows_no_key(run, monkeypatch):
    monkeypatch.setenv("PAPERGRAPH_S2_KEY", "S2SECRETKEY")

    _, out, _ = run("doctor")

    lines = {line.partition(":")[0]: line for line in out.splitlines()}
    assert "ok       Semantic Scholar key" in lines
    assert "PAPERGRAPH_OPENALEX_KEY" in lines["without  OpenAlex key"]
    assert "PAPERGRAPH_CONTACT" in lines["without  contact"]
    assert "S2SECRETKEY" not in out
