"""Correcting a paper: by its form, by the API, and taking it back."""

from __future__ import annotations

import re


def form_of(client, paper="ResNet"):
    """Every field of the form on a paper's page, as a browser would send it."""
    text = client.get(f"/papers/{paper}").text
    start = text.index('class="fields"')
    part = text[start : text.index("</form>", start)]
    found = dict(re.findall(r'<input name="(\w+)" value="([^"]*)"', part))
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>', part)
    found |= {name: words.replace("\n", "\r\n") for name, words in areas}
    return found | {"kind": re.search(r"<option selected>(\w+)", part)[1]}


def test_a_form_sent_as_it_is_changes_nothing(client, send):
    answer = send("/papers/ResNet/edit", **form_of(client))

    assert answer.status_code == 303
    assert client.get("/api/v1/papers/ResNet").get_json()["edits"] == []


def test_the_form_changes_what_was_written_in_it_and_undo_takes_it_back(client, send):
    send("/papers/ResNet/edit", **form_of(client) | {"year": "2014", "authors": "K. He\r\nJ. Sun"})

    page = client.get("/papers/ResNet").text
    assert "Corrected by you" in page
    found = client.get("/api/v1/papers/ResNet").get_json()
    assert (found["year"], found["authors"]) == (2014, ["K. He", "J. Sun"])

    edit = next(edit["id"] for edit in found["edits"] if edit["field"] == "year")
    send("/edits/undo", edit=edit)

    found = client.get("/api/v1/papers/ResNet").get_json()
    assert (found["year"], found["authors"]) == (2015, ["K. He", "J. Sun"])


def test_a_wrong_value_is_told_and_changes_nothing(client, send):
    answer = send("/papers/ResNet/edit", year="soon")

    assert answer.status_code == 400
    assert "four figures" in answer.text
    assert client.get("/api/v1/papers/ResNet").get_json()["edits"] == []


def test_patch_answers_with_the_paper_and_its_edits(client):
    found = client.patch("/api/v1/papers/ResNet", json={"venue": None, "year": 2014}).get_json()

    assert (found["venue"], found["year"]) == (None, 2014)
    assert {(e["field"], e["before"], e["value"]) for e in found["edits"]} == {
        ("venue", "CVPR", None),
        ("year", 2015, 2014),
    }


def test_an_edit_is_written_only_by_who_may(client):
    forged = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}

    for address in ("/api/v1/papers/ResNet", "/api/v1/edits/undo"):
        method = client.patch if "papers" in address else client.post
        assert method(address, json={"year": 2014}, headers=forged).status_code == 403
    assert client.post("/papers/ResNet/edit", data={"year": "2014"}).status_code == 400


def test_what_a_reader_writes_is_shown_as_text(client):
    client.patch("/api/v1/papers/ResNet", json={"title": "<script>alert(1)</script>"})

    assert "<script>alert" not in client.get("/papers/ResNet").text
