"""ACL Anthology: papers of computational linguistics, with abstracts and DOIs from 2015 or so on.

Service: pages at aclanthology.org, one a paper; the same data as XML on GitHub, one file for each
collection (acl-org/acl-anthology, data/xml), asked when several papers of a collection are wanted.
Terms: material from 2016 on is CC BY 4.0. No rate is stated; 1 request/s. The old hosts
(aclweb.org) lead to the same identifiers.
Lacks: reference lists, citations, a search.
Looked at 2026-10.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title, split_notice
from papergraph.sources.meta_tags import parse_landing, read_block
from papergraph.sources.shapes import is_missing, name_identifiers, year_of
from papergraph.sources.source import Fetcher, Reply
from papergraph.sources.xml_trees import Tree, parse_xml, text_at

NAME = "acl"
SOURCE = f"source:{NAME}"
GITHUB = "raw.githubusercontent.com"
"""The host of the collections."""
SITE = "https://aclanthology.org"
FEW = 2
"""So many papers of one collection are read from their pages; more from the collection's file."""

_COLLECTION = re.compile(r"([A-Z][0-9]{2})-[0-9]{4}[a-f]?|([0-9]{4}\.[a-z0-9_]+)-.+")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_PARTS = {"tex-math": "${}$"}


class Acl:
    """The ACL Anthology as a source."""

    name: str = NAME
    schemes: tuple[str, ...] = (NAME,)

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one page."""
        scheme, _, value = identifier.partition(":")
        if scheme != NAME:
            return None
        reply = self._fetcher.get(NAME, f"/{value}/", kind="page")
        return None if is_missing(reply) else SourcedPaper(record=parse_page(reply, value))

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many: pages, or the file of a collection where more than two are of one."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for item in dict.fromkeys(identifiers):
            if (found := _COLLECTION.fullmatch(item.removeprefix(f"{NAME}:"))) is not None:
                wanted[found[1] or found[2]].append(item)
        answers: dict[str, SourcedPaper] = {}
        for collection, items in wanted.items():
            records = self._collection(collection) if len(items) > FEW else {}
            for item in items:
                record = records.get(item)
                paper = SourcedPaper(record=record) if record else self.paper(item)
                answers |= {item: paper} if paper else {}
        return answers

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Nothing: the site's search is no service, and Crossref and DBLP know these titles."""
        return ()

    def references(self, identifier: str) -> ReferenceList:
        """Nothing: the Anthology has no reference lists."""
        return ReferenceList(state="unknown")

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Nothing: the Anthology does not say who cites."""
        return ()

    def _collection(self, name: str) -> dict[str, PaperRecord]:
        path = f"/acl-org/acl-anthology/master/data/xml/{name}.xml"
        reply = self._fetcher.get(NAME, path, kind="page", host=GITHUB)
        if is_missing(reply):
            return {}
        records = parse_collection(reply.body)
        return {name: record for record in records for name in record.identifiers}


def parse_page(reply: Reply, value: str) -> PaperRecord:
    """Read the page of a paper; raises SourceError when it has no tags."""
    abstract = read_block(reply.text, "acl-abstract")
    return parse_landing(reply, named=((NAME, value),), abstract=abstract)


def parse_collection(body: bytes) -> tuple[PaperRecord, ...]:
    """Read the file of a collection; raises SourceError when it is none."""
    tree = parse_xml(body, NAME)
    collection = tree.get("id", "")
    if tree.tag != "collection" or not collection:
        raise SourceError(f"{NAME} answered {body[:60]!r}, which is no collection; report this")
    return tuple(
        record
        for volume in tree.iter("volume")
        for paper in volume.iter("paper")
        if (record := parse_paper(paper, volume, collection)) is not None
    )


def parse_paper(paper: Tree, volume: Tree, collection: str) -> PaperRecord | None:
    """Make a record of one paper of a volume; None for one without title."""
    title, tags = split_notice(clean_title(_text(paper.find("title"))))
    value = number_of_paper(collection, volume.get("id", ""), paper.get("id", ""))
    if not title or not value:
        return None
    meta = volume.find("meta")
    year = year_of(text_at(meta, "year"))
    taken_back = {"retracted" for _ in paper.iter("retracted")}
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=tuple(_people(paper)),
        year=year,
        published=_month(year, text_at(meta, "month")),
        venue=clean_title(_text(meta.find("booktitle")) if meta is not None else "") or None,
        abstract=clean_abstract(_text(paper.find("abstract"))) or None,
        url=f"{SITE}/{value}/",
        identifiers=name_identifiers((NAME, value), ("doi", text_at(paper, "doi"))),
        tags=tuple(sorted({*tags, *taken_back})),
        pdf=_pdf(text_at(paper, "url")),
    )


def number_of_paper(collection: str, volume: str, paper: str) -> str:
    """Write the identifier of a paper; workshops of old style have two digits for the volume.

    >>> number_of_paper("P15", "1", "33"), number_of_paper("W14", "3", "4")
    ('P15-1033', 'W14-0304')
    >>> number_of_paper("2021.naacl", "main", "208")
    '2021.naacl-main.208'
    """
    if not paper:
        return ""
    if "." in collection:
        return f"{collection}-{volume}.{paper}"
    if not (volume.isdigit() and paper.isdigit()):
        return ""
    # As the Anthology's own code has it.
    is_long = collection[0] == "W" or collection == "C69" or (collection == "D19" and volume >= "5")
    if is_long:
        return f"{collection}-{int(volume):02}{int(paper):02}"
    return f"{collection}-{int(volume)}{int(paper):03}"


def _text(tree: Tree | None) -> str:
    """Take the text of an element whose words are marked one by one, formulas in TeX."""
    if tree is None:
        return ""
    parts = [tree.text or ""]
    for child in tree:
        parts += [_PARTS.get(str(child.tag), "{}").format(_text(child)), child.tail or ""]
    return "".join(parts)


def _people(paper: Tree) -> Iterator[str]:
    for author in paper.findall("author"):
        name = clean_name(f"{text_at(author, 'first')} {text_at(author, 'last')}")
        if name:
            yield name


def _month(year: int | None, month: str) -> str | None:
    first = month.lower().replace("–", " ").replace("-", " ").replace("/", " ").split()
    if year is None or not first or first[0] not in _MONTHS:
        return None
    return f"{year}-{_MONTHS.index(first[0]) + 1:02}"


def _pdf(place: str) -> str | None:
    if not place:
        return None
    return place if "://" in place else f"{SITE}/{place}.pdf"
