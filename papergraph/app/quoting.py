"""Evidence as a page shows it: quotes with the telling words marked, and repaired words dotted."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from flask import g, url_for

from papergraph.app.resources import resources
from papergraph.library import Library
from papergraph.models import Evidence, paper_number

# kind of evidence -> how it looks: a quote, the curators' word, a record, or a guess
_LOOKS = {
    "review": "quote",
    "list": "listed",
    "curated": "curated",
    "reader": "curated",
    "citation": "record",
    "title": "record",
}
_OPENERS = frozenset(
    (
        *("abstract", "cited", "cites", "it", "its", "name"),
        *("near", "summary", "the", "this", "title", "what"),
    )
)
_LONGEST_DIFFED = 4000
LINES_ON_A_PAGE = 2000
_ALIKE = frozenset(("readme", "index", "notes", "note", "papers", "todo"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text; `original` is what stood there before it was repaired."""

    text: str
    is_marked: bool = False
    original: str | None = None
    paper: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvidence:
    """One piece of evidence; `look` is quote, listed, curated, record or guess."""

    look: str
    segments: tuple[Segment, ...]
    label: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of a stored review: the words for it, and where it can be opened."""

    label: str
    url: str | None


def show_evidence(evidence: Evidence, words: Collection[str] = ()) -> ShownEvidence:
    """Prepare one piece of evidence; `words` are marked besides those that carry a claim."""
    look = _LOOKS.get(evidence.kind, "guess")
    if look in ("quote", "listed"):
        place = place_of(evidence.where)
        cue, original = _cues().get((evidence.where or "", evidence.text), (None, None))
        telling = [cue] if cue else words
        segments = mark_words(repaired_segments(evidence.text, original), telling)
        return ShownEvidence(look=look, segments=segments, label=place.label, url=place.url)
    label = {
        "curated": f"Curated lineage: {evidence.where}" if evidence.where else "Curated lineage",
        "reader": "your own note",
    }.get(evidence.kind)
    text = begun_large(evidence.text)
    segments = _named_words(text) if evidence.kind == "title" else (Segment(text=text),)
    return ShownEvidence(look=look, segments=segments, label=label, url=None)


def begun_large(text: str) -> str:
    """Begin a reason with a capital, unless it begins with a name: some are written small.

    >>> begun_large("it cites VGG"), begun_large("word2vec cites it")
    ('It cites VGG', 'word2vec cites it')
    """
    return text[:1].upper() + text[1:] if text.partition(" ")[0] in _OPENERS else text


def said_first(because: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What somebody says stands before what is inferred, and reviews stand before all."""
    return tuple(sorted(because, key=lambda item: (not item.stated, item.kind != "review")))


def note_relations(library: Library, papers: Iterable[str | None]) -> None:
    """Look up, for this request, which words of the quotes about these papers carry the claim."""
    numbers = [n for n in (paper_number(item or "") for item in papers) if n is not None]
    for relation in library.reviews.relations_of(numbers):
        if relation.origin_kind == "review":
            where = f"{relation.origin}:{relation.line}"
            _cues()[where, relation.text] = (relation.cue, relation.original)


def origin_name(origin: str) -> str:
    """Return how a text without a title is called: its file, with the folder where all are alike.

    >>> origin_name("/home/ann/notes/rlhf.txt"), origin_name("/home/ann/nets/README.md")
    ('rlhf.txt', 'nets/README.md')
    >>> origin_name("https://example.org/post/")
    'https://example.org/post/'
    """
    parts = [part for part in origin.replace("\\", "/").split("/") if part]
    if "://" in origin or not parts:
        return origin
    is_alike = parts[-1].split(".")[0].casefold() in _ALIKE
    return "/".join(parts[-2:] if is_alike else parts[-1:])


def place_of(where: str | None) -> Place:
    """Turn `origin:line` into words and a link to that line; an unknown origin stays as it is."""
    origin, _, line = (where or "").rpartition(":")
    if not line.isdigit():
        return Place(label=where or "", url=None)
    known = g.setdefault("reviews_by_origin", {})
    if origin not in known:
        known[origin] = resources().library.reviews.find(origin)
    review = known[origin]
    if review is None:
        return Place(label=f"{origin}, line {line}", url=None)
    label = f"{review.title or origin_name(origin)}, line {line}"
    return Place(label=label, url=line_url(f"r{review.id}", int(line)))


def line_url(review_id: str, line: int) -> str:
    """Where a line of a review can be seen: its page, at the line."""
    page = (line - 1) // LINES_ON_A_PAGE
    first = page * LINES_ON_A_PAGE + 1 if page else None
    return url_for("pages.review", review_id=review_id, first=first, _anchor=f"L{line}")


def repaired_segments(text: str, original: str | None) -> tuple[Segment, ...]:
    """Split repaired text so that every changed word keeps the words that stood in its place.

    >>> [(s.text, s.original) for s in repaired_segments("a CNN sees", "a id98 sees")]
    [('a ', None), ('CNN', 'id98'), (' sees', None)]
    """
    if not original or original == text or len(text) + len(original) > _LONGEST_DIFFED:
        return (Segment(text=text),) if text else ()
    old, new = _tokens(original), _tokens(text)
    found: list[Segment] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        words, before = "".join(new[k:m]), "".join(old[i:j])
        if not words:
            continue
        is_changed = tag != "equal" and before.strip() != words.strip()
        found.append(Segment(text=words, original=before.strip() or None if is_changed else None))
    return tuple(found)


def mark_words(segments: Sequence[Segment], words: Collection[str]) -> tuple[Segment, ...]:
    """Mark the words, whole and in any case, inside each segment."""
    wanted = sorted({word for word in words if word.strip()}, key=lambda word: (-len(word), word))
    if not wanted:
        return tuple(segments)
    parts = "|".join(re.escape(word) for word in wanted)
    pattern = re.compile(rf"(?<!\w)({parts})(?!\w)", re.IGNORECASE)
    return tuple(
        replace(segment, text=part, is_marked=place % 2 == 1)
        for segment in segments
        for place, part in enumerate(pattern.split(segment.text))
        if part
    )


def _named_words(text: str) -> tuple[Segment, ...]:
    """Mark the words after "has" in "title has object, detection"."""
    lead, has, words = text.partition(" has ")
    if not has:
        return (Segment(text=text),)
    return (Segment(text=f"{lead} has "), Segment(text=words, is_marked=True))


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+(?:-\w+)*|\s+|[^\w\s]", text)


def _cues() -> dict[tuple[str, str], tuple[str | None, str | None]]:
    found: dict[tuple[str, str], tuple[str | None, str | None]] = g.setdefault("cues", {})
    return found
