"""The <meta> tags of a landing page, as publishers write them for Google Scholar.

Shape seen 2026-10 on arXiv, NeurIPS, PMLR, CVF and ACL pages: name or property, content, in any
order, with or without a closing slash, values as entities.
"""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser


def read_meta(page: str) -> Mapping[str, tuple[str, ...]]:
    """Collect the contents of all <meta> tags by lower-case name, in the order of the page.

    >>> read_meta('<meta name="citation_author" content="He, K."/>')["citation_author"]
    ('He, K.',)
    """
    reader = _MetaReader()
    reader.feed(page)
    reader.close()
    return {name: tuple(values) for name, values in reader.found.items()}


class _MetaReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            return
        given = dict(attrs)
        name = (given.get("name") or given.get("property") or "").lower()
        content = (given.get("content") or "").strip()
        if name and content:
            self.found.setdefault(name, []).append(content)
