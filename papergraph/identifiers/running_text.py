"""Find identifiers written in running text, outside of URLs with a scheme.

Every pattern is anchored at a rare word or shape and bounded in length, so that the cost is linear
in the text, whatever it holds.
"""

import re
from functools import lru_cache

from papergraph.errors import IdentifierError
from papergraph.identifiers.identifier import Identifier
from papergraph.identifiers.schemes import ARCHIVES, cut_tail

_NEW = r"[0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,2})?(?![\w-]|\.[0-9])"
_OLD = r"[a-z]{2,9}(?:-[a-z]{2,4})?(?:\.[A-Z]{2})?/[0-9]{7}(?:v[0-9]{1,2})?(?![\w.-]*[0-9])"
_ARCHIVE = "|".join(sorted(ARCHIVES, key=len, reverse=True))
_DOI_BODY = r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,3}/[!#-;=?-\[\]_a-z~()]{1,250}"
_WEB_HOSTS = (
    r"(?:[a-z]+\.)?arxiv\.org|(?:dx\.)?doi\.org|openreview\.net|aclanthology\.org|aclweb\.org"
    r"|papers\.nips\.cc|proceedings\.(?:neurips\.cc|mlr\.press)|openaccess\.thecvf\.com|jmlr\.org"
    r"|(?:pubmed\.|pmc\.)?ncbi\.nlm\.nih\.gov|semanticscholar\.org|hal\.science|dl\.acm\.org"
    r"|ieeexplore\.ieee\.org|huggingface\.co/papers|biorxiv\.org|medrxiv\.org"
)

# One alternative for each way of writing; the first that fits at a place wins.
_WRITTEN = re.compile(
    rf"""(?=[a-z0-9])(?<![\w@/.=&%-])(?:
    (?P<web>(?:www\.)?(?:{_WEB_HOSTS})/[!#-;=?-\[\]_a-z~]{{1,300}})
    |(?P<arxiv>arxiv(?:\s?(?:preprint|e-?prints?|id))?[\s:.\#]{{1,3}}(?:(?:abs|pdf)/)?(?:{_NEW}|{_OLD}))
    |(?P<corr>abs/{_NEW})
    |(?P<versioned>[0-9]{{4}}\.[0-9]{{5}}(?:v[0-9]{{1,2}}|\s?(?=\[[a-z-]{{2,8}}\.[A-Z]{{2}}\]))(?!\w|\.[0-9]))
    |(?P<bare>[0-9]{{4}}\.[0-9]{{5}}(?![\w-]|[.,][0-9]|\s?%))
    |(?P<old>(?:{_ARCHIVE})(?:\.[A-Z]{{2}})?/[0-9]{{7}}(?:v[0-9]{{1,2}})?(?![\w-]|\.[0-9]|/))
    |(?P<doi>doi(?:\s?:\s?|\s)(?:10\.[0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{0,3}}/[!#-;=?-\[\]_a-z~]{{1,250}}))
    |(?P<plain>{_DOI_BODY})
    |(?P<pubmed>(?:PMID|PubMed\sID)(?:\s?:\s?|\s)[0-9]{{4,9}}(?![\w-]|\.[0-9]))
    |(?P<pmc>(?:PMCID(?:\s?:\s?|\s))?PMC[0-9]{{4,9}}(?!\w))
    |(?P<corpus>Corpus\s?ID\s?:\s?[0-9]{{1,12}}(?!\w))
    |(?P<scheme>(?:dblp|openreview|acl|pmlr|jmlr|cvf|s2|openalex|hal|citeseerx):[\w./-]{{3,200}})
    )""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"'`)\]}]*", re.IGNORECASE)
# "10.2019/12" is a date, "10.1234/5" a price list: too little to be a DOI unless labelled.
_THIN_DOI = re.compile(r"[^/]+/[0-9]{0,4}")

# A number without "arXiv" is one beside a word for papers, in brackets of its own, or with people.
_CUE_BEFORE = re.compile(
    r"\b(?:papers?|preprints?|see|cf\.?|read|ref\.?)[\s:]{1,2}[(\[]?$", re.IGNORECASE
)
_CUE_AFTER = re.compile(
    r"\s?(?:\((?:[^()\n]{0,60}\bet\sal\b|[A-Z][^()\n]{1,60}\b(?:19|20)\d\d\))|paper\b)"
)
_CUE_REACH = 12

Span = tuple[int, int, Identifier]


def find_identifiers(text: str) -> tuple[Span, ...]:
    """Find identifiers in running text: start, end, identifier; in order, never overlapping.

    What stands in a URL with "http://" is left to `read_url`; "arxiv.org/abs/..." without it
    counts. `Identifier.parse(text[start:end])` gives the same identifier. O(len(text)).

    >>> find_identifiers("ResNet (arXiv:1512.03385v1), not v1.2.3 of 2015.10.11")
    ((8, 26, Identifier(scheme='arxiv', value='1512.03385')),)
    """
    urls = [found.span() for found in _URL.finditer(text)]
    spans: list[Span] = []
    following = 0
    for found in _WRITTEN.finditer(text):
        while following < len(urls) and urls[following][1] <= found.start():
            following += 1
        if following < len(urls) and urls[following][0] < found.end():
            continue
        if span := _read(found):
            spans.append(span)
    return tuple(spans)


def _read(found: re.Match[str]) -> Span | None:
    kind = found.lastgroup
    if kind == "bare" and not _is_cued(found):
        return None
    written = found[0].rstrip() if kind == "versioned" else found[0]
    if kind in ("web", "doi", "plain", "scheme"):
        written = cut_tail(written)
    if kind == "plain" and _THIN_DOI.fullmatch(written):
        return None
    identifier = _parsed(written)
    return (found.start(), found.start() + len(written), identifier) if identifier else None


def _is_cued(found: re.Match[str]) -> bool:
    """Whether a bare number is that of a paper: "the paper 1502.03167", "(1706.03741)"."""
    text, start, end = found.string, found.start(), found.end()
    if text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]"):
        return True
    before = text[max(start - _CUE_REACH, 0) : start]
    return bool(_CUE_BEFORE.search(before) or _CUE_AFTER.match(text, end))


@lru_cache(maxsize=4096)
def _parsed(written: str) -> Identifier | None:
    """Parse one written form; a text names the same papers again and again."""
    try:
        return Identifier.parse(written)
    except IdentifierError:
        return None
