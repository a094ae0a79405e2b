"""Authors and a year that stand for a paper in prose: "Ho et al. (2020)", "Kingma & Ba, 2015"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from papergraph.text import surname, title_words

_FEWEST_OF_SEVERAL = 3  # "et al." is not said of two
_FIRST_SHORT = 50  # '50 is 1950
_YEARS_OFF = (-1, 0, 1)  # of a text from those of its papers
_LEAD = 120  # characters before a year that can hold the authors
_YEAR = re.compile(
    r"(?:(?P<year>(?:19[4-9]|20[0-4])\d)(?P<mark>[a-h](?![a-z]))?|(?<= )['’](?P<short>\d\d))"
    r"(?![\w/]|[-.]\d)"
)
_WORD = r"[^\W\d_a-z][\w’'-]*[^\W\d_]"
_NAME = (  # forenames and initials may stand before the family name
    rf"(?:(?:{_WORD}|[^\W\d_a-z]\.?|van|von|de|der|den|la|le|di|del|da|dos|el|ter|ten)[ -])"
    rf"{{0,3}}{_WORD}"
)
_AND = r"(?:,? (?:and|&) |/)"
_OPEN = r",? (?:et\.? al\b\.?|(?:and|&) (?:colleagues|co-?workers|co-?authors|others)\b)"
_WHO = (
    rf"(?<![\w.’'/-])(?:(?P<first>{_NAME})(?P<rest>(?:, {_NAME}){{0,6}}{_AND}{_NAME}|{_OPEN})?"
    rf"|(?P<small>[^\W\d_]{{2,}}){_OPEN})"
    r"(?:['’]s?)?(?P<gap>,? ?[(\[]?(?:in |from )?)"
)
_BYLINE = re.compile(rf"{_WHO}$")
_WITH_VENUE = re.compile(rf"{_WHO}(?:(?<=[(\[])(?:[A-Z]\w+,? ){{1,3}}|(?<=, )[A-Z]\w*[A-Z]\w*,? )$")
_MARKUP = re.compile(r"\]\([^()\s]*\)|<[^<>]{0,500}>|[*_`\]]")
_CITED = re.compile(
    r"(?<![\w.@/])@[a-z]+(?:19|20)\d\d[a-z]+\b|\\[a-z]*cite[a-z]*\*?(?:\[[^\]]*\]){0,2}\{[^{}]{4,500}\}"
)
_KEY = re.compile(r"\b([a-z]{2,})((?:19|20)\d\d)([a-z]+)\b")
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_VENUE_END = re.compile(r"[(\[,]\s?(?:[A-Z]\w+,? ){1,3}$")
_SEPARATOR = re.compile(rf"{_AND}|, ")
_OPEN_END = re.compile(_OPEN)
_WHOSE = re.compile(r"['’]s?$")
_AFTER_NAME = re.compile(r"(?: (?:I{2,3}|Jr\.?|Sr\.?))?(?:['’]s?)?$")
_WORK = re.compile(r" (?:\w+ )?(?:paper|work|article|survey|thesis|book)s?\b")
_NAME_BEFORE = re.compile(r"(?:[^\W\d_a-z][\w.’'-]*,?|&|\band)$")
_BLANKS = str.maketrans("\n\u00a0", "  ")
_BRACKETS = (("(", ")"), ("[", "]"))


BylineIndex = Mapping[int, Mapping[str, Sequence[str]]]
"""Keys of papers by the year that a text can say, and the family name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who wrote a paper, and when, as prose says it.

    `surnames` are comparable. `is_open` says that there are more authors, `is_lead` that there may
    be ("Devlin's 2019 paper"). `mark` is the letter that tells papers of one year apart, `word` the
    beginning of the title that a citation key has ("he2016deep").
    """

    surnames: tuple[str, ...]
    year: int
    is_open: bool = False
    is_lead: bool = False
    mark: str = ""
    word: str = ""

    def fits(self, authors: Sequence[str], *, is_cut: bool = False) -> bool:
        """Can these be all authors of the paper, by their names and their number?

        `is_cut` says that only the first of them may be known.
        """
        names = tuple(surname(author) for author in authors)
        if names[: len(self.surnames)] != self.surnames:
            return False
        if self.is_open:
            return len(names) >= _FEWEST_OF_SEVERAL or (is_cut and names == self.surnames)
        return self.is_lead or len(names) == len(self.surnames)


@dataclass(frozen=True, slots=True, kw_only=True)
class BylinePlace:
    """Where a byline stands in a text."""

    start: int
    end: int
    byline: Byline


def find_bylines(text: str) -> tuple[BylinePlace, ...]:
    """Find the authors with a year in a text.

    >>> [(p.byline.surnames, p.byline.year) for p in find_bylines("as Kingma & Ba (2015) say")]
    [(('kingma', 'ba'), 2015)]
    """
    found = [*_places(text), *(_keys(text) if "@" in text or "cite" in text else ())]
    return tuple(sorted(found, key=lambda place: place.start))


def byline_key(name: str, year: int) -> str:
    """Write the comparable family name of a first author and a year as one word each.

    >>> byline_key("ho", 2020)
    'ho 2020'
    """
    return f"{name} {year}"


def bylines_among(text: str, wanted: BylineIndex) -> set[str]:
    """The keys of the papers that the bylines of a text may mean, marked up or not."""
    if not _may_have(text, wanted):
        return set()
    plain = _MARKUP.sub("", text).replace("[", "(")
    return {
        key
        for place in find_bylines(plain)
        for key in wanted.get(place.byline.year, {}).get(place.byline.surnames[0], ())
    }


def _may_have(text: str, wanted: BylineIndex) -> bool:
    """Does a wanted name stand before its year anywhere? Most texts are turned away here."""
    if _CITED.search(text):
        return True
    for match in _YEAR.finditer(text):
        names = wanted.get(_year_of(match))
        if names and not names.keys().isdisjoint(_words_before(match)):
            return True
    return False


def _words_before(year: re.Match[str]) -> Sequence[str]:
    lead = year.string[max(0, year.start() - _LEAD) : year.start()]
    return _PLAIN_WORD.findall(lead.lower()) if lead.isascii() else title_words(lead)


def byline_words(text: str) -> set[str] | None:
    """All that `bylines_among` may find in a text, as `words_of_byline` writes it.

    None where citation keys may name anybody.

    >>> sorted(byline_words("Ho et al. (2020)")), byline_words("see [@ho2020denoising]")
    (['al 2020', 'et 2020', 'ho 2020'], None)
    """
    if _CITED.search(text):
        return None
    years = _YEAR.finditer(text)
    return {f"{word} {_year_of(year)}" for year in years for word in _words_before(year)}


def words_of_byline(key: str) -> tuple[str, ...]:
    """A family name with the years in which a text may have the paper of a key: one may be off.

    >>> words_of_byline("ho 2020")
    ('ho 2019', 'ho 2020', 'ho 2021')
    """
    name, _, year = key.rpartition(" ")
    return tuple(f"{name} {int(year) + off}" for off in _YEARS_OFF)


def index_bylines(keys: Collection[str]) -> BylineIndex:
    """Order keys for `bylines_among`: a text may be a year off."""
    index: dict[int, dict[str, list[str]]] = {}
    for key in sorted(keys):
        name, _, year = key.rpartition(" ")
        for off in _YEARS_OFF:
            index.setdefault(int(year) + off, {}).setdefault(name, []).append(key)
    return index


def _keys(text: str) -> Iterator[BylinePlace]:
    """Citation keys, in brackets or a command: "[@he2016deep; @ho2020denoising]"."""
    for group in _CITED.finditer(text):
        for match in _KEY.finditer(text, *group.span()):
            name, year, word = match.groups()
            byline = Byline(surnames=(name,), year=int(year), is_lead=True, word=word)
            yield BylinePlace(start=match.start(), end=match.end(), byline=byline)


def _places(text: str) -> Iterator[BylinePlace]:
    last = 0
    for year in _YEAR.finditer(text):
        first, last = max(last, year.start() - _LEAD), year.end()
        lead = text[first : year.start()].translate(_BLANKS)
        if lead[-1:] not in (" ", "(", "["):
            continue
        match, byline = _read_lead(lead, year)
        if match and byline:
            is_closed = (match["gap"][-1:], text[year.end() : year.end() + 1]) in _BRACKETS
            yield BylinePlace(
                start=first + match.start(), end=year.end() + is_closed, byline=byline
            )


def _read_lead(lead: str, year: re.Match[str]) -> tuple[re.Match[str] | None, Byline | None]:
    """The authors before a year, and where they stand; a venue may stand between."""
    match = _WITH_VENUE.search(lead) if _VENUE_END.search(lead, max(0, len(lead) - 30)) else None
    byline = _byline(match, year, is_plain=False) if match else None
    if byline is None and (match := _BYLINE.search(lead)):
        byline = _byline(match, year, is_plain=not year["short"])
    return match, byline


def _byline(match: re.Match[str], year: re.Match[str], *, is_plain: bool) -> Byline | None:
    rest = match["rest"] or ""
    is_open = bool(match["small"] or _OPEN_END.fullmatch(rest))
    names = [match["first"] or match["small"]]
    if not is_open:
        names += [name for name in _SEPARATOR.split(rest) if name]
    is_lead = len(names) == 1 and not is_open and bool(_WHOSE.search(names[0]))
    is_several = is_open or len(names) > 1
    is_named = is_several or (is_plain and _is_cited(match, names[0]))
    if not (_WORK.match(year.string, year.end()) if is_lead else is_named):
        return None
    return Byline(
        surnames=tuple(surname(_AFTER_NAME.sub("", name)) for name in names),
        year=_year_of(year),
        is_open=is_open,
        is_lead=is_lead,
        mark=year["mark"] or "",
    )


def _year_of(match: re.Match[str]) -> int:
    if match["year"]:
        return int(match["year"])
    short = int(match["short"])
    return short + (2000 if short < _FIRST_SHORT else 1900)


def _is_cited(match: re.Match[str], name: str) -> bool:
    """Is one name with a year cited as people do: "Graves (2013)", "(Graves, 2013; ...)"?"""
    if " " in name or name.isupper():
        return False
    before = match.string[: match.start()].rstrip()
    if match["gap"].endswith(("(", "[")):
        return not _NAME_BEFORE.search(before)
    is_plain = "," in match["gap"] or name.istitle()  # "(NeurIPS 2016)" is nobody's
    return is_plain and before.endswith(("(", "[", ";"))
