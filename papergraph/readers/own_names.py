"""The short names a text itself gives to the papers it has entries for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from papergraph.readers.drafts import Draft
from papergraph.readers.reading import Reading
from papergraph.readers.titles import (
    clean_entry_title,
    is_generic_heading,
    label_kind,
    looks_coined,
)
from papergraph.text import name_key

_FEWEST_INITIALS = 3
_KINDS = ("paper", "network", "model", "net", "method")
_CALLED = re.compile(r"((?:[\w-]+ ){1,3})(?:paper|network|model|net|method)")
_VAGUE = re.compile(
    r"\b(?:this|that|these|the|original|first|second|third|last|new|same|other|their|our|my|his|"
    r"her|its|recent|previous|next|following|above|a|an|survey|research|review|here|pdf|arxiv|"
    r"link|full|main|great|good|nice|very|seminal|old|older|newer|famous|classic|whole|in|of|on|"
    r"by|to|from|with|for|and|neural|deep|best|white|conference|journal|workshop)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"(?:nets?|networks?|papers?|models?|explained|review|summary|the|modules?|notes?|algorithm|"
    r"architecture|part|microsoft|google|facebook|openai|deepmind|nvidia|[ivx]+|\W*\d*\W*|paper:)",
    re.IGNORECASE,
)


def own_names(reading: Reading, known: Mapping[str, str]) -> dict[str, Draft]:
    """Map every short name the page gives its papers to the paper, by name key."""
    own: dict[str, Draft] = {}
    shared: set[str] = set()
    for draft in sorted(reading.drafts, key=lambda draft: draft.role != "about"):
        for alias in _aliases(reading, draft, known):
            key = name_key(alias)
            if len(key) >= 3 and key in own and own[key] is not draft and draft.role == "about":
                shared.add(key)
            if len(key) >= 3:
                own.setdefault(key, draft)
    for twofold in shared:
        if own[twofold].title and name_key(own[twofold].title or "") != twofold:
            own.pop(twofold)
    return _give_back(reading, own, known)


def _give_back(
    reading: Reading, own: dict[str, Draft], known: Mapping[str, str]
) -> dict[str, Draft]:
    """Take a name from the paper about it ("LSTM: a study"); its initials tell whose it is."""
    spelt = {
        initials: draft
        for draft in reading.drafts
        if len(initials := _initials(draft.title or "")) >= _FEWEST_INITIALS
    }
    headings = {
        initials: number
        for number, block in enumerate(reading.blocks)
        if block.kind == "heading" and len(initials := _initials(block.text)) >= _FEWEST_INITIALS
    }
    given = dict(own)
    for key, draft in own.items():
        rest = name_key(draft.title or "").removeprefix(key)
        if not rest or rest == name_key(draft.title or ""):
            continue
        owner = spelt.get(key)
        if owner is not None and owner is not draft:
            given[key] = owner
        elif headings.get(key, draft.block) != draft.block or (
            key in known and (other := _last_with(key, known)) and name_key(other)[:-1] not in rest
        ):
            del given[key]
    return given


def _last_with(initials: str, known: Mapping[str, str]) -> str | None:
    """The last of the known names that have these initials."""
    if len(initials) < _FEWEST_INITIALS:
        return None
    return next((name for name in reversed([*known.values()]) if _initials(name) == initials), None)


@lru_cache(maxsize=50_000)
def _initials(title: str) -> str:
    """The first letters of a title of three to six words, "" for others."""
    words = re.findall(r"[^\W_]+", title)
    return "".join(word[0] for word in words).casefold() if 3 <= len(words) <= 6 else ""


def _aliases(reading: Reading, draft: Draft, known: Mapping[str, str]) -> Iterator[str]:
    """The short names of one paper: nickname, short title, a known name inside a short title."""
    if draft.is_unresolvable:
        return
    if draft.role == "named":  # a link to the author's own note
        yield from _calls(reading, draft)
        return
    if draft.nickname:
        yield draft.nickname
    title = draft.title or ""
    words = title.split()
    if title and (len(words) <= 4 or draft.role == "about") and not _is_topic(title):
        yield title
    if 1 < len(words) <= 3 and draft.role == "about":
        yield from _names_inside(words, known)
    if draft.role == "about" and words and name_key(words[-1]) == "net" and len(words) == 2:
        yield words[0]
    if draft.role == "about" and draft.own_section is not None:
        yield from _subheadings(reading, draft)
    if not title:
        yield from _calls(reading, draft)


def _names_inside(words: list[str], known: Mapping[str, str]) -> Iterator[str]:
    """The coined word of a short heading, unless it belongs to another paper: "Wide ResNet"."""
    for place, word in enumerate(words):
        is_net = len(word) > 5 and word.lower().endswith("net")
        if not (looks_coined(word) or is_net or name_key(word) in known):
            continue
        if place == 0 or all(_ADDED.fullmatch(other) for other in words if other != word):
            yield word


def _calls(reading: Reading, draft: Draft) -> Iterator[str]:
    """What a link calls a paper: a coined name; "the zip code paper" is also that network."""
    words = reading.blocks[draft.block].text[draft.start : draft.end] if reading.blocks else ""
    is_name = len(words.split()) == 1 and looks_coined(words) and label_kind(words) is None
    if is_name and "/" not in words and ":" not in words:
        yield words
    match = _CALLED.fullmatch(words.removeprefix("the "))
    if match and not _VAGUE.search(match[1]):
        yield from (f"{match[1]}{kind}" for kind in _KINDS)


def _is_topic(title: str) -> bool:
    return len(title.split()) == 1 and title.islower() and not looks_coined(title)


def _subheadings(reading: Reading, draft: Draft) -> Iterator[str]:
    """Names a section gives to parts of its paper: "Inception module"."""
    section = reading.sections[draft.own_section or 0]
    if section.heading < 0 or len(reading.drafts) > 60 or _has_siblings(reading, draft):
        return
    for number in range(section.heading + 1, section.end):
        block = reading.blocks[number]
        if block.kind != "heading" or reading.links[number]:
            continue
        name = clean_entry_title(block.text)
        if 2 <= len(name.split()) <= 3 and not is_generic_heading(name) and not label_kind(name):
            if re.search(
                r"\b(?:module|block|layer|unit|net|network|cell|gate)s?$", name, re.IGNORECASE
            ):
                yield name
        elif looks_coined(name) and len(name.split()) == 1:
            yield name


def _has_siblings(reading: Reading, draft: Draft) -> bool:
    return len(reading.drafts.in_block(draft.block)) > 1
