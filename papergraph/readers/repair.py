"""Undo damage to words, line by line: mojibake everywhere, lost terms and quotes in text dumps.

Every repair keeps the line as it stood beside the line as it was read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

import ftfy
from ftfy import TextFixerConfig

from papergraph.models import Repair

_ENCODING_ONLY = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    max_decode_length=100_000,
)
_TERMS = {
    3: "generative adversarial networks",
    26: "backpropagation",
    56: "RNN",
    84: "dimensionality reduction",
    98: "CNN",
    119: "gradient descent",
    161: "computer vision",
    163: "ImageNet",
    164: "object detection",
    166: "SVM",
    172: "normalization",
    178: "entropy",
    180: "activation functions",
    203: "probability",
}
# Terms of a glossary replaced by their numbers, also glued: id98s, rid98, bid56, r-id98 (2016 dump)
_CODE = re.compile(r"(?<![A-Za-z0-9])(r-|r|b)?id(\d{1,3})(s?)(?![A-Za-z0-9])")
_ADDRESS = re.compile(r"https?://\S+")
_LOST = re.compile(r" {3,}")
_ENDINGS = re.compile(r"(?:s|t|ll|re|ve|d|m)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A text before and after repair; both have the same lines."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    repairs: tuple[Repair, ...]

    @property
    def text(self) -> str:
        """The repaired text."""
        return "\n".join(self.after)

    def column_before(self, line: int, column: int) -> int:
        """Return the column in the file of a column in the repaired line."""
        before, after = self.before[line - 1], self.after[line - 1]
        if before == after:
            return column
        if len(after) > 5000:
            return min(column, len(before) or 1)
        shift = SequenceMatcher(None, after, before, autojunk=False)
        for a, b, size in shift.get_matching_blocks():
            if column - 1 < a:
                return b + 1 if size else min(column, len(before) + 1)
            if column - 1 < a + size:
                return b + column - a
        return max(len(before), 1)


def repair_lines(text: str) -> Repaired:
    """Repair a decoded text.

    >>> repair_lines("Iâ€™m here").text
    'I’m here'
    """
    before = tuple(text.split("\n"))
    after, reasons = _repair_encoding(before)
    if is_dump(before):
        after = _repair_dump(after, reasons)
    repairs = tuple(
        Repair(line=number, original=old, repaired=new, how=", ".join(reasons.get(number, ())))
        for number, (old, new) in enumerate(zip(before, after, strict=True), 1)
        if old != new
    )
    return Repaired(before=before, after=tuple(after), repairs=repairs)


_NUMBERED_LINK = re.compile(r"\s{0,5}\d{1,4}\. (?:https?|ftp|mailto|file):")
_MARK = re.compile(r"(?<!\])\[\d{1,4}\](?![(:])")
_LIST_HEADING = re.compile(r"\s*(?:references|visible links:?|links:?)\s*", re.IGNORECASE)


def is_dump(lines: tuple[str, ...]) -> bool:
    """Say whether a text is what a text browser printed: numbered links, their list at the end."""
    if sum(bool(_NUMBERED_LINK.match(line)) for line in lines) < 2:
        return False
    if sum(len(_MARK.findall(line)) for line in lines[:4000]) < 2:
        return False
    return any(map(_LIST_HEADING.fullmatch, lines))


# ---------------------------------------------------------------- mojibake
def _repair_encoding(lines: tuple[str, ...]) -> tuple[list[str], dict[int, list[str]]]:
    after, reasons = list(lines), dict[int, list[str]]()
    for number, line in enumerate(lines, 1):
        if line.isascii() or len(line) > 50_000:
            continue
        fixed = _fix_line(line)
        if fixed != line and "\n" not in fixed and "\r" not in fixed:
            after[number - 1] = fixed
            reasons[number] = ["mojibake"]
    return after, reasons


def _fix_line(line: str) -> str:
    fixed = ftfy.fix_encoding(line, _ENCODING_ONLY)
    if fixed != line:
        return fixed
    if not re.search("[‚√≈∂∑‡ôöüïÔÒß]", line):
        return line
    try:
        undone = line.encode("mac_roman").decode("utf-8")
    except UnicodeError:
        return line
    return undone


# ---------------------------------------------------------------- text dumps
def _repair_dump(lines: list[str], reasons: dict[int, list[str]]) -> list[str]:
    codes = [int(match[2]) for line in lines for match in _CODE.finditer(line)]
    known = [code for code in codes if code in _TERMS]
    is_coded = len(known) >= 3 and len(set(known)) >= 2 and len(known) >= 0.8 * len(codes)
    spaced = sum(len(re.findall(r"\w {3}(?:s|t|ll|re|ve)\b", line)) for line in lines)
    after: list[str] = []
    is_open = False
    for number, line in enumerate(lines, 1):
        fixed = line
        if is_coded:
            fixed = _restore_terms(fixed)
            if fixed != line:
                reasons.setdefault(number, []).append("lost terms")
        if not line.strip():
            is_open = False
        elif spaced >= 2:
            restored, is_open = _restore_quotes(fixed, is_open=is_open)
            if restored != fixed:
                reasons.setdefault(number, []).append("lost quotes")
            fixed = restored
        after.append(fixed)
    return after


def _restore_terms(line: str) -> str:
    addresses = [match.span() for match in _ADDRESS.finditer(line)]

    def restore(match: re.Match[str]) -> str:
        term = _TERMS.get(int(match[2]))
        if term is None:
            return match[0]
        if any(start <= match.start() < end for start, end in addresses):
            return f"{match[1] or ''}{term.lower().replace(' ', '-')}{match[3]}"
        if term.islower() and match[3] and term.endswith("s"):
            return term
        prefix = (match[1] or "").upper()
        return f"{prefix}{term}{match[3]}"

    return _CODE.sub(restore, line)


def _restore_quotes(line: str, *, is_open: bool) -> tuple[str, bool]:
    """Put back quotes and apostrophes that were printed as three blanks each."""
    indent = len(line) - len(line.lstrip())
    head = re.match(r"\s*(?:[*+o] )?", line)
    start = head.end() if head and head.end() > indent else indent
    parts, position = [line[:start]], start
    body = line.rstrip()
    for run in _LOST.finditer(line, start):
        before, after = line[position : run.start()], line[run.end() :]
        parts.append(before)
        mark, is_open = _lost_mark(before[-1:], run.end() - run.start(), after, is_open=is_open)
        parts.append(mark)
        position = run.end()
    parts.append(line[position:])
    if (
        start == 6
        and indent == 6
        and not is_open
        and re.search(r"\w {3,}\w|\w {3}[.,;?]", body[6:])
    ):
        parts[0] = '   "'
    return "".join(parts), is_open


def _lost_mark(before: str, size: int, after: str, *, is_open: bool) -> tuple[str, bool]:
    """What a run of blanks stands for: (the mark, whether a quotation is open after it)."""
    blanks = " " * size
    if size == 8 and is_open:
        return '" - ', False
    if size == 4 and after[:1].isalnum():
        return ('" ' if is_open else ' "' if before else '"'), not is_open
    if size != 3:
        return blanks, is_open
    if before.isalnum() and _ENDINGS.match(after):
        return "'", is_open
    if not after or not after[0].isalnum():
        lone = "'" if before == "s" and not after else blanks
        return ('"' if is_open else lone), False
    return (blanks, is_open) if before else ('"', True)
