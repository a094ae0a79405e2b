"""The name that stands right before a paper's number: "3D U-Net (arXiv:1606.06650)"."""

from __future__ import annotations

import re

from papergraph.readers.labels import SMALL_WORDS
from papergraph.readers.links import JudgedLink
from papergraph.readers.ordinary_words import is_ordinary
from papergraph.readers.titles import label_kind, looks_coined

_NUMBER = re.compile(r"arxiv|(?:doi:?\s*)?10\.\d{4}|https?://|\d{4}\.\d{4,5}", re.IGNORECASE)
_GAP = re.compile(r"(?: ?[(\[]|, )$")
_NAME = re.compile(r"(?:[A-Z0-9][\w+.-]* ){0,2}[^\W_][\w+.-]*$")
_HEAD = re.compile(r"\W*((?:[A-Z0-9][\w+.-]* ){0,2}[^\W_][\w+.-]*): ")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w-]*,? $")
_OPENER = re.compile(  # words that open a sentence with a capital and belong to no name
    r"(?:then|later|here|today|now|next|see|also|like|unlike|our|my|their|i|both|while)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:I|[Ww]e)\b(?: \w+)? [a-z]+")
_FOLLOWED = re.compile(r"\s+(?:the |about |on )?((?:[\w+.-]+ ){0,2}[\w+.-]+?)(?=:\s|$)")
_FEWEST_LETTERS = 4  # EEG and GPU are no names of papers


def name_before(text: str, link: JudgedLink) -> str | None:
    """The coined name that a written number, in brackets or after a comma, stands behind.

    It is no name where more words with capitals come before it: that is a title.
    """
    gap = _GAP.search(text, max(0, link.start - 3), link.start)
    if gap is None or not _NUMBER.match(text, link.start):
        return None
    lead = text[max(0, gap.start() - 60) : gap.start()]
    match = _NAME.search(lead)
    words = match[0].split() if match else []
    if not match or not looks_coined(words[-1]) or _CAPITAL_BEFORE.search(lead, 0, match.start()):
        return None
    while len(words) > 1 and (words[0].casefold() in SMALL_WORDS or _OPENER.fullmatch(words[0])):
        words = words[1:]
    return _checked(" ".join(words))


def name_opening(line: str) -> str | None:
    """The coined name that a line tells something of: "3D U-Net: nets for volumes, arXiv:"."""
    match = _HEAD.match(line)
    return _checked(match[1]) if match else None


def _checked(name: str) -> str | None:
    is_name = len(name) >= _FEWEST_LETTERS and looks_coined(name) and label_kind(name) is None
    return name if is_name and not is_ordinary(name) else None


def past_saying(text: str) -> int:
    """Where a title begins after "Today I read": at its coined name, when that is what follows.

    >>> past_saying("Today I read U-Net: Nets for cells"), past_saying("Do we need attention?")
    (13, 0)
    """
    said = _SAID.search(text)
    name = _FOLLOWED.match(text, said.end()) if said else None
    return name.start(1) if name and looks_coined(name[1]) else 0
