"""The parts of a reference in the styles people cite in: IEEE, APA, ACL, Nature, LNCS and kin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papergraph.readers.ordinary_words import is_ordinary
from papergraph.readers.titles import capital_share, clean_entry_title, is_title_like, is_venue

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
_PARTICLES = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|der|den|[Dd]el|della|di|[Dd]a|dos|[Dd]u|[Ll]a|[Ll]e|el|al|bin|ter|"
    r"ten|'t)\s+){0,3}"
)
_WORD = rf"(?:[OD]['’])?[{_UPPER}](?:[^\W\d_]|['’])+(?:[-‐][{_UPPER}]?[^\W\d_]+)*"
_SURNAME = rf"{_PARTICLES}{_WORD}"
_DOTTED = rf"[{_UPPER}][a-z]?\.(?:\s?-?[{_UPPER}]\.)*"
_PLAIN = rf"[{_UPPER}]{{1,3}}(?:\s[{_UPPER}]{{1,2}}){{0,2}}(?![\w.'’])"
_FOLLOWED = (
    r"(?=\s*(?:[,;.:(&\[\"“*]|$|\su\. ?a\.|\s(?:and|und|et|y|[-–—]|(?:19|20)\d\d)\b|\s[-–—]))"
)

_TURNED = re.compile(rf"({_SURNAME}(?:\s{_WORD})?),\s?({_DOTTED}|{_PLAIN}){_FOLLOWED}")
_TURNED_LAST = re.compile(rf"({_SURNAME}),\s?({_DOTTED})(?=\s+[{_UPPER}\"“*\d])")
_INITIALS_FIRST = re.compile(rf"({_DOTTED})\s?({_SURNAME}(?:\s{_WORD})?){_FOLLOWED}")
_BARE_INITIALS = re.compile(rf"({_PLAIN})\s({_SURNAME}){_FOLLOWED}")
_VANCOUVER = re.compile(rf"({_SURNAME})\s({_PLAIN}|{_DOTTED}){_FOLLOWED}")
_VANCOUVER_LAST = re.compile(rf"({_SURNAME})\s([{_UPPER}]{{1,3}}\.)(?=\s+[{_UPPER}\"“*\d])")
_FULL = re.compile(
    rf"({_WORD}(?:\s(?:{_DOTTED}|[{_UPPER}](?!\w)|{_WORD})){{0,3}}\s{_SURNAME}){_FOLLOWED}"
)
_ALONE = re.compile(rf"({_SURNAME}){_FOLLOWED}")
_GIVEN = re.compile(rf"({_SURNAME}),\s({_WORD}(?:\s{_DOTTED})*){_FOLLOWED}")

_FORMS = (
    (_TURNED, (2, 1), "initials"),
    (_INITIALS_FIRST, (1, 2), "initials"),
    (_BARE_INITIALS, (1, 2), "bare"),
    (_FULL, (1,), "full"),
    (_VANCOUVER, (2, 1), "bare"),
    (_TURNED_LAST, (2, 1), "initials"),
    (_VANCOUVER_LAST, (2, 1), "initials"),
)

_BETWEEN = re.compile(
    r"\s*(?:[,;]\s*(?:(?:…|\. ?\. ?\.),?\s+)?(?:(?:and|und|&)\s+|&)?|"
    r"\s(?:and|und|et|y|&)\s+)(?=\S)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"[,\s]*(?:\b(?:and\s)?(?:et\.?\s?al\b\.?|others\b|u\. ?a\.)|等人?)", re.IGNORECASE
)
_YEAR = r"(?P<year>(?:19|20)\d\d)[a-z]?"
_ENDINGS = (
    re.compile(
        rf"[.,]?\s*[(\[]{_YEAR}(?:,[^)]{{0,20}})?[)\]]\s*(?:[.:,]\s*|[-–—]\s+|(?=[{_UPPER}\"“]))"
    ),
    re.compile(rf"[.,]?\s+{_YEAR}\s*(?:[.:,]\s+|\s[-–—]\s+|(?P<bare>(?=[{_UPPER}\"“])))"),
    re.compile(r"\.\s+|(?P<bold>:\s+|\s+[-–—]\s+)"),
)
_AFTER_DOT = re.compile(r"\s+")
_COMMA = re.compile(r",\s+")
_QUOTE = re.compile(r"[\"“„«]([^\"“”„«»\n]{8,260})[\"”“»]")
_TITLE_END = re.compile(
    r"(?<=[\w)\]”\"'’])(?<!\bvs)[.!](?=\s|$)|\?(?=\s|$)|[.,;]\s+(?:[Ii]n\b|arXiv|Proc\b|pp\b)|"
    r"\s?\[(?:[CJMDRANPS](?:/OL)?|EB/OL)\]|,\s+(?:19|20)\d\d\b|\s*[(\[](?:19|20)\d\d|\s+\((?=[^()]{0,60}\b(?:19|20)\d\d\))|\s[-–—]\s(?:19|20)\d\d|\s+[(\[]?(?:arXiv|doi)\s?:|\s+\(?https?://|\s+\[",
    re.IGNORECASE,
)
_COMMA_END = re.compile(r",\s+(?=[A-Z][\w.]*\s|[A-Z]{3,}|in\b)")
_BEFORE_PEOPLE = re.compile(
    r"(?<=[\w)]{2})(?:[.?]\s+|\s*\((?=\D)|\s+[-–—]\s+(?:by\s+)?|,?\s+by\s+|,\s+)"
)
_LONE_NAME = re.compile(rf"\s\((?P<name>{_SURNAME}),?\s{_YEAR}\)\W*$")
_MOST = 12
_MOST_INITIALS = 3  # signs of the only name before a title, its dot among them
_LONGEST = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitReference:
    """Where the title of a reference stands in its text, and who wrote it when."""

    start: int
    end: int
    people: tuple[str, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    """A list of names and where it ends; `is_sure` if no title would be written like it."""

    names: tuple[str, ...]
    end: int
    is_sure: bool
    has_initials: bool
    is_open: bool
    is_dated: bool


def split_reference(text: str, *, is_reference: bool = False) -> SplitReference | None:
    """Find the title of a reference that names its people first, or right after the title.

    Of a text that is known to be a reference, a single name in full is believed, too.

    >>> text = "He, K., Zhang, X., & Sun, J. (2016). Deep residual learning. In CVPR."
    >>> found = split_reference(text)
    >>> text[found.start : found.end], found.people, found.year
    ('Deep residual learning', ('K. He', 'X. Zhang', 'J. Sun'), 2016)
    """
    text = text[:_LONGEST]
    people = _read_people(text, 0, fewest=1 if is_reference else 2)
    found = _title_after(text, people) if people is not None else None
    return found or _title_before(text)


def read_people(text: str) -> tuple[str, ...]:
    """Return the names a text begins with, given names first: "Rao et al., CVPR 2016".

    >>> read_people("Hinton, Vinyals et Dean, 2015")
    ('Hinton', 'Vinyals', 'Dean')
    """
    people = _read_people(text[:_LONGEST].lstrip(), 0)
    return people.names if people else ()


def is_byline(text: str) -> bool:
    """Say whether words are only people, with where and when they published.

    >>> is_byline("Ann Rao et al., ICML 2016"), is_byline("Ann Rao et al., Far Away Nets")
    (True, False)
    """
    text = text[:_LONGEST].strip()
    people = _read_people(text, 0)
    if people is None:
        return False
    rest = text[people.end :].strip(" .,;:()[]-–—")
    if not rest:
        return people.has_initials or people.is_open
    return is_venue(rest) or re.fullmatch(_YEAR, rest) is not None


def _title_after(text: str, people: _People) -> SplitReference | None:
    for start, year in _title_starts(text, people):
        quoted = _QUOTE.match(text, start)
        if quoted:
            first, end = quoted.span(1)
            end = first + len(text[first:end].rstrip(" .,;"))
        else:
            first, end = start, _title_end(text, start)
        title = clean_entry_title(text[first:end])
        fewest = 2 if quoted or year or people.is_sure else 3
        is_title = title[:1].isupper() or not title[:1].isalpha()
        is_title = is_title and is_title_like(title, fewest_words=fewest)
        if is_title and not is_venue(title) and not _is_all_people(text[first:end]):
            return SplitReference(start=first, end=end, people=people.names, year=year)
    return None


def _title_starts(text: str, people: _People) -> Iterator[tuple[int, int | None]]:
    """Places where a title may begin after the people, with the year that stands between."""
    for pattern in _ENDINGS:
        match = pattern.match(text, people.end)
        if match:
            year = match.groupdict().get("year")
            is_bold = match.groupdict().get("bold") and not people.has_initials
            if match.groupdict().get("bare") is not None and len(people.names) < 2:
                continue
            if year or (people.is_sure and not is_bold) or (is_bold and people.is_dated):
                yield match.end(), int(year) if year else None
    dot = _AFTER_DOT.match(text, people.end)
    if dot and people.is_sure and text[people.end - 1] == ".":
        yield dot.end(), None
    comma = _COMMA.match(text, people.end)
    if comma and (people.has_initials or people.is_open or _QUOTE.match(text, comma.end())):
        yield comma.end(), None


def _title_end(text: str, start: int) -> int:
    match = _TITLE_END.search(text, start)
    end = match.start() + (match[0] == "?") if match else len(text)
    before = text[:start].rstrip()
    if before.endswith(",") and not re.match(r"[.!?]", text[end : end + 1]):
        comma = _COMMA_END.search(text, start + 12, end)
        end = comma.start() if comma else end
    return start + len(text[start:end].rstrip(" .,;([\n"))


def _title_before(text: str) -> SplitReference | None:
    """A title, then its people: "Deep nets go deep. K. He, J. Sun. CVPR 2016"."""
    for stop in list(_BEFORE_PEOPLE.finditer(text))[:4]:
        people = _read_people(text, stop.end())
        if people is None or not (people.has_initials or people.is_open or len(people.names) > 1):
            continue
        is_dated = re.search(r"[(\[](?:19|20)\d\d", text[: stop.start()])
        if (
            is_dated
            or _is_all_people(text[: stop.start()])
            or (stop[0].startswith(",") and not (people.is_open or people.has_initials))
        ):
            continue
        rest = text[people.end :]
        year = re.match(rf"[.,]?\s*[(\[]?{_YEAR}", rest)
        ends = re.match(r"\s*(?:[.,;()\[\]]|[-–—]\s|$)", rest) or text[people.end - 1] == "."
        title = clean_entry_title(text[: stop.start()])
        fewest = 2 if year and people.is_open and capital_share(title) == 1 else 3
        is_ended = bool(ends or (people.is_open and year))
        if is_ended and is_title_like(title, fewest_words=fewest):
            return SplitReference(
                start=0,
                end=stop.start(),
                people=people.names,
                year=int(year["year"]) if year else None,
            )
    lone = None if re.match(r"\W*[a-z]\w*:", text) else _LONE_NAME.search(text)
    if (
        lone
        and not lone["name"].isupper()
        and is_title_like(clean_entry_title(text[: lone.start()]), fewest_words=4)
    ):
        return SplitReference(
            start=0, end=lone.start(), people=(lone["name"],), year=int(lone["year"])
        )
    return None


def _is_word(name: str) -> bool:
    """Is a name, as it is spelt, an English word? Names of two letters are names."""
    return len(name) > 2 and is_ordinary(name.lower())


def _is_all_people(text: str) -> bool:
    people = _read_people(text, 0)
    return people is not None and people.is_sure and not text[people.end :].strip(" .,")


def _read_people(text: str, start: int, *, fewest: int = 2) -> _People | None:
    """Read a list of names from a place on; None when there is none.

    `fewest` names in full are believed, though no initial and no year tells that they are names.
    """
    names: list[str] = []
    kinds: list[str] = []
    position, is_open = start, False
    while len(names) < 60:
        found = _read_name(text, position, is_first=not names)
        if found is None:
            break
        name, kind, end = found
        names.append(name)
        kinds.append(kind)
        opened = _OPEN.match(text, end)
        if opened:
            end, is_open = opened.end(), True
        finish = end
        between = None if opened else _BETWEEN.match(text, end)
        if between is None:
            break
        position = between.end()
        opened = _OPEN.match(text, position)
        if opened:
            finish, is_open = opened.end(), True
            break
    if not names:
        return None
    has_initials = "initials" in kinds or kinds.count("bare") > 1
    if "alone" in kinds and not (is_open or (len(names) > 1 and set(kinds) == {"alone"})):
        return None
    words = [word for name in names for word in re.findall(r"[^\W\d_]{2,}", name)]
    strange = sum(not _is_word(word) for word in words)
    is_strange = strange > 0.6 * len(words) and "alone" not in kinds and len(names) >= fewest
    is_sure = has_initials or is_open or is_strange
    is_dated = re.match(rf"[.,]?\s*(?:\(?{_YEAR}|[\"“])", text[finish:]) or (
        len(names) > 1 and re.match(rf":\s.*\b{_YEAR}", text[finish:])
    )
    if not is_sure and not (is_dated and strange > 0.5 * len(words)):
        return None
    return _People(
        names=tuple(names[:_MOST]),
        end=finish,
        is_sure=is_sure,
        has_initials=has_initials,
        is_open=is_open,
        is_dated=bool(is_dated),
    )


def _read_name(text: str, start: int, *, is_first: bool) -> tuple[str, str, int] | None:
    """Read one name: (name with the given names first, how it is written, where it ends)."""
    for pattern, order, kind in _FORMS:
        match = pattern.match(text, start)
        if match and not (pattern is _BARE_INITIALS and _is_word(match[2])):
            name = " ".join(match[part] for part in order)
            if pattern is _FULL and re.search(rf"\b[{_UPPER}]{{3,}}\b", name):
                continue
            if pattern is _VANCOUVER_LAST and is_first and len(match[2]) > _MOST_INITIALS:
                continue  # "Read DPO. Cleaner than it looks": a remark
            return name, kind, match.end()
    match = _GIVEN.match(text, start) if is_first else None
    if match and not _is_word(match[1]):
        turned = f"{match[2]} {match[1]}"
        rest = _BETWEEN.match(text, match.end())
        follows = rest and _FULL.match(text, rest.end())
        if follows or _OPEN.match(text, match.end()) or text[match.end() : match.end() + 1] == ".":
            return turned, "full", match.end()
    match = _ALONE.match(text, start)
    is_name = match and not match[1].isupper()
    return (match[1], "alone", match.end()) if match and is_name else None
