"""Titles, abstracts and names as services write them, turned into plain text.

Seen in recorded answers of 2026: TeX in arXiv titles, HTML and MathML in Crossref and PubMed,
entities escaped twice, JATS abstracts, mojibake and line breaks in reference lists of Semantic
Scholar, "Family, Given" and "(:Unav)" at DataCite.
"""

from __future__ import annotations

import contextlib
import html
import re
import unicodedata

import ftfy
from ftfy import TextFixerConfig
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerParseError

from papergraph.text import printable

MAX_LENGTH = 100_000
"""Longer texts are cut before they are cleaned."""

_ENCODING_ONLY = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    normalization=None,
)
# Only tags of HTML, JATS and MathML: "x <y and z> w" is no tag.
_INLINE = "i|b|u|em|strong|sub|sup|scp|sc|tt|span|font|italic|bold|monospace|underline|a|ref|xref"
_BLOCK = "p|br|div|h[1-6]|sec|title|list|list-item|ul|ol|li|section|abstract|label|break|hr"
_MATH = "math|m[a-z]{1,12}|semantics|none|inline-formula|disp-formula|tex-math|alternatives"
_PREFIX = r"(?:jats:|mml:|[a-z]{1,8}:)?"
_HIDDEN = re.compile(
    rf"<{_PREFIX}(annotation|tex-math|script|style)\b[^<>]*>.*?</{_PREFIX}\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    rf"</?{_PREFIX}(?:{_INLINE}|{_MATH})(?:\s[^<>]*)?/?>", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG = re.compile(rf"</?{_PREFIX}(?:{_BLOCK})(?:\s[^<>]*)?/?>", re.IGNORECASE | re.DOTALL)
_MATHS = re.compile(r"\${1,2}(?!\s*\$)([^$]{1,300}?)\${1,2}")
_MONEY = re.compile(r"\s*[0-9][0-9.,]*(?:\s|[a-z]?$)", re.IGNORECASE)  # "$100 bill and $"
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|['\"`^~=.])")
_SPECIAL = re.compile(r"(?<!\\)([%&#])")
_HEADING = re.compile(r"^(?i:abstract|summary)\s*[:.—-]?\s+(?=[A-Z0-9“\"(])")
_NOTICE = re.compile(
    r"^[\[(]?(retracted|withdrawn)(?:\s+(?:article|paper|chapter))?(?:\s*[:.\])—–]+|\s+-)\s*(?=\S)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\(?:\s*(?:unav|unkn|none|null|tba|unas|unal|unap)\)?|n/?a|none", re.IGNORECASE
)
_SUFFIX = re.compile(r"(?:jr|sr|i{2,3}|iv|ph\.?d|m\.?d)\.?", re.IGNORECASE)
_TEX = LatexNodes2Text(math_mode="text", keep_comments=True)


def clean_title(text: str) -> str:
    r"""Write a title as plain text on one line, without a final period; "" when nothing is left.

    >>> clean_title("Lessons from <i>C. elegans</i> &amp;amp; $\\pi^{\\pm}$\n  yields.")
    'Lessons from C. elegans & π^± yields'
    """
    plain = " ".join(_plain(text).split())
    return plain[:-1].rstrip() if plain.endswith(".") and not plain.endswith("..") else plain


def split_notice(title: str) -> tuple[str, tuple[str, ...]]:
    """Part a title from a publisher's mark that the paper is retracted or withdrawn; with tags.

    A notice about another paper ("Retraction: ...") keeps its title.

    >>> split_notice("RETRACTED ARTICLE: On water")
    ('On water', ('retracted',))
    """
    found = _NOTICE.match(title)
    if found is None:
        return title, ()
    return title[found.end() :], (found[1].lower(),)


def clean_abstract(text: str) -> str:
    """Write an abstract as plain text in one paragraph, without the heading "Abstract".

    >>> clean_abstract("<jats:title>Abstract</jats:title><jats:p>Water at p &lt; 0.05.</jats:p>")
    'Water at p < 0.05.'
    """
    return _HEADING.sub("", " ".join(_plain(text).split()))


def clean_name(text: str) -> str:
    r"""Write a person's name as plain text, given name first; "" for a placeholder.

    >>> clean_name("M&uuml;ndel, Toby"), clean_name("\\'Edgar Rold\\'an"), clean_name("(:Unav)")
    ('Toby Mündel', 'Édgar Roldán', '')
    """
    name = " ".join(_plain(text).split()).strip(" ,;")
    if not any(sign.isalpha() for sign in name) or _NO_NAME.fullmatch(name):
        return ""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or "," in given or _SUFFIX.fullmatch(given):
        return name
    return f"{given} {family}"


def _plain(text: str) -> str:
    text = _unescape(_repair(text[:MAX_LENGTH]))
    text = _BLOCK_TAG.sub(" ", _INLINE_TAG.sub("", _HIDDEN.sub("", text)))
    text = text.replace("\r", "\n").replace("\ufffc", "")  # an object that the text has lost
    return unicodedata.normalize("NFC", printable(_without_tex(text)))


def _repair(text: str) -> str:
    """Undo mojibake; C1 controls are Windows quotes and dashes that lost their table."""
    return text if text.isascii() else ftfy.fix_encoding(text, _ENCODING_ONLY)


def _unescape(text: str) -> str:
    """Undo entities; some services escape twice."""
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return text


def _without_tex(text: str) -> str:
    if not ("$" in text or "\\" in text or "{" in text):
        return text
    parts: list[str] = []
    end = 0
    for found in _MATHS.finditer(text):
        if _MONEY.match(found[1]) and " " in found[1]:
            continue
        parts += [_tex_words(text[end : found.start()]), _tex_math(found[1])]
        end = found.end()
    return "".join((*parts, _tex_words(text[end:])))


def _tex_words(text: str) -> str:
    """Undo TeX commands and grouping braces outside formulas."""
    if not (_COMMAND.search(text) or re.search(r"\{[^{}]*\}", text)):
        return text.replace(r"\&", "&").replace(r"\%", "%")
    edges = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.DOTALL)
    head, body, tail = edges.groups() if edges else ("", text, "")
    return head + _from_tex(_SPECIAL.sub(r"\\\1", body).replace("$", r"\$")) + tail


def _tex_math(formula: str) -> str:
    plain = _from_tex(_SPECIAL.sub(r"\\\1", formula)).strip()
    # Script, double-struck and bold letters of formulas are written as the letters they are.
    return "".join(_letter(sign) for sign in plain)


def _letter(sign: str) -> str:
    is_styled = "\u2100" <= sign <= "\u214f" or "\U0001d400" <= sign <= "\U0001d7ff"
    return unicodedata.normalize("NFKC", sign) if is_styled else sign


def _from_tex(text: str) -> str:
    if text.count("{") == text.count("}"):
        with contextlib.suppress(LatexWalkerParseError, ValueError, IndexError):
            return str(_TEX.latex_to_text(text))
    return re.sub(r"\\[a-zA-Z]+\s?|[{}\\]", "", text)  # cut in the middle of a formula
