"""The people who wrote a paper, as lists, references and bylines name them."""

from __future__ import annotations

import re

_NAME = r"(?:[A-ZÀ-Ž][\w'’À-ž-]+|[A-ZÀ-Ž]\.?)"
_PARTICLE = "van|von|de|der|den|la|le|di|del"
_PERSON = re.compile(rf"^{_NAME}(?:[\s-](?:{_PARTICLE}|{_NAME}|[A-Z]\.?)){{0,4}}$")
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]?)+")
_AFTER_TITLE = re.compile(
    r"[\s,.\"”)*\]–—-]*(?:\(?(?:19|20)\d\d\)?[\s,.:]*)?(?:by\s+|authors?:\s*|\()?"
    r"([^\[\n]{3,300})"
)
_STOP = re.compile(r"(?<=al\.)\s|\s[\[(]|(?<=[a-z]{2})\.\s(?=[A-Z][a-z]{3,})|[`)]")
_OPEN = re.compile(r"\bet\.?\s*al|u\. ?a\.|等")
_VENUE = re.compile(r"\s*\b(?:CVPR|NIPS|ICML|ICLR)\b.*$")
_OWNER = re.compile(r"['’]s\b")  # "Kingma and Welling's nets" are nets
_MOST = 12
_ENTRY_NUMBER = re.compile(r"^\s*(?:\[[\w+-]{1,12}\]\s*|\d{1,3}[.)]\s+)?")
_LAST_YEAR = re.compile(r"\(?(?:19|20)\d\d[a-z]?\)?[.:,]?\s*$")
_YEARS = re.compile(r"[(,]?\s*(?:19|20)\d\d[a-z]?\)?")
_OTHERS = re.compile(r",?\s*(?:et\.?\s*al\.?|and others|等人?)")
_BETWEEN = re.compile(r",\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*|;\s*")
_VENUE_AT_END = re.compile(r"\s*\b(?:CVPR|NIPS|ICML|ICLR)\b.*$")


def find_authors(lead: str, tail: str) -> tuple[str, ...]:
    """Return people named before a title, or after it by "by", a comma or "et al.".

    >>> find_authors("LeCun, Yann, and Geoffrey Hinton. ", "")
    ('Yann LeCun', 'Geoffrey Hinton')
    >>> find_authors("", " (2015), G. Hinton et al. [pdf]")
    ('G. Hinton',)
    """
    lead = _ENTRY_NUMBER.sub("", lead)
    lead = _LAST_YEAR.sub("", lead.strip(" \"“'*"))
    people = _people(lead.strip(" \"“'.,*:"))
    if people:
        return people
    match = _AFTER_TITLE.match(tail)
    return _people(_STOP.split(match[1])[0]) if match else ()


def _people(text: str) -> tuple[str, ...]:
    is_open = bool(_OPEN.search(text))
    text = _YEARS.sub("", text)
    text = _OTHERS.sub("", text).strip(" .,;")
    parts = [_VENUE_AT_END.sub("", part.strip()) for part in _BETWEEN.split(text) if part]
    good = [part for part in parts if _PERSON.match(part) and not _OWNER.search(part)]
    if not good or len(good) < 0.7 * len(parts):
        return ()
    is_lone = len(parts) == 1 and len(good[0].split()) < 2
    if not is_open and (is_lone or len(" ".join(good)) < 4):
        return ()
    named = [part for part in _turn_first(good) if not _INITIALS.fullmatch(part)]
    return tuple(named[:_MOST])


def _turn_first(names: list[str]) -> list[str]:
    """Join "LeCun", "Yann" at the head of a list whose other names are whole."""
    is_turned = len(names) >= 2 and all(
        " " not in name and len(name) > 1 and not _INITIALS.fullmatch(name) for name in names[:2]
    )
    if is_turned and len(names) > 2 and all(" " in name for name in names[2:]):
        return [f"{names[1]} {names[0]}", *names[2:]]
    return names
