"""One piece of writing, from bytes to a review."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection

from papergraph.errors import ReadingError
from papergraph.models import NO_PAPERS, FoundMention, Review
from papergraph.readers.bibliography import Bibliography
from papergraph.readers.decoding import decode
from papergraph.readers.file_names import add_file_name
from papergraph.readers.finding import find_papers
from papergraph.readers.forms import detect_form, read_bibliography, read_page
from papergraph.readers.known_titles import TitleLookup, no_titles
from papergraph.readers.mentions import hide_secrets
from papergraph.readers.pdf import pdf_page
from papergraph.readers.pdf_text import extract_pdf, is_pdf
from papergraph.readers.reading import Reading
from papergraph.readers.repair import repair_lines
from papergraph.readers.reporting import report_findings


def read_review(
    data: bytes, origin: str, *, names: Collection[str] = (), titles: TitleLookup = no_titles
) -> Review:
    """Read any text and return the papers it mentions and what it says of them.

    Never raises on odd writing: what cannot be used is left in the review's text.

    Parameters
    ----------
    data
        The file as stored.
    origin
        Where it comes from: a path or an address. Its suffix is a hint of the form.
    names
        Short names of papers the library knows ("ResNet", "R-CNN"), to be found in prose.
    titles
        Looks up which rows of the text's words are titles of papers the library knows.

    Raises
    ------
    ReadingError
        When the bytes are no writing: a picture, an archive, a damaged PDF, JSON without papers.
    """
    taken = extract_pdf(data, origin) if is_pdf(data) else None
    text = taken.text if taken else decode(data, origin)
    repaired = repair_lines(text)
    page = pdf_page(taken, repaired.text) if taken else read_page(repaired.text, origin)
    page = page if taken else add_file_name(page, origin)
    reading = find_papers(page)
    found = report_findings(reading, repaired, names, titles)
    return Review(
        origin=origin,
        format=page.form,
        text=hide_secrets(text),
        sha256=hashlib.sha256(data).hexdigest(),
        title=_title(reading),
        author=page.value("author", "authors"),
        written_on=_date(page.value("date", "lastmod", "published")) or page.day,
        language=guess_language(repaired.text),
        mentions=found.mentions,
        relations=found.relations,
        repairs=repaired.repairs,
        warnings=(*page.warnings, *_warnings(found.mentions)),
    )


def read_bibliography_file(data: bytes, origin: str) -> Bibliography | None:
    """Read the entries of a bibliography file; None when it is none.

    BibTeX, RIS, CSL-JSON, NBIB (PubMed), EndNote XML, Zotero RDF and tables as CSV are known.

    Raises
    ------
    ReadingError
        When the bytes are not text.
    """
    return read_bibliography(repair_lines(decode(data, origin)).text, origin)


_WRITING = {
    "json": ("csl-json", "notebook"),
    ".xml": ("feed", "html", "bookmarks", "endnote-xml", "zotero-rdf"),
    ".rdf": ("zotero-rdf",),
    ".csv": ("csv",),
    ".tsv": ("csv",),
}


def is_writing(data: bytes, origin: str) -> bool:
    """Say whether a file of a folder is worth reading: most JSON, XML and CSV files hold data."""
    name = origin.casefold()
    if not name.endswith((".json", ".xml", ".rdf", ".csv", ".tsv")):
        return True
    try:
        text = decode(data, origin)
    except ReadingError:
        return False
    return detect_form(text, origin) in _WRITING[name[-4:]]


def _title(reading: Reading) -> str | None:
    title = reading.title
    return " ".join(title.split())[:300] or None if title else None


def _date(value: str | None) -> str | None:
    match = re.match(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", value or "")
    if match is None:
        return None
    parts = [match[1], match[2].zfill(2), *([match[3].zfill(2)] if match[3] else [])]
    return "-".join(parts)


_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7af]"), 0.05),
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.05),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.2),
)
_SMALL_WORDS = {
    "en": {"the", "of", "and", "is", "to", "in", "a", "we", "this", "for"},
    "de": {"der", "die", "das", "und", "ist", "ein", "eine", "von", "mit", "wir", "nicht"},
    "fr": {"le", "la", "les", "des", "et", "est", "un", "une", "que", "pour", "dans"},
    "es": {"el", "los", "las", "una", "es", "que", "por", "para", "con", "del"},
}


def guess_language(text: str) -> str | None:
    """Guess the language from its letters and small words; None when there is too little text.

    >>> guess_language("Das ist ein Netz und es ist die Grundlage von allem, was wir hier lesen.")
    'de'
    """
    sample = text[:20_000]
    for code, letters, share in () if sample.isascii() else _SCRIPTS:
        if len(letters.findall(sample)) > share * len(sample):
            return code
    words = re.findall(r"[a-zà-ÿß]+", sample.lower())
    if len(words) < 10:
        return None
    often = Counter(words)
    counts = {code: sum(often[word] for word in known) for code, known in _SMALL_WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > 0.03 * len(words) else None


def _warnings(mentions: tuple[FoundMention, ...]) -> tuple[str, ...]:
    return () if mentions else (NO_PAPERS,)
