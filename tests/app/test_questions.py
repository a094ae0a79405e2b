"""What an ingest leaves open is asked, answered and taken back, with forms and through the API."""

from __future__ import annotations

import html
import re

import pytest

from .conftest import NEAR, OPEN, REVIEW

QUEUE = "/api/v1/review-queue"


@pytest.fixture
def asked(read_review, client):
    """Two reviews that leave three questions open; gives them by their words."""
    read_review(OPEN, "weekly.md")
    read_review(NEAR, "near.md")
    found = client.get(QUEUE).get_json()["questions"]
    return {question["text"]: question for question in found}


@pytest.fixture
def answer(send):
    """Answer a question as its form does."""

    def post(question, choice, paper="", back="/questions", page="/questions", **more):
        place = {"mention": question["id"], "line": question["line"], "words": question["text"]}
        review = {"weekly.md": "r1", "near.md": "r2"}[question["origin"]]
        fields = {"review": review, "choice": choice, "paper": paper, "back": back}
        return send("/questions", page=page, **place, **fields, **more)

    return post


def count_in_nav(page):
    """The number beside "Needs you" in the header; None when it is not there."""
    found = re.search(r"Needs you \((\d+)\)", page)
    return int(found[1]) if found else None


def test_a_question_shows_its_sentence_its_line_and_its_candidates(client, asked):
    page = client.get("/questions").text

    assert len(asked) == 3
    assert "<mark>The second paper</mark> argues that depth alone" in page
    assert '<a href="/reviews/r1#L7">line 7</a>' in page
    assert 'aria-label="It is this one: Deep learning"' in page
    assert '<span class="tag">likely</span>' in page
    assert "Reading group</a></h2>" in page


@pytest.mark.parametrize("address", ["/", "/questions", "/reviews/r1", "/search?q=depth"])
def test_open_questions_are_counted_on_every_page(client, asked, address):
    assert count_in_nav(client.get(address).text) == len(asked)


def test_without_open_questions_nothing_is_counted(client, read_review):
    read_review(REVIEW)

    assert count_in_nav(client.get("/").text) is None
    assert "Nothing is open" in client.get("/questions").text


def test_the_library_card_and_the_review_lead_to_the_questions(client, asked):
    assert '<a href="/questions">Needs you</a></dt><dd>3</dd>' in client.get("/").text
    assert '<a href="/questions?review=r1">Needs you: 2 questions</a>' in (
        client.get("/reviews/r1").text
    )


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"choice": "paper", "paper": "VGG"}, "is <a href="),
        ({"choice": "new", "title": "Depth Is Enough"}, "is a paper of its own: <a href="),
        ({"choice": "none"}, "is no paper"),
    ],
)
def test_an_answer_is_told_and_can_be_taken_back(client, asked, answer, send, choice, told):
    sent = answer(asked["The second paper"], **choice)
    done = client.get(sent.location).text
    back = send("/questions/undo", page="/questions", decision="d1", back=sent.location)
    undone = client.get(back.location).text

    assert (sent.status_code, sent.location) == (303, "/questions?settled=d1")
    assert f'Settled: <q class="said-words">The second paper</q> {told}' in done
    assert count_in_nav(done) == 2
    assert "Taken back:" in undone
    assert count_in_nav(undone) == 3


def test_the_first_candidate_can_be_accepted(client, asked, answer):
    sent = answer(asked["Deep learning"], "accept")

    assert "Deep learning</q> is <a href=" in client.get(sent.location).text


def test_answers_in_force_are_listed_below_the_questions(client, asked, answer, send):
    answer(asked["The second paper"], "paper", "VGG")
    listed = client.get("/questions").text.partition("Your answers")[2]
    send("/questions/undo", page="/questions", decision="d1")

    assert "The second paper" in listed
    assert 'aria-label="Undo: The second paper"' in listed
    assert "Your answers" not in client.get("/questions").text


def test_several_questions_of_a_page_can_be_answered_one_after_the_other(client, asked, answer):
    answer(asked["The second paper"], "none")
    answer(asked["Deep learning"], "accept")
    sent = answer(asked["The third paper"], "new", title="Depth Alone")

    assert sent.status_code == 303
    assert client.get(QUEUE).get_json() == {"questions": []}
    assert "The third paper" in client.get(sent.location).text


def test_an_answer_that_names_no_paper_asks_again_with_the_nearest(client, asked, answer):
    again = answer(asked["The second paper"], "paper", "Deep Residual Learning of Things")

    assert again.status_code == 404
    assert "No paper here answers to" in again.text
    assert "It is this one: Deep Residual Learning for Image Recognition" in again.text
    assert client.get(QUEUE).get_json()["questions"][0]["text"] == "The second paper"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"mention": "m9999", "choice": "new"}, 404),
        ({"mention": "nonsense", "choice": "new"}, 404),
        ({"mention": "", "choice": "new"}, 404),
        ({"choice": "new", "words": "words that stand nowhere"}, 404),
        ({"choice": "new", "review": "r77"}, 404),
        ({"choice": "maybe"}, 400),
        ({"choice": ""}, 400),
        ({"choice": "paper", "paper": " "}, 400),
        ({"choice": "accept"}, 400),
        ({"choice": "new"}, 400),
        ({"choice": "new", "title": "?!"}, 400),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_and_changes_nothing(
    client, asked, send, fields, status
):
    question = asked["The second paper"]
    right = {"mention": question["id"]}
    if "mention" not in fields:
        right |= {"review": "r1", "line": question["line"], "words": question["text"]}
    sent = send("/questions", page="/questions", **{**right, **fields})

    assert sent.status_code == status
    assert len(client.get(QUEUE).get_json()["questions"]) == 3


@pytest.mark.parametrize("decision", ["d77", "", "nonsense", "d0"])
def test_only_an_answer_that_was_given_can_be_taken_back(asked, send, decision):
    assert send("/questions/undo", page="/questions", decision=decision).status_code == 404


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_an_answer_leads_back_to_pages_of_this_site_only(asked, answer, back):
    assert answer(asked["Deep learning"], "none", back=back).location == "/questions?settled=d1"


@pytest.mark.parametrize("settled", ["d1", "d77", "x", "d", "d1&settled=d2", "<script>"])
def test_an_unknown_answer_in_the_address_tells_nothing(client, settled):
    page = client.get(f"/?settled={settled}")

    assert page.status_code == 200
    assert 'class="settled' not in page.text


def test_an_unknown_review_has_no_questions(client):
    assert client.get("/questions?review=r9").status_code == 404
    assert client.get("/questions?review=nonsense").status_code == 404


def test_what_was_added_is_settled_in_place(client, send, answer):
    report = send("/add", text=OPEN, name="weekly.md").text
    back = html.unescape(re.search(r'name="back" value="([^"]+)"', report)[1])
    question = client.get(QUEUE).get_json()["questions"][0]
    sent = answer(question, "paper", "VGG", back=back)
    after = client.get(sent.location).text

    assert report.index("Which paper is it?") < report.index("1 review read")
    assert sent.location == "/add?review=r1&settled=d1"
    assert "1 review read" in after
    assert after.count('class="question"') == 1


def test_a_report_that_is_opened_again_says_what_was_found(client, read_review):
    read_review(REVIEW)
    page = client.get("/add?review=r1").text

    assert "Found 3 papers" in page
    assert "about who builds on whom" in page
    assert client.get("/add?review=r9").status_code == 404


def test_a_mention_can_be_told_to_be_another_paper(client, read_review, send):
    read_review()
    vgg = client.get("/api/v1/papers/VGG").get_json()["id"]
    page = client.get(f"/papers/{vgg}").text
    form = page.partition('class="different"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    sent = send("/questions", **{**fields, "csrf_token": fields["csrf_token"]})
    after = client.get(sent.location).text

    assert sent.location == f"/papers/{vgg}?settled=d1"
    assert "is a paper of its own" in after
    assert after.count("This is a different paper</button>") < page.count(
        "This is a different paper</button>"
    )
    back = send("/questions/undo", decision="d1", back=sent.location)
    again = client.get(back.location).text
    assert again.count("different paper</button>") == page.count("different paper</button>")


def test_the_page_of_a_paper_that_went_with_an_answer_is_not_gone_back_to(
    client, read_review, send
):
    read_review("- [Some thing](https://arxiv.org/abs/2101.00001)\n", "one.md")
    mention = client.get("/api/v1/reviews/r1").get_json()["mentions"][0]
    fields = {"review": "r1", "line": 1, "words": mention["text"], "mention": "m1"}
    back = f"/papers/{mention['paper']['id']}"
    sent = send("/questions", **fields, choice="none", back=back)

    assert sent.location == "/questions?settled=d1"
    assert "is no paper" in client.get(sent.location).text


def test_the_api_lists_answers_and_takes_back(client, asked):
    question = asked["The second paper"]
    body = {"mention": question["id"], "choice": "paper", "paper": "VGG"}
    settled = client.post(QUEUE, json=body).get_json()
    left = client.get(QUEUE).get_json()["questions"]
    undone = client.post(f"{QUEUE}/undo", json={"decision": settled["decision"]})

    assert settled.keys() == {"decision", "mention"}
    assert settled["mention"]["text"] == "The second paper"
    assert settled["mention"]["status"] == "matched"
    assert "VGG" in settled["mention"]["paper"]["nicknames"]
    assert [item["text"] for item in left] == ["The third paper", "Deep learning"]
    assert undone.get_json() == {"decision": "d1"}
    assert len(client.get(QUEUE).get_json()["questions"]) == 3


def test_a_question_of_the_api_has_what_is_needed_to_answer_it(asked):
    question = asked["Deep learning"]

    assert question.keys() == {
        "id", "origin", "line", "text", "sentence", "role", "title", "candidates",
    }  # fmt: skip
    assert question["candidates"][0].keys() >= {"paper", "score"}


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        (QUEUE, {"mention": "m9999", "choice": "new"}, 404),
        (QUEUE, {"mention": "m1", "choice": "maybe"}, 400),
        (QUEUE, {"mention": "m1", "choice": "paper"}, 400),
        (QUEUE, {"mention": "m1", "choice": "paper", "paper": "no such paper qqq"}, 404),
        (QUEUE, {"mention": "m1"}, 400),
        (QUEUE, {"mention": 1, "choice": "new"}, 400),
        (QUEUE, {"choice": "new"}, 400),
        (QUEUE, [], 400),
        (f"{QUEUE}/undo", {"decision": "d9"}, 404),
        (f"{QUEUE}/undo", {}, 400),
    ],
)
def test_an_api_answer_that_cannot_be_used_is_a_problem_object(
    client, asked, address, body, status
):
    sent = client.post(address, json=body)

    assert (sent.status_code, sent.mimetype) == (status, "application/problem+json")
    assert len(client.get(QUEUE).get_json()["questions"]) == 3


@pytest.mark.parametrize("address", [QUEUE, f"{QUEUE}/undo"])
def test_other_sites_may_not_answer(client, asked, address):
    body = {"mention": "m1", "choice": "new", "decision": "d1"}
    sent = client.post(address, json=body, headers={"Origin": "https://evil.example"})

    assert (sent.status_code, sent.mimetype) == (403, "application/problem+json")


def test_an_error_page_tells_nothing_of_the_library(client, asked):
    page = client.get("/questions?settled=d1", headers={"Host": "evil.example"})

    assert page.status_code == 400
    assert count_in_nav(page.text) is None


def test_hostile_words_in_a_question_are_shown_and_never_run(client, read_review):
    read_review('The second <script>alert(1)</script> paper says "><img src=x>.\n', "h.md")
    page = client.get("/questions").text

    assert "<script>alert" not in page
    assert "<img" not in page
