"""How the papers of a review stand to each other, as its sentences say it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from papergraph.readers.cues import (
    AFTER,
    BEFORE,
    NEGATED,
    NEVER,
    ORIGINAL,
    PREREQUISITE,
    SELF_SUBJECT,
)
from papergraph.readers.drafts import Draft
from papergraph.readers.naming import NameBook, Occurrence
from papergraph.readers.reading import Reading
from papergraph.readers.sentences import split_sentences
from papergraph.readers.titles import clean_entry_title
from papergraph.text import name_key

_WINDOW = 160
_PREPOSITION = re.compile(
    r"\b(?:with|than|to|of|from|in|like|unlike|by|on|for|as|both|into|over|against|the next|or|"
    r"based|using|is what|and|via|through|at|between|instead)\s+"
    r"(?:the\s+|an?\s+|original\s+|previous\s+|standard\s+)*[\"“(\[]?$",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(
    r"^(?:['’]s?)?(?:[^.;:()]{0,60}?)?(?:\s*,\s*(?:and|or)?|\s+(?:and|or|&)|\s*/)\s*(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(
    r"^\W*(?:(?:some|many|most|other|several|previous|traditional|recent|existing|earlier|one|people|you|i)\b"
    r"|there (?:is|are|was|were)\b|if\b|when we\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A relation between two papers of a page, with the sentence that states it."""

    later: Occurrence
    earlier: Occurrence
    kind: str
    cue: str
    block: int
    start: int
    end: int


def find_relations(reading: Reading, book: NameBook) -> list[Claim]:
    """Read every sentence for cues; a pair is claimed once a kind and section."""
    claims: list[Claim] = []
    seen: set[tuple[object, object, str]] = set()
    for number, block in enumerate(reading.blocks):
        if block.kind in ("heading", "row") or len(block.text) > 30_000:
            continue
        subject = find_subject(reading, book, number)
        for start, end in split_sentences(block.text):
            if end - start > 1500:
                continue
            for claim in _read_sentence(reading, book, number, start, end, subject):
                pair = (claim.later.paper, claim.earlier.paper, claim.kind)
                back = any(
                    (b, a, kind) in seen
                    for a, b, _ in [pair]
                    for kind in ("extends", "uses", "replaces")
                )
                if pair in seen or (back and claim.kind != "compares"):
                    continue
                seen.add(pair)
                claims.append(claim)
    return claims


# ---------------------------------------------------------------- whose section is it
def find_subject(reading: Reading, book: NameBook, number: int) -> Occurrence | None:
    """The paper a block writes about when its sentences name no other."""
    for section in reading.headings_above(number):
        heading = reading.sections[section].heading
        owners = _owners(reading, section)
        if len(owners) == 1:
            return Occurrence(start=0, end=0, draft=owners[0])
        if len(owners) > 1:
            is_direct = reading.home[number] == section
            return Occurrence(start=0, end=0, draft=owners[0]) if is_direct else None
        block = reading.blocks[heading]
        named = book.own.get(name_key(clean_entry_title(block.text)))
        if named is not None:
            return Occurrence(start=0, end=0, draft=named)
        if heading == reading.title_block:
            break
    return _page_subject(reading)


def _owners(reading: Reading, section: int) -> list[Draft]:
    """The papers a section's heading names."""
    heading = reading.sections[section].heading
    return [draft for draft in reading.drafts.in_block(heading) if draft.own_section == section]


def _page_subject(reading: Reading) -> Occurrence | None:
    pages = reading.abouts
    if len(pages) == 1 and (
        pages[0].own_section == 0 or pages[0].block == reading.title_block or pages[0].block <= 1
    ):
        return Occurrence(start=0, end=0, draft=pages[0])
    return None


def _first_of_family(reading: Reading, subject: Occurrence | None, number: int) -> Draft | None:
    """The first paper of a heading that names several: "the original model" under it."""
    for section in reading.headings_above(number):
        owners = _owners(reading, section)
        if len(owners) > 1:
            first = min(owners, key=lambda draft: draft.start)
            return None if subject and subject.draft is first else first
    return None


# ---------------------------------------------------------------- one sentence
def _read_sentence(
    reading: Reading,
    book: NameBook,
    number: int,
    start: int,
    end: int,
    subject: Occurrence | None,
) -> list[Claim]:
    block = reading.blocks[number]
    text = block.text[start:end]
    named = _occurrences(reading, book, number, start, end, subject)
    if not named:
        return []
    claims: list[Claim] = []
    last: Claim | None = None
    for position, one in enumerate(named):
        before = named[position - 1] if position else None
        claim = _claim(text, named, position, subject)
        if claim is None and last and before is last.earlier:
            between = text[before.end : one.start]
            if _CONJUNCTION.match(between) and one.paper != last.later.paper:
                claim = (last.later, last.kind, last.cue)
        if claim is None:
            last = None
            continue
        later, kind, cue = claim
        if later.paper == one.paper:
            continue
        last = Claim(
            later=later, earlier=one, kind=kind, cue=cue, block=number, start=start, end=end
        )
        claims.append(last)
    return claims


def _occurrences(
    reading: Reading, book: NameBook, number: int, start: int, end: int, subject: Occurrence | None
) -> list[Occurrence]:
    """Names and linked papers of a sentence; offsets within the sentence."""
    block = reading.blocks[number]
    linked = [
        Occurrence(start=draft.start - start, end=draft.end - start, draft=draft)
        for draft in _drafts_between(reading, number, start, end)
        if draft.role != "about"
    ]
    found = linked + [
        one
        for one in book.find(block.text[start:end])
        if not any(one.start < other.end and other.start < one.end for other in linked)
    ]
    first = _first_of_family(reading, subject, number)
    match = ORIGINAL.search(block.text[start:end]) if first else None
    if match:
        found.append(Occurrence(start=match.start(), end=match.end(), draft=first))
    return sorted(found, key=lambda one: one.start)


def _drafts_between(reading: Reading, number: int, start: int, end: int) -> list[Draft]:
    inside = reading.drafts.in_block(number)
    if len(inside) > 20:  # sorted by now: look only where the sentence is
        first = bisect_left(inside, start, key=lambda draft: draft.start)
        inside = inside[first : bisect_left(inside, end, key=lambda draft: draft.start)]
    return [draft for draft in inside if start <= draft.start < end and draft.end <= end]


def _claim(
    text: str, named: list[Occurrence], position: int, subject: Occurrence | None
) -> tuple[Occurrence, str, str] | None:
    """What a sentence says of one of its papers as the earlier one: (later, kind, cue)."""
    one = named[position]
    left = text[max(0, one.start - _WINDOW) : one.start]
    if NEVER.search(left):
        return None
    prerequisite = _prerequisite(text, named, position, subject)
    if prerequisite:
        return prerequisite
    found = _cue_before(left)
    if found:
        kind, cue, at = found
        later = _subject_before(text, named, position, max(0, one.start - _WINDOW) + at, subject)
        return (later, kind, cue) if later else None
    right = text[one.end : one.end + _WINDOW]
    for rule in AFTER:
        match = rule.pattern.match(right)
        if match:
            later = named[position + 1] if position + 1 < len(named) else subject
            if SELF_SUBJECT.match(match["cue"]):
                later = subject
            return (later, rule.kind, match["cue"]) if later else None
    return None


def _cue_before(left: str) -> tuple[str, str, int] | None:
    """The cue nearest to the name: the one that begins last."""
    best: tuple[str, str, int] | None = None
    for rule in BEFORE:
        match = rule.pattern.search(left)
        if match and (best is None or match.start("cue") > best[2]):
            if NEGATED.search(left[: match.start("cue")]) and rule.kind != "compares":
                continue
            best = rule.kind, match["cue"], match.start("cue")
    return best


def _subject_before(
    text: str, named: list[Occurrence], position: int, cue_at: int, subject: Occurrence | None
) -> Occurrence | None:
    """Who does it: the last paper named before the cue as a subject, else the section's paper."""
    for other in reversed(named[:position]):
        if other.start >= cue_at or other.paper == named[position].paper:
            continue
        if not _PREPOSITION.search(text[: other.start]):
            between = text[other.end : cue_at]
            if not re.search(r"[;:]|, (?:but|while|whereas)\b", between):
                return other
    if _OTHER_SUBJECT.match(text) and not re.match(
        r"\W*(?:most|one) of the\b", text, re.IGNORECASE
    ):
        return None
    return subject


def _prerequisite(
    text: str, named: list[Occurrence], position: int, subject: Occurrence | None
) -> tuple[Occurrence, str, str] | None:
    one = named[position]
    match = PREREQUISITE[0].search(text)
    if match:
        clause = text[match.end() :].split(",", maxsplit=1)[0][:60]
        inside = (o for o in named if 0 <= o.start - match.end() < len(clause))
        after = next(inside, None) or subject
        if after is not None and after.paper != one.paper and one is not after:
            return after, "prerequisite", match[0]
    for rule in PREREQUISITE[1:]:
        match = rule.search(text)
        if (
            match
            and abs(one.start - match.start()) < 90
            and subject is not None
            and subject.paper != one.paper
        ):
            return subject, "prerequisite", match[0]
    return None
