"""Long ingests are jobs: the page tells how far they are, a reload and a restart lose nothing."""

from __future__ import annotations

import io
import re
import time

import pytest
from filelock import FileLock
from papergraph.app import create_app, jobs
from papergraph.app.adding import Upload
from papergraph.app.jobs import LARGEST_AT_ONCE, MOST_AT_ONCE, is_long
from papergraph.models import no_marks

MANY = [
    (f"# Note {n}\n\nRead [VGG](https://arxiv.org/abs/1409.1556).\n".encode(), f"note{n}.md")
    for n in range(MOST_AT_ONCE + 1)
]


@pytest.fixture
def runner(app):
    """What does the jobs of the application."""
    return app.extensions["papergraph_jobs"]


def shown(page):
    """A page without the token of its forms, which tells the second it was made in."""
    return re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page.text)


def files(given=MANY):
    return [(io.BytesIO(data), name) for data, name in given]


def test_many_files_are_read_by_a_job_whose_page_ends_as_their_report(client, send, runner):
    answer = send("/add", files=files())
    runner.wait()

    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert f"{len(MANY)} reviews read" in page.text
    assert shown(page) == shown(client.get(answer.headers["Location"]))
    assert len(client.get("/api/v1/reviews").get_json()["reviews"]) == len(MANY)


def test_a_few_files_are_read_at_once(send):
    answer = send("/add", files=files(MANY[:2]))

    assert answer.status_code == 200
    assert "2 reviews read" in answer.text


def test_the_api_answers_with_the_job_when_the_client_does_not_want_to_wait(client, runner):
    text = {"text": "Read [VGG](https://arxiv.org/abs/1409.1556).", "origin": "a.md"}
    answer = client.post("/api/v1/reviews", json=text, headers={"Prefer": "respond-async"})
    runner.wait()

    assert answer.status_code == 202
    job = client.get(answer.headers["Location"]).get_json()
    assert (job["state"], job["result"]) == (
        "done",
        {"reviews": ["r1"], "skipped": [], "marked": no_marks()},
    )
    assert job["stages"][0] == {"stage": "read", "done": 1, "of": 1}
    assert client.get("/api/v1/jobs").get_json()["jobs"] == [job]


def test_what_cannot_be_read_is_told_in_the_report_of_the_job(client, send, runner):
    bad = (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "bad.png")
    answer = send("/add", files=files([*MANY, bad]))
    runner.wait()

    page = client.get(answer.headers["Location"]).text
    assert "1 file could not be read" in page
    assert "bad.png" in page


def test_an_address_is_fetched_by_a_job_and_says_when_the_network_is_off(client, send, runner):
    answer = send("/add", url="https://example.org/post")
    runner.wait()

    page = client.get(answer.headers["Location"]).text
    assert "could not be read" in page
    assert "example.org" in page


def test_a_job_that_broke_off_goes_on_after_a_restart(app, client, settings, runner):
    runner.stop()
    job = runner.start([Upload(origin=name, data=data) for data, name in MANY])
    assert client.get(f"/jobs/{job}").text.count("It waits for its turn") == 1
    app.extensions["papergraph"].library.close()

    again = create_app(settings)
    again.extensions["papergraph_jobs"].wait()

    page = again.test_client().get(f"/jobs/{job}").text
    again.extensions["papergraph"].library.close()
    assert f"{len(MANY)} reviews read" in page


def test_a_job_that_comes_just_when_the_last_one_is_over_is_done_too(client, runner, monkeypatch):
    late = []

    class Lock(FileLock):
        def __exit__(self, *error):
            if not late:
                late.append(runner.start([Upload(origin="late.md", data=b"# Late\n\nVGG.\n")]))
                time.sleep(0.2)  # for a worker of its own to find the lock taken
            super().__exit__(*error)

    monkeypatch.setattr(jobs, "FileLock", Lock)
    runner.start([Upload(origin="a.md", data=b"# A\n\nVGG.\n")])
    runner.wait(20)

    found = client.get("/api/v1/jobs").get_json()["jobs"]
    assert [job["state"] for job in found] == ["done", "done"]


def test_a_job_is_done_when_another_process_is_at_its_own(app, client, runner, monkeypatch):
    monkeypatch.setattr(jobs, "_LOOK_AGAIN", 0.01)
    folder = app.extensions["papergraph"].library.folder
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "jobs.lock"):
        job = runner.start([Upload(origin="a.md", data=b"# A\n\nVGG.\n")])
        runner.wait(0.2)
        before = client.get(f"/api/v1/jobs/{job}").get_json()["state"]
    runner.wait()

    assert (before, client.get(f"/api/v1/jobs/{job}").get_json()["state"]) == ("waiting", "done")


def test_what_was_sent_is_thrown_away_when_it_is_read(settings, runner, app):
    runner.start([Upload(origin="a.md", data=b"# A\n\nVGG.\n")])
    runner.wait()
    runner.stop()

    folder = app.extensions["papergraph"].library.folder / "jobs"
    assert list(folder.iterdir()) == []


def test_a_job_whose_files_are_gone_fails_with_what_to_do(client, runner, app):
    runner.stop()
    job = runner.start([Upload(origin="a.md", data=b"# A\n")])
    for path in (app.extensions["papergraph"].library.folder / "jobs" / job).iterdir():
        path.unlink()
    runner._stopping.clear()
    runner.wake()
    runner.wait()

    page = client.get(f"/jobs/{job}").text
    assert "send it again" in page
    assert client.get(f"/api/v1/jobs/{job}").get_json()["state"] == "failed"


def test_a_job_nobody_asked_for_is_not_found(client):
    assert client.get("/jobs/nothing").status_code == 404
    assert client.get("/api/v1/jobs/nothing").status_code == 404


@pytest.mark.parametrize(
    ("sizes", "long"),
    [
        ([], False),
        ([10] * MOST_AT_ONCE, False),
        ([10] * (MOST_AT_ONCE + 1), True),
        ([LARGEST_AT_ONCE], False),
        ([LARGEST_AT_ONCE, 1], True),
    ],
)
def test_number_and_size_decide_what_is_long(sizes, long):
    assert is_long([Upload(origin="a", data=b"x" * size) for size in sizes]) == long
