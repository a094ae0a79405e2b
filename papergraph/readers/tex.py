"""LaTeX sources and their lists of references, line by line, to Markdown."""

from __future__ import annotations

import re

from papergraph.readers.latex import latex_to_text

_SIGN = re.compile(r"^[ \t]*\\(?:documentclass|bibitem|begin\{thebibliography\})", re.MULTILINE)
_NOT_TEX = (".md", ".markdown", ".html", ".htm", ".org", ".rst", ".ipynb")
_ITEM = re.compile(
    r"\\bibitem\s{0,9}(?:\[(?:[^\[\]{}]|\{[^{}]*\}){0,600}\])?\s{0,9}\{[^{}\n]*\}\s*"
)
_HEADING = re.compile(r"^[ \t]*\\(?:chapter|section|(?P<sub>sub)+section)\*?\{(?P<text>.{1,300})\}")
_COMMENT = re.compile(r"(?<!\\)%.*")
_SETTING = re.compile(
    r"\\(?:documentclass|usepackage|begin|end|bibliography|bibliographystyle|label|newcommand|"
    r"setlength|pagestyle)\*?(?:\[[^\[\]\n]*\])?(?:\{[^{}\n]*\}){0,3}"
)
_CITATION = re.compile(r"~?\\[a-zA-Z]*cite[a-zA-Z]*\*?(?:\[[^\[\]\n]*\]){0,2}\{[^{}\n]*\}")
_LINK = re.compile(r"\\href\{([^{}\n]*)\}\{([^{}\n]*)\}")
_ADDRESS = re.compile(r"https?://[^\s{}]+")


def is_tex(text: str, origin: str) -> bool:
    """Say whether a text is LaTeX, or a list of references made for it."""
    return not origin.casefold().endswith(_NOT_TEX) and bool(_SIGN.search(text))


def tex_to_markdown(text: str) -> str:
    r"""Return Markdown with as many lines; each reference begins with its number.

    >>> tex_to_markdown(r"\bibitem{he} K. He. {D}eep nets. \emph{CVPR}, 2016.")
    '[1] K. He. Deep nets. CVPR, 2016.'
    """
    count = 0

    def number(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return "\n" * match[0].count("\n") + f"[{count}] "

    return "\n".join(map(_line, _ITEM.sub(number, text).split("\n")))


def _line(line: str) -> str:
    heading = _HEADING.match(line)
    if heading:
        return f"{'##' if heading['sub'] else '#'} {latex_to_text(heading['text'])}"
    line = _SETTING.sub("", _CITATION.sub("", _COMMENT.sub("", line)))
    line = _LINK.sub(r"\2 \1", line).replace("\\newblock", "").replace("\\item", "- ")
    parts, position = [], 0
    for match in _ADDRESS.finditer(line):  # an address may hold ~, % and _
        parts += [latex_to_text(line[position : match.start()]), match[0].replace("\\", "")]
        position = match.end()
    return "".join([*parts, latex_to_text(line[position:])]).strip()
