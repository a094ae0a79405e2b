"""EndNote's XML export to entries of a bibliography."""

from __future__ import annotations

import re

from papergraph.readers.bibliography import (
    Bibliography,
    Damage,
    Entry,
    Note,
    find_identifiers_of,
    find_month,
    reading_state,
    split_tags,
    turn_name,
)
from papergraph.readers.xml_tree import Element, read_xml
from papergraph.text import clean_title

_BEGIN = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<xml>\s*<records>", re.IGNORECASE)
# EndNote's names of reference types, seen in exports of versions X7 to 21, 2026-11.
_FORMS = {
    "book": "book",
    "edited book": "book",
    "electronic book": "book",
    "dataset": "dataset",
    "computer program": "software",
    "web page": "webpage",
    "blog": "blog",
    "film or broadcast": "video",
}


def is_endnote(text: str, _origin: str) -> bool:
    """Say whether a text is EndNote's XML, by its first elements."""
    return bool(_BEGIN.match(text[:2_000]))


def read_endnote(text: str) -> Bibliography:
    """Read the records; a file cut off in the middle gives those before the cut.

    Raises ReadingError when the XML declares entities or is nested too deep.
    """
    root, fault = read_xml(text)
    damages: list[Damage] = []
    if fault is not None:
        damages.append(Damage(line=fault, reason="the XML breaks off or is faulty here"))
    entries: list[Entry] = []
    for record in root.all("xml", "records", "record"):
        entry = _make_entry(record)
        if entry.title or entry.identifiers or entry.url:
            entries.append(entry)
        else:
            reason = "the record has neither title nor identifier"
            damages.append(Damage(line=record.line, reason=reason))
    return Bibliography(form="endnote-xml", entries=tuple(entries), damages=tuple(damages))


def _make_entry(record: Element) -> Entry:
    form = record.first("ref-type")
    named = (form.attributes.get("name", "") if form else "").casefold()
    title = record.first("titles", "title")
    date = record.words("dates", "pub-dates", "date")
    year, published = find_month(record.words("dates", "year") or date, date)
    tags = [tag for word in record.all("keywords", "keyword") for tag in _split(word.text)]
    tags += [tag for tag in _split(record.words("label")) if not tag.isdecimal()]
    files = [one.text for one in record.all("urls", "pdf-urls", "url")]
    urls = [
        one.text
        for kind in ("related-urls", "text-urls", "web-urls")
        for one in record.all("urls", kind, "url")
        if "://" in one.text
    ]
    return Entry(
        key=record.words("rec-number"),
        form=_FORMS.get(named, "article"),
        title=clean_title(title.text) if title else "",
        line=title.line if title else record.line,
        authors=tuple(
            turn_name(one.text)
            for one in record.all("contributors", "authors", "author")
            if one.text.strip(" ,")
        )[:500],
        year=year,
        published=published,
        venue=clean_title(
            record.words("periodical", "full-title")
            or record.words("titles", "secondary-title")
            or record.words("publisher")
        )
        or None,
        abstract=clean_title(record.words("abstract")) or None,
        identifiers=_identifiers(record, urls),
        url=next(iter(urls), None),
        tags=tuple(dict.fromkeys(tags)),
        notes=tuple(
            Note(text=one.text, line=one.line)
            for name in ("notes", "research-notes")
            for one in record.all(name)
            if len(one.text.split()) >= 3
        ),
        state=reading_state(record.words("read-status"), tags),
        files=tuple(files)[:20],
    )


def _split(words: str) -> tuple[str, ...]:
    return split_tags(words) if ";" in words else ((words[:100],) if words else ())


def _identifiers(record: Element, urls: list[str]) -> tuple[str, ...]:
    doi = record.words("electronic-resource-num")
    labelled = [("doi", re.sub(r"^https?://(?:dx\.)?doi\.org/", "", doi))]
    labelled += [("url", url) for url in urls]
    labelled += [("text", record.words(name)) for name in ("accession-num", "custom2")]
    return find_identifiers_of(labelled)
