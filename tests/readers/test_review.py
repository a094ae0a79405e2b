"""The whole way from bytes to a review, and the development data beside the repository."""

import json
import time

import pytest
from papergraph.errors import ReadingError
from papergraph.readers import read_review


def test_a_review_tells_what_it_is():
    head = "---\ntitle: My notes\nauthor: Ann\ndate: 2020-02-03\n---\n"
    text = f"{head}I have read and liked the papers of this and that.\n"
    review = read_review(text.encode(), "notes.md")

    assert (review.title, review.author, review.written_on, review.language, review.format) == (
        "My notes",
        "Ann",
        "2020-02-03",
        "en",
        "markdown",
    )
    assert review.warnings == ("no paper was found in this text",)


def test_text_and_digest_are_of_the_file():
    review = read_review("\ufeff# A\r\nit‚Äôs".encode(), "a.md")

    assert review.text == "# A\nit‚Äôs"
    assert len(review.sha256) == 64
    assert review.repairs[0].repaired == "it’s"


def test_quoted_words_keep_the_damaged_ones_beside_them():
    text = "## [Deep Nets](https://arxiv.org/abs/1512.03385) ‚Äì good\n"
    mention = read_review(text.encode(), "a.md").mentions[0]

    assert mention.sentence == "Deep Nets – good"
    assert mention.original is not None
    assert "‚Äì" in mention.original


LINKS = [f"[a](https://arxiv.org/abs/15{n:02}.{m:05})" for n in range(1, 10) for m in range(200)]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "> " * 20_000 + "a",
        "*" * 50_000,
        "- " * 20_000,
        "a@" * 30_000,
        "[a](" * 10_000,
        "<div>" * 20_000,
        "arXiv:" * 20_000,
        "\n".join(" " * n + "- a" for n in range(800)),
        " ".join(LINKS),
    ],
    ids=range(10),
)
def test_time_is_bounded(text):
    started = time.process_time()

    read_review(text.encode(), "a.md")

    assert time.process_time() - started < 5


@pytest.mark.shared
@pytest.mark.slow
def test_every_development_file_is_read(shared):
    for path in sorted((shared / "reviews").rglob("*"))[::17]:
        if path.is_file():
            review = read_review(path.read_bytes(), path.name)
            last = review.text.count("\n") + 1

            assert all(1 <= mention.line <= last for mention in review.mentions)


@pytest.mark.shared
@pytest.mark.slow
def test_hostile_files_are_read_or_refused(shared):
    for path in sorted((shared / "reviews_hostile").iterdir()):
        started = time.process_time()
        try:
            read_review(path.read_bytes(), path.name)
        except ReadingError as error:
            message = str(error)
        else:
            message = path.name

        assert path.name in message

        assert time.process_time() - started < 5, path.name


@pytest.mark.shared
def test_papers_of_the_seeds_come_out(shared):
    for line in (shared / "gold" / "seeds_dev.jsonl").read_text().splitlines():
        entry = json.loads(line)
        review = read_review((shared / "reviews" / entry["file"]).read_bytes(), entry["file"])
        found = {mention.identifier for mention in review.mentions}
        stated = {
            f"arxiv:{p['arxiv']}"
            for p in entry["papers"]
            if p.get("arxiv") and p.get("arxiv_stated", True)
        }
        linked = {key for key in stated if key.split(":")[1] in review.text}

        assert linked <= found
