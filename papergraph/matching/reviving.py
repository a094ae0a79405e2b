"""Reviews read again: papers keep their numbers, and those that only a review joined part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from rapidfuzz import fuzz, process

from papergraph.matching.judging import fits_people
from papergraph.matching.resolving import ACCEPT_RATIO
from papergraph.matching.works import Work, has_number
from papergraph.models import PaperRecord
from papergraph.text import compare_form, name_key, title_key


def pair_former(works: Mapping[int, Work], former: Mapping[int, PaperRecord]) -> dict[int, int]:
    """Pair works with the papers that were made of them before, one to one, by number.

    An equal title counts most, then a common identifier; a near title serves what is left.
    """
    scores: dict[tuple[int, int], int] = defaultdict(int)
    by_title, by_number = _index(former)
    for place, work in works.items():
        for key in {title_key(title) for title in _titles(work)}:
            for number in by_title.get(key, ()):
                scores[place, number] += 3
        for number in {n for item in work.identifiers for n in by_number.get(item, ())}:
            scores[place, number] += 2
    ranked = sorted((-score, place, number) for (place, number), score in scores.items())
    paired: dict[int, int] = {}
    left = dict(former)
    for _, place, number in ranked:
        if place not in paired and number in left:
            paired[place] = number
            del left[number]
    forms = {number: compare_form(record.title) for number, record in left.items()}
    for place in sorted(works.keys() - paired.keys()):
        near = _nearest(works[place], forms)
        if near is not None:
            paired[place] = near
            del forms[near]
    return paired


def _index(
    former: Mapping[int, PaperRecord],
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    by_title: dict[str, list[int]] = defaultdict(list)
    by_number: dict[str, list[int]] = defaultdict(list)
    for number, record in former.items():
        by_title[title_key(record.title)].append(number)
        for item in record.identifiers:
            by_number[item].append(number)
    return by_title, by_number


def _nearest(work: Work, forms: Mapping[int, str]) -> int | None:
    best: tuple[float, int] | None = None
    for title in _titles(work):
        found = process.extractOne(
            compare_form(title),
            forms,
            scorer=fuzz.ratio,
            processor=None,
            score_cutoff=ACCEPT_RATIO,
        )
        if found and (best is None or found[1] > best[0]):
            best = found[1], found[2]
    return best[1] if best else None


def _titles(work: Work) -> tuple[str, ...]:
    return work.titles or ((work.name,) if work.name else ())


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


def are_of_same_people(records: Collection[PaperRecord]) -> bool:
    """Does no record that has a title only give other people or years than another record?

    Which paper of its title such a record is of may have been told before the other was there.

    >>> one = PaperRecord(title="Going Far With Steam", source="a.md", year=2002)
    >>> other = PaperRecord(title="Going Far With Steam", source="b.md", year=2016)
    >>> are_of_same_people([one, other]), are_of_same_people([one, one])
    (False, True)
    """
    bare = [record for record in records if not has_number(record.identifiers)]
    return all(fits_people(one, other) for one in bare for other in records)


def _touch(one: PaperRecord, other: PaperRecord) -> bool:
    if set(one.identifiers) & set(other.identifiers):
        return True
    if {name_key(name) for name in one.nicknames} & {name_key(name) for name in other.nicknames}:
        return True
    ours, theirs = compare_form(one.title), compare_form(other.title)
    return ours == theirs or fuzz.ratio(ours, theirs) >= ACCEPT_RATIO
