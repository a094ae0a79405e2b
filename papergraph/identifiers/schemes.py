"""Say how the value of each identifier scheme is written, and where it can be opened.

Pure string work: `normalise` gives the one spelling we store, `link` a page to open.
"""

import html
import re
import urllib.parse
from collections.abc import Callable

# Archives of the arXiv with old-style numbers (1991-07 to 2007-03), as listed by arxiv-base.
_ARCHIVES = """
    acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg
    comp-gas cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th
    nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con
"""
ARCHIVES = frozenset(_ARCHIVES.split())

Pair = tuple[str, str]

_TAIL = r"(?:v[0-9]{1,3})?(?:\.(?:pdf|ps|gz|html))*/?(?:\s*\[[a-z.-]{2,20}\])?"
_ARXIV_NEW = re.compile(rf"([0-9]{{2}})([0-9]{{2}})\.([0-9]{{4,5}}){_TAIL}", re.IGNORECASE)
_ARXIV_OLD = re.compile(
    rf"([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{{2}}(?:-[a-z]{{2,4}})?)?//?([0-9]{{2}})([0-9]{{2}})([0-9]{{3}}){_TAIL}",
    re.IGNORECASE,
)
# The angle brackets are those of SICI numbers: 10.1002/(sici)...41:6<391::aid-asi1>3.0.co;2-9
_DOI = re.compile(r"10\.[0-9]{1,9}(?:\.[0-9]+)*/(?:[^\s<>\"]|<[0-9]+::[^\s<>\"]{1,30}>)+")
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}


def cut_tail(text: str, marks: str = ".,;:!?'\"*…。，、；：") -> str:
    """Cut punctuation that belongs to the sentence, and closing brackets nobody opened.

    >>> cut_tail("10.1016/S0896-6273(17)30509-3).")
    '10.1016/S0896-6273(17)30509-3'
    """
    end = len(text)
    if text[-1:].isalnum():
        return text
    surplus = {
        close: text.count(close) - text.count(opening) for close, opening in _CLOSERS.items()
    }
    while end:
        last = text[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in marks:
            break
        end -= 1
    return text[:end]


def _arxiv(value: str) -> Pair | None:
    """Normalise an arXiv id: no version, archive in lower case, no subject class.

    Numbers have four digits up to 1412 and five from 1501; months are real months.
    """
    value = re.sub(r"^(?:arxiv:\s*)*(?:abs/|pdf/)?", "", value.strip(), flags=re.IGNORECASE)
    if new := _ARXIV_NEW.fullmatch(value):
        year, month, number = new.groups()
        digits = 4 if year < "15" else 5
        plausible = "0704" <= year + month <= "9012" and "01" <= month <= "12"
        return ("arxiv", f"{year}{month}.{number}") if plausible and len(number) == digits else None
    if old := _ARXIV_OLD.fullmatch(value):
        archive, year, month, number = old.groups()
        known = archive.lower() in ARCHIVES and "01" <= month <= "12"
        in_time = year + month >= "9107" or year + month <= "0703"
        return ("arxiv", f"{archive.lower()}/{year}{month}{number}") if known and in_time else None
    return None


def _unescaped(value: str) -> str:
    """Undo HTML and percent escapes until nothing changes (three rounds are enough in the wild)."""
    for _ in range(3):
        plain = urllib.parse.unquote(html.unescape(value))
        if plain == value:
            break
        value = plain
    return value


def _doi(value: str) -> Pair | None:
    """Normalise a DOI; arXiv's own DOIs and ACM's local numbers go to their schemes."""
    value = re.sub(r"^(?:doi:?\s*|info:doi/)", "", _unescaped(value).strip().lower())
    value = cut_tail(re.sub(r"^https?://(?:dx\.)?doi\.org/", "", value))
    if value.startswith("10.1.1.") or not _DOI.fullmatch(value):
        return None  # CiteSeerX numbers (10.1.1.x.y) look like DOIs and are not
    if value.startswith("10.48550/arxiv."):
        return _arxiv(value.removeprefix("10.48550/arxiv."))
    if local := re.fullmatch(r"10\.5555/([0-9]+(?:\.[0-9]+)?)", value):
        return "acm", local[1]
    if not value.isascii() or value != _unescaped(value):  # "%80" is no letter
        return None
    return "doi", value


def _nips(value: str) -> Pair | None:
    """Normalise "4824", or "2012/<32 hex>" of the present site."""
    if re.fullmatch(r"[0-9]{1,6}", value):
        return "nips", str(int(value))
    found = re.fullmatch(r"((?:19|20)[0-9]{2})/([0-9a-f]{32})", value.lower())
    return ("nips", found[0]) if found else None


def _acl(value: str) -> Pair | None:
    """Normalise P15-1033 (upper case) and 2020.emnlp-main.499 (lower case), without version."""
    found = re.fullmatch(
        r"([a-z][0-9]{2}-[0-9]{4}[a-f]?|(?:19|20)[0-9]{2}\.[a-z0-9_]+(?:-[a-z0-9_]+)*\.[0-9]+)"
        r"(?:v[0-9]{1,2})?(?:\.pdf)?",
        value.lower(),
    )
    if found is None:
        return None
    return "acl", found[1] if "." in found[1] else found[1][0].upper() + found[1][1:]


def _s2(value: str) -> Pair | None:
    """Normalise a Semantic Scholar hash, or a CorpusId in the spelling the service takes."""
    if re.fullmatch(r"[0-9a-fA-F]{40}", value):
        return "s2", value.lower()
    found = re.fullmatch(r"corpus\s?id:\s?0*([1-9][0-9]{0,11})", value, re.IGNORECASE)
    return ("s2", f"CorpusId:{found[1]}") if found else None


def _pii(value: str) -> Pair | None:
    """Normalise a publisher item identifier: letters and digits only."""
    plain = re.sub(r"[-()/.\s]", "", value).upper()
    return ("pii", plain) if re.fullmatch(r"[A-Z]?[0-9X]{10,24}[A-Z]?", plain) else None


def _shaped(
    scheme: str, pattern: str, change: Callable[[str], str] = str
) -> Callable[[str], Pair | None]:
    """Make a normaliser: the text changed, then its first group if the whole has the shape."""
    shape = re.compile(pattern)

    def normaliser(value: str) -> Pair | None:
        found = shape.fullmatch(change(value))
        return (scheme, found[1]) if found else None

    return normaliser


def _pmcid(value: str) -> Pair | None:
    found = re.fullmatch(r"(?:pmc)?0*([1-9][0-9]{0,9})(?:\.[0-9]+)?", value.lower())
    return ("pmcid", f"PMC{found[1]}") if found else None


# "url" is not here: its value is a cleaned URL, which `cleaning` knows.
_NORMALISERS: dict[str, Callable[[str], Pair | None]] = {
    "arxiv": _arxiv,
    "doi": _doi,
    "openreview": _shaped("openreview", r"([A-Za-z0-9_-]{5,40})"),
    "nips": _nips,
    "pmlr": _shaped("pmlr", r"([vr][0-9]{1,4}/[a-z0-9_-]{2,80})", str.lower),
    "jmlr": _shaped("jmlr", r"(v[0-9]{1,3}/[a-z0-9_-]{2,80})", str.lower),
    "cvf": _shaped("cvf", r"([a-z]{3,10}[0-9]{4}/[^\s/?#]{3,200})", str.lower),
    "acl": _acl,
    "pmid": _shaped("pmid", r"0*([1-9][0-9]{0,8})"),
    "pmcid": _pmcid,
    "ieee": _shaped("ieee", r"0*([1-9][0-9]{2,9})"),
    "acm": _shaped("acm", r"([0-9]{3,12}(?:\.[0-9]{3,12})?)"),
    "dblp": _shaped(
        "dblp",
        r"((?:conf|journals|books|phd|series|reference|tr|ms)/[A-Za-z0-9-]+/[A-Za-z0-9_./-]*[A-Za-z0-9_])",
    ),
    "s2": _s2,
    "openalex": _shaped("openalex", r"(W[1-9][0-9]{3,11})", str.upper),
    "citeseerx": _shaped("citeseerx", r"(10\.1\.1\.[0-9]+\.[0-9]+|[0-9a-f]{40})", str.lower),
    "pii": _pii,
    "hal": _shaped("hal", r"([a-z]+(?:_[a-z]+)?-[0-9]{6,9})(?:v[0-9]+)?", str.lower),
    "euclid": _shaped("euclid", r"([0-9]{6,12})"),
}

SCHEMES = (*_NORMALISERS, "url")


def normalise(scheme: str, value: str) -> Pair | None:
    """Give scheme and value as we store them, or None when the value is not of the scheme.

    A DOI may turn out to belong to another scheme.

    >>> normalise("doi", "10.48550/arXiv.1512.03385")
    ('arxiv', '1512.03385')
    >>> normalise("arxiv", "math.GR/0601136v2")
    ('arxiv', 'math/0601136')
    >>> normalise("arxiv", "1513.03385") is None
    True
    """
    normaliser = _NORMALISERS.get(scheme)
    return normaliser(value.strip()) if normaliser and value.isascii() else None


_LINKS = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "pmlr": "https://proceedings.mlr.press/{}.html",
    "jmlr": "https://jmlr.org/papers/{}.html",
    "acl": "https://aclanthology.org/{}/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "ieee": "https://ieeexplore.ieee.org/document/{}",
    "acm": "https://dl.acm.org/citation.cfm?id={}",
    "dblp": "https://dblp.org/rec/{}.html",
    "s2": "https://www.semanticscholar.org/paper/{}",
    "openalex": "https://openalex.org/{}",
    "citeseerx": "https://citeseerx.ist.psu.edu/viewdoc/summary?doi={}",
    "pii": "https://www.sciencedirect.com/science/article/pii/{}",
    "hal": "https://hal.science/{}",
    "url": "{}",
}


def link(scheme: str, value: str) -> str:
    """Give a page to open in a browser, or "" where the value alone leads nowhere.

    CVF is such a case: its pages need the capitals that the value has lost.
    """
    if scheme == "nips":
        return _nips_link(value)
    if scheme == "acm" and "." in value:
        return f"https://dl.acm.org/doi/10.5555/{value}"
    if scheme == "s2" and value.startswith("CorpusId:"):
        return f"https://api.semanticscholar.org/{value.replace('Id', 'ID')}"
    if scheme == "doi":
        value = urllib.parse.quote(value, safe="/:;().,_-+*!$&'=@~[]")
    return _LINKS.get(scheme, "").format(value)


def _nips_link(value: str) -> str:
    year, _, digest = value.partition("/")
    if not digest:
        return f"https://papers.nips.cc/paper/{value}"
    # Seen 2026-10: from 2022 on the main track is named in the file.
    track = "-Conference" if year >= "2022" else ""
    return f"https://proceedings.neurips.cc/paper_files/paper/{year}/hash/{digest}-Abstract{track}.html"
