"""Links between a person's own notes: where they lead, in whatever order the notes are read."""

from __future__ import annotations

from itertools import permutations

import pytest
from papergraph.ingest import forget_review, ingest_review
from papergraph.ingest.notes import NotePaths
from papergraph.library import Library
from papergraph.models import IngestReport
from tests.conftest import NOW
from tests.ingest.conftest import Run

ROCKETS = "# [Going Far With Rockets](https://arxiv.org/abs/1512.00001)\n\nA fine paper.\n"
NOTES = {
    "/vault/rockets.md": ROCKETS,
    "/vault/log/monday.md": "Today I read [RocketNet](../rockets.md#fuel) again.\n",
    "/vault/index.md": "# Index\n\n- [[rockets]]\n",
}
PATHS = ("/vault/rockets.md", "/vault/log/rockets.md", "/vault/deep/er/steam.org", "/other/wood.md")


@pytest.mark.parametrize(
    ("link", "origin", "found"),
    [
        ("rockets.md", "/vault/a.md", "/vault/rockets.md"),
        ("./Rockets.md#fuel", "/vault/a.md", "/vault/rockets.md"),
        ("../rockets.md", "/vault/log/a.md", "/vault/rockets.md"),
        ("rockets.md", "/vault/log/a.md", "/vault/log/rockets.md"),
        ("rockets.html", "/vault/a.md", "/vault/rockets.md"),
        ("steam.md", "/vault/log/a.md", "/vault/deep/er/steam.org"),
        ("er/steam.md", "/vault/a.md", "/vault/deep/er/steam.org"),
        ("log/steam.md", "/vault/a.md", None),
        ("wood.md", "/vault/a.md", None),  # of another vault
        ("rockets.md", "/vault/rockets.md", None),  # itself
        ("../wood.md", "/vault/a.md", None),
        ("#fuel", "/vault/a.md", None),
        ("https://example.org/rockets.md", "/vault/a.md", None),
        ("readme.md", "/vault/a.md", None),
    ],
)
def test_a_link_leads_to_the_note_it_names(link: str, origin: str, found: str | None) -> None:
    assert NotePaths(PATHS).find(link, origin) == found


def test_a_name_that_two_notes_have_at_one_distance_leads_nowhere() -> None:
    paths = NotePaths(["/vault/a/steam.md", "/vault/b/steam.md"])

    assert paths.find("steam.md", "/vault/c/x.md") is None


@pytest.mark.parametrize(
    ("link", "found"),
    [("/alexnet/", "/blog/_posts/2016-01-31-alexnet.md"), ("alexnet", "notes.zip!/2016-alexnet")],
)
def test_dates_in_front_of_names_do_not_count_on_sites(link: str, found: str) -> None:
    paths = NotePaths(["/blog/_posts/2016-01-31-alexnet.md"])

    assert (paths.find(link, "/blog/index.md") == found) == found.startswith("/blog")


def about(reports: list[IngestReport]) -> dict[str, set[str]]:
    return {
        report.origin: {mention.paper.title for mention in report.mentions if mention.paper}
        for report in reports
    }


@pytest.mark.parametrize("is_dry_run", [False, True], ids=["stored", "dry run"])
@pytest.mark.parametrize("names", list(permutations(NOTES)), ids=" ".join)
def test_links_to_notes_of_the_same_run_name_their_paper_in_any_order(
    run: Run, names: tuple[str, ...], is_dry_run: bool
) -> None:
    reports, _ = run({name: NOTES[name] for name in names}, dry_run=is_dry_run)

    assert [report.origin for report in reports] == list(names)
    assert about(reports) == {name: {"Going Far With Rockets"} for name in names}


def test_a_note_that_comes_later_is_linked_by_those_that_are_here(bare: Library, run: Run) -> None:
    run({name: text for name, text in NOTES.items() if text != ROCKETS})

    _, total = run({"/vault/rockets.md": ROCKETS})

    paper = bare.papers.by_identifier(["arxiv:1512.00001"])["arxiv:1512.00001"]
    assert total.linked == 2
    assert {mention.origin for mention in bare.reviews.mentions_of(paper)} == set(NOTES)


def test_a_forgotten_note_is_not_linked_any_more(bare: Library, run: Run, dump) -> None:
    others = {name: text for name, text in NOTES.items() if text != ROCKETS}
    run(others)
    before = dump(bare)
    run({"/vault/rockets.md": ROCKETS})

    forget_review(bare, "/vault/rockets.md")

    assert dump(bare) == before


def test_a_note_that_is_about_another_paper_now_takes_its_links_along(bare: Library) -> None:
    for origin, text in NOTES.items():
        ingest_review(bare, text.encode(), origin, now=NOW)

    steam = ROCKETS.replace("Rockets", "Steam").replace("00001", "00002")
    ingest_review(bare, steam.encode(), "/vault/rockets.md", now=NOW)

    assert bare.papers.by_identifier(["arxiv:1512.00001"]) == {}
    paper = bare.papers.by_identifier(["arxiv:1512.00002"])["arxiv:1512.00002"]
    assert {mention.origin for mention in bare.reviews.mentions_of(paper)} == set(NOTES)
