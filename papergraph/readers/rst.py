"""reStructuredText, written as Markdown of the same lines before it is read."""

from __future__ import annotations

import re

_LINK = re.compile(r"`([^`<>\n]{1,300}?)\s?<([^`<>\s]{4,2000})>`__?")
_UNDERLINE = re.compile(r"^([=\-~^\"'+*#.:`_])\1{2,}[ \t]*$", re.MULTILINE)
_DIRECTIVE = re.compile(
    r"^\.\. (?:code|code-block|image|figure|math|toctree|raw)::.*"
    r"(?:\n[ \t]+\S.*|\n[ \t]*(?=\n[ \t]))*",
    re.MULTILINE,
)
_CITATION = re.compile(r"^\.\. (?=\[[#*\w.:-]{1,40}\]_? )", re.MULTILINE)
_LITERAL = re.compile(r"``([^`\n]+)``")


def is_rst(text: str, origin: str) -> bool:
    """Say whether a text is reStructuredText, by its name or its links."""
    return origin.casefold().endswith((".rst", ".rest")) or (
        len(_LINK.findall(text[:50_000])) >= 2 and "](" not in text[:50_000]
    )


def rst_to_markdown(text: str) -> str:
    """Turn underlined titles and links to those of Markdown.

    >>> rst_to_markdown("`a <http://b.cd>`_")
    '[a](http://b.cd)  '
    """
    text = _DIRECTIVE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    text = _CITATION.sub("   ", text)
    levels: list[str] = []

    def underline(match: re.Match[str]) -> str:
        if match[1] not in levels:
            levels.append(match[1])
        return ("=" if levels.index(match[1]) == 0 else "-") * len(match[0])

    text = _UNDERLINE.sub(underline, text)
    text = _LITERAL.sub(lambda match: f"`{match[1]}`  ", text)
    return _LINK.sub(_link, text)


def _link(match: re.Match[str]) -> str:
    link = f"[{match[1]}]({match[2]})"
    return link + " " * (len(match[0]) - len(link))
