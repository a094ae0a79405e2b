"""The JSON API keeps the contract: objects, parameters, errors."""

from __future__ import annotations

import io

import pytest

PAPER = {
    "id", "title", "authors", "year", "published", "venue", "identifiers", "nicknames", "kind",
    "url", "summary", "tags", "references_known", "references_here", "citations_here",
    "citations_elsewhere", "state",
}  # fmt: skip
DETAIL = {
    "abstract",
    "mentions",
    "sources",
    "reference_lists",
    "pdf",
    "code",
    "quotes",
    "edits",
    "rating",
}
EVIDENCE = {"kind", "text", "where", "source", "weight", "stated"}
MENTION = {
    "line", "column", "text", "sentence", "original", "role", "title", "url", "identifier", "paper",
    "status", "confidence", "candidates",
}  # fmt: skip


def test_resolve_answers_papers_with_score_and_how(client):
    found = client.get("/api/v1/resolve?text=ResNet").get_json()

    assert found["matches"][0].keys() == {"paper", "score", "how"}
    assert found["matches"][0]["paper"].keys() == PAPER
    assert "ResNet" in found["matches"][0]["paper"]["nicknames"]


def test_resolve_of_something_unknown_is_an_empty_list(client):
    answer = client.get("/api/v1/resolve?text=qqqzzz+xxyy")

    assert (answer.status_code, answer.get_json()) == (200, {"matches": []})


@pytest.mark.parametrize("mode", ["hybrid", "words"])
def test_search_answers_hits_with_reasons(client, mode):
    found = client.get(f"/api/v1/search?q=object+detection&limit=3&mode={mode}").get_json()

    assert {"query", "hits", "took_ms"} <= found.keys()
    assert len(found["hits"]) == 3
    assert found["hits"][0].keys() == {"paper", "score", "why"}
    assert all(reason.keys() == EVIDENCE for hit in found["hits"] for reason in hit["why"])


def test_search_keeps_to_the_years_asked_for(client):
    found = client.get("/api/v1/search?q=detection&mode=words&year_from=2015&year_to=2016")

    years = {hit["paper"]["year"] for hit in found.get_json()["hits"]}
    assert years
    assert years <= {2015, 2016}


@pytest.mark.parametrize(
    "reference",
    [
        "ResNet",
        "arxiv:1512.03385",
        "https://arxiv.org/abs/1512.03385",
        "doi:10.1109/cvpr.2016.90",
        "Deep Residual Learning for Image Recognition",
    ],
)
def test_a_paper_answers_to_every_kind_of_reference(client, reference):
    found = client.get(f"/api/v1/papers/{reference}").get_json()

    assert found["title"] == "Deep Residual Learning for Image Recognition"
    assert found.keys() == PAPER | DETAIL


def test_similar_papers_carry_evidence(client):
    for way in ("cocitation", "coupling", "all"):
        found = client.get(f"/api/v1/papers/ResNet/similar?by={way}&limit=4").get_json()

        assert len(found["hits"]) == 4
        assert all(hit["why"] for hit in found["hits"])
        assert found["hits"][0]["score"] == 1


def test_path_ends_with_its_target_by_get_and_post(client):
    by_get = client.get("/api/v1/path?target=Faster+R-CNN&known=AlexNet&limit=5").get_json()
    body = {"target": "Faster R-CNN", "known": ["AlexNet"], "limit": 5}
    by_post = client.post("/api/v1/path", json=body).get_json()

    assert by_get == by_post
    assert by_get.keys() == {"topic", "targets", "known", "steps", "left_out", "warnings"}
    assert len(by_get["steps"]) == 5
    assert by_get["steps"][-1]["paper"]["id"] == by_get["targets"][0]["id"]
    assert by_get["steps"][0].keys() == {
        "position", "paper", "need", "for", "because", "level", "against", "together_with", "hours",
    }  # fmt: skip


def test_path_to_a_topic_ends_with_a_paper_about_it(client):
    found = client.get("/api/v1/path?topic=object+detection&limit=3").get_json()

    assert found["topic"] == "object detection"
    assert "detection" in found["targets"][0]["title"].lower()
    assert [step["paper"]["id"] for step in found["steps"]][-1] in {
        paper["id"] for paper in found["targets"]
    }


def test_lineage_of_a_topic_names_it_and_ends_with_the_target(client):
    found = client.get("/api/v1/lineage?topic=object+detection").get_json()

    assert found["topic"] == "object detection"
    assert found["chain"][-1]["paper"] == found["target"]
    assert len(found["chain"]) > 3
    assert all(link["because"] for link in found["chain"][1:])


def test_order_names_what_is_not_here(client):
    answer = client.post("/api/v1/order", json={"papers": ["VGG", "no such paper qqq", "AlexNet"]})

    assert answer.status_code == 200
    found = answer.get_json()
    assert [paper["nicknames"][0] for paper in found["order"]] == ["AlexNet", "VGG"]
    assert [one["text"] for one in found["unknown"]] == ["no such paper qqq"]


def test_order_returns_every_paper_once_with_reasons(client):
    found = client.post("/api/v1/order", json={"papers": ["ResNet", "AlexNet", "VGG"]}).get_json()

    assert [paper["nicknames"][0] for paper in found["order"]] == ["AlexNet", "VGG", "ResNet"]
    assert found["because"][0].keys() == {"before", "after", "evidence"}


def test_a_line_begins_and_ends_with_what_is_asked_for(client):
    found = client.get("/api/v1/lineage?target=Mask+R-CNN&from=R-CNN").get_json()

    assert found["chain"][0]["paper"] == found["from"]
    assert found["chain"][-1]["paper"] == found["target"]
    assert all(link["because"] for link in found["chain"][1:])


def test_lineage_ends_with_the_target(client):
    found = client.get("/api/v1/lineage?target=ResNet&limit=3").get_json()

    assert found.keys() == {
        "target",
        "chain",
        "parents",
        "branches",
        "descendants",
        "from",
        "warnings",
        "topic",
    }
    names = [link["paper"]["nicknames"][0] for link in found["chain"]]
    assert names[-5:] == ["AlexNet", "ZF Net", "VGG", "GoogLeNet", "ResNet"]
    assert len(found["parents"]) == 3


def test_next_uses_nothing_dated_later(client):
    body = {"known": ["AlexNet"], "as_of": "2014-12", "limit": 5}
    found = client.post("/api/v1/next", json=body).get_json()["recommendations"]

    assert found[0].keys() == {"paper", "score", "group", "ready", "missing", "because"}
    assert all(item["paper"]["year"] <= 2014 for item in found)


def test_a_rating_is_given_alone_or_with_a_state(client):
    def rate(**body):
        return client.post("/api/v1/papers/ResNet/state", json=body).get_json()["state"]

    assert rate(rating=4) == "read"
    assert client.get("/api/v1/papers/ResNet").get_json()["rating"] == 4
    assert rate(rating=2.5, state="known") == "known"
    assert client.get("/api/v1/shelf").get_json()["papers"][0]["rating"] == 2.5
    assert rate(rating=None) == "known"
    assert client.get("/api/v1/papers/ResNet").get_json()["rating"] is None


def test_a_rating_out_of_bounds_is_refused(client):
    answer = client.post("/api/v1/papers/ResNet/state", json={"rating": 6})

    assert (answer.status_code, "1 to 5" in answer.get_json()["detail"]) == (400, True)


def test_a_dry_run_reports_and_stores_nothing(client):
    text = "[ResNet](https://arxiv.org/abs/1512.03385) builds on VGG."
    found = client.post("/api/v1/reviews", json={"text": text, "dry_run": True}).get_json()

    assert found.keys() == {
        "review",
        "repairs",
        "mentions",
        "relations",
        "counts",
        "marked",
        "warnings",
    }
    assert found["mentions"][0].keys() == MENTION
    assert found["mentions"][0]["paper"].keys() == PAPER
    assert client.get("/api/v1/reviews").get_json() == {"reviews": []}


def test_a_review_that_was_added_can_be_read_back(client, read_review):
    report = read_review()
    found = client.get(f"/api/v1/reviews/{report['review']['id']}").get_json()

    assert found["origin"] == "three.md"
    assert "ResNet builds on VGG" in found["text"]
    assert {mention["paper"]["nicknames"][0] for mention in found["mentions"]} >= {"VGG", "ResNet"}


def test_several_files_are_reported_one_by_one_and_a_bad_one_loses_no_other(client):
    files = [
        (io.BytesIO(b"Read [VGG](https://arxiv.org/abs/1409.1556)."), "good.md"),
        (io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00\x00"), "bad.png"),
    ]
    found = client.post("/api/v1/reviews", data={"files": files}).get_json()["reports"]

    assert found[0]["review"]["origin"] == "good.md"
    assert (found[1]["origin"], found[1]["status"]) == ("bad.png", 415)


def test_a_state_is_set_and_taken_away(client):
    set_to = client.post("/api/v1/papers/ResNet/state", json={"state": "known"}).get_json()
    taken = client.post("/api/v1/papers/ResNet/state", json={"state": None}).get_json()

    assert (set_to["state"], taken["state"]) == ("known", None)


@pytest.mark.parametrize(
    ("form", "mime", "begins"),
    [
        ("markdown", "text/markdown", "- **"),
        ("bibtex", "application/x-bibtex", "@"),
        ("json", "application/json", "["),
    ],
)
def test_export_writes_each_form(client, form, mime, begins):
    answer = client.get(f"/api/v1/export?format={form}&papers=ResNet&papers=VGG")

    assert answer.mimetype == mime
    assert answer.text.startswith(begins)


def test_health_is_cheap_and_says_ok(client):
    assert client.get("/healthz").get_json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/papers/no+such+paper+qqq", 404),
        ("/api/v1/papers/p999999", 404),
        ("/api/v1/reviews/r99", 404),
        ("/api/v1/nothing", 404),
        ("/api/v1/search", 400),
        ("/api/v1/search?q=a&limit=0", 400),
        ("/api/v1/search?q=a&limit=ten", 400),
        ("/api/v1/search?q=a&limit=1&limit=2", 400),
        ("/api/v1/search?q=a&year_from=last", 400),
        ("/api/v1/search?q=a&state=lost", 400),
        ("/api/v1/search?q=a&mode=magic", 400),
        ("/api/v1/path", 400),
        ("/api/v1/path?target=ResNet&hours=-1", 400),
        ("/api/v1/path?target=ResNet&hours=nan", 400),
        ("/api/v1/lineage?target=ResNet&target=VGG", 400),
        ("/api/v1/lineage?target=ResNet&topic=vision", 400),
        ("/api/v1/lineage?target=ResNet&from=Mask+R-CNN", 400),
        ("/api/v1/lineage?target=ResNet&from=zqxjkvbw", 404),
        ("/api/v1/lineage?topic=vision&from=ResNet", 400),
        ("/api/v1/lineage?topic=zqxjkvbw", 404),
        ("/api/v1/lineage", 400),
        ("/api/v1/papers/ResNet/similar?by=magic", 400),
        ("/api/v1/export?format=docx&papers=ResNet", 400),
        ("/api/v1/order", 405),
    ],
)
def test_what_cannot_be_answered_is_a_problem_object(client, address, status):
    answer = client.get(address)

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert {"type", "title", "status", "detail"} <= answer.get_json().keys()
    assert answer.get_json()["status"] == status


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        ("/api/v1/order", [], 400),
        ("/api/v1/order", {"papers": [1]}, 400),
        ("/api/v1/order", {"papers": ["no such paper qqq"]}, 404),
        ("/api/v1/next", {"known": [], "as_of": "soon"}, 400),
        ("/api/v1/next", {"limit": True}, 400),
        ("/api/v1/next", {"diverse": "perhaps"}, 400),
        ("/api/v1/reviews", {}, 400),
        ("/api/v1/reviews", {"text": 5}, 400),
        ("/api/v1/reviews", {"url": "https://example.org/"}, 503),
        ("/api/v1/papers/ResNet/state", {"state": "lost"}, 400),
    ],
)
def test_a_body_that_cannot_be_used_is_a_problem_object(client, address, body, status):
    answer = client.post(address, json=body)

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_a_body_that_is_not_json_is_refused(client):
    broken = client.post("/api/v1/next", data="{", content_type="application/json")
    other = client.post("/api/v1/next", data="known=ResNet")

    assert (broken.status_code, other.status_code) == (400, 415)
    assert other.mimetype == "application/problem+json"


def test_an_unknown_paper_lists_the_nearest(client):
    found = client.get("/api/v1/papers/Deep Residual Learning of Things").get_json()

    assert any("Deep Residual Learning" in text for text in found["nearest"])
    assert found["detail"].startswith("no paper is called 'Deep Residual Learning of Things'")


def test_passwords_in_addresses_never_come_out(client, read_review):
    report = read_review(origin="https://me:secret@example.org/post")
    listed = client.get("/api/v1/reviews").text
    page = client.get(f"/reviews/{report['review']['id']}").text

    assert report["review"]["origin"] == "https://example.org/post"
    assert "secret" not in listed
    assert "secret" not in page
