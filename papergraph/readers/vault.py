"""Marks that note-taking programs put into Markdown: block references, comments, callouts.

Links between notes, `[[Note|words]]`, are read with all other links.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"%%(?:(?!%%).){0,20000}%%", re.DOTALL)
_BLOCK_MARK = re.compile(
    r"(?m)(?<=\S)[ \t]+\^[A-Za-z0-9][A-Za-z0-9-]{1,60}[ \t]*$|^\^[A-Za-z0-9-]{2,60}$"
)
_CALLOUT = re.compile(r"(?m)^(\s{0,3}(?:>\s?)+)(\[![\w-]{2,20}\][+-]?)")
_PICTURE = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|bmp|mp4|webm|mov|mp3|wav|canvas|excalidraw)$", re.IGNORECASE
)


def hide_marks(text: str) -> str:
    """Blank what is not writing; every line and column stays what it is.

    >>> hide_marks("Good idea. ^a1b2")
    'Good idea.      '
    """
    if "%%" in text:
        text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    if "^" in text:
        text = _BLOCK_MARK.sub(lambda match: " " * len(match[0]), text)
    if "[!" in text:
        text = _CALLOUT.sub(lambda match: match[1] + " " * len(match[2]), text)
    return text


def note_address(target: str) -> tuple[str, str] | None:
    """Return the name of a linked note and its address; None for headings and pictures.

    >>> note_address("Papers/AlexNet#Results")
    ('AlexNet', 'Papers/AlexNet.md')
    >>> note_address("#Results") is None, note_address("fig 1.png") is None
    (True, True)
    """
    path = re.split(r"[#^]", target, maxsplit=1)[0].strip()
    if not path or _PICTURE.search(path):
        return None
    has_suffix = re.search(r"\.(?:md|pdf|org|html?|ipynb)$", path, re.IGNORECASE)
    name = path.rsplit("/", 1)[-1]
    name = name[: -len(has_suffix[0])] if has_suffix else name
    return name.strip(), path if has_suffix else f"{path}.md"
