"""The API on the reader's own prerequisites."""

from __future__ import annotations


def test_a_prerequisite_is_added_listed_and_taken_back(client):
    body = {"from": "AlphaGo", "to": "word2vec", "keep": True, "why": "embeddings"}

    added = client.post("/api/v1/prerequisites", json=body).get_json()
    listed = client.get("/api/v1/prerequisites").get_json()["prerequisites"]
    client.post("/api/v1/prerequisites/undo", json={"id": added["id"]})

    assert (added["from"]["nicknames"][0], added["keep"]) == ("AlphaGo", True)
    assert [item["id"] for item in listed] == [added["id"]]
    assert client.get("/api/v1/prerequisites").get_json() == {"prerequisites": []}


def test_a_struck_prerequisite_leaves_the_path(client):
    body = {"from": "Faster R-CNN", "to": "Fast R-CNN", "keep": False}

    client.post("/api/v1/prerequisites", json=body)

    parents = client.get("/api/v1/lineage?target=Faster R-CNN").get_json()["parents"]
    assert "Fast R-CNN" not in [name for p in parents for name in p["paper"]["nicknames"]]


def test_an_unknown_decision_is_not_found(client):
    assert client.post("/api/v1/prerequisites/undo", json={"id": "r9"}).status_code == 404
