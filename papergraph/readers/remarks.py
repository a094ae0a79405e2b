"""Several remarks in one paragraph: where one ends and the next begins.

Minutes, chats, diaries and lists without bullets put a remark on each line, with no blank line
between them. What numbers a paper in one remark is not the number of a title in another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from papergraph.readers.blocks import Block
from papergraph.readers.labels import (
    ENDLESS_WORDS,
    LINE_KEYS,
    OTHER_LABELS,
    PAPER_LABELS,
    SMALL_WORDS,
    WEAK_LABELS,
)
from papergraph.readers.links import JudgedLink
from papergraph.readers.people import find_authors
from papergraph.readers.reference_styles import is_byline, split_reference
from papergraph.readers.stretches import Stretch
from papergraph.readers.titles import (
    BIBLIOGRAPHIC,
    capital_share,
    clean_entry_title,
    is_title_like,
    is_venue,
    label_kind,
)

QUOTED = re.compile(r"[\"“„«「《]([^\"“”„«»「」《》\n]{8,260})[\"”“»」》]")
"""Words in quotes, long enough for a title."""
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]{2,6})?"
_DATED = re.compile(  # "2021-03-04 ", "[12:03] ", "3 May: ", "May 3, ", "Tuesday: "
    r"\W{0,3}(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)?|"
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]m)?|"
    rf"\d{{1,2}}(?:\.|st|nd|rd|th)?\s{_MONTH}|{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)(?=[:\])]))"
    r"(?=[\s\]),:;–—-])",
    re.IGNORECASE,
)
_STAMP = re.compile(
    rf"(?:{_DATED.pattern}|[<@][\w.-]{{1,24}}[>:]?(?=\s))[\s\]),:;–—-]*", re.IGNORECASE
)
_SPOKEN = re.compile(
    r"(?:[<@]?[\w.-]{1,24}>|@[\w.-]{1,24}:?|(?P<name>[^\W\d_][\w.-]*(?: [\w.-]+){0,2}):)\s"
)
_ENDS = re.compile(r"[.!?…。！？)\]”\"»」》][\"”’')\]]*\s*$")
_STOPS = re.compile(r"[.!?…。！？][\"”’')\]]*\s*$")
_AFTER = re.compile(r"[.!?]\W*$")
_CLAUSE = re.compile(r"[.:;!?–—]\s+|\s-+\s|[\"”»]\s*")
_BRACKET = re.compile(
    r"[\s(\[{<,:;–—-]*(?:arxiv|doi|pdf|paper|link|see|at|in)?[\s(\[{<,:;–—-]*$",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"\d\s?[(:]\s?\d|\d\s?[-–—]\s?\d|\b(?:vol|eds?|edition|press)\b", re.IGNORECASE
)
_POINTING = frozenset(  # words that say no more than: here it is
    word for label in PAPER_LABELS | WEAK_LABELS | OTHER_LABELS for word in label.split()
) | {"see", "also", "found", "available", "online", "http", "https", "www"}
_SAME = re.compile(
    r"\W*(?:it|its|this|that|they|their|"
    r"(?:the|these) (?:papers?|authors?|works?|articles?|ideas?))\b",
    re.IGNORECASE,
)
_OF_SOURCES = frozenset(  # small letters in what tells where a paper appeared
    """
    pages page volume issue edition chapter press published appeared accepted submitted presented
    available online retrieved accessed preprint technical report thesis paper conference
    proceedings journal workshop arxiv editors editor series notes lecture spotlight oral poster
    http https www
    """.split()  # noqa: SIM905 - else forty lines
)
_NAMED = re.compile(r"(?<!\S)((?:[A-Z][\w.+-]*\s?){1,3}):\s$")
_LONGEST = 1500
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the file within a stretch, and what numbers papers in it."""

    start: int
    text: str
    links: tuple[JudgedLink, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def lead(self) -> str:
        """The words before the first number or link, all of them where there is none."""
        return self.text[: self.links[0].start - self.start] if self.links else self.text

    @property
    def only_points(self) -> bool:
        """Whether a line begins with a number or link, or with "see" and the like and then one."""
        return (
            bool(self.links)
            and self.links[0].label is not None
            and all(
                word in _POINTING or word in SMALL_WORDS
                for word in re.findall(r"[^\W_]+", self.lead.casefold())
            )
        )

    @property
    def has_title(self) -> bool:
        """Whether a line gives a title in quotes, or as the words of a link."""
        is_linked = any(link.label is None for link in self.links)
        return is_linked or any(_is_title(match[1]) for match in QUOTED.finditer(self.text))

    @property
    def is_bare(self) -> bool:
        """Whether a line is nothing but a number or link."""
        return self.only_points and not re.search(r"\w", self.text[self._after :])

    @property
    def ends_in_number(self) -> bool:
        """Whether nothing follows the last number or link."""
        return bool(self.links) and not re.search(r"\w", self.text[self._after :])

    @property
    def _after(self) -> int:
        return min(self.links[-1].end - self.start, len(self.text))


def cut_remarks(block: Block, stretch: Stretch) -> tuple[Stretch, ...]:
    """Cut a stretch where a line begins another remark; of most there is one."""
    lines = _lines(block, stretch)
    if len(lines) < 2:
        return (stretch,)
    starts = _starts(block.text, lines)
    if len(starts) == 1:
        return (stretch,)
    bounds = [*(lines[number].start for number in starts), stretch.end]
    remarks = []
    for start, end in pairwise(bounds):
        stamp = _STAMP.match(block.text, start, end)
        begin = stamp.end() if stamp else start
        links = tuple(link for link in stretch.links if begin <= link.start < end)
        text = block.text[begin:end]
        remarks.append(replace(stretch, start=begin, end=end, text=text, links=links))
    return tuple(remarks)


def are_apart(block: Block, remarks: Sequence[Stretch], end: int, start: int) -> bool:
    """Say whether a title that ends here and a number that starts there are of two remarks."""
    if any(end <= remark.start <= start for remark in remarks[1:]):
        return True
    return block.kind == "paragraph" and name_another(block.text[end:start])


def told_title(block: Block, remark: Stretch, link: JudgedLink) -> tuple[int, int] | None:
    """The title that follows on words of a remark: "Bo liked it more: A Net for the 2020s [12]"."""
    lead = block.text[remark.start : link.start]
    own = _own_title(lead)
    at = lead.rfind(own) if own else 0
    if not at or not _has_prose(lead[:at]):
        return None
    named = _NAMED.search(lead[:at])
    start = remark.start + (named.start(1) if named else at)
    return start, remark.start + at + len(own)


def name_another(between: str) -> bool:
    """Say whether words between a title and a number tell of another paper.

    >>> name_another(". Journal of Nets, 2016. "), name_another(". Bo liked: A Net for the 2020s [")
    (False, True)
    """
    between = between[-_LONGEST:]
    quoted = QUOTED.search(between)
    if quoted and _is_title(quoted[1]):
        return True
    own = _own_title(between)
    return bool(own) and _has_prose(between.replace(own, " "))


def _lines(block: Block, stretch: Stretch) -> list[_Line]:
    starts = [stretch.start]
    last = block.inline.place(stretch.start)[0]
    for offset, line, _ in block.inline.anchors:
        if stretch.start < offset < stretch.end and line != last:
            starts.append(offset)
        if offset < stretch.end:
            last = line
    ends = [*starts[1:], stretch.end]
    lines = []
    position = 0
    papers = [link for link in stretch.links if link.is_paper]
    for start, end in zip(starts, ends, strict=True):
        first = position
        while position < len(papers) and papers[position].start < end:
            position += 1
        text = block.text[start:end]
        shift = len(text) - len(text.lstrip())
        if text.strip():
            lines.append(
                _Line(
                    start=start + shift,
                    text=text.strip(),
                    links=tuple(papers[first:position]),
                )
            )
    return lines


def _starts(text: str, lines: list[_Line]) -> list[int]:
    """The numbers of the lines that begin a remark, the first among them."""
    starts = [0]
    labels = [_label(line.text) for line in lines]
    if lines[0].is_bare:  # numbers above their titles
        return [n for n, line in enumerate(lines) if n == 0 or line.is_bare]
    for number, line in enumerate(lines[1:], start=1):
        label = labels[number]
        if label and labels.count(label) > 1:
            starts.append(number)
            continue
        first, last = lines[starts[-1]], lines[number - 1]
        before = text[first.start : last.end][-_LONGEST:]
        has_number = any(one.links for one in lines[starts[-1] : number])
        if _is_whole(before, last, line, has_number=has_number) and _opens(
            before, line, has_label=bool(label), has_number=has_number
        ):
            starts.append(number)
    return starts


def _label(line: str) -> str | None:
    """What tells remarks apart at the beginning of a line: a date or time, or who speaks."""
    if _DATED.match(line):
        return "date"
    match = _SPOKEN.match(line)
    if match is None:
        return None
    name = match["name"] or ""
    is_key = name.casefold() in LINE_KEYS or label_kind(name or "-x-") is not None
    return None if name and is_key else "speaker"


def _is_whole(before: str, last: _Line, line: _Line, *, has_number: bool) -> bool:
    """Whether a remark may end here: with a sentence, a bracket or a number, not with people."""
    if any(_is_title(match[1]) for match in QUOTED.finditer(before)):
        return True  # a title in quotes does not go on
    if has_number and line.links and _own_title(line.lead):
        words = re.findall(r"[\w'’-]+|,$", last.text)[-1:]
        return not words or words[0] not in ENDLESS_WORDS | {","}
    if not (_ENDS.search(before) or last.ends_in_number):
        return False
    return has_number or not (is_byline(before) or find_authors(before, ""))


def _opens(before: str, line: _Line, *, has_label: bool, has_number: bool) -> bool:
    """Whether a line after a whole remark begins another, and does not tell more of its paper."""
    if line.only_points:
        return False
    cited = split_reference(line.text)
    is_cited = bool(cited and _is_title(line.text[cited.start : cited.end]))
    is_told = has_label or line.has_title or bool(cited and is_cited and cited.start)
    if is_told:
        return True
    if not has_number and split_reference(before) and not (is_cited or _has_prose(line.lead)):
        return False  # a reference goes on: its venue, its pages
    return is_cited or bool(_own_title(line.lead)) or _tells_more(before, line)


def _tells_more(before: str, line: _Line) -> bool:
    """Whether a line numbers a paper within a sentence of its own: whose it is, is not said.

    A number after the sentence ("A great overview. [pdf]") is that of the paper told of before.
    """
    if _SAME.match(line.text) or not line.links or _AFTER.search(line.lead):
        return False
    return _has_prose(line.lead) and not (line.text[0].islower() and not _STOPS.search(before))


def _own_title(lead: str) -> str:
    """The title right before a number, where words read like one; else nothing."""
    tail = _BRACKET.sub("", lead[-_LONGEST_TITLE:])
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(tail))]
    if (
        len(cuts) > 1
        and tail[: cuts[-1]].rstrip().endswith(":")
        and not _is_title(tail[cuts[-1] :])
    ):
        cuts.pop()  # "Small Boats in Oceans: A Survey"
    words = tail[cuts[-1] :]
    return words if _is_title(words) and not words[0].islower() else ""


def _is_title(words: str) -> bool:
    title = clean_entry_title(words)
    return (
        is_title_like(title)
        and capital_share(title) >= 0.6
        and not (BIBLIOGRAPHIC.search(title) or _VOLUME.search(title))
        and not (is_venue(title) or is_byline(title) or len(find_authors(title, "")) > 1)
    )


def _has_prose(words: str) -> bool:
    """Whether words are not only names of people, places and papers."""
    return any(
        word.islower() and word not in SMALL_WORDS and word not in _OF_SOURCES
        for word in re.findall(r"[^\W\d_]{3,}", words)
    )
