"""Titles without any link, in lists and prose: by form, by company, by what heads them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from papergraph.readers.blocks import Block
from papergraph.readers.drafts import Draft
from papergraph.readers.entries import part_people
from papergraph.readers.ordinary_words import is_ordinary
from papergraph.readers.people import find_authors
from papergraph.readers.reading import Reading
from papergraph.readers.titles import (
    capital_share,
    clean_entry_title,
    find_year,
    is_title_like,
    label_kind,
    looks_coined,
    nickname_before,
    nickname_of,
    whole_year,
)

_WITH_YEAR = re.compile(
    r"^\s*(?:(?P<name>[^\s:–—-][^:–—]{1,24}?)\s*(?::|\s[-–—])\s+)?(?P<title>\S.{10,240}?)"
    r"[\s,]*[(\[](?P<rest>[^()\[\]]{0,60}\b(?:19|20)\d\d)[)\]]\s*(?P<tail>.{0,60})$"
)
_KEY_LINE = re.compile(
    r"\W*(?:authors?|tags?|keywords?|year|date|venue|conference|link|url|code|affiliations?|type|doi)"
    r"\W*:",
    re.IGNORECASE,
)
_PAPERS = re.compile(r"\bpapers\b|\breading list\b|\bto read\b|논문|论文|論文", re.IGNORECASE)
_QUOTED = re.compile(r"\s*[\"“„«《「]([^\"“”„«»《》「」]{8,260})[\"”“»》」][\s.]*")
_SURNAME = r"(?:(?:van|von|de|der|den|du|di)\s){0,2}[A-ZÀ-Ž][a-zà-ž][\w'’-]*(?:[A-Z][\w-]+)?"
_NAME = re.compile(_SURNAME)
_NAMES = (
    rf"{_SURNAME}(?:(?:,\s(?:and\s|&\s)?|\s(?:and|und|et|y|&)\s|\s?[+/&]\s?|\s){_SURNAME}){{0,6}}"
)
# "Rumelhart Hinton Williams 86 ", "Turing 1950, ", "Bengio et al. (2003): "
_PEOPLE_FIRST = re.compile(
    rf"(?P<names>{_NAMES})(?:,?\set\sal\.?)?,?\s[(\[]?(?P<year>(?:19|20)\d\d|['’]?\d\d)[)\]]?"
    r"\s?[,.:–—-]?\s+(?=[^\W\d_]|[\"“„*])"
)
# " by Kingma and Welling", " de Kingma et Welling (2014)": one name alone may be a word
_PEOPLE_LAST = re.compile(
    rf",?\s(?:by|von|de|par|por|di)\s(?P<names>{_SURNAME}(?:(?:,\s{_SURNAME}){{0,5}},?"
    rf"\s(?:and|und|et|y|e|&)\s{_SURNAME}|\set\sal\.?))(?P<rest>[\s,(]*(?:(?:19|20)\d\d)?[).\s]*)$"
)
_LABEL = re.compile(
    r"\W*(?:required|optional|recommended|suggested|main|extra|bonus|background|must[- ]read|"
    r"facultatif|obligatoire|pflicht|fakultativ|opcional|obligatorio)\)?\s?[:：)]?\s+",
    re.IGNORECASE,
)
_KEYED = re.compile(r"[a-z][\w ()+-]{1,20}:\s")
_SHORT = 2  # figures of a year
_ENOUGH = 0.6  # of a list's entries are titles
_OTHERS = re.compile(
    r"\b(?:code|books?|videos?|blogs?|courses?|tools?|datasets?|tutorials?)\b", re.IGNORECASE
)


def find_bare_titles(reading: Reading) -> None:
    """Add the titles of list entries without links, and titles in italics or bold with authors.

    What stands in quotes beside a box to tick is a title.
    """
    lists: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, block in enumerate(reading.blocks):
        if reading.links[number] or reading.drafts.in_block(number) or len(block.text) > 1500:
            continue
        if block.is_done is not None and (quoted := _QUOTED.fullmatch(block.text)):
            if is_title_like(quoted[1]):
                _add(reading, number, *quoted.span(1), clean_entry_title(quoted[1]))
        elif block.kind == "item":
            lists[reading.home[number], block.list_id].append(number)
        elif block.kind == "paragraph":
            _styled_title(reading, number, block)
    for numbers in lists.values():
        _read_list(reading, numbers)


def _read_list(reading: Reading, numbers: list[int]) -> None:
    dated = [(n, match) for n in numbers if (match := _dated(reading.blocks[n]))]
    under_papers = _is_headed(reading, numbers[0])
    if dated and (len(dated) >= 2 or under_papers) and len(dated) >= 0.5 * len(numbers):
        for number, match in dated:
            _add_dated(reading, number, match)
        return
    if not under_papers:
        return
    told = {n: part for n in numbers if (part := part_entry(reading.blocks[n].text))}
    titled = [
        number
        for number in numbers
        if number in told or _is_plain_title(reading.blocks[number].text)
    ]
    if len(titled) < _ENOUGH * len(numbers):
        return
    for number in titled:
        text = reading.blocks[number].text
        part = told.get(number)
        if part is None:
            _add(reading, number, 0, len(text), clean_entry_title(text))
        else:
            draft = _add(reading, number, part.start, part.end, part.title)
            draft.authors, draft.year = part.people, part.year


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPart:
    """The title of an entry that names its people, where it stands, and what is told beside it."""

    title: str
    start: int
    end: int
    people: tuple[str, ...]
    year: int | None


def part_entry(text: str) -> EntryPart | None:
    """Part the title of a list's entry from the people and year before it, or the people after it.

    >>> part = part_entry("Required: Rumelhart, Hinton 86 Learning by back-propagating errors")
    >>> part.title, part.people, part.year
    ('Learning by back-propagating errors', ('Rumelhart', 'Hinton'), 1986)
    >>> part_entry("Deep nets go deep by Rao and Doe").people
    ('Rao', 'Doe')
    """
    label = _LABEL.match(text)
    if label is None and _KEYED.match(text):
        return None
    begin = label.end() if label else 0
    before, after = _PEOPLE_FIRST.match(text, begin), _PEOPLE_LAST.search(text, begin)
    if before:
        names = tuple(_NAME.findall(before["names"]))
        is_sure = len(before["year"]) > len("'86") or len(names) > 1
        figures = before["year"].lstrip("'’")
        start, end = before.end(), len(text)
        year: int | None = whole_year(figures) if len(figures) == _SHORT else int(figures)
        is_sure = is_sure and not all(is_ordinary(name.lower()) for name in names)
    elif after:
        names = tuple(_NAME.findall(after["names"]))
        start, end, year, is_sure = begin, after.start(), find_year(after["rest"]), True
    else:
        return _part_reference(text, begin)
    title = clean_entry_title(text[start:end])
    is_title = is_title_like(title) or looks_coined(title)
    if not is_sure or not is_title or title[:1].islower():
        return None
    return EntryPart(title=title, start=start, end=end, people=names, year=year)


def _part_reference(text: str, begin: int) -> EntryPart | None:
    """The title of an entry that is written as a reference, or has a label before its title."""
    title, people = part_people(text[begin:])
    start = text.find(title, begin)
    if start < 0 or not (people or (begin and _is_plain_title(title))) or not is_title_like(title):
        return None
    end = start + len(title)
    year = find_year(text[end:]) or find_year(text[begin:start])
    return EntryPart(title=title, start=start, end=end, people=people, year=year)


def _dated(block: Block) -> re.Match[str] | None:
    match = _WITH_YEAR.match(block.text)
    if match is None:
        return None
    title = clean_entry_title(match["title"])
    if re.match(r"\s+[a-z]+\b(?!:)", match["tail"]):  # a sentence goes on behind its source
        return None
    is_title = is_title_like(title) and (capital_share(title) >= 0.5 or bool(match["name"]))
    return match if is_title and label_kind(title) is None else None


def _add_dated(reading: Reading, number: int, match: re.Match[str]) -> None:
    text = match.string
    start, end = match.span("title")
    name = (match["name"] or "").strip()
    if name and not looks_coined(name) and len(name.split()) > 1:
        start = match.start("name")
        name = ""
    draft = _add(reading, number, start, end, clean_entry_title(text[start:end]))
    draft.nickname = name if name and looks_coined(name) else draft.nickname
    draft.year = find_year(match["rest"])
    draft.authors = find_authors("", f"({match['rest']})") or find_authors("", match["tail"])


def _is_headed(reading: Reading, number: int) -> bool:
    """Whether the heading right above says that papers follow."""
    heading = reading.heading_of(reading.home[number])
    if heading is None or _OTHERS.search(heading.text):
        return False
    return bool(_PAPERS.search(heading.text))


def _is_plain_title(text: str) -> bool:
    title = clean_entry_title(text)
    return (
        is_title_like(title, fewest_words=4)
        and capital_share(title) >= 0.6
        and not text.rstrip().endswith((".", "!", ";"))
        and not _KEY_LINE.match(text)
        and not _KEYED.match(text)
    )


def _styled_title(reading: Reading, number: int, block: Block) -> None:
    """A title in bold or italics with its authors or year beside it."""
    for style in block.inline.styles:
        words = block.text[style.start : style.end]
        title = clean_entry_title(words)
        if style.kind not in ("bold", "italic") or not is_title_like(title, fewest_words=4):
            continue
        tail = block.text[style.end : style.end + 90]
        people = find_authors("", tail)
        if capital_share(title) < 0.6 or not (people or re.match(r"\W{0,3}\(?(?:19|20)\d\d", tail)):
            continue
        draft = _add(reading, number, style.start, style.end, title)
        draft.role = "listed" if style.start <= 2 else "linked"
        draft.authors, draft.year = people, find_year(tail)
        return


def _add(reading: Reading, number: int, start: int, end: int, title: str) -> Draft:
    draft = Draft(
        block=number,
        start=start,
        end=end,
        role="listed",
        title=title,
        nickname=nickname_of(title) or nickname_before(reading.blocks[number].text[:start]),
        section=reading.home[number],
    )
    reading.drafts.add(draft)
    return draft
