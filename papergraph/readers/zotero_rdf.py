"""Zotero's RDF export, which keeps collections, notes and attachments, to a bibliography."""

from __future__ import annotations

import html
import re
from collections import defaultdict

from papergraph.readers.bibliography import (
    Bibliography,
    Damage,
    Entry,
    Note,
    find_identifiers_of,
    find_month,
    reading_state,
    turn_name,
)
from papergraph.readers.xml_tree import Element, read_xml
from papergraph.text import clean_title

# Elements that are no item of their own: parts, containers, notes and files of items.
_NO_ITEMS = frozenset(
    ["Journal", "Memo", "Attachment", "Collection", "Series", "Periodical", "UserItem", "Seq"]
)
_FORMS = {
    "journalArticle": "article",
    "conferencePaper": "inproceedings",
    "book": "book",
    "webpage": "webpage",
    "blogPost": "blog",
    "videoRecording": "video",
    "computerProgram": "software",
    "dataset": "dataset",
}


def is_zotero_rdf(text: str, _origin: str) -> bool:
    """Say whether a text is RDF with Zotero's own names in it."""
    head = text[:4_000]
    return "<rdf:RDF" in head and "http://www.zotero.org/namespaces/export#" in head


def read_zotero_rdf(text: str) -> Bibliography:
    """Read the items with their tags, collections (as tags), notes and the paths of their files.

    Raises ReadingError when the XML declares entities or is nested too deep.
    """
    root, fault = read_xml(text)
    top = root.first("RDF") or root
    named = {one.attributes["about"]: one for one in top.children if one.attributes.get("about")}
    collections = _collections(top)
    damages: list[Damage] = []
    if fault is not None:
        damages.append(Damage(line=fault, reason="the XML breaks off or is faulty here"))
    entries: list[Entry] = []
    for item in top.children:
        if item.name in _NO_ITEMS or not item.first("itemType"):
            continue
        entry = _make_entry(item, named, collections)
        if entry.title or entry.identifiers or entry.url:
            entries.append(entry)
        else:
            reason = "the item has neither title nor identifier"
            damages.append(Damage(line=item.line, reason=reason))
    return Bibliography(form="zotero-rdf", entries=tuple(entries), damages=tuple(damages))


def _collections(top: Element) -> dict[str, list[str]]:
    """The collections of each item, by what the item is called."""
    found: dict[str, list[str]] = defaultdict(list)
    for collection in top.all("Collection"):
        title = collection.words("title")
        for part in collection.all("hasPart"):
            if title:
                found[part.attributes.get("resource", "")].append(title)
    return found


def _make_entry(
    item: Element, named: dict[str, Element], collections: dict[str, list[str]]
) -> Entry:
    about = item.attributes.get("about", "")
    whole = _whole(item, named)
    title = item.first("title")
    year, published = find_month(*_date(item.words("date")))
    tags = [tag.text for tag in item.all("subject") if tag.text and ":" not in tag.text[:4]]
    tags += collections.get(about, [])
    urls = [one.text for one in item.all("identifier", "URI", "value")]
    urls += [about] if "://" in about else []
    identifiers = [one.text for source in (item, *whole) for one in source.all("identifier")]
    return Entry(
        key=about,
        form=_FORMS.get(item.words("itemType"), "article"),
        title=clean_title(title.text) if title else "",
        line=title.line if title else item.line,
        authors=_people(item),
        year=year,
        published=published,
        venue=next((clean_title(one.words("title")) for one in whole if one.words("title")), None),
        abstract=clean_title(item.words("abstract")) or None,
        identifiers=find_identifiers_of(
            [
                *(("doi", word[4:]) for word in identifiers if word.startswith("DOI ")),
                *(("url", url) for url in urls),
                ("text", item.words("description")),
            ]
        ),
        url=next(iter(urls), None),
        tags=tuple(dict.fromkeys(tags)),
        notes=_notes(item, named),
        state=reading_state(tags=tags),
        files=_files(item, named),
    )


def _whole(item: Element, named: dict[str, Element]) -> list[Element]:
    """The journal, book or series it is part of: inside it, or named elsewhere."""
    found = [part for one in item.all("isPartOf") for part in one.children]
    for one in item.all("isPartOf"):
        elsewhere = named.get(one.attributes.get("resource", ""))
        found += [elsewhere] if elsewhere else []
    return found


def _people(item: Element) -> tuple[str, ...]:
    found = []
    for person in item.all("authors", "Seq", "li", "Person"):
        family, given = person.words("surname"), person.words("givenName")
        name = turn_name(f"{family}, {given}" if given else family)
        found += [name] if name else []
    return tuple(found[:500])


def _notes(item: Element, named: dict[str, Element]) -> tuple[Note, ...]:
    notes = []
    for one in item.all("isReferencedBy"):
        memo = named.get(one.attributes.get("resource", ""))
        plain = html.unescape(re.sub(r"<[^<>]{0,300}>", " ", memo.words("value") if memo else ""))
        if memo is not None and plain.strip():
            notes.append(Note(text=" ".join(plain.split()), line=memo.line))
    return tuple(notes)


def _files(item: Element, named: dict[str, Element]) -> tuple[str, ...]:
    files = []
    for one in item.all("link"):
        attachment = named.get(one.attributes.get("resource", ""))
        place = attachment.first("resource") if attachment else None
        path = place.attributes.get("resource", "") if place else ""
        files += [path] if path else []
    return tuple(files[:20])


def _date(text: str) -> tuple[str, str]:
    """Year and month of "2015-12-10", "December 2015" or "12/2015"."""
    words = re.match(r"([A-Za-z]{3})[a-z]*\.? (?:\d{1,2}, )?(\d{4})$", text.strip())
    figures = re.match(r"(\d{1,2})/(\d{4})$", text.strip())
    if words:
        return words[2], words[1]
    return (figures[2], figures[1]) if figures else (text, "")
