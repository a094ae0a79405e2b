"""Pure operations on text: title keys, name keys, cleaning titles, safe display."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import NewType

TitleKey = NewType("TitleKey", str)
NameKey = NewType("NameKey", str)

CJK = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
"""Ranges of signs that stand beside Latin letters without a blank: "Nets논문"."""

FEWEST_TITLE_LETTERS = 20
FEWEST_TITLE_WORDS = 4
MOST_TITLE_WORDS = 25
"""A title that is looked for in any text is of such a size; its first letters are looked up."""

_TEX_COMMAND = re.compile(r"\\[a-zA-Z]+\s?|[{}$\\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_PLAIN = re.compile(r"[\w \t\n,:;()\[\]?!'\"+/*=.@#%-]*", re.ASCII)  # nothing of it is markup
_WORD = re.compile(r"[^\W_]+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]")
# Cc controls besides tab and line feed; lone surrogates cannot be encoded
_INITIALS_LAST = re.compile(r"(?<=[^\W\d_]{2})(?:[ -][A-Z]\.?)+\s*$")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
_NO_NAME_SIGNS = {code: None for code in _NO_LETTERS if chr(code) != "+"}


def clean_title(title: str) -> str:
    """Undo markup in a title: entities, tags, TeX braces, line breaks, a final period.

    >>> clean_title("Deep {R}esidual   <i>Learning</i> &amp; more.")
    'Deep Residual Learning & more'
    """
    text = title
    if not _PLAIN.fullmatch(title):
        text = _TEX_COMMAND.sub("", _TAG.sub(" ", html.unescape(title)))
        text = printable(text)
    text = " ".join(text.split())
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def title_key(title: str) -> TitleKey:
    """Reduce a title to its letters and figures in lower case, without accents or markup.

    >>> title_key("U-Net : Convolutional Networks")
    'unetconvolutionalnetworks'
    """
    text = clean_title(title)
    if text.isascii():
        return TitleKey(text.lower().translate(_NO_LETTERS))
    text = unicodedata.normalize("NFKD", text).casefold()
    return TitleKey("".join(sign for sign in text if sign.isalnum()))


def name_key(name: str) -> NameKey:
    """Reduce a nickname so that spellings agree: case, hyphens and blanks do not count.

    >>> name_key("Faster R-CNN"), name_key("faster rcnn")
    ('fasterrcnn', 'fasterrcnn')
    """
    if name.isascii():
        return NameKey(name.lower().translate(_NO_NAME_SIGNS))
    text = unicodedata.normalize("NFKD", name).casefold()
    return NameKey("".join(sign for sign in text if sign.isalnum() or sign == "+"))


def title_words(title: str) -> tuple[str, ...]:
    """Split a title into lower-case words of letters and figures, accents removed.

    >>> title_words("R-CNN: Rich features")
    ('r', 'cnn', 'rich', 'features')
    """
    text = clean_title(title)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in text.casefold() if not unicodedata.combining(sign))
    return tuple(_WORD.findall(text.casefold()))


@lru_cache(maxsize=100_000)
def is_telling_title(title: str) -> bool:
    """Is a title one that text can use like a name: not of two words, and no long one?

    >>> is_telling_title("Deep learning"), is_telling_title("Network in network")
    (False, True)
    """
    is_of_size = len(title) < 200 and 3 <= len(title_words(title)) <= MOST_TITLE_WORDS
    return is_of_size and not is_long_title(title)


def is_long_title(title: str) -> bool:
    """Is a title one that is looked for in any text: long enough to be nothing else?

    >>> is_long_title("Network in network"), is_long_title("Auto-Encoding Variational Bayes")
    (False, True)
    """
    words = len(title_words(title))
    is_of_size = FEWEST_TITLE_WORDS <= words <= MOST_TITLE_WORDS
    return is_of_size and len(title_key(title)) >= FEWEST_TITLE_LETTERS


def compare_form(title: str) -> str:
    """Write a title the way titles are compared: its words in lower case with single blanks."""
    return " ".join(title_words(title))


@lru_cache(maxsize=100_000)
def surname(author: str) -> str:
    """Reduce an author's name to the comparable family name; empty when there is none.

    >>> surname("Kaiming He"), surname("LeCun, Yann"), surname("Diederik P. Kingma")
    ('he', 'lecun', 'kingma')
    >>> surname("LeCun Y"), surname("Rao T. Y.")
    ('lecun', 'rao')
    """
    family = author.partition(",")[0] if "," in author else author
    family = _INITIALS_LAST.sub("", family)
    words = title_words(family)
    return words[-1] if words else ""


def split_authors(text: str) -> tuple[str, ...]:
    """Split the author part of a reference into names; initials stay with their family name.

    >>> split_authors("A. Krizhevsky, I. Sutskever, and G. Hinton")
    ('A. Krizhevsky', 'I. Sutskever', 'G. Hinton')
    >>> split_authors("Hochreiter, S. and Schmidhuber, J.")
    ('Hochreiter, S.', 'Schmidhuber, J.')
    """
    parts = [part.strip() for part in re.split(r";|,?\s+(?:and|&)\s+|,", text)]
    names: list[str] = []
    for part in parts:
        if not any(sign.isalpha() for sign in part) or part.lower().startswith("et al"):
            continue
        is_initials = re.fullmatch(r"(?:[A-Z]\.?[\s-]?){1,4}", part) is not None
        if is_initials and names and "," not in names[-1]:
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    return tuple(names)


def printable(text: str) -> str:
    """Drop control characters, lone surrogates, direction overrides; keep tabs and line feeds."""
    return _CONTROL.sub("", _BIDI.sub("", text))


def shorten(text: str, limit: int = 120) -> str:
    """Cut text at a word so that it has at most `limit` characters, with an ellipsis when cut.

    >>> shorten("one two three", 9)
    'one two…'
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"


def of_citers(shared: int, citers: int) -> str:
    """Write how many of those who cite a paper do something.

    >>> of_citers(2, 5), of_citers(1, 1)
    ('2 of 5 papers and reviews here', 'the only paper or review here that cites it')
    """
    if citers == 1:
        return "the only paper or review here that cites it"
    return f"{shared:,} of {citers:,} papers and reviews here"


def counted(count: int, noun: str, several: str | None = None) -> str:
    """Write a count with its noun.

    >>> counted(1, "paper"), counted(0, "paper"), counted(1200, "reply", "replies")
    ('1 paper', '0 papers', '1,200 replies')
    """
    return f"{count:,} {noun if count == 1 else several or f'{noun}s'}"
