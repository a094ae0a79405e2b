"""The name of one paper in one scheme of names, such as arxiv:1512.03385."""

import re
from dataclasses import dataclass
from typing import Self

from papergraph.errors import IdentifierError
from papergraph.identifiers.cleaning import clean_url
from papergraph.identifiers.hosts import find_place
from papergraph.identifiers.places import place_of
from papergraph.identifiers.schemes import SCHEMES, Pair, link, normalise

_LABELLED = re.compile(r"([A-Za-z][A-Za-z0-9]{1,12}(?: ?[iI][dD])?)\s*[:#]\s*(\S.*)", re.DOTALL)
_SPACED = re.compile(r"(arxiv|doi|pmid|pmcid)\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_ALIASES = {
    "corpusid": "s2",
    "corpus id": "s2",
    "semanticscholar": "s2",
    "pubmed": "pmid",
    "pmc": "pmcid",
    "neurips": "nips",
    "corr": "arxiv",
    "anthology": "acl",
}
# Values that say their scheme by their shape, tried in this order.
_BARE = (
    ("doi", re.compile(r"10\.[0-9]{4,9}/")),
    (
        "arxiv",
        re.compile(
            r"(?:abs/)?[0-9]{4}\.[0-9]{4,5}(?![0-9])|[a-z-]+(?:\.[a-z-]+)?/[0-9]{7}", re.IGNORECASE
        ),
    ),
    ("pmcid", re.compile(r"PMC[0-9]{3,}")),
    ("acl", re.compile(r"[A-Z][0-9]{2}-[0-9]{4}|(?:19|20)[0-9]{2}\.[a-z0-9]+-")),
    ("openalex", re.compile(r"W[0-9]{7,}")),
    ("dblp", re.compile(r"(?:conf|journals|books|phd|series)/[^/\s]+/")),
)
_MAX_LENGTH = 4096


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A paper's name in one scheme. `value` is as `normalise` writes it; make it with `parse`.

    >>> Identifier.parse("https://arxiv.org/pdf/1512.03385v1.pdf")
    Identifier(scheme='arxiv', value='1512.03385')
    """

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    @property
    def url(self) -> str:
        """A page to open for this paper, or "" where the value alone leads nowhere."""
        return link(self.scheme, self.value)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an identifier from the ways people write it.

        Takes `scheme:value`, labels such as "arXiv 1512.03385" or "PMID: 26017442", URLs of known
        hosts, and bare values whose shape is unmistakable (DOI, arXiv, PMC, ACL, OpenAlex, DBLP).

        Raises
        ------
        IdentifierError
            When no known scheme takes the text.
        """
        plain = text[:_MAX_LENGTH].strip()
        pair = _labelled(plain) or _bare(plain) or _from_url(plain)
        if pair is None or len(text) > _MAX_LENGTH:
            raise IdentifierError(_complaint(plain))
        return cls(*pair)


def _labelled(text: str) -> Pair | None:
    found = _LABELLED.fullmatch(text) or _SPACED.fullmatch(text)
    if found is None:
        return None
    label, value = found[1].lower(), found[2].strip()
    scheme = _ALIASES.get(label, label)
    if scheme == "url":
        url = clean_url(value)
        return ("url", url) if place_of(url) else None
    if label.startswith("corpus"):
        value = f"CorpusId:{value}"
    # "doi:https://doi.org/10.1/x" and "arxiv:https://arxiv.org/abs/..." are seen in BibTeX
    return normalise(scheme, value) or (_from_url(value) if scheme in SCHEMES else None)


def _bare(text: str) -> Pair | None:
    for scheme, shape in _BARE:
        if shape.match(text) and (pair := normalise(scheme, text)):
            return pair
    return None


def _from_url(text: str) -> Pair | None:
    if "/" not in text:
        return None
    _, finding = find_place(text)
    return (finding.scheme, finding.value) if finding.scheme and finding.value else None


def _complaint(text: str) -> str:
    shown = text if len(text) <= 80 else f"{text[:77]}..."
    scheme = text.partition(":")[0].lower()
    found = (
        f"its value is not of the form of scheme {scheme!r}"
        if scheme in SCHEMES and ":" in text
        else "neither scheme:value, nor a DOI, an arXiv id or a URL of a known host"
    )
    return f"no identifier in {shown!r}: {found}; write for example arxiv:1512.03385"
