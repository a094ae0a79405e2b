"""The hosts that may be asked, whose they are, and how politely each group of them is asked.

Limits as read in the services' own documents and seen in their answers, 2026-10.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

JSON = "application/json"
CSL = "application/vnd.citationstyles.csl+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a group of hosts is asked; all times are seconds.

    `spacing` lies between the starts of two requests, `search` between two searches, `parallel` may
    be open at once. A request is tried `tries` times, waiting `backoff`, then twice that, and so
    on. A status of `trips`, or a hang when `hang_trips`, silences the group at once; after
    `silence` one request tries whether it answers again.
    """

    spacing: float = 1.0
    search: float = 0.0
    parallel: int = 1
    tries: int = 4
    backoff: float = 2.0
    silence: float = 600.0
    trips: tuple[int, ...] = ()
    hang_trips: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Hosts with one limit together. `keyed` holds with a key, or with a contact address."""

    name: str
    manners: Manners = Manners()
    keyed: Manners | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """One host of one source; the first of a source is the one asked by default.

    `spacing` is what its own robots.txt asks for beyond that of the group, `kind` that of all it
    serves, if it is one. `is_page` says that it serves pages, to which robots.txt applies.
    `is_guarded` says that a user or a page named it: only public addresses are connected to.
    """

    name: str
    source: str
    group: Group
    accepts: str = JSON
    spacing: float = 0.0
    timeout: float = 30.0
    kind: str | None = None
    is_page: bool = False
    is_guarded: bool = False


# "make no more than one request every three seconds, and limit requests to a single connection at a
# time", all machines together; a little more, as a new connection takes longer than an open one.
_ARXIV = Group(
    name="arxiv", manners=Manners(spacing=3.2, tries=3, trips=(406, 429, 503), hang_trips=True)
)
# With a key 1 request a second. Without, 13 of 22 calls in 35 minutes were refused (2026-10-01).
_S2 = Group(
    name="s2",
    manners=Manners(spacing=6.5, tries=3, silence=60.0, trips=(429,)),
    keyed=Manners(spacing=1.1, tries=7),
)
# Credits a day are the limit, see credits.py; 100 requests a second.
_OPENALEX = Group(name="openalex", manners=Manners(spacing=0.1, parallel=4, backoff=1.0))
# "x-rate-limit-limit: 5, x-concurrency-limit: 1" without, 10 and 3 with an address; headers obeyed.
_CROSSREF = Group(
    name="crossref", manners=Manners(spacing=0.34), keyed=Manners(spacing=0.34, parallel=3)
)
# 3 a second, 10 with a key.
_NCBI = Group(
    name="ncbi",
    manners=Manners(spacing=0.37, tries=3, backoff=15.0),
    keyed=Manners(spacing=0.11, tries=3, backoff=15.0),
)
_DATACITE = Group(name="datacite")
_NIPS = Group(name="nips")
_GITHUB = Group(name="github")
# 500 in 300 s, searches 50.
_HF = Group(name="hf", manners=Manners(spacing=0.7, search=6.0))
# 180 in 60 s.
_OPENREVIEW = Group(name="openreview", manners=Manners(spacing=0.4))
_CVF = Group(name="cvf")
_ACL = Group(name="acl")
_DOI = Group(name="doi")
_OPENCITATIONS = Group(name="opencitations")


def _page(name: str, source: str, group: Group, spacing: float = 0.0) -> Host:
    return Host(name=name, source=source, group=group, accepts="*/*", spacing=spacing, is_page=True)


HOSTS = (
    Host(name="export.arxiv.org", source="arxiv", group=_ARXIV, accepts="*/*"),
    _page("arxiv.org", "arxiv", _ARXIV, spacing=15.0),  # "Crawl-delay: 15"
    Host(name="oaipmh.arxiv.org", source="arxiv", group=_ARXIV, accepts="*/*", timeout=60.0),
    Host(name="rss.arxiv.org", source="arxiv", group=_ARXIV, accepts="*/*", kind="feed"),
    Host(name="api.semanticscholar.org", source="s2", group=_S2),
    Host(name="api.openalex.org", source="openalex", group=_OPENALEX),
    Host(name="api.crossref.org", source="crossref", group=_CROSSREF),
    Host(name="api.datacite.org", source="datacite", group=_DATACITE),
    Host(name="dblp.org", source="dblp", group=Group(name="dblp"), accepts="*/*"),
    Host(name="api2.openreview.net", source="openreview", group=_OPENREVIEW),
    Host(name="api.openreview.net", source="openreview", group=_OPENREVIEW),
    _page("proceedings.neurips.cc", "nips", _NIPS),
    _page("papers.nips.cc", "nips", _NIPS),
    _page("proceedings.mlr.press", "pmlr", Group(name="pmlr")),
    Host(name="raw.githubusercontent.com", source="pmlr", group=_GITHUB, accepts="*/*"),
    _page("jmlr.org", "jmlr", Group(name="jmlr")),
    _page("openaccess.thecvf.com", "cvf", _CVF),
    _page("www.cv-foundation.org", "cvf", _CVF),
    _page("aclanthology.org", "acl", _ACL),
    _page("www.aclweb.org", "acl", _ACL),
    Host(name="raw.githubusercontent.com", source="acl", group=_GITHUB, accepts="*/*"),
    Host(name="eutils.ncbi.nlm.nih.gov", source="pubmed", group=_NCBI, accepts="*/*"),
    Host(name="www.ncbi.nlm.nih.gov", source="pubmed", group=_NCBI, accepts="*/*"),
    Host(name="api.opencitations.net", source="opencitations", group=_OPENCITATIONS),
    Host(name="opencitations.net", source="opencitations", group=_OPENCITATIONS),
    Host(name="api.unpaywall.org", source="unpaywall", group=Group(name="unpaywall")),
    Host(name="huggingface.co", source="hf", group=_HF),
    # doi.org hands a request for metadata on to the agency of the DOI.
    Host(name="doi.org", source="doi", group=_DOI, accepts=CSL),
    Host(name="api.crossref.org", source="doi", group=_CROSSREF, accepts=CSL),
    Host(name="data.crossref.org", source="doi", group=_CROSSREF, accepts=CSL),
    Host(name="api.datacite.org", source="doi", group=_DATACITE, accepts=CSL),
    Host(name="data.datacite.org", source="doi", group=_DATACITE, accepts=CSL),
    Host(name="data.crosscite.org", source="doi", group=_DATACITE, accepts=CSL),
)
SOURCES = tuple(dict.fromkeys(host.source for host in HOSTS))


def find_host(source: str, name: str | None = None) -> Host:
    """Find a host of a source by its name; the default one without.

    Raises
    ------
    ValueError
        When the source has no such host: the mistake is in the program.
    """
    for host in HOSTS:
        if host.source == source and name in (None, host.name):
            return host
    raise ValueError(f"no host {name!r} of the source {source!r} is known")


def host_of(url: str, source: str) -> Host | None:
    """Find the host a URL leads to, one of the given source first; None when it is not known."""
    name = (urlsplit(url).hostname or "").lower()
    found = [host for host in HOSTS if host.name == name]
    return min(found, key=lambda host: host.source != source, default=None)


def named_host(netloc: str) -> Host:
    """Make a host of one that a user or a page named.

    >>> named_host("blog.example.org").group.name
    'web-blog.example.org'
    """
    known = next((host for host in HOSTS if host.name == netloc), None)
    return Host(
        name=netloc,
        source="web",
        group=known.group if known else Group(name=f"web-{netloc}"),
        accepts="text/html, application/xhtml+xml, application/pdf, text/*, */*;q=0.5",
        spacing=known.spacing if known else 0.0,
        is_page=True,
        is_guarded=True,
    )
