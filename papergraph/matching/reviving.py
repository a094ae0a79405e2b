"""Reviews read again: papers keep their numbers, and those that only a review joined part."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rapidfuzz import fuzz

from papergraph.matching.resolving import ACCEPT_RATIO
from papergraph.matching.works import Work
from papergraph.models import PaperRecord
from papergraph.text import compare_form, name_key, title_key


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


def are_one_paper(records: Collection[PaperRecord]) -> bool:
    """Do records hold together by themselves: by common identifiers, titles or nicknames?"""
    first, *apart = records
    joined = [first]
    grew = True
    while apart and grew:
        near = [record for record in apart if any(_touch(record, other) for other in joined)]
        apart = [record for record in apart if record not in near]
        joined += near
        grew = bool(near)
    return not apart


def _touch(one: PaperRecord, other: PaperRecord) -> bool:
    if set(one.identifiers) & set(other.identifiers):
        return True
    if {name_key(name) for name in one.nicknames} & {name_key(name) for name in other.nicknames}:
        return True
    ours, theirs = compare_form(one.title), compare_form(other.title)
    return ours == theirs or fuzz.ratio(ours, theirs) >= ACCEPT_RATIO


def _likeness(work: Work, record: PaperRecord) -> int:
    titles = work.titles or ((work.name,) if work.name else ())
    shares_number = 2 * bool(set(work.identifiers) & set(record.identifiers))
    if title_key(record.title) in {title_key(title) for title in titles}:
        return 3 + shares_number
    form = compare_form(record.title)
    is_near = any(fuzz.ratio(compare_form(title), form) >= ACCEPT_RATIO for title in titles)
    return is_near + shares_number
