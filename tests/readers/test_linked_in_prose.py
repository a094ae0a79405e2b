"""Of a paper linked in prose, years and people of its own sentence count."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

ROCKET = "[RocketNet](https://example.edu/papers/rocket.pdf)"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"I went back to {ROCKET}. Then BoatNet (Rao, Lind & Ko, ICLR 2022) came.", None),
        (f"BoatNet (Rao & Lind, ICLR 2022), which rests on {ROCKET}, is slow.", None),
        (f"BoatNet of 2021, which rests on {ROCKET}, is slow.", 2021),
        (f"We liked {ROCKET} (Rao et al. 2016). In 2022 all changed.", 2016),
        (f"We liked {ROCKET}, by A. Rao and B. Lind, of 2016.", 2016),
        (f"Rao and Lind (2016) {ROCKET} go far.", 2016),
    ],
)
def test_a_year_is_of_the_same_sentence_and_of_no_paper_before(text: str, year: int | None) -> None:
    found = read_review(f"# Notes\n\n{text}\n".encode(), "notes.md").mentions

    assert [one.year for one in found if one.role == "linked"] == [year]


def test_the_next_sentence_names_no_authors() -> None:
    text = f"I went back to {ROCKET}. Then S4 (Rao, Lind & Ko, ICLR 2022) came."
    found = read_review(f"# Notes\n\n{text}\n".encode(), "notes.md").mentions

    assert [one.authors for one in found if one.role == "linked"] == [()]
