"""Jupyter notebooks: their Markdown cells, with the lines of the .ipynb file as stored."""

from __future__ import annotations

import re

from papergraph.readers.blocks import Page
from papergraph.readers.gathering import Gathered
from papergraph.readers.json_places import Node, parse_json, unescape
from papergraph.readers.markup import read_blocks

_STRING = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_CELLS = re.compile(r'"(?:cells|worksheets)"\s*:\s*\[')


def is_notebook(text: str, origin: str) -> bool:
    """Say whether a text is a notebook: JSON with cells."""
    if not text.lstrip().startswith("{"):
        return False
    return bool(_CELLS.search(text[:5_000])) or origin.casefold().endswith(".ipynb")


def read_notebook(text: str) -> Page:
    r"""Read the Markdown cells of a notebook; code and its output are left out.

    >>> page = read_notebook('{"cells": [{"cell_type": "markdown", "source": ["# Deep Nets"]}]}')
    >>> page.blocks[0].kind, page.blocks[0].text, page.blocks[0].inline.place(0)
    ('heading', 'Deep Nets', (1, 52))
    """
    parsed = parse_json(text)
    gathered = Gathered(text)
    for cell in _cells(parsed.root):
        kind = cell.text_of("cell_type")
        if kind not in ("markdown", "heading"):
            continue
        source = cell.get("source")
        if source is None:
            continue
        if kind == "heading":  # notebooks of before 2014
            gathered.add("## ", source.start)
        for part in source.items or [source]:
            _add(gathered, text, part)
        gathered.end_line(2)
    warnings: tuple[str, ...] = ()
    if parsed.broken_at is not None:
        line, _ = gathered.place_of(parsed.broken_at)
        warnings = (f"line {line}: the notebook breaks off here; what stands before was read",)
    blocks = gathered.relocate(read_blocks(gathered.text))
    return Page(blocks=blocks, form="notebook", warnings=warnings)


def _cells(root: Node) -> list[Node]:
    cells = root.get("cells")
    if cells:
        return cells.items
    sheets = root.get("worksheets")
    return [cell for sheet in (sheets.items if sheets else []) for cell in _cells(sheet)]


def _add(gathered: Gathered, text: str, part: Node) -> None:
    if not isinstance(part.value, str):
        return
    raw = _STRING.match(text, part.start)
    if raw:
        words, jumps = unescape(raw[0])
        gathered.add(words, part.start, jumps)
