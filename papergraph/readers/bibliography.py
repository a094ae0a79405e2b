"""Bibliographies as values: entries that state a paper field by field, whatever the file format.

BibTeX, RIS and CSL-JSON are read into these; a review lists them, an import stores them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from papergraph.errors import IdentifierError
from papergraph.identifiers import Identifier, find_identifiers, read_url
from papergraph.models import identifier_order
from papergraph.readers.blocks import Block, Inline, Page, StatedPaper
from papergraph.readers.days import find_day
from papergraph.readers.state_words import Told, whole_state
from papergraph.text import shorten, title_key

_MOST_WARNINGS = 20
_SUMMARY = 600
# Status words of Zotero's reading list, JabRef, BibDesk and of tags people make; seen 2026-11.
_STATES = {
    "queued": "to read,to be read,toread,to-read,to_read,want to read,unread,queue,queued,todo,"
    "to do,read later,reading list,new,à lire,a lire,zu lesen,읽을 것,待读",
    "reading": "reading,in progress,currently reading,started,en cours,am lesen",
    "read": "read,done,finished,skimmed,gelesen,lu,読了,已读,1,true,yes",
    "skipped": "not reading,abandoned,skip,skipped",
}
_SENTENCE_END = re.compile(r"(?<!\s\d)(?<!\s\d\d)[.!;\n]+(?:\s|$)")
_OF_READING = re.compile(  # "in progress" and "done" may be said of the work itself
    r"\b(?:(?:re|un)?read|reading|(?:ge)?lesen|lire|lue?s?|leer|leídos?)\b|[读讀読]|읽",
    re.IGNORECASE,
)
_STATE_OF = {word: state for state, words in _STATES.items() for word in words.split(",")}
_BARE_TAGS = frozenset({"new", "1", "true", "yes", "done", "started", "lu"})
_NO_PAPERS = frozenset(
    [
        "online",
        "webpage",
        "electronic",
        "www",
        "web",
        "elec",
        "blog",
        "post",
        "post-weblog",
        "video",
        "vide",
        "motion_picture",
        "song",
        "broadcast",
        "sound",
        "icomm",
        "pcomm",
        "personal_communication",
        "software",
        "computer_program",
        "comp",
        "proceedings",
        "art",
        "artwork",
        "map",
        "figure",
        "graphic",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a person wrote beside an entry, and the line it begins on."""

    text: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: `key` is its citation key or id, `form` the file's own word for what it is.

    `line` and `column` are where the title stands (the entry, when it has none). `state` is a
    reading state if the file tells one, `read_on` its day; `files` are paths and addresses of
    attachments; `is_damaged` says that the title is what could be saved of it.
    """

    key: str
    form: str
    title: str
    line: int
    column: int = 1
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    abstract: str | None = None
    identifiers: tuple[str, ...] = ()
    url: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    state: str | None = None
    read_on: str | None = None
    files: tuple[str, ...] = ()
    is_damaged: bool = False

    @property
    def kind(self) -> str:
        """The kind of paper, one of `PAPER_KINDS`."""
        form = self.form
        if form in ("dataset", "data"):
            return "dataset"
        if form in ("software", "computer_program", "comp"):
            return "software"
        return "textbook" if form in ("book", "mvbook", "collection") else "article"

    @property
    def is_paper(self) -> bool:
        """Whether it is surely scholarly writing: not a web page or program, not a damaged one."""
        is_doubtful = self.form in _NO_PAPERS or self.is_damaged
        return bool(self.identifiers) or not is_doubtful

    @property
    def note(self) -> str | None:
        """All notes in one text."""
        return "\n".join(note.text for note in self.notes) or None

    @property
    def link(self) -> str | None:
        """An address to open: the entry's own, else that of an identifier."""
        if self.url:
            return self.url
        links = (Identifier(*item.split(":", 1)).url for item in self.identifiers)
        return next((link for link in links if link), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A part of a bibliography that could not be read as it should: the line, and what was done."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """The entries of a file in their order, what was damaged, and the text between them."""

    form: str
    entries: tuple[Entry, ...]
    damages: tuple[Damage, ...] = ()
    prose: tuple[Block, ...] = ()

    def as_page(self) -> Page:
        """Turn the entries into a page: a list item that is the title, then the notes on it.

        What stands between them stays where it is.
        """
        blocks: list[Block] = []
        stated: list[StatedPaper] = []
        prose = deque(self.prose)
        for entry in self.entries:
            while prose and prose[0].line < entry.line:
                blocks.append(prose.popleft())
            if not entry.is_paper or not (entry.title or entry.identifiers):
                continue
            stated.append(_state(entry, len(blocks)))
            words = entry.title or entry.identifiers[0]
            blocks.append(_block("item", words, entry.line, entry.column))
            blocks += [_block("paragraph", n.text, n.line, n.column) for n in entry.notes]
        blocks += prose
        warnings = [str(damage) for damage in self.damages[:_MOST_WARNINGS]]
        if len(self.damages) > _MOST_WARNINGS:
            warnings.append(f"{len(self.damages) - _MOST_WARNINGS} more parts are damaged")
        return Page(
            blocks=tuple(blocks), form=self.form, stated=tuple(stated), warnings=tuple(warnings)
        )


def _state(entry: Entry, block: int) -> StatedPaper:
    own = entry.identifiers[0] if entry.identifiers else None
    links = [Identifier(*item.split(":", 1)).url for item in entry.identifiers[1:]]
    own_url = read_url(entry.url).url if entry.url else None
    told = None if entry.state else _first_told(note.text for note in entry.notes)
    return StatedPaper(
        block=block,
        title=entry.title or None,
        url=next((link for link in links if link), None) or own_url or None,
        identifier=own,
        authors=entry.authors,
        year=entry.year,
        summary=shorten(entry.note, _SUMMARY) if entry.note else None,
        state=told.state if told else entry.state,
        read_on=told.day if told else entry.read_on,
        tags=entry.tags,
    )


def _block(kind: str, text: str, line: int, column: int) -> Block:
    inline = Inline(text=" ".join(text.split()), anchors=((0, line, column),))
    return Block(kind=kind, inline=inline, list_id=1 if kind == "item" else 0)


def find_identifiers_of(labelled: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the identifiers that fields hold; a field is labelled by scheme, "url" or "text".

    >>> find_identifiers_of([("doi", "10.1038/nature14539"), ("arxiv", "1512.03385 [cs]")])
    ('arxiv:1512.03385', 'doi:10.1038/nature14539')
    """
    found: list[str] = []
    for scheme, written in labelled:
        value = written.strip()[:2000]
        if not value:
            continue
        if scheme == "text":
            found += [str(identifier) for _, _, identifier in find_identifiers(value)]
        elif scheme == "url":
            identifier = read_url(value).identifier
            found += [str(identifier)] if identifier else []
        else:
            found += _parse(scheme, value)
    return tuple(sorted(dict.fromkeys(found), key=identifier_order))


def _parse(scheme: str, value: str) -> list[str]:
    bare = re.sub(rf"^{scheme}\s*:\s*", "", value, flags=re.IGNORECASE)
    bare = re.sub(r"\s+\[[\w.-]+\]$|\s.*$", "", bare)
    try:
        return [str(Identifier.parse(f"{scheme}:{bare}"))]
    except IdentifierError:
        return []


def reading_state(status: str = "", tags: Iterable[str] = ()) -> str | None:
    """Return the reading state that a status field, or else a tag, tells.

    >>> reading_state("In Progress"), reading_state(tags=["vision", "to-read"])
    ('reading', 'queued')
    """
    told = _STATE_OF.get(" ".join(status.casefold().split()))
    if told:
        return told
    for tag in tags:
        word = " ".join(tag.casefold().strip("#_/ ").split())
        if word in _STATE_OF and word not in _BARE_TAGS:
            return _STATE_OF[word]
    return None


def told_of_entry(fields: Mapping[str, str], tags: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the reading state and its day that an entry's status, tags or short note tell.

    >>> told_of_entry({"note": "Read 2021-03-04"}, []), told_of_entry({"read": "yes"}, [])
    (('read', '2021-03-04'), ('read', None))
    """
    status = first_of(fields, "readstatus", "read_status", "status", "read")
    dated = first_of(fields, "date_read", "date-read", "dateread", "readdate", "read_on", "read")
    day, told = find_day(dated), _first_told([fields.get("note", "")])
    state = reading_state(status, tags) or ("read" if day else told.state if told else None)
    day = day or (told.day if told else None)
    return state, day if state == "read" else None


def _first_told(notes: Iterable[str]) -> Told | None:
    """What the first sentence of a note tells that speaks of nothing but reading."""
    first = (_SENTENCE_END.split(note, maxsplit=1)[0] for note in notes)
    told = (whole_state(words) for words in first if _OF_READING.search(words))
    return next((one for one in told if one), None)


def split_tags(text: str) -> tuple[str, ...]:
    """Split keywords at semicolons, or at commas when there are none.

    >>> split_tags("vision; deep nets, old"), split_tags("vision, nets")
    (('vision', 'deep nets, old'), ('vision', 'nets'))
    """
    parts = re.split(r"\s*;\s*" if ";" in text else r"\s*,\s*", text)
    return tuple(dict.fromkeys(part.strip()[:100] for part in parts if part.strip()))


def turn_name(name: str) -> str:
    """Write "Doe, Jane" as "Jane Doe", "Doe, Jr., Jane" as "Jane Doe Jr.".

    >>> turn_name("van Gogh, Vincent"), turn_name("OpenAI")
    ('Vincent van Gogh', 'OpenAI')
    """
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) >= 3:
        return " ".join(" ".join((parts[2], parts[0], parts[1])).split())
    return " ".join(" ".join(reversed(parts)).split())


def find_month(year: str, month: str = "") -> tuple[int | None, str | None]:
    """Return the year, and "YYYY-MM" when the month is told too.

    >>> find_month("2015", "dec"), find_month("2016-03-01"), find_month("in press")
    ((2015, '2015-12'), (2016, '2016-03'), (None, None))
    """
    match = re.search(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)(?:[-/](\d{1,2})(?!\d))?", year)
    if match is None:
        return None, None
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    told = month.strip().casefold()
    number = int(match[2] or 0)
    if not number and told[:3] in names:
        number = names.index(told[:3]) + 1
    elif not number and told.isdecimal():
        number = int(told[:2])
    return int(match[1]), f"{match[1]}-{number:02}" if 1 <= number <= 12 else None


def name_keys(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return a key for every entry, no two alike: its own, else its identifier or title."""
    taken: dict[str, int] = {}
    keys: list[str] = []
    for entry in entries:
        own = entry.key or next(iter(entry.identifiers), "")
        key = own or f"{title_key(entry.title)[:80]}:{entry.year or ''}"
        taken[key] = taken.get(key, 0) + 1
        keys.append(key if taken[key] == 1 else f"{key} ({taken[key]})")
    return tuple(keys)


def first_of(fields: Mapping[str, str], *names: str) -> str:
    """Return the first of these fields that is not empty, else an empty text."""
    return next((fields[name] for name in names if fields.get(name)), "")
