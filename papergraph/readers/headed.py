"""Headings that name papers without any link: "AlexNet (2012)", titles in a reading log."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from papergraph.readers.drafts import Draft
from papergraph.readers.people import find_authors
from papergraph.readers.reading import Reading
from papergraph.readers.state_words import state_before, whole_state
from papergraph.readers.telling import tell_state
from papergraph.readers.titles import (
    capital_share,
    clean_entry_title,
    find_year,
    is_generic_heading,
    is_title_like,
    label_kind,
    looks_coined,
    nickname_of,
)
from papergraph.readers.weak_names import is_weak
from papergraph.text import name_key

_NAME = re.compile(
    r"(?P<name>[^\W_][\w.+/-]*(?: [\w.+/-]+){0,3}?)\s*(?:[-–—:,]\s*|\(\s*)"
    r"(?P<year>(?:19|20)\d\d)\s*\)?"
)
_BETWEEN = re.compile(r"\s*(?:[,;&/→>]|->|and\b|und\b)?\s*")
_TIMES = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|spring|summer|fall|autumn|winter|week|day|"
    r"month|year|semester|term|lecture|session|part|chapter|version|release|edition|since|in|"
    r"updated?|copyright|"
    r"nips|neurips|icml|iclr|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai|kdd|sigir|interspeech)\b",
    re.IGNORECASE,
)
_OF_PAPERS = re.compile(
    r"\bpapers?\b|\breading (?:list|log|notes|group)\b|\bto[- ]read\b|\bliterature\b|"
    r"논문|论文|論文",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"\s*[\[(](?:19|20)\d\d[\])]\s+\w")
_OF_READING = re.compile(  # "Reading: ..." and "Done: ..." are said of other things as well
    r"\W*(?!reading\b)\D{0,24}(?:read|reading|lesen|lire|lue?s?|leer|leídos?|[读讀読]|읽)\b",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\W*(?:\d{1,3}[.):]?\s+|\[\d{1,3}\]\s+)?(?P<name>[^\W_][^()\[\]:]{1,60}?)\s*"
    r"[(\[](?P<people>[^()\[\]]{4,80}\b(?:19|20)\d\d)[a-z]?[)\]]\W*"
)
_CAPITALS = 0.6
_FEWEST = 2
_ENOUGH_PROSE = 12
_TOLD = 6
_TITLE_WORDS = 3


def find_headings(reading: Reading) -> None:
    """Add the papers that headings name by a nickname with a year, or by their whole title."""
    named = {
        number: names
        for number, block in enumerate(reading.blocks)
        if block.kind == "heading" and not reading.drafts.in_block(number)
        if (names := tuple(_names_in(block.text)))
    }
    count = sum(map(len, named.values()))
    coined = sum(looks_coined(match["name"]) for names in named.values() for match in names)
    for number, names in named.items():
        is_told = reading.section_of(number).own_prose >= _ENOUGH_PROSE
        alone = all(looks_coined(match["name"]) for match in names) and is_told
        if alone or (count >= _FEWEST and coined >= 0.5 * count):
            _add_names(reading, number, names)
    _add_titles(reading)
    for number, block in enumerate(reading.blocks):
        if block.kind == "heading" and not (
            reading.drafts.in_block(number) or reading.links[number]
        ):
            _add_told(reading, number)


def _add_told(reading: Reading, number: int) -> None:
    """A title that its heading says to be read, or to be read later: "Read: Deep Nets Go Deep"."""
    text = reading.blocks[number].text
    told = state_before(text)
    if told is None or not _OF_READING.match(text):
        return
    title = clean_entry_title(text[told.end :])
    if is_title_like(title) and capital_share(title) >= _CAPITALS:
        draft = _draft(reading, number, title)
        draft.start, draft.nickname = told.end, nickname_of(title)
        reading.drafts.add(draft)


def name_told_headings(reading: Reading, known: Mapping[str, str]) -> None:
    """Add papers of the library that a heading names, with words or a sign of reading, or people.

    "Read: BERT", "✅ BERT", "2. BERT (Devlin et al. 2018)"; after a sign an ordinary word is one
    only where papers are spoken of.
    """
    for number, block in enumerate(reading.blocks):
        if block.kind != "heading" or reading.drafts.in_block(number):
            continue
        draft = _told_name(reading, number, known) or _cited_name(reading, number, known)
        if draft is not None:
            if reading.sections[reading.home[number]].prose < _ENOUGH_PROSE:
                draft.role = "listed"
            reading.drafts.add(draft)
            tell_state(reading, draft)
    reading.drafts.sort()


def _told_name(reading: Reading, number: int, known: Mapping[str, str]) -> Draft | None:
    text = reading.blocks[number].text
    signed = reading.legend.sign_before(text)
    told = signed or state_before(text)
    title = clean_entry_title(text[told.end :]) if told else ""
    name = known.get(name_key(title)) if title else None
    is_sure = not signed or not is_weak(name or "") or reading.speaks_of_papers
    if told is None or name is None or not is_sure:
        return None
    draft = _draft(reading, number, title)
    draft.start, draft.nickname = told.end, name
    return draft


def _cited_name(reading: Reading, number: int, known: Mapping[str, str]) -> Draft | None:
    """A known name with its people and year in brackets; who they are is left to matching."""
    text = reading.blocks[number].text
    match = _CITED.fullmatch(text) if text.rstrip().endswith((")", "]")) else None
    name = known.get(name_key(match["name"])) if match else None
    people = find_authors("", f"({match['people']})") if match and name else ()
    if match is None or not people:
        return None
    draft = _draft(reading, number, match["name"])
    draft.start, draft.end = match.span("name")
    draft.nickname, draft.authors, draft.year = name, people, find_year(match["people"])
    draft.is_tentative = True
    return draft


def _names_in(text: str) -> Iterator[re.Match[str]]:
    """The nicknames of a heading that is nothing but nicknames, each with its year."""
    found: list[re.Match[str]] = []
    position = 0
    text = text.strip()
    while position < len(text):
        match = _NAME.match(text, position)
        if match is None or _TIMES.search(match["name"]) or not re.search("[a-z]", text):
            return
        if is_generic_heading(match["name"]) or label_kind(match["name"]):
            return
        found.append(match)
        between = _BETWEEN.match(text, match.end())
        position = between.end() if between else match.end()
    yield from found


def _add_names(reading: Reading, number: int, names: tuple[re.Match[str], ...]) -> None:
    shift = len(reading.blocks[number].text) - len(reading.blocks[number].text.lstrip())
    for match in names:
        draft = _draft(reading, number, match["name"])
        draft.start, draft.end = match.start("name") + shift, match.end("name") + shift
        draft.nickname, draft.year = match["name"], int(match["year"])
        reading.drafts.add(draft)


def _add_titles(reading: Reading) -> None:
    """Sibling headings that are titles, on a page or under a heading that promises papers."""
    groups: dict[int | None, list[int]] = defaultdict(list)
    for number, section in enumerate(reading.sections):
        if section.heading >= 0:
            groups[section.parent].append(number)
    for parent, beside in groups.items():
        above = reading.heading_of(parent) if parent is not None else None
        promise = f"{reading.title or ''} {above.text if above else ''}"
        is_promised = bool(_OF_PAPERS.search(promise))
        children = [
            child
            for child in beside
            if is_promised or _is_dated(reading, child) or _is_read(reading, child)
        ]
        titled = [child for child in children if _is_titled(reading, child)]
        if len(titled) < max(_FEWEST, 0.6 * len(children)):
            continue
        for child in titled:
            heading = reading.sections[child].heading
            if not reading.drafts.in_block(heading):
                text = reading.blocks[heading].text
                draft = _draft(reading, heading, clean_entry_title(text))
                draft.nickname, draft.year = nickname_of(draft.title or ""), find_year(text)
                reading.drafts.add(draft)


def _is_dated(reading: Reading, number: int) -> bool:
    """Does a heading put a year in brackets before its title?"""
    return bool(_YEAR_FIRST.match(reading.blocks[reading.sections[number].heading].text))


def _is_read(reading: Reading, number: int) -> bool:
    """Does the line below a heading say nothing but when it was read?"""
    section = reading.sections[number]
    first = reading.blocks[section.heading + 1 : min(section.heading + 2, section.end)]
    told = whole_state(first[0].text) if first else None
    return told is not None and told.day is not None


def _is_signed(reading: Reading, number: int) -> bool:
    """Does a heading begin with a sign that its paper is read, or to be read?"""
    heading = reading.blocks[reading.sections[number].heading]
    return reading.legend.sign_before(heading.text) is not None


def _is_titled(reading: Reading, number: int) -> bool:
    """Is a heading a title with notes below, and no list of other papers?"""
    section = reading.sections[number]
    title = clean_entry_title(reading.blocks[section.heading].text)
    inside = sum(len(reading.drafts.in_block(n)) for n in range(section.heading + 1, section.end))
    is_long = is_title_like(title, fewest_words=4) and len(title.split()) >= _TITLE_WORDS
    is_part = re.match(r"\W*\d+[-.]\d", reading.blocks[section.heading].text)
    is_told = section.own_prose >= _TOLD or _is_read(reading, number) or _is_signed(reading, number)
    return is_long and is_told and inside <= 1 and not is_part and capital_share(title) >= _CAPITALS


def _draft(reading: Reading, number: int, title: str) -> Draft:
    home = reading.home[number]
    text = reading.blocks[number].text
    return Draft(
        block=number,
        start=len(text) - len(text.lstrip()),
        end=len(text.rstrip()),
        role="about",
        title=title,
        section=home,
        own_section=home,
    )
