"""Read a URL: what it leads to, and which paper it names."""

from dataclasses import dataclass

from papergraph.identifiers.hosts import find_place
from papergraph.identifiers.identifier import Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlReading:
    """What a URL says before anybody opens it."""

    url: str
    """Cleaned; "" when it must not be opened."""
    kind: str
    """One word: arxiv-abs, doi, personal-pdf, video, code, blog, ..., page (nothing known)."""
    identifier: Identifier | None
    is_paper: bool | None
    """None means that the URL does not tell."""
    hint: str | None
    """Words of the paper's title, from a slug; never enough to name the paper alone."""


def read_url(raw: str) -> UrlReading:
    """Read a URL as written. Never raises.

    >>> read_url("https://www.paperswithcode.com/paper/fast-r-cnn").hint
    'fast r cnn'
    >>> read_url("https://arxiv.org.example.com/abs/1512.03385").identifier is None
    True
    """
    url, finding = find_place(raw)
    known = finding.scheme is not None and finding.value is not None
    return UrlReading(
        url=url,
        kind=finding.kind,
        identifier=Identifier(finding.scheme or "", finding.value or "") if known else None,
        is_paper=finding.is_paper,
        hint=finding.hint,
    )
