"""Tell links that are not papers: videos, code, blogs, courses, people, shops and so on.

Hosts are listed by kind; shapes of host and path generalise to hosts nobody listed.
A link that no rule knows stays unknown.
"""

import re

from papergraph.identifiers.other_hosts import (
    FILE_SHAPES,
    HOST_SHAPES,
    HOSTS_BY_KIND,
    PATH_SHAPES,
    REVIEW_FOLDER,
    Shapes,
)
from papergraph.identifiers.places import Place
from papergraph.identifiers.rules import Finding, words_of_slug

_UNKNOWN_KINDS = frozenset(("file-share", "shortener"))
_BY_HOST = {
    name: kind for kind, names in HOSTS_BY_KIND.items() for name in names.split() if "/" not in name
}
_BY_FOLDER = {
    name: kind for kind, names in HOSTS_BY_KIND.items() for name in names.split() if "/" in name
}

_HOME = re.compile(r"/*(?:(?:index|home|default|main|welcome)(?:\.\w+)?/?)?")
# Hosts whose every subdomain is a small site of its own: its root may be a paper's page.
_SITE_HOSTS = re.compile(
    r".+\.(?:github|gitlab|bitbucket)\.io$|.+\.(?:netlify|vercel|pages)\.(?:app|com|dev)$"
)
_ACADEMIC = re.compile(
    r".+\.edu(?:\.[a-z]{2})?$|.+\.ac\.[a-z]{2}$|(?:.+\.)?(?:uni-|tu-|th-|fh-|eth|epfl|inria|mpi-|mpg|cnrs|ens)[^.]*\..*"
)
_PROJECT = re.compile(r"/(?:.*/)?(?:people|~[^/]+)/(?:[^/]+/)?(?:projects?/|research/)?[^/.]+/?$")
_PUBLICATION = re.compile(
    r"/(?:.*/)?(?:publications?|pubs?|papers?)/(?:[^/]+/)*[^/]+$|/(?:.*/)?(?:publications?|pubs?|papers?)/(?:[^/]+/)+$"
)
# Open Journal Systems, and the page of one publication on a group's or person's site.
_JOURNAL_SOFTWARE = re.compile(r"/article/(?:view|viewfile|download)/[0-9]+")
_PUBLICATION_PAGE = re.compile(r"/(?:[^/]+/){0,3}publications?/[^/]*[a-z][^/]*/?")
# Slugs of posts that explain; titles of papers hardly begin so and run on.
_EXPLAINER = re.compile(
    r"/(?:[^/]*-)?(?:intro(?:duction)?-to|(?:gentle|brief|short|quick|visual)-(?:intro|history|guide)|illustrated|how-to"
    r"|guide-to|beginners?|demystif[a-z]+|explained|from-scratch|what-(?:is|are|you|i)|hands-on|getting-started"
    r"|step-by-step|cheat-?sheet|interview|in-python|with-(?:python|keras|tensorflow|pytorch)|part-[0-9i]+)"
    r"(?:-[^/]*)?(?:/|\.html?)?$"
)
_PAPER_FILE = re.compile(r".*\.(?:pdf|ps|ps\.gz|ps\.z|pdf\.gz|djvu|dvi)$")
_DOUBTFUL_FILE = re.compile(
    r"(?:^|[^a-z])(?:slides?|talks?|presentation|resume|r[eé]sum[eé]|cv|vita|handouts?|lectures?|lec-?[0-9]+|syllabus"
    r"|posters?|homework|hw[0-9]+|assignment|exam|quiz|solutions?|tutorials?|howto|how-?to-?[a-z]+|cheat-?sheets?"
    r"|brochure|flyer|schedule|program|agenda|manual|readme|book|textbook|notes?|report-?card|thesis-?template"
    r"|invited|keynote|supp(?:lement(?:ary|al)?)?|appendix|erratum)(?:$|[^a-z])|howtoread|slides?$|poster$|^lecture|cheatsheet"
)
_DOUBTFUL_FOLDER = re.compile(
    r"/(?:class(?:es)?|courses?|teaching|lectures?|slides?|talks?|posters?|handouts?|notes|presentations?|tutorials?|syllabus|homework|cv)/"
)


_READINGS = re.compile(r"/(?:papers?|readings?)/")


def read_file(place: Place) -> Finding | None:
    """Read a link to a paper-like file (PDF, PostScript) on a host no rule knows."""
    path = place.path.lower()
    if place.host == "github.com" and not re.match(r"/[^/]+/[^/]+/(?:blob|raw|files)/", path):
        return None
    if not _PAPER_FILE.match(path):
        return None
    name = re.sub(r"(?:\.[a-z]{1,4})+$", "", path.rpartition("/")[2])
    in_course = _DOUBTFUL_FOLDER.search(path) or _shape_of_host(place.host) == "course"
    doubtful = (
        _DOUBTFUL_FILE.search(name)
        or (in_course and not _READINGS.search(path))
        or _kind_by_host(place) in ("slides", "video", "course", "shop", "file-share")
    )
    return Finding(kind="personal-pdf", is_paper=None if doubtful else True)


def read_other(place: Place) -> Finding:
    """Read a link that is not known to be a paper: say what else it is, or that nobody knows."""
    path = place.path.lower()
    if kind := _first_shape(FILE_SHAPES, path):
        return Finding(kind=kind, is_paper=False)
    if kind := _kind_by_host(place):
        return Finding(kind=kind, is_paper=None if kind in _UNKNOWN_KINDS else False)
    if _SITE_HOSTS.match(place.host) and _HOME.fullmatch(path):
        return Finding(kind="project-page")
    if _HOME.fullmatch(path) and not place.query:
        return Finding(kind="home", is_paper=False)
    if kind := _shape_of_host(place.host) or _first_shape(PATH_SHAPES, path):
        return Finding(
            kind=kind, is_paper=False, hint=_review_hint(place) if kind == "review-page" else None
        )
    return _read_unlisted(place, path)


def _read_unlisted(place: Place, path: str) -> Finding:
    if _JOURNAL_SOFTWARE.search(path) or _PUBLICATION_PAGE.fullmatch(path):
        return Finding(kind="publication-page", is_paper=True)
    if _EXPLAINER.search(path) or re.fullmatch(r"(?:.*&)?p=[0-9]{1,6}(?:&.*)?", place.query):
        return Finding(kind="blog", is_paper=False)
    if _ACADEMIC.match(place.host) or place.host.startswith("research."):
        return _read_academic(path)
    return Finding(kind="page")


def _read_academic(path: str) -> Finding:
    if _PUBLICATION.match(path):
        return Finding(kind="publication-page", is_paper=True)
    if re.search(r"/people/[^/]+/(?!.*(?:js|machinelearning)/?$)[^/.]+/?$", path):
        return Finding(kind="project-page", is_paper=True)
    return Finding(kind="project-page" if _PROJECT.match(path) else "page")


def _kind_by_host(place: Place) -> str | None:
    for domain in place.domains:
        for folder, kind in _BY_FOLDER.items():
            if place.segments and folder == f"{domain}/{place.segments[0]}":
                return kind
        if domain in _BY_HOST:
            return _BY_HOST[domain]
    return None


def _shape_of_host(host: str) -> str | None:
    return next((kind for kind, shape in HOST_SHAPES if shape.match(host)), None)


def _first_shape(shapes: Shapes, path: str) -> str | None:
    return next((kind for kind, shape in shapes if shape.match(path)), None)


def _review_hint(place: Place) -> str | None:
    """Give the words of the last step below a folder of reviews."""
    found = re.search(rf"/{REVIEW_FOLDER}/(?:[^/]+/)*([^/]+)/?$", place.path, re.IGNORECASE)
    return (words_of_slug(found[1]) or None) if found else None
