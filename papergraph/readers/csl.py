"""CSL-JSON, as Zotero, Mendeley, pandoc and DOI services write it, to entries of a bibliography."""

from __future__ import annotations

import re
from bisect import bisect_right

from papergraph.readers.bibliography import (
    Bibliography,
    Damage,
    Entry,
    Note,
    find_identifiers_of,
    find_month,
    reading_state,
    split_tags,
)
from papergraph.readers.json_places import Node, parse_json
from papergraph.text import clean_title

_SIGNS = re.compile(r'"(?:title|DOI|container-title|issued|author)"\s*:')
_TYPE = re.compile(r'"(?:type|issued|container-title|citation-key|citation-label)"\s*:')
_OTHER = re.compile(r'"(?:nbformat|cells|openapi|\$schema|dependencies|scripts)"\s*:')
_LABELLED = re.compile(r"^\s*([A-Za-z][\w -]{1,30}):\s*(\S.*)$")  # lines of Zotero's Extra field
_NUMBERS = {"pmid": "pmid", "pmcid": "pmcid", "arxiv": "arxiv", "doi": "doi"}


def is_csl(text: str, _origin: str) -> bool:
    """Say whether a text is CSL-JSON: JSON with the field names of items."""
    head = text[:50_000].lstrip()
    is_json = head.startswith(("[", "{")) and not head.startswith(("[[", "{{", "[!"))
    return is_json and bool(_SIGNS.search(head) and _TYPE.search(head)) and not _OTHER.search(head)


def is_json(text: str, origin: str) -> bool:
    """Say whether a file calls itself JSON and begins so."""
    return origin.casefold().endswith(".json") and text.lstrip()[:1] in ("[", "{")


def read_csl(text: str) -> Bibliography:
    """Read the items of a CSL-JSON file; one cut short is read as far as it goes.

    >>> entry, = read_csl('[{"id": "k", "type": "article", "title": "Deep Nets"}]').entries
    >>> entry.title, entry.line, entry.column
    ('Deep Nets', 1, 43)
    """
    parsed = parse_json(text)
    feeds = [match.start() for match in re.finditer("\n", text)]
    entries: list[Entry] = []
    damages: list[Damage] = []
    for node in _items(parsed.root):
        entry = _make_entry(node, feeds)
        if entry is None:
            damages.append(Damage(line=_place(feeds, node.start)[0], reason="an item is no paper"))
        else:
            entries.append(entry)
    if parsed.broken_at is not None:
        line, column = _place(feeds, parsed.broken_at)
        reason = f"the file stops being JSON at column {column}; what stands before it was read"
        damages.append(Damage(line=line, reason=reason))
    return Bibliography(form="csl-json", entries=tuple(entries), damages=tuple(damages))


def _place(feeds: list[int], offset: int) -> tuple[int, int]:
    line = bisect_right(feeds, offset - 1)
    return line + 1, offset - (feeds[line - 1] if line else -1)


def _items(root: Node) -> list[Node]:
    """The items: a list, a single one, or what stands under "items" or "message"."""
    if isinstance(root.value, list):
        return root.items
    inner = root.get("items", "references", "message")
    return _items(inner) if inner and not root.get("title") else [root]


def _make_entry(item: Node, feeds: list[int]) -> Entry | None:
    title = item.get("title")
    identifiers = _identifiers(item)
    if not isinstance(item.value, dict) or not (
        (title and title.text) or identifiers or item.text_of("URL")
    ):
        return None
    shown = title if title and title.text else item
    start = shown.items[0].start if shown.items else shown.start
    line, column = _place(feeds, start)
    year, published = _date(item)
    tags = split_tags(item.text_of("keyword", "keywords"))
    labels, rest = _read_extra(item.text_of("note"))
    notes = _notes(item, rest, feeds)
    return Entry(
        key=item.text_of("id", "citation-key"),
        form=item.text_of("type").casefold(),
        title=clean_title(title.text) if title else "",
        line=line,
        column=column,
        authors=_people(item.get("author") or item.get("editor")),
        year=year,
        published=published,
        venue=clean_title(item.text_of("container-title", "event-title", "publisher")) or None,
        abstract=clean_title(item.text_of("abstract")) or None,
        identifiers=identifiers,
        url=item.text_of("URL") or None,
        tags=tags,
        notes=notes,
        state=reading_state(labels.get("read_status", labels.get("read status", "")), tags),
    )


def _notes(item: Node, rest: str, feeds: list[int]) -> tuple[Note, ...]:
    node = item.get("annote", "note")
    text = item.text_of("annote") or rest
    if node is None or not text:
        return ()
    line, column = _place(feeds, node.start)
    return (Note(text=text, line=line, column=column),)


def _people(names: Node | None) -> tuple[str, ...]:
    found: list[str] = []
    for name in names.items[:500] if names else []:
        if isinstance(name.value, str):
            found.append(name.value)
            continue
        particle = name.text_of("non-dropping-particle", "dropping-particle")
        parts = (name.text_of("given"), particle, name.text_of("family"), name.text_of("suffix"))
        found.append(" ".join(" ".join(parts).split()) or name.text_of("literal", "name"))
    return tuple(clean_title(name) for name in found if name)


def _date(item: Node) -> tuple[int | None, str | None]:
    issued = item.get("issued", "published", "published-print", "published-online", "created")
    parts = issued.get("date-parts") if issued else None
    if parts and parts.items:
        numbers = [part.text for part in parts.items[0].items]
        if numbers:
            return find_month(numbers[0], numbers[1] if len(numbers) > 1 else "")
    told = issued.text_of("raw", "literal", "date-time") or issued.text if issued else ""
    return find_month(told or item.text_of("year"))


def _identifiers(item: Node) -> tuple[str, ...]:
    labels, _ = _read_extra(item.text_of("note"))
    archive = item.text_of("archive", "publisher").casefold()
    place = item.text_of("archive_location", "number") if archive == "arxiv" else ""
    return find_identifiers_of(
        [
            ("doi", item.text_of("DOI")),
            ("pmid", item.text_of("PMID")),
            ("pmcid", item.text_of("PMCID")),
            ("url", item.text_of("URL")),
            ("arxiv", place),
            ("text", item.text_of("number")),
            ("text", item.text_of("container-title")),
            *((_NUMBERS[name], value) for name, value in labels.items() if name in _NUMBERS),
        ]
    )


def _read_extra(note: str) -> tuple[dict[str, str], str]:
    """Part the lines "Key: value" of a note from what a person wrote."""
    labels: dict[str, str] = {}
    rest: list[str] = []
    for line in note.split("\n")[:2000]:
        match = _LABELLED.match(line)
        is_label = match is not None and (
            match[1].casefold() in _NUMBERS
            or re.fullmatch(r"[\w]+[_-][\w-]+|[a-z]+|[A-Z]+|read status", match[1], re.IGNORECASE)
        )
        if match and is_label:
            labels.setdefault(match[1].casefold(), match[2].strip())
        else:
            rest.append(line)
    return labels, " ".join(" ".join(rest).split())
