"""The links of a block, judged: to a paper, to somebody's note on one, to something else."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from papergraph.identifiers import UrlReading, find_identifiers, read_url
from papergraph.readers.blocks import Inline, Link
from papergraph.readers.titles import label_kind

_NOTE_PATH = re.compile(
    r"(?:\.(?:md|markdown|mkd|ipynb|org|rst|adoc|html?)|/|^[\w%./ -]+)$", re.IGNORECASE
)
_SKIP_PATH = re.compile(
    r"^(?:#|mailto:|javascript:|data:|tel:|file:|\{)|\.(?:png|jpe?g|gif|svg|webp|mp4|zip|gz|py|js|css|"
    r"cpp|c|h|sh|csv|json|ya?ml|toml|pptx?|xlsx?)$|(?:^|/)(?:readme(?:[_.-][\w-]{2,12})?|"
    r"contributing|install|security|licen[cs]e|code_of_conduct|changelog|index|about|contact|archive|"
    r"tags?|categories)(?:\.\w+)?/?$",
    re.IGNORECASE,
)
# of a repository elsewhere; its README may be a note on a paper, in another language it is none
_PROJECT_FILE = re.compile(
    r"/(?:readme[_.-][\w-]{2,12}|contributing|install|security|licen[cs]e|code_of_conduct|changelog)"
    r"\.\w+$",
    re.IGNORECASE,
)
_NOTE_KINDS = frozenset({"review-page", "notes"})
_PAGE_KINDS = frozenset({"page", "home", "blog"})
_WEAK_KINDS = frozenset({"personal-pdf", "project-page", "file-share", "publication-page"})
_NO_PAPER_FILE = re.compile(
    r"(?:^|[/_.-])(?:slides?|lectures?|teaching|resume|cv|homework|syllabus|poster)(?:[/_.\d(%-]|$)",
    re.IGNORECASE,
)
_STRONG = re.compile(r"^\W*(?:(?:white ?|original |full |the )?paper|pdf|arxiv)\W*$", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:|ftp:)?//|www\.|(?:arxiv|doi|openreview)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLink:
    """A link with what its address says and what its words are.

    `target` is "paper", "likely" (a PDF or project page without identifier), "maybe" (an address
    that may be a paper's), "page" (a page or blog of unknown use), "note" (the author's own page or
    file on a paper, perhaps), "wiki" (a note of the author's, by its name) or "other". `label` is
    `label_kind` of its words, or "weak" for words such as "here" that say nothing.
    """

    start: int
    end: int
    url: str
    words: str
    target: str
    label: str | None
    identifier: str | None = None

    @property
    def is_paper(self) -> bool:
        """Whether it leads to a paper, by its address or by its label."""
        if self.target in ("paper", "likely"):
            return True
        if self.target == "maybe":
            return self.label == "paper" or (self.label == "weak" and ".pdf" in self.url.lower())
        return self.target == "page" and self.label == "paper" and bool(_STRONG.search(self.words))

    @property
    def is_label(self) -> bool:
        """Whether its words only say that here is a paper."""
        return self.label in ("paper", "weak")


_IDENTIFIER_WORDS = ("arxiv", "doi", "openreview", "pubmed", "pmid", "pmc")
_NO_NAME = re.compile(r"[\d\s./-]+|daily .*")
_NUMBERED = re.compile(r"\d\.\d{4}")  # as DOIs and arXiv's numbers are


@lru_cache(maxsize=50_000)
def _read(url: str) -> UrlReading:
    return read_url(url)


def judge_links(inline: Inline) -> tuple[JudgedLink, ...]:
    """Judge every link of a block, and take bare identifiers in its words for links too."""
    judged = [
        _judge(link.start, link.end, link.url, inline.words_of(link))
        if link.note is None
        else _judge_wiki(link, link.note)
        for link in inline.links
    ]
    if _may_hold_identifier(inline.text):
        starts = sorted((link.start, link.end) for link in inline.links)
        for start, end, identifier in find_identifiers(inline.text):
            place = bisect_left(starts, (end, 0))
            if not any(start < after for _, after in starts[max(place - 3, 0) : place]):
                words = inline.text[start:end]
                judged.append(
                    JudgedLink(
                        start=start,
                        end=end,
                        url="",
                        words=words,
                        target="paper",
                        label="paper",
                        identifier=str(identifier),
                    )
                )
    return tuple(sorted(judged, key=lambda link: (link.start, link.end)))


def _may_hold_identifier(text: str) -> bool:
    low = text.lower()
    return any(word in low for word in _IDENTIFIER_WORDS) or bool(_NUMBERED.search(low))


def _judge_wiki(link: Link, note: str) -> JudgedLink:
    """A link to a note by its name: perhaps the name of a paper, perhaps of anything else."""
    is_name = label_kind(note) is None and not _NO_NAME.fullmatch(note)
    return JudgedLink(
        start=link.start,
        end=link.end,
        url=link.url,
        words=note,
        target="wiki" if is_name else "other",
        label=None,
    )


def _judge(start: int, end: int, url: str, words: str) -> JudgedLink:
    label = label_kind(words)
    target, identifier = _target(url)
    if label == "other":
        is_known = identifier and target == "paper" and words.casefold() != "code"
        target = "paper" if is_known else "other"
        label = "paper" if target == "paper" else label
    return JudgedLink(
        start=start,
        end=end,
        url=url,
        words=words,
        target=target,
        label=label,
        identifier=identifier,
    )


def _target(url: str) -> tuple[str, str | None]:
    if not _REMOTE.match(url):
        return _local_target(url), None
    reading = _read(url if "//" in url else f"https://{url}")
    identifier = str(reading.identifier) if reading.identifier else None
    is_weak = reading.kind in _WEAK_KINDS and identifier is None
    if is_weak and _NO_PAPER_FILE.search(url):
        return "other", None
    if reading.is_paper:
        return ("likely" if is_weak else "paper"), identifier
    if reading.is_paper is None:
        return "maybe", identifier
    if reading.kind in _NOTE_KINDS or _is_note_file(url):
        return ("other" if _PROJECT_FILE.search(url) else "note"), None
    return ("page" if reading.kind in _PAGE_KINDS else "other"), None


def _local_target(url: str) -> str:
    """Judge a path within the author's own files."""
    url = re.split(r"[?#]", url, maxsplit=1)[0]
    if not url or _SKIP_PATH.search(url):
        return "other"
    if re.search(r"\.(?:pdf|ps)(?:\.gz)?$", url, re.IGNORECASE):
        return "other" if _NO_PAPER_FILE.search(url) else "paper"
    return "note" if _NOTE_PATH.search(url) else "other"


def _is_note_file(url: str) -> bool:
    return bool(re.search(r"/blob/[^?#]+\.(?:md|markdown|org|rst)$", url, re.IGNORECASE))
