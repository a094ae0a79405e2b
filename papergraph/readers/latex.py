r"""LaTeX as bibliographies hold it, to plain text: accents, letters, dashes, simple commands."""

from __future__ import annotations

import re
import unicodedata

_MARKS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "H": "\u030b",
    "k": "\u0328",
    "d": "\u0323",
    "b": "\u0331",
    "r": "\u030a",
    "u": "\u0306",
}
_LETTERS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "textendash": "–",
    "textemdash": "—",
    "textquoteright": "’",
    "textquotesingle": "'",
    "ldots": "…",
    "dots": "…",
    "times": "×",
    "infty": "∞",
    "textregistered": "®",
    "texttrademark": "™",
    "textbackslash": "\\",
}
_ACCENT = re.compile(
    r"\\(?:(?P<sign>[\"'`^~=.])\s*|(?P<word>[cvHkdbru])(?=[\s{])\s*)"
    r"(?:\{\s*(?P<braced>\\[ijoOlL]|[^\W\d_])\s*\}|(?P<bare>\\[ij](?![a-zA-Z])|[^\W\d_]))"
)
_LETTER = re.compile(
    rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![a-zA-Z])(?:\{{\}}|[ \t]+)?"
)
_GREEK = re.compile(
    r"\\(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    r"upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega)(?![a-zA-Z])"
)
_ARGUMENT = re.compile(
    r"\\(?:emph|text[a-z]{0,10}|math[a-z]{0,10}|mbox|url|href|underline|uppercase|lowercase|ensuremath)\s*(?=\{)"
)
_COMMAND = re.compile(r"\\[a-zA-Z]{1,30}\*?[ \t]?")
_LONGEST = 100_000


def latex_to_text(text: str) -> str:
    r"""Return the text that LaTeX would print, roughly; white space is left as it is.

    >>> latex_to_text(r"Erd{\H o}s, P\'al and G{\"o}del's {T}heorem --- $\alpha$-{R-CNN} \& more")
    "Erdős, Pál and Gödel's Theorem — α-R-CNN & more"
    """
    if "\\" not in text and not re.search(r"[{}$~]|--|``|''", text):
        return text
    text = _ACCENT.sub(_accent, text[:_LONGEST])
    text = _LETTER.sub(lambda match: _LETTERS[match[1]], text)
    text = _GREEK.sub(_greek, text)
    text = re.sub(r"\\([&%$#_{}])", lambda match: chr(0xE100 + ord(match[1])), text)
    text = _ARGUMENT.sub("", text)
    text = re.sub(r"\\[\\,;:!/ -]", " ", _COMMAND.sub("", text))
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    text = re.sub(r"(?<!\\)~", " ", text)
    text = re.sub(r"[{}$\\]", "", text)
    return re.sub("[\ue100-\ue17f]", lambda match: chr(ord(match[0]) - 0xE100), text)


def _accent(match: re.Match[str]) -> str:
    letter = match["braced"] or match["bare"]
    plain = {"\\i": "i", "\\j": "j"}.get(letter) or _LETTERS.get(letter[1:], letter)
    return unicodedata.normalize("NFC", plain + _MARKS[match["sign"] or match["word"]])


def _greek(match: re.Match[str]) -> str:
    case = "CAPITAL" if match[1][0].isupper() else "SMALL"
    name = match[1].upper().replace("LAMBDA", "LAMDA")
    return unicodedata.lookup(f"GREEK {case} LETTER {name}")
