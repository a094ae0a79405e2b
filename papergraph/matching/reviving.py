"""Papers keep their numbers when the only review that names them is read again."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz

from papergraph.matching.resolving import ACCEPT_RATIO
from papergraph.matching.works import Work
from papergraph.models import PaperRecord
from papergraph.text import compare_form, title_key


def pair_former(works: Mapping[int, Work], former: Mapping[int, PaperRecord]) -> dict[int, int]:
    """Pair works with the papers that were made of them before, one to one, by number.

    An equal title counts most, then a common identifier, then a near title.
    """
    scored = [
        (score, -place, -number)
        for place, work in works.items()
        for number, record in former.items()
        if (score := _likeness(work, record))
    ]
    paired: dict[int, int] = {}
    for _, place, number in sorted(scored, reverse=True):
        if -place not in paired and -number not in paired.values():
            paired[-place] = -number
    return paired


def _likeness(work: Work, record: PaperRecord) -> int:
    titles = work.titles or ((work.name,) if work.name else ())
    if title_key(record.title) in {title_key(title) for title in titles}:
        return 3
    if set(work.identifiers) & set(record.identifiers):
        return 2
    form = compare_form(record.title)
    return int(any(fuzz.ratio(compare_form(title), form) >= ACCEPT_RATIO for title in titles))
