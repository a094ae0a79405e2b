"""What NCBI's E-utilities answer, read: articles, summaries, searches, links, conversions.

Shapes of 2018 to 2025: a DOCTYPE in front of the XML, markup (i, sub, sup, MathML) inside titles
and abstracts, old records without abstract, errors inside an answer with status 200.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.errors import SourceError
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title, split_notice
from papergraph.sources.shapes import (
    Object,
    expect_object,
    month_of,
    name_identifiers,
    objects,
    stub,
    text_of,
    year_of,
)
from papergraph.sources.xml_trees import Tree, markup_of, parse_xml, text_at

NAME = "pubmed"
SOURCE = f"source:{NAME}"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IDS = {"pubmed": "pmid", "pmc": "pmcid", "pmid": "pmid", "pmcid": "pmcid", "doi": "doi"}
_TAKEN_BACK = {"Retracted Publication", "Withdrawn Publication"}
_RETRACTIONS = {"RetractionIn", "PartialRetractionIn"}
# A title that PubMed has translated stands in brackets: "[On water]."
_TRANSLATED = re.compile(r"\[(.+)\]\.?")


def parse_articles(body: bytes) -> tuple[SourcedPaper, ...]:
    """Read an answer of efetch: articles with their references; books are left out.

    Raises SourceError when it is an error, or no such answer.
    """
    tree = _read(body, "PubmedArticleSet")
    papers = (parse_article(article) for article in tree.iter("PubmedArticle"))
    return tuple(paper for paper in papers if paper is not None)


def parse_article(article: Tree) -> SourcedPaper | None:
    """Make a paper of one article; None without title or number."""
    cited = article.find("MedlineCitation")
    told = None if cited is None else cited.find("Article")
    title, tags = split_notice(_title(None if told is None else told.find("ArticleTitle")))
    identifiers = name_identifiers(("pmid", text_at(cited, "PMID")), *_names(article))
    if told is None or not title or not identifiers:
        return None
    year, month = _date(told.find("Journal/JournalIssue/PubDate"))
    parts = (clean_abstract(markup_of(part)) for part in told.iterfind("Abstract/AbstractText"))
    record = PaperRecord(
        title=title,
        source=SOURCE,
        authors=tuple(_people(told)),
        year=year,
        published=month,
        venue=clean_title(text_at(told, "Journal/Title")) or None,
        abstract=" ".join(part for part in parts if part) or None,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{text_at(cited, 'PMID')}/",
        identifiers=identifiers,
        tags=tuple(sorted({*tags, *(["retracted"] if is_retracted(article) else [])})),
    )
    return SourcedPaper(record=record, references=parse_references(article))


def is_retracted(article: Tree) -> bool:
    """Is this a paper that was taken back, by its kinds or by what corrects it?"""
    kinds = {text_at(kind) for kind in article.iter("PublicationType")}
    notes = {note.get("RefType") for note in article.iter("CommentsCorrections")}
    return bool(kinds & _TAKEN_BACK or notes & _RETRACTIONS)


def parse_references(article: Tree) -> ReferenceList | None:
    """Read what an article cites; None when PubMed has no list of it.

    The list of the publisher counts; where it is missing, the numbers of older records.
    """
    rows = list(article.iterfind("PubmedData//Reference"))
    listed = [stub(SOURCE, name_identifiers(*_names_in(row))) for row in rows]
    if not rows:
        notes = article.iter("CommentsCorrections")
        cites = [note for note in notes if note.get("RefType") == "Cites"]
        listed = [stub(SOURCE, name_identifiers(("pmid", text_at(row, "PMID")))) for row in cites]
    if not listed:
        return None
    found = tuple(SourcedReference(record=record) for record in listed if record is not None)
    is_whole = bool(rows) and len(found) == len(rows)
    return ReferenceList(
        state="complete" if is_whole else "partial", references=found, expected=len(listed)
    )


def parse_summaries(body: bytes) -> tuple[PaperRecord, ...]:
    """Read an answer of esummary in XML; raises SourceError when it is an error."""
    tree = _read(body, "eSummaryResult")
    records = (parse_summary(row) for row in tree.iter("DocSum"))
    return tuple(record for record in records if record is not None)


def parse_summary(row: Tree) -> PaperRecord | None:
    """Make a record of one summary; None without title."""
    items = {item.get("Name", ""): item for item in row.findall("Item")}
    title, tags = split_notice(_title(items.get("Title")))
    identifiers = name_identifiers(
        ("pmid", text_at(row, "Id")),
        *(
            (_IDS[n], text_at(i))
            for i in items.get("ArticleIds", ())
            if (n := i.get("Name")) in _IDS
        ),
    )
    if not title or not identifiers:
        return None
    year, month = _words_of_date(text_at(items.get("PubDate")))
    kinds = {text_at(kind) for kind in items.get("PubTypeList", ())}
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=tuple(n for i in items.get("AuthorList", ()) if (n := _turned(text_at(i)))),
        year=year,
        published=month,
        venue=clean_title(text_at(items.get("FullJournalName"))) or None,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{text_at(row, 'Id')}/",
        identifiers=identifiers,
        tags=tuple(sorted({*tags, *(["retracted"] if kinds & _TAKEN_BACK else [])})),
    )


def parse_pmc_summaries(answer: Object) -> tuple[PaperRecord, ...]:
    """Read summaries of PMC in JSON; rows with an error of their own are left out."""
    rows = expect_object(answer.get("result"), NAME, "uids")
    records = (_pmc_record(row) for key, row in rows.items() if key != "uids")
    return tuple(record for record in records if record is not None)


def _pmc_record(row: object) -> PaperRecord | None:
    if not isinstance(row, dict) or row.get("error"):
        return None
    title, tags = split_notice(clean_title(text_of(row.get("title"))))
    identifiers = name_identifiers(
        *(
            (_IDS.get(text_of(i.get("idtype")), ""), i.get("value"))
            for i in objects(row.get("articleids"))
        )
    )
    if not title or not identifiers:
        return None
    day = text_of(row.get("sortdate"))
    archived = next((name for name in identifiers if name.startswith("pmcid:")), "")
    return PaperRecord(
        title=title,
        source=SOURCE,
        authors=tuple(
            n
            for person in objects(row.get("authors"))
            if (n := _turned(text_of(person.get("name"))))
        ),
        year=year_of(day),
        published=month_of(day),
        venue=clean_title(text_of(row.get("fulljournalname"))) or None,
        url=f"https://pmc.ncbi.nlm.nih.gov/articles/{archived[6:]}/" if archived else None,
        identifiers=identifiers,
        tags=tags,
    )


def parse_ids(body: bytes) -> tuple[str, ...]:
    """Read an answer of esearch: the numbers found; none when a phrase is not known.

    Raises SourceError when it is an error.
    """
    tree = _read(body, "eSearchResult")
    return tuple(text_at(row) for row in tree.iterfind("IdList/Id"))


def parse_links(body: bytes, name: str) -> tuple[str, ...]:
    """Read an answer of elink: the numbers linked by `name`; raises SourceError for an error."""
    tree = _read(body, "eLinkResult")
    return tuple(
        text_at(link)
        for group in tree.iter("LinkSetDb")
        if text_at(group, "LinkName") == name
        for link in group.iterfind("Link/Id")
    )


def parse_conversion(data: object) -> dict[str, str]:
    """Read an answer of idconv: the PubMed number of each identifier of PMC.

    Raises SourceError when it is an error.
    """
    answer = check_answer(data)
    found: dict[str, str] = {}
    for row in objects(expect_object(answer, NAME, "records")["records"]):
        names = name_identifiers(("pmcid", row.get("pmcid")), ("pmid", row.get("pmid")))
        if len(names) == 2:
            found[names[0]] = names[1]
    return found


def check_answer(data: object) -> Object:
    """Return an answer in JSON; raises SourceError when it tells an error."""
    answer = expect_object(data, NAME)
    said = answer.get("error") or answer.get("esummaryresult")
    if answer.get("status") == "error":
        said = answer.get("message")
    if said:
        raise SourceError(f"{NAME} says {str(said)[:120]!r}; check the identifiers")
    return answer


def _read(body: bytes, root: str) -> Tree:
    tree = parse_xml(body, NAME)
    said = [text for error in tree.iter("ERROR") if (text := text_at(error))]
    if tree.tag != root or said:
        told = said[0] if said else f"<{tree.tag}> where <{root}> was expected"
        raise SourceError(f"{NAME} says {told[:120]!r}; check the identifiers, or run again later")
    return tree


def _title(tree: Tree | None) -> str:
    title = clean_title(markup_of(tree))
    translated = _TRANSLATED.fullmatch(title)
    return clean_title(translated[1]) if translated else title


def _names(article: Tree) -> list[tuple[str, str]]:
    """The identifiers of an article itself, not of what it cites."""
    rows = article.iterfind("PubmedData/ArticleIdList/ArticleId")
    own = [(_IDS[kind], text_at(row)) for row in rows if (kind := row.get("IdType", "")) in _IDS]
    places = article.iterfind("MedlineCitation/Article/ELocationID")
    return own + [("doi", text_at(row)) for row in places if row.get("EIdType") == "doi"]


def _names_in(reference: Tree) -> list[tuple[str, str]]:
    rows = reference.iterfind("ArticleIdList/ArticleId")
    return [(_IDS[kind], text_at(row)) for row in rows if (kind := row.get("IdType", "")) in _IDS]


def _people(told: Tree) -> Iterator[str]:
    for author in told.iterfind("AuthorList/Author"):
        given = text_at(author, "ForeName") or text_at(author, "Initials")
        name = f"{given} {text_at(author, 'LastName')}".strip()
        if name := clean_name(name or text_at(author, "CollectiveName")):
            yield name


def _turned(name: str) -> str:
    """Write a name of a summary with the initials first.

    >>> _turned("LoPresti PJ"), _turned("Hambrick GW Jr"), _turned("World Health Organization")
    ('PJ LoPresti', 'GW Hambrick Jr', 'World Health Organization')
    """
    found = re.fullmatch(r"(.+?) ([A-Z]{1,4})((?: (?:Jr|Sr|[23](?:nd|rd)|I{2,3}|IV))?)", name)
    return clean_name(f"{found[2]} {found[1]}{found[3]}" if found else name)


def _date(tree: Tree | None) -> tuple[int | None, str | None]:
    """Read year and month of a date in parts, or in words ("2001 Jul-Aug")."""
    year = year_of(text_at(tree, "Year"))
    if year is None:
        return _words_of_date(text_at(tree, "MedlineDate"))
    return year, _month(year, text_at(tree, "Month"))


def _words_of_date(text: str) -> tuple[int | None, str | None]:
    """Read year and month of a date in words.

    >>> _words_of_date("1965 Aug"), _words_of_date("1998 Dec-1999 Jan"), _words_of_date("Spring")
    ((1965, '1965-08'), (1998, '1998-12'), (None, None))
    """
    year = year_of(text)
    words = text[4:].split()
    return year, (_month(year, words[0]) if year and words else None)


def _month(year: int, text: str) -> str | None:
    name = text[:3].lower()
    number = _MONTHS.index(name) + 1 if name in _MONTHS else int(text) if text.isdigit() else 0
    return f"{year}-{number:02}" if 1 <= number <= 12 else None
