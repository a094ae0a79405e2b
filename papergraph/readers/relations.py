"""How the papers of a review stand to each other, as its sentences say it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from papergraph.readers.cues import (
    AFTER,
    BASED,
    BEFORE,
    BEFORE_READING,
    COMPARING,
    DATA_SET,
    LATER_BEFORE,
    LONG_FORM,
    NEGATED,
    NEGATION,
    NEVER,
    ORIGINAL,
    READ_BEFORE,
    READ_FIRST,
    REQUIRES,
    SOLVES_PROBLEM,
    UNSURE,
)
from papergraph.readers.drafts import Draft
from papergraph.readers.naming import NameBook, Occurrence
from papergraph.readers.reading import Reading
from papergraph.readers.sentences import split_sentences
from papergraph.readers.subjects import (
    Speech,
    announced_paper,
    introduced_paper,
    named_focus,
    owners_of,
    page_words,
    section_paper,
    speaks_of_itself,
    subjects_before,
    title_words_of,
)

_WINDOW = 160
_CONJUNCTION = re.compile(
    r"^(?:['’]s?)?(?:[^.;:()]{0,60}?)?(?:\s*,\s*(?:and|or)?|\s+(?:and|or|&)|\s*/)\s*(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(
    r"[^.;]{0,60}?, (?!(?:it|they|we|the (?:authors?|paper|model|network)|this|and|or|but|which|"
    r"with|where|using|a|an)\b)[a-z]"
)
_CONTRAST = re.compile(r"\b(?:as opposed to|unlike|than|(instead of|rather than)) $", re.IGNORECASE)
_CLAUSE_END = re.compile(r",|\b(?:you|one|read|study|look|have|go|first|it is|i)\b", re.IGNORECASE)
_NEW_CLAUSE = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|does|did|can|could|will|would|also|which|itself|"
    r"uses?|used|extends?|adds?|shows?|needs?|takes?|gets?|performs?|works?)\b"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a sentence says of one of its papers: who is later, who earlier."""

    later: tuple[Occurrence, ...]
    earlier: Occurrence
    kind: str
    cue: str


def find_relations(reading: Reading, book: NameBook) -> list[Claim]:
    """Read every sentence for cues; a pair is claimed once a kind and section."""
    claims: list[Claim] = []
    words = cache(lambda: page_words(reading))  # few pages ask for them
    reading.entries.clear()
    seen: set[tuple[object, object, str]] = set()
    for number, block in enumerate(reading.blocks):
        if block.kind in ("heading", "row") or len(block.text) > 30_000:
            continue
        for claim in _read_block(reading, book, number, words):
            pair = (claim.later.paper, claim.earlier.paper, claim.kind)
            back = any(
                (claim.earlier.paper, claim.later.paper, kind) in seen
                for kind in ("extends", "uses", "replaces")
            )
            if pair in seen or (back and claim.kind != "compares"):
                continue
            seen.add(pair)
            claims.append(claim)
    return claims


def _read_block(
    reading: Reading, book: NameBook, number: int, words: Callable[[], frozenset[str]]
) -> Iterator[Claim]:
    """Read the sentences of a block in order, keeping in mind what "it" means."""
    text = reading.blocks[number].text
    spots = book.spots(text)
    if not (spots or reading.drafts.in_block(number) or ORIGINAL.search(text)):
        return  # most blocks: nothing in them names a paper
    section = section_paper(reading, book, number)
    announced = None if section else announced_paper(reading, number)
    focus = section or announced
    for start, end in split_sentences(text):
        if end - start > 1500:
            continue
        is_new, introduced = introduced_paper(reading, text[start:end], section, announced)
        focus = introduced if is_new else focus
        known = book if bisect_left(spots, start) < bisect_left(spots, end) else None
        named = tuple(_occurrences(reading, known, number, (start, end), section))
        if not named:
            continue
        speech = Speech(
            text=text[start:end],
            named=named,
            section=section,
            focus=_moved(focus, -start),
            is_own=lambda key: key in words() or key in title_words_of(section),
        )
        for found in _read_sentence(speech):
            for later in found.later:
                if later.paper != found.earlier.paper:
                    yield Claim(
                        later=later,
                        earlier=found.earlier,
                        kind=found.kind,
                        cue=found.cue,
                        block=number,
                        start=start,
                        end=end,
                    )
        focus = _moved(named_focus(speech), start) or focus


def _moved(one: Occurrence | None, by: int) -> Occurrence | None:
    """A name as seen from elsewhere in its block; a paper of the page has its own place."""
    if one is None or one.draft is not None:
        return one
    return replace(one, start=one.start + by, end=one.end + by)


def _occurrences(
    reading: Reading,
    book: NameBook | None,
    number: int,
    span: tuple[int, int],
    section: Occurrence | None,
) -> list[Occurrence]:
    """Names, unless there is no `book`, and linked papers of a sentence; offsets within it."""
    start, end = span
    text = reading.blocks[number].text[start:end]
    linked = [
        Occurrence(start=draft.start - start, end=draft.end - start, draft=draft)
        for draft in _drafts_between(reading, number, start, end)
        if draft.role != "about"
    ]
    found = linked + [
        one
        for one in (book.find(text) if book else ())
        if not any(one.start < other.end and other.start < one.end for other in linked)
    ]
    first = _first_of_family(reading, section, number)
    match = ORIGINAL.search(text) if first else None
    if match:
        found.append(Occurrence(start=match.start(), end=match.end(), draft=first))
    return sorted(found, key=lambda one: one.start)


def _drafts_between(reading: Reading, number: int, start: int, end: int) -> list[Draft]:
    inside = reading.drafts.in_block(number)
    if len(inside) > 20:  # sorted by now: look only where the sentence is
        first = bisect_left(inside, start, key=lambda draft: draft.start)
        inside = inside[first : bisect_left(inside, end, key=lambda draft: draft.start)]
    return [draft for draft in inside if start <= draft.start < end and draft.end <= end]


def _first_of_family(reading: Reading, subject: Occurrence | None, number: int) -> Draft | None:
    """The first paper of a heading that names several: "the original model" under it."""
    for section in reading.headings_above(number):
        owners = owners_of(reading, section)
        if len(owners) > 1:
            first = min(owners, key=lambda draft: draft.start)
            return None if subject and subject.draft is first else first
    return None


# ---------------------------------------------------------------- one sentence
def _read_sentence(speech: Speech) -> Iterator[_Found]:
    """What a sentence says of each of its papers; a question says nothing."""
    if speech.text.rstrip("\"'”’) ").endswith("?"):
        return
    last: _Found | None = None
    for position, one in enumerate(speech.named):
        found = _prerequisite(speech, position) or _statement(speech, position)
        if found is None and last and speech.named[position - 1] is last.earlier:
            between = speech.text[last.earlier.end : one.start]
            is_joined = _CONJUNCTION.match(between) and not _NEW_CLAUSE.match(speech.text, one.end)
            if is_joined and all(later.paper != one.paper for later in last.later):
                found = replace(last, earlier=one)
        if found is not None:
            yield found
        last = found if found is not None and found.earlier is one else None


def _statement(speech: Speech, position: int) -> _Found | None:
    """Find a cue before or after a name."""
    one, text = speech.named[position], speech.text
    begin = max(0, one.start - _WINDOW)
    left = LONG_FORM.sub("", text[begin : one.start])
    if NEVER.search(left):
        return None
    turned = _turned(speech, position, left, begin)
    if turned:
        return turned
    right = text[one.end : one.end + _WINDOW]
    found = _cue_before(left, right, text[one.start : one.end])
    if found:
        kind, cue, at = found
        is_first = not re.search(r"\w", text[: begin + at])
        if is_first and cue.lower().startswith("based") and _OTHER_CLAUSE.match(right):
            return None
        if cue.lower().startswith(("vs", "versus")):
            later = _left_of(speech, position, begin + at)
        else:
            later = subjects_before(speech, begin + at, one)
        return _Found(later=tuple(later), earlier=one, kind=kind, cue=cue) if later else None
    return _cue_after(speech, position, left, right)


def _left_of(speech: Speech, position: int, cue_at: int) -> list[Occurrence]:
    """The paper right before a cue that stands between two: "X vs Y"."""
    if position == 0 or speech.named[position - 1].end > cue_at:
        return []
    between = speech.text[speech.named[position - 1].end : cue_at]
    return [speech.named[position - 1]] if re.fullmatch(r"[\w -]{0,20}", between) else []


def _turned(speech: Speech, position: int, left: str, begin: int) -> _Found | None:
    """A name after "is extended by" or "inspired" is the later paper."""
    one = speech.named[position]
    for rule in LATER_BEFORE:
        match = rule.pattern.search(left)
        if match is None or _is_no_statement(left[: match.start("cue")]):
            continue
        earlier = subjects_before(speech, begin + match.start("cue"), one)
        is_said = len(earlier) == 1 and (earlier[0].end > 0 or speaks_of_itself(speech.text))
        if is_said:
            return _Found(later=(one,), earlier=earlier[0], kind=rule.kind, cue=match["cue"])
    return None


def _is_no_statement(left: str) -> bool:
    """Whether a cue after these words is denied, only possible, or part of a quoted title."""
    is_quoted = left.count('"') % 2 == 1 or left.count("“") > left.count("”")
    return is_quoted or bool(NEGATED.search(left) or UNSURE.search(left))


def _cue_before(left: str, right: str, name: str) -> tuple[str, str, int] | None:
    """The cue nearest to the name: the one that begins last."""
    best: tuple[str, str, int] | None = None
    for rule in BEFORE:
        match = rule.pattern.search(left)
        if match and (best is None or match.start("cue") > best[2]):
            best = rule.kind, match["cue"], match.start("cue")
    if best is None and (name.lower().endswith("problem") or right.startswith(" problem")):
        match = SOLVES_PROBLEM.search(left)
        best = ("extends", match["cue"], match.start("cue")) if match else None
    if best is None or any(rule.pattern.search(left) for rule in LATER_BEFORE):
        return None
    before = left[: best[2]]
    if best[1].lower() == "as in" and (NEGATION.search(before) or COMPARING.search(before)):
        return None
    if best[1].lower() == "as in" and re.search(r"\bsimilar\b", before[-60:]):
        best = "compares", best[1], best[2]
    if best[0] in ("extends", "replaces") and DATA_SET.match(right):
        return None
    if best[0] == "compares":
        is_denied = best[1].lower().startswith("compar") and NEGATED.search(before)
        return None if is_denied or UNSURE.search(before) else best
    if best[0] == "uses" and (match := _CONTRAST.search(before)):  # "instead of using X"
        best = ("replaces" if match[1] else "compares"), best[1], best[2]
    return None if _is_no_statement(before) else best


def _cue_after(speech: Speech, position: int, left: str, right: str) -> _Found | None:
    one = speech.named[position]
    if right.startswith("-based") and BASED.search(left) and not _is_no_statement(left):
        later = subjects_before(speech, one.start, one)
        return _Found(later=tuple(later), earlier=one, kind="uses", cue="-based") if later else None
    for rule in AFTER:
        match = rule.pattern.match(right)
        if match is None or speech.section is None:
            continue
        if "used" in match["cue"] and _is_no_statement(left):
            continue
        near = one.end + match.end() + 40
        if any(one.end < other.start < near for other in speech.named):
            continue
        return _Found(later=(speech.section,), earlier=one, kind=rule.kind, cue=match["cue"])
    return None


# ---------------------------------------------------------------- what to read first
def _prerequisite(speech: Speech, position: int) -> _Found | None:
    """Find "before reading A read B", "read A before B", "read A first", "A requires B"."""
    for later, cue in (
        _before_reading(speech, position),
        _read_first(speech, position),
        _requires(speech, position),
    ):
        one = speech.named[position]
        if later is not None and later.paper != one.paper:
            return _Found(later=(later,), earlier=one, kind="prerequisite", cue=cue)
    return None


def _before_reading(speech: Speech, position: int) -> tuple[Occurrence | None, str]:
    one, text = speech.named[position], speech.text
    match = BEFORE_READING.search(text)
    if match:
        clause = _CLAUSE_END.split(text[match.end() :], maxsplit=1)[0][:60]
        inside = [o for o in speech.named if 0 <= o.start - match.end() < len(clause)]
        if one not in inside and not NEGATED.search(text[: one.start]):
            later = inside[0] if inside else speech.section
            return later, match[0]
    for other in speech.named[position + 1 :]:
        before = READ_BEFORE.search(text[: other.start])
        if before and before.start("first") <= one.start < before.end("first"):
            return other, before[0]
    return None, ""


def _read_first(speech: Speech, position: int) -> tuple[Occurrence | None, str]:
    one = speech.named[position]
    for match in READ_FIRST.finditer(speech.text):
        if not match.start("first") <= one.start < match.end("first"):
            continue
        if match["then"]:
            after = [o for o in speech.named if match.end("first") <= o.start < match.end() + 40]
            return (after[0] if len(after) == 1 else None), match[0]
        is_direct = one.start - match.start("first") < 60
        return (speech.section if is_direct else None), match[0]
    return None, ""


def _requires(speech: Speech, position: int) -> tuple[Occurrence | None, str]:
    one = speech.named[position]
    match = REQUIRES.search(speech.text[: one.start])
    if match is None or _is_no_statement(speech.text[: match.start()]):
        return None, ""
    if match[0].lower().startswith("prereq"):
        return speech.section, match[0]
    later = subjects_before(speech, match.start(), one)
    is_sure = len(later) == 1 and (later[0].end > 0 or speaks_of_itself(speech.text))
    return (later[0] if is_sure else None), match[0]
