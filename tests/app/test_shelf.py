"""The shelf: notes and tags, many papers at once, sorted and narrowed; the same over the API."""

from __future__ import annotations

import pytest


@pytest.fixture
def shelf(client):
    """A shelf of three papers with notes and tags; asks for its names."""
    for name, body in {
        "VGG": {"state": "read", "note": "deep and plain"},
        "ResNet": {"state": "queued", "note": "for the seminar", "tags": ["vision", "teach"]},
        "BERT": {"state": "known", "tags": ["language"]},
    }.items():
        assert client.post(f"/api/v1/papers/{name}/state", json=body).status_code == 200

    def ask(**wanted):
        found = client.get("/api/v1/shelf", query_string=wanted).get_json()["papers"]
        return [item["paper"]["nicknames"][0] for item in found]

    return ask


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"sort": "year"}, {"BERT": 0, "ResNet": 1, "VGG": 2}),
        ({"state": "read"}, {"VGG": 0}),
        ({"tag": "teach"}, {"ResNet": 0}),
        ({"q": "SEMINAR"}, {"ResNet": 0}),
        ({"q": "bert"}, {"BERT": 0}),
        ({"venue": "CVPR"}, {"ResNet": 0}),
        ({"year_from": "2015", "sort": "year"}, {"BERT": 0, "ResNet": 1}),
        ({"year_to": "2014"}, {"VGG": 0}),
        ({"q": "no such words"}, {}),
    ],
)
def test_it_is_sorted_and_narrowed(shelf, wanted, names):
    assert shelf(**wanted) == sorted(names, key=names.get)


@pytest.mark.parametrize("wanted", ["state=lost", "sort=colour", "year_from=soon"])
def test_what_cannot_be_asked_is_a_problem(client, wanted):
    assert client.get(f"/api/v1/shelf?{wanted}").status_code == 400
    assert client.get(f"/shelf?{wanted}").status_code == 400


def test_all_ticked_papers_change_at_once(client, send, shelf):
    send("/shelf", page="/shelf", do="known", paper=["ResNet", "VGG"])

    assert sorted(shelf(state="known")) == ["BERT", "ResNet", "VGG"]


def test_a_tag_and_a_note_are_given_to_all_ticked(client, send, shelf):
    send("/shelf", page="/shelf", do="tag", text="next week", paper=["ResNet", "BERT"])
    send("/shelf", page="/shelf", do="note", text="read twice", paper=["VGG", "BERT"])
    send("/shelf", page="/shelf", do="untag", text="teach", paper=["ResNet"])

    assert sorted(shelf(tag="next week")) == ["BERT", "ResNet"]
    assert sorted(shelf(q="read twice")) == ["BERT", "VGG"]
    assert shelf(tag="teach") == []
    assert "read twice" in client.get("/shelf").text


def test_a_note_stays_when_the_state_changes(client, shelf):
    client.post("/api/v1/papers/ResNet/state", json={"state": "reading"})
    assert shelf(q="seminar") == ["ResNet"]

    client.post("/api/v1/papers/ResNet/state", json={"state": "reading", "note": None})
    assert shelf(q="seminar") == ["ResNet"]


def test_papers_are_taken_off(client, send, shelf):
    send("/shelf", page="/shelf", do="off", paper=["ResNet", "VGG", "BERT"])

    assert shelf() == []
    assert "Nothing is on it yet" in client.get("/shelf").text


def test_the_button_of_one_paper_changes_it_alone(send, shelf):
    send("/shelf", page="/shelf", only="read ResNet", paper=["VGG"], do="skipped")

    assert sorted(shelf(state="read")) == ["ResNet", "VGG"]
    assert shelf(state="skipped") == []


def test_nothing_ticked_is_told(send, shelf):
    answer = send("/shelf", page="/shelf", do="known")

    assert answer.status_code == 400
    assert "No paper is ticked" in answer.text


def test_the_shelf_comes_in_parts(client, shelf):
    answer = client.get("/api/v1/shelf?limit=2&sort=title")

    assert len(answer.get_json()["papers"]) == 2
    assert "cursor=" in answer.headers["Link"]
