"""Small text rules of the starter library: keys, author lists, identifiers in links, months."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

_TEX = re.compile(r"\\['`^\"~=.uvHtcdbk]|[{}$\\]")
_MARKS = re.compile(r"[∗*†‡§]")
_ET_AL = re.compile(r",?\s*(and\s+)?\bet\.?\s*al\b\.?|\(.*?\)", re.IGNORECASE)
# "G. E.", "D", "J.-B.", "W.-t": what stands after a surname in reference strings
_INITIALS = re.compile(r"[^\W\d_]\.?(?:[\s.-]+[^\W\d_]\.?)*$|[A-Z]{1,3}$")
_SCHEME_ORDER = (
    "arxiv", "doi", "nips", "pmlr", "jmlr", "cvf", "acl", "openreview", "ieee", "acm", "pmid",
    "citeseerx", "s2",
)  # fmt: skip

# The forms were seen in reviews and in the facts; one group each, or two joined as shown.
_LINKS: tuple[tuple[str, str, str], ...] = (
    ("doi", r"(?:dx\.)?doi\.org/(10\.\d{4,}/[^\s?#]+)", "{0}"),
    ("doi", r"(?:acm|pnas)\.org/doi/(?:pdf/|abs/)?(10\.(?!5555)\d{4,}/[^\s?#]+)", "{0}"),
    ("doi", r"projecteuclid\.org/journals/\S+/(10\.\d{4,}/\w+/\d+)", "{0}"),
    ("doi", r"link\.springer\.com/(?:article|chapter)/(10\.\d{4,}/[^\s?#]+)", "{0}"),
    ("doi", r"nature\.com/articles/([\w-]+)", "10.1038/{0}"),
    ("acm", r"dl\.acm\.org/doi/10\.5555/([\d.]+)", "{0}"),
    ("nips", r"(?:papers|proceedings)\.(?:nips|neurips)\.cc/paper/(\d+)-", "{0}"),
    ("nips", r"\.(?:nips|neurips)\.cc/paper(?:_files/paper)?/(\d{4})/\w+/(\w{32})", "{0}/{1}"),
    ("openreview", r"openreview\.net/(?:forum|pdf)\?id=([\w-]+)", "{0}"),
    ("pmlr", r"proceedings\.mlr\.press/(v\d+)/([\w-]+?)(?:/|\.html|$)", "{0}/{1}"),
    ("pmlr", r"jmlr\.org/proceedings/papers/(v\d+)/([\w-]+?)(?:/|\.pdf)", "{0}/{1}"),
    ("jmlr", r"jmlr\.org/papers/(?:volume|v)(\d+)/([\w-]+?)(?:/|\.html|$)", "v{0}/{1}"),
    ("cvf", r"/content_(\w+?)_(\d{4})/(?:papers|html)/([\w-]+)\.(?:pdf|html)", "{0}{1}/{2}"),
    ("acl", r"aclanthology\.org/([\w.-]+?)(?:\.pdf|/|$)", "{0}"),
    ("acl", r"aclweb\.org/(?:anthology/)?(?:\w/\w\d\d/)?(\w\d\d-\d{4})", "{0}"),
    ("ieee", r"ieeexplore\.ieee\.org/(?:abstract/)?document/(\d+)", "{0}"),
    ("ieee", r"ieeexplore\.ieee\.org/\S*arnumber=(\d+)", "{0}"),
    ("pmid", r"ncbi\.nlm\.nih\.gov/pubmed/(\d+)", "{0}"),
    ("s2", r"semanticscholar\.org/paper/[^/\s]+/([0-9a-f]{40})", "{0}"),
    ("citeseerx", r"citeseerx\.ist\.psu\.edu/\S*doi=(10\.1\.1\.[\d.]+)", "{0}"),
    ("s2", r"pdfs\.semanticscholar\.org/([0-9a-f]{4})/([0-9a-f]{36})\.pdf", "{0}{1}"),
)  # fmt: skip
_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf)/((?:\d{4}\.\d{4,5})|(?:[a-z-]+/\d{7}))", re.IGNORECASE)


def title_key(title: str) -> str:
    """Reduce a title to its letters and figures, without case and accents.

    >>> title_key("Glove: Global Vectors")
    'gloveglobalvectors'
    """
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def nickname_key(nickname: str) -> str:
    """Reduce a nickname as a title; a plus sign counts, as it tells models apart.

    >>> nickname_key("DeepLabV3+"), nickname_key("VGG Net")
    ('deeplabv3plus', 'vggnet')
    """
    return title_key(nickname.replace("+", "plus"))


def split_authors(text: str) -> tuple[str, ...]:
    """Split a list of names, or a reference string, into names with the surname last.

    A form that cannot be told is split at its commas. "et al" is left out.

    >>> split_authors("Bengio, Y., Simard, P., and Frasconi, P")
    ('Y. Bengio', 'P. Simard', 'P. Frasconi')
    >>> split_authors("Hinton, Geoffrey, Oriol Vinyals, and Jeff Dean")
    ('Geoffrey Hinton', 'Oriol Vinyals', 'Jeff Dean')
    >>> split_authors("Y. LeCun B. Boser J. S. Denker")
    ('Y. LeCun', 'B. Boser', 'J. S. Denker')
    """
    clean = _ET_AL.sub("", _MARKS.sub("", _TEX.sub("", text)))
    if ";" in clean:
        return _tidy_names(clean.split(";"))
    parts = _tidy_names(re.split(r",\s*(?:and\s+)?|\s+and\s+|\s+&\s+", clean))
    if len(parts) < 2:
        return tuple(name for part in parts for name in _split_run(part))
    if _is_paired(parts):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return tuple(f"{given} {surname}" for surname, given in pairs)
    if _starts_reversed(parts):
        return (f"{parts[1]} {parts[0]}", *parts[2:])
    return parts


def _tidy_names(names: Iterable[str]) -> tuple[str, ...]:
    tidy = (" ".join(name.split()).strip(" ,;") for name in names)
    return tuple(name + "." if re.search(r"(?:^| )[A-Z]$", name) else name for name in tidy if name)


def _split_run(text: str) -> tuple[str, ...]:
    """Split "Y. LeCun B. Boser": names that follow each other without a mark between them."""
    runs = re.findall(r"(?:[A-Z]\. ?)+[^\W\d_][\w'-]+", text)
    return tuple(runs) if len(runs) > 1 and " ".join(runs) == text else (text,)


def _is_paired(parts: Sequence[str]) -> bool:
    """Say whether names come as "surname, given" throughout."""
    if len(parts) % 2 or len(parts) < 2:
        return False
    if all(_INITIALS.match(part) for part in parts[1::2]):
        return True
    return len(parts) > 2 and all(" " not in part for part in parts[::2])


def _starts_reversed(parts: Sequence[str]) -> bool:
    """Say whether only the first name is reversed, as in the MLA form."""
    given = re.fullmatch(r"[^\W\d_][\w-]+(?: [A-Z]\.?)?", parts[1])
    return " " not in parts[0] and bool(given) and all(" " in part for part in parts[2:])


def identifiers_of_url(url: str) -> Iterator[str]:
    """Yield the identifiers a link spells out, in lower case except OpenReview's and old ACL ids.

    >>> list(identifiers_of_url("http://anthology.aclweb.org/D/D14/D14-1162.pdf"))
    ['acl:D14-1162']
    """
    plain = unquote(url).replace("&embed", "")
    for scheme, pattern, form in _LINKS:
        if match := re.search(pattern, plain, re.IGNORECASE):
            value = form.format(*match.groups())
            yield f"{scheme}:{value}" if scheme == "openreview" else lower_identifier(scheme, value)


def lower_identifier(scheme: str, value: str) -> str:
    """Write an identifier in lower case, but an old ACL id (P15-1033) in upper case."""
    is_old_acl = scheme == "acl" and "." not in value
    return f"{scheme}:{value.upper() if is_old_acl else value.lower()}"


def find_identifiers(
    row: Mapping[str, str], records: Sequence[Mapping[str, object]]
) -> tuple[str, ...]:
    """Collect a landmark's identifiers from its row and from corpus records of its title.

    An arXiv id is taken from the row, else from a record of the same title, else from the row's
    own link; never from two of them.
    """
    same = [r for r in records if title_key(str(r["title"])) == title_key(row["title"])]
    found = [f"arxiv:{arxiv}" for arxiv in _find_arxiv(row, same)]
    dois = [row["doi"], *(str(record.get("doi") or "") for record in same)]
    found += [f"doi:{doi.lower()}" for doi in dois if doi and "arxiv" not in doi.lower()]
    found += [lower_identifier("acl", str(r["acl"])) for r in same if r.get("acl")]
    urls = [
        *row["url"].split(),
        *(str(r.get(key) or "") for r in same for key in ("url", "url_venue")),
    ]
    for url in urls:
        found += identifiers_of_url(url)
    own = urls[0] if row["url"] else ""
    if own and "arxiv.org" not in own and not list(identifiers_of_url(own)):
        found.append(f"url:{own}")  # reviews link such pages and nothing else
    return join_identifiers(found)


def _find_arxiv(row: Mapping[str, str], same: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    candidates = [row["arxiv"], *(str(record.get("arxiv") or "") for record in same)]
    if match := _ARXIV.search(unquote(row["url"])):
        candidates.append(match.group(1))
    return tuple(c for c in candidates if c)[:1]


def join_identifiers(identifiers: Iterable[str]) -> tuple[str, ...]:
    """Drop repeated identifiers and order them by scheme."""
    unique = dict.fromkeys(identifiers)
    order = {scheme: position for position, scheme in enumerate(_SCHEME_ORDER)}
    return tuple(sorted(unique, key=lambda i: (order.get(i.split(":")[0], len(order)), i)))


def published_month(identifiers: Iterable[str], year_first: str) -> str:
    """Return "YYYY-MM" from an arXiv id, when the paper is not known to be older than that.

    >>> published_month(["arxiv:1512.03385"], "2015")
    '2015-12'
    >>> published_month(["arxiv:1904.09237"], "2018")
    ''
    """
    for identifier in identifiers:
        match = re.match(r"arxiv:(\d\d)(\d\d)\.", identifier)
        if match and 0 <= int(year_first) - 2000 - int(match.group(1)) <= 1:
            return f"20{match.group(1)}-{match.group(2)}"
    return ""
