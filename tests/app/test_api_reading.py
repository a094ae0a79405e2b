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


def test_ready_papers_are_listed_with_reasons(client):
    answer = client.get("/api/v1/ready?known=AlexNet&known=VGG&limit=3").get_json()

    assert len(answer["recommendations"]) == 3
    assert all(item["ready"] and item["because"] for item in answer["recommendations"])


def test_a_connection_has_both_ends(client):
    answer = client.get("/api/v1/between?from=R-CNN&to=Faster R-CNN").get_json()

    ends = answer["chain"][0]["paper"]["id"], answer["chain"][-1]["paper"]["id"]
    assert ends == (answer["from"]["id"], answer["to"]["id"])


def test_a_connection_needs_two_papers(client):
    assert client.get("/api/v1/between?from=R-CNN").status_code == 400
