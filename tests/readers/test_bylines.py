"""Authors and years in prose join the entries of their page."""

from __future__ import annotations

from papergraph.models import FoundMention
from papergraph.readers import read_review

ENTRIES = """
## References

- A. Bee, B. Cee and C. Dee. Going Far With Rockets and Steam. ICML 2015.
- A. Bee and E. Eff. Coming Back With Parachutes From Far Away. ICML 2016.
"""


def named(text: str) -> list[FoundMention]:
    found = read_review(text.encode(), "notes.md", names=()).mentions
    return [mention for mention in found if mention.role == "named"]


def test_authors_and_year_join_the_entry_of_the_page() -> None:
    (mention,) = named(f"Steam was tamed first (Bee et al., 2015).\n{ENTRIES}")

    assert mention.text == "Bee et al., 2015"
    assert mention.title == "Going Far With Rockets and Steam"
    assert mention.byline is None


def test_authors_join_a_link_with_these_authors_in_its_words() -> None:
    text = (
        "- [A. Bee and E. Eff. Coming Back With Parachutes From Far Away. ICML"
        " 2016](https://arxiv.org/abs/1601.00002)\n\nLater Bee and Eff (2016) landed softly.\n"
    )

    assert [mention.identifier for mention in named(text)] == ["arxiv:1601.00002"]


def test_the_people_of_an_entry_are_no_mention_of_it() -> None:
    text = 'Read "Going Far With Rockets and Steam" (Bee et al., 2015) for Tuesday.\n'

    assert named(text) == []


def test_the_people_below_a_title_are_no_mention_of_it() -> None:
    people = "Ann Bee, Ben Cee and Cem Dee, 2015"
    text = f"# Going Far With Rockets and Steam\n\n{people}\n\nThe paper burns.\n"

    assert named(text) == []


def test_authors_with_several_entries_of_a_year_are_told_apart_by_the_letter() -> None:
    text = (
        "The second (Bee et al., 2015b) is better, says Bee et al. (2015).\n\n## References\n\n"
        "- Bee et al. 2015a. Going Far With Rockets and Steam. ICML.\n"
        "- Bee et al. 2015b. Coming Back With Parachutes From Far Away. ICML.\n"
    )

    assert [m.title for m in named(text)] == ["Coming Back With Parachutes From Far Away"]


def test_other_authors_stand_as_they_are() -> None:
    (mention,) = named("Steam is old (Gee & Aitch, 1999).\n")

    assert mention.byline
    assert mention.byline.surnames == ("gee", "aitch")
