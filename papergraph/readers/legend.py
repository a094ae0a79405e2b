"""Legends: what the signs of a list mean, "⬜ = not yet, ✅ = read", as its author says.

A sign means what the legend says and nothing else: where "✅ = with code", it tells nothing of
reading. The legend itself is no entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from papergraph.models import told_rank
from papergraph.readers.state_words import Told, sign_before, whole_state

# Seen in reading lists on GitHub and in Obsidian and Notion notes, 2026-11.
_SYMBOL = r"[×\u2300-\u2426\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_SIGN = re.compile(
    rf":[a-z][a-z0-9_+-]{{1,38}}:|\[[^\w\s\[\]()]\]|(?<!\S)~(?!\S)|(?:{_SYMBOL}\ufe0f?){{1,5}}"
)
_TITLE = re.compile(
    r"\W*(?:legend|legende|légende|leyenda|key|symbols?|signs?|icons?|emojis?|marks?|"
    r"图例|圖例|说明|凡例|記号|범례)\W*",
    re.IGNORECASE,
)
_MEANS = re.compile(r"\s*(?:(?P<equals>=+>?|→|->|means\b)|[:：|–—-])\s*")
_OTHER = (
    (
        "skipped",
        re.compile(
            r"skip(?:ped)?|dropped|abandoned|not (?:interest(?:ed|ing)|for me)|"
            r"(?:will not|won['’]t) read|übersprungen|弃读|放弃|不读",
            re.IGNORECASE,
        ),
    ),
    (
        "queued",
        re.compile(r"saved|bookmarked|planned|pending|not (?:started|finished)", re.IGNORECASE),
    ),
    ("reading", re.compile(r"ongoing|half ?way|part(?:ly|ially)(?: read)?|途中", re.IGNORECASE)),
    ("read", re.compile(r"completed?", re.IGNORECASE)),
)
_TRIM = " \t\n,;|/、，；。.()（）[]*_`<>"
_LONGEST = 240
_LONGEST_MEANING = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """Signs that a page explains, with the reading state each tells, None for none.

    `blocks` are those that explain them and do nothing else.
    """

    signs: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    blocks: frozenset[int] = frozenset()

    def told_by(self, text: str) -> str | None:
        """The reading state that the explained signs of a text tell, the furthest of several."""
        states = [self.signs[sign] for sign in self._signs_in(text)]
        return max((state for state in states if state), key=told_rank, default=None)

    def holds(self, text: str) -> bool:
        """Say whether a text has an explained sign."""
        return bool(self._signs_in(text))

    def strip(self, text: str) -> str:
        """A text without the signs that are explained: they mean nothing else."""
        if not self.signs:
            return text
        return _SIGN.sub(lambda match: " " if self._known(match[0]) else match[0], text)

    def sign_before(self, text: str) -> Told | None:
        """What the sign says that an entry or heading begins with."""
        match = _SIGN.match(text.lstrip()) if self.signs else None
        if match is None or not self._known(match[0]):
            return sign_before(text)
        state, end = self.told_by(match[0]), len(text) - len(text.lstrip()) + match.end()
        return Told(state=state, end=end) if state else None

    def _signs_in(self, text: str) -> list[str]:
        if not self.signs:
            return []
        return [sign for match in _SIGN.finditer(text) for sign in self._known(match[0])]

    def _known(self, row: str) -> list[str]:
        """What is explained of a row of signs: all of it as one, or each."""
        bare = _bare(row)
        return [bare] if bare in self.signs else [sign for sign in bare if sign in self.signs]


def find_legend(blocks: Iterable[tuple[int, str]], is_entry: Callable[[int], bool]) -> Legend:
    """Find the signs that blocks, given by number with their texts, explain; entries do not.

    >>> found = find_legend([(3, "⬜ = not yet, ✅ = read, ★ = must read")], lambda number: False)
    >>> dict(found.signs), sorted(found.blocks)
    ({'⬜': 'queued', '✅': 'read', '★': None}, [3])
    """
    may_be = ((number, text) for number, text in blocks if len(text) <= _LONGEST)
    explained = {
        number: found
        for number, text in may_be
        if not text.isascii() or "=" in text or text.count(":") > 1 or text[:1] == "["
        if (found := _explained(text)) and not is_entry(number)
    }
    signs = {sign: state for found in explained.values() for sign, state in found.items()}
    return Legend(signs=signs, blocks=frozenset(explained))


def _explained(text: str) -> dict[str, str | None]:
    """The signs that a block explains, if it does nothing else."""
    signs = list(_SIGN.finditer(text))
    if not signs:
        return {}
    lead = text[: signs[0].start()]
    is_titled = bool(_TITLE.fullmatch(lead))
    if not is_titled and re.search(r"\w", lead):
        return {}
    ends = [*(sign.start() for sign in signs[1:]), len(text)]
    meanings = [
        _Meaning.parse(text[sign.end() : end]) for sign, end in zip(signs, ends, strict=True)
    ]
    if not all(meaning.is_short for meaning in meanings):
        return {}
    is_told = any(meaning.state for meaning in meanings)
    is_set = all(meaning.is_set for meaning in meanings) and (is_told or is_titled)
    is_sure = all(
        meaning.is_equal or (meaning.state and not meaning.is_set) for meaning in meanings
    )
    if not (is_sure or (is_set and (len(signs) > 1 or is_told)) or (is_titled and is_told)):
        return {}
    return {_bare(sign[0]): meaning.state for sign, meaning in zip(signs, meanings, strict=True)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meaning:
    """What stands after a sign: the state it tells; whether "=" or a colon is between."""

    state: str | None
    is_short: bool
    is_set: bool
    is_equal: bool

    @classmethod
    def parse(cls, text: str) -> _Meaning:
        match = _MEANS.match(text)
        words = (text[match.end() :] if match else text).strip(_TRIM)
        told = whole_state(words)
        other = (state for state, pattern in _OTHER if pattern.fullmatch(words))
        return cls(
            state=told.state if told else next(other, None),
            is_short=bool(re.search(r"[^\W\d_]", words)) and len(words) <= _LONGEST_MEANING,
            is_set=match is not None,
            is_equal=match is not None and match["equals"] is not None,
        )


def _bare(sign: str) -> str:
    return sign.replace("\ufe0f", "")
