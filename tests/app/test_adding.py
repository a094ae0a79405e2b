"""Files are known by their names, and no file takes the place of another without being told to."""

from __future__ import annotations

import io

import pytest

ONE = b"# One\n\nRead [VGG](https://arxiv.org/abs/1409.1556).\n"
OTHER = b"# Other\n\nRead [ResNet](https://arxiv.org/abs/1512.03385).\n"


@pytest.fixture
def upload(send):
    """Send one file as the page does and give the report."""

    def add(data, name="README.md", **fields):
        return send("/add", files=[(io.BytesIO(data), name)], **fields).text

    return add


@pytest.fixture
def origins(client):
    """The origins of all reviews, oldest first."""
    return lambda: [
        review["origin"] for review in client.get("/api/v1/reviews").get_json()["reviews"]
    ][::-1]


def test_another_file_of_a_known_name_is_kept_beside_the_first(upload, origins):
    upload(ONE)
    report = upload(OTHER)

    assert origins() == ["README.md", "README.md (2)"]
    assert "Another text named README.md is here already and was left as it is" in report


def test_the_same_file_sent_again_is_known(upload, origins):
    upload(ONE)
    upload(OTHER)
    reports = [upload(ONE), upload(OTHER)]

    assert all("This text is known" in report for report in reports)
    assert origins() == ["README.md", "README.md (2)"]


def test_every_further_file_gets_the_next_number(upload, origins):
    for number in range(4):
        upload(ONE + f"{number}".encode())
    upload(OTHER, name="README.md (2)")

    assert origins() == ["README.md", *(f"README.md ({number})" for number in (2, 3, 4, 5))]


def test_a_newer_version_replaces_what_was_read_when_the_reader_says_so(upload, origins):
    upload(ONE)
    report = upload(OTHER, replace="1")

    assert origins() == ["README.md"]
    assert "This replaces what was read" in report


def test_a_named_text_replaces_the_one_it_names(send, origins):
    send("/add", text="Read [VGG](https://arxiv.org/abs/1409.1556).", name="notes")
    report = send(
        "/add", text="Read [ResNet](https://arxiv.org/abs/1512.03385).", name="notes"
    ).text

    assert origins() == ["notes"]
    assert "This replaces what was read" in report


@pytest.mark.parametrize(("replace", "count"), [("false", 2), ("true", 1)])
def test_the_api_keeps_to_the_same_rule(client, origins, replace, count):
    for data in (ONE, OTHER):
        body = {"files": [(io.BytesIO(data), "a.md")], "replace": replace}
        assert client.post("/api/v1/reviews", data=body).status_code == 200

    assert len(origins()) == count


def test_a_dry_run_says_what_the_file_would_be_known_by(client, upload, origins):
    upload(ONE)
    body = {"files": [(io.BytesIO(OTHER), "README.md")], "dry_run": "true"}
    report = client.post("/api/v1/reviews", data=body).get_json()

    assert report["review"]["origin"] == "README.md (2)"
    assert origins() == ["README.md"]


OWN = b"""# [Very Deep Convolutional Networks](https://arxiv.org/abs/1409.1556)

The authors stack small filters, and show that depth is what counts: sixteen layers do better
than eleven. I liked the clear tables. Training needs care, and a lot of memory.
"""


@pytest.fixture
def read_papers(app):
    """Names of the papers the reader has read."""
    library = app.extensions["papergraph"].library
    return lambda: [
        card.name for card in library.papers.get(library.states.with_state(["read"], "me")).values()
    ]


@pytest.mark.parametrize(("fields", "read"), [({"mine": "1"}, ["VGG"]), ({}, [])])
def test_what_ones_own_text_is_about_is_read(upload, read_papers, fields, read):
    upload(OWN, name="vgg.md", **fields)

    assert read_papers() == read


@pytest.mark.parametrize(("mine", "dry_run", "read"), [(True, False, ["VGG"]), (True, True, [])])
def test_the_api_marks_as_well_but_not_in_a_dry_run(client, read_papers, mine, dry_run, read):
    body = {"text": OWN.decode(), "origin": "vgg.md", "mine": mine, "dry_run": dry_run}

    assert client.post("/api/v1/reviews", json=body).status_code == 200
    assert read_papers() == read


TICKED = "- [x] VGG\n- [ ] ResNet\n- [ ] AlexNet\n"


def test_the_page_says_how_many_papers_were_marked(send):
    assert "Marked: 1 read, 2 saved." in send("/add", text=TICKED, mine="1").text
    assert "Marked" not in send("/add", text=f"{TICKED}- GPT\n").text
    assert "Marked nothing" in send("/add", text="Nothing at all.", mine="1").text


@pytest.mark.parametrize(("mine", "read", "queued"), [(True, 1, 2), (False, 0, 0)])
def test_the_report_says_how_many_papers_were_marked(client, mine, read, queued):
    report = client.post("/api/v1/reviews", json={"text": TICKED, "mine": mine}).get_json()

    assert report["marked"] == {"read": read, "reading": 0, "queued": queued, "skipped": 0}


def test_a_job_marks_what_ones_own_texts_are_about(app, send, read_papers):
    files = [(io.BytesIO(OWN), "vgg.md"), *((io.BytesIO(ONE), f"{n}.md") for n in range(8))]

    assert send("/add", files=files, mine="1").status_code == 303
    app.extensions["papergraph_jobs"].wait()

    assert read_papers() == ["VGG"]
    (job,) = app.test_client().get("/api/v1/jobs").get_json()["jobs"]
    assert job["result"]["marked"]["read"] == 1
    assert "Marked: 1 read." in app.test_client().get(f"/jobs/{job['id']}").text
