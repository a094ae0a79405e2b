"""Headings that hold the title of a paper the library knows, and no more than its data beside it.

"## 1. Going Far With Steam", "### [3] Going Far With Steam - NeurIPS 2017", "# Going Far With Steam
(Rao et al. 2015)": such a section is about that paper. A heading is often the name of a topic, too,
so that without data beside them only words that no topic is called by are a title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice, product

from papergraph.readers.below import stars_below, told_below
from papergraph.readers.drafts import Draft
from papergraph.readers.known_titles import TitleLookup, no_titles
from papergraph.readers.people import find_authors
from papergraph.readers.reading import ABOUT_PAPER, Reading
from papergraph.readers.telling import tell_state
from papergraph.readers.title_places import TitlePlace
from papergraph.readers.titles import (
    BIBLIOGRAPHIC,
    find_year,
    is_title_like,
    is_venue,
    nickname_after,
    nickname_before,
    nickname_of,
)
from papergraph.text import (
    FEWEST_TITLE_LETTERS,
    FEWEST_TITLE_WORDS,
    MOST_TITLE_WORDS,
    TitleKey,
    title_key,
)

_LONGEST = 300
_MOST_EDGES = 8
_ENOUGH_PROSE = 12
_MOST_LISTED = 1
_ENTRIES = ("about", "listed")
_HEAD = 3  # blocks of a section that may say that it is on a paper
_MANY = 7  # words that no topic is called by
_OPENS = re.compile(r"(?:^|[.)\]|–—】」-]\s+|[】」:：]\s*|^[\W\d]*\s)\W*(?=\w)")
_CLOSES = re.compile(
    r"\W*$|\s*[(\[【]|\s+[-–—|·/]+\s|\s*[,:;：|]\s|[\"”»'’*_]+(?=\W|$)|[.!?]\s|\s+by\s+(?=[A-Z])"
    r"|\s+(?=(?:19|20)\d\d\b)"
)
_IN_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]{1,80}[)\]】]")
_SIGN = re.compile(r":[a-z0-9_+-]{2,30}:|\d+|_")
_PERSON = r"[A-ZÀ-Ž][\w'’-]+"
_PEOPLE = re.compile(
    rf"(?:by )?{_PERSON}(?: {_PERSON}| [A-Z]\.)*(?:(?:, | and | & |, and ){_PERSON}"
    r"(?: [A-ZÀ-Ž][\w'’.-]*)*){0,8}(?:,? et\.? al\.?)"
    rf"|by {_PERSON}(?:(?:,| and| &|, and)? [A-ZÀ-Ž][\w'’.-]*){{0,8}}"
)
_AUTHORS_YEAR = re.compile(
    rf"{_PERSON}(?:(?:,| and| &|, and) {_PERSON}){{0,3}}(?:,? et\.? al\.?)?,? "
    r"\(?(?:19|20)\d\d[a-z]?\)?"
)
_NAME_BEFORE = re.compile(r"\W*\w+\s+[-–—|]\s+\W*")
_WORD_BESIDE = re.compile(
    r"(?:paper|article|day|week|part|lecture|session|no|nr|title|reading|read|re-?read|to[- ]read|"
    r"notes?|review|summary|on|of|the|todo|done|doing|next|todays?|explained|pdf|arxiv|"
    r"artikel|zusammenfassung|(?:논문|리뷰|요약|论文|論文|阅读|笔记|精读|解读)+|"
    r"jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|th|st|nd|rd)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:an? )?(?:\w+ )?(?:introduction|tutorial|overview|primer|guide|lecture|proceedings|"
    r"advances in|journal|conference|workshop)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\b(?:is|are|was|do|does|can|should|you|we|all|not|what|why)\b", re.IGNORECASE)


def find_headed_titles(reading: Reading, lookup: TitleLookup) -> None:
    """Add the papers whose whole title is in a heading, as what the section is about.

    Whether the library's paper is that of the year beside it is left to matching.
    """
    if lookup is no_titles:
        return
    rows = {
        number: _rows(block.text)
        for number, block in enumerate(reading.blocks)
        if block.kind == "heading" and len(block.text) <= _LONGEST
        if not (reading.drafts.in_block(number) or reading.links[number])
    }
    keys = {key for there in rows.values() for key in there}
    if not keys:
        return
    held = keys & set(lookup({key[:FEWEST_TITLE_LETTERS] for key in keys}, lambda: keys))
    held -= {title_key(draft.title or "") for draft in reading.drafts}
    for number, there in rows.items():
        found = max(held & there.keys(), key=len, default=None)
        if found is not None and _is_meant(reading, number, there[found]):
            reading.drafts.add(_draft(reading, number, there[found]))
            tell_state(reading, reading.drafts.last)
    reading.drafts.sort()


def _rows(text: str) -> Mapping[TitleKey, TitlePlace]:
    """What of a heading may be a title: from where one may begin to where it may end."""
    starts = [match.end() for match in islice(_OPENS.finditer(text), _MOST_EDGES)]
    ends = [match.start() for match in islice(_CLOSES.finditer(text), _MOST_EDGES)]
    found: dict[TitleKey, TitlePlace] = {}
    for start, end in product(starts, ends):
        row = TitlePlace(text=text, start=start, end=end)
        key = title_key(row.shown)
        is_of_size = FEWEST_TITLE_WORDS <= row.count <= MOST_TITLE_WORDS
        if is_of_size and len(key) >= FEWEST_TITLE_LETTERS:
            found.setdefault(key, row)  # the first is without the marks that close it
    return found


def _is_meant(reading: Reading, number: int, place: TitlePlace) -> bool:
    """Whether a heading means the paper: nothing else is in it, and no list of others below it.

    Something must be written of it, or a sign or line say that it is read or to be read.
    """
    before, after = place.text[: place.start], place.text[place.end :]
    if _OTHER.match(place.shown) or not is_title_like(place.shown):
        return False
    is_named = nickname_before(before) or _NAME_BEFORE.fullmatch(before)
    if not (is_named or _is_beside(before)) or not _is_beside(after):
        return False
    section = reading.sections[reading.home[number]]
    inside = range(number + 1, section.end)
    entries = [one for n in inside for one in reading.drafts.in_block(n) if one.role in _ENTRIES]
    is_signed = reading.legend.sign_before(place.text) is not None
    is_told = section.prose >= _ENOUGH_PROSE or is_signed
    if len(entries) > _MOST_LISTED or not (is_told or _is_told_below(reading, number)):
        return False
    is_stated = any(find_year(part) or BIBLIOGRAPHIC.search(part) for part in (before, after))
    return is_stated or _is_no_topic(place) or _speaks_of_paper(reading, inside)


def _is_told_below(reading: Reading, number: int) -> bool:
    """Whether a line below a heading tells of reading or rates what it names."""
    home = reading.home[number]
    return bool(told_below(reading, home)) or stars_below(reading, home) is not None


def _is_no_topic(place: TitlePlace) -> bool:
    """Whether words are such as nobody calls a topic: many, a name with a colon, a statement."""
    if place.has_colon or place.count >= _MANY:
        return place.count > FEWEST_TITLE_WORDS
    is_set_off = place.is_title_case and place.count > FEWEST_TITLE_WORDS
    return is_set_off and (place.has_rare or bool(_SAYS.search(place.shown)))


def _speaks_of_paper(reading: Reading, inside: range) -> bool:
    """Whether the first words of a section speak of a paper: "the authors show"."""
    return any(ABOUT_PAPER.search(reading.blocks[number].text) for number in inside[:_HEAD])


def _is_beside(text: str) -> bool:
    """Whether words stand beside a title that are no part of one: numbers, people, a venue."""
    rest = _AUTHORS_YEAR.sub(" ", _IN_BRACKETS.sub(" ", text))
    if is_venue(rest) or _PEOPLE.fullmatch(rest.strip(" .,:;|–—-")):
        return True
    words = re.findall(r"[^\W\d_]+", _SIGN.sub(" ", rest))
    return all(_WORD_BESIDE.fullmatch(word) for word in words)


def _draft(reading: Reading, number: int, place: TitlePlace) -> Draft:
    before, after = place.text[: place.start], place.text[place.end :]
    home, people = reading.home[number], find_authors(before.rstrip(" :–—-"), "")
    return Draft(
        block=number,
        start=place.start,
        end=place.end,
        role="about" if reading.sections[home].prose >= _ENOUGH_PROSE else "listed",
        title=place.shown,
        nickname=nickname_of(place.shown) or nickname_before(before) or nickname_after(after),
        year=find_year(after) or (find_year(before) if people else None),
        authors=find_authors("", after) or people,
        section=home,
        own_section=home,
        is_tentative=True,
    )
