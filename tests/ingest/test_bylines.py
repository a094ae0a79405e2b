"""Texts that name a paper by its people or their own title are linked whenever it comes."""

from __future__ import annotations

import itertools

import pytest
from papergraph.ingest import forget_review, ingest_review
from papergraph.library import Library
from tests.conftest import NOW
from tests.ingest.test_order import contents

REVIEWS = {
    "entry.md": "## References\n\n"
    "- A. Bee, B. Cee and C. Dee. Going Far With Rockets and Steam. ICML 2015.\n",
    "prose.md": "Steam was tamed by *Bee et al.* (2015), and by Bee, Cee and Dee (2015).\n",
    "twin.md": "## References\n\n"
    "- A. Bee, E. Eff and G. Gee. Coming Back With Steam From Far Away. ICML 2015.\n",
    "page.md": "# Going Far With Rockets and Steam\n\n"
    "Steam lets rockets go much farther than before, which nobody had seen in all these years.\n",
    "both.md": "Bee et al. (2015) is about steam.\n\n- Going Far With Rockets and Steam\n",
}


def read(names: tuple[str, ...]) -> Library:
    library = Library.open(None)
    for name in names:
        ingest_review(library, REVIEWS[name].encode(), name, now=NOW)
    return library


def named(library: Library, origin: str) -> list[str]:
    """What a text names by authors and year, in its words."""
    found = library.reviews.mentions_in(library.reviews.find(origin).id)  # type: ignore[union-attr]  # it was just read
    return [mention.text for mention in found if mention.role == "named"]


@pytest.mark.parametrize("count", [2, 3])
def test_bylines_in_any_order_mean_the_same(count: int) -> None:
    for chosen in itertools.combinations(sorted(REVIEWS), count):
        expected = contents(read(chosen))
        for names in itertools.permutations(chosen):
            assert contents(read(names)) == expected, names


def test_text_is_linked_when_its_paper_comes_later() -> None:
    library = read(("prose.md",))
    assert named(library, "prose.md") == []

    ingest_review(library, REVIEWS["entry.md"].encode(), "entry.md", now=NOW)

    assert named(library, "prose.md") == ["Bee et al. (2015)", "Bee, Cee and Dee (2015)"]


def test_page_of_this_title_is_about_the_paper_when_it_comes_and_until_it_goes() -> None:
    library = read(("page.md", "entry.md"))
    assert len(library.writing.about("page.md")) == 1

    forget_review(library, "entry.md")

    assert library.writing.about("page.md") == []
    assert library.papers.count() == 0


def test_second_paper_that_fits_takes_the_doubtful_link_away_until_it_is_forgotten() -> None:
    library = read(("entry.md", "prose.md", "twin.md"))
    assert named(library, "prose.md") == ["Bee, Cee and Dee (2015)"]

    forget_review(library, "twin.md")

    assert named(library, "prose.md") == ["Bee et al. (2015)", "Bee, Cee and Dee (2015)"]


def test_authors_nobody_knows_make_no_paper(bare: Library) -> None:
    report = ingest_review(bare, b"It is old (Gee & Aitch, 1999).\n", "a.md", now=NOW)

    assert report.mentions == ()
    assert report.warnings[0] == "no paper was found in this text"
    assert "not found for sure by people and year: 'Gee & Aitch, 1999'" in report.warnings[1]
    assert bare.papers.count() == 0
