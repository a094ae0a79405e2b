"""PubMed and PMC: medicine and biology, with abstracts, references, and who was retracted.

Service: NCBI's E-utilities (esearch, efetch, esummary, elink) and the converter of identifiers
(idconv). Terms: facts are free, abstracts may be their publishers'. Three requests a second, ten
with a key; who asks is told by the address configured. A long address is answered 414: many
identifiers are asked for in pieces.
Lacks: reference lists of many papers, names of what they cite, all outside its field. Errors come
inside an answer with status 200.
Looked at 2026-10; the link "citedin" from the documents, no recorded answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.sources.pubmed_answers import (
    NAME,
    check_answer,
    parse_articles,
    parse_conversion,
    parse_ids,
    parse_links,
    parse_pmc_summaries,
    parse_summaries,
)
from papergraph.sources.shapes import chunks, is_missing
from papergraph.sources.source import Fetcher
from papergraph.text import title_words

WEB = "www.ncbi.nlm.nih.gov"
"""The host of idconv."""
MOST_IDS = 200
"""Identifiers of one request: with more the address grows towards the length that is refused."""
MOST_FOUND = 3
"""Candidates a title search asks for."""
_TOOLS = "/entrez/eutils/{}.fcgi"


class PubMed:
    """PubMed and PMC as a source; references come with the paper."""

    name: str = NAME
    schemes: tuple[str, ...] = ("pmid", "pmcid")

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def paper(self, identifier: str) -> SourcedPaper | None:
        """Look up one paper."""
        return self.papers([identifier]).get(identifier)

    def papers(self, identifiers: Sequence[str]) -> dict[str, SourcedPaper]:
        """Look up many; those of PMC are converted first, or summarised where PubMed has none."""
        asked = list(dict.fromkeys(identifiers))
        found = self._articles(item for item in asked if item.startswith("pmid:"))
        archived = [item for item in asked if item.startswith("pmcid:")]
        pmids = self._convert(archived)
        articles = self._articles(pmids.values())
        for item in archived:
            if (paper := articles.get(pmids.get(item, ""))) is not None:
                found[item] = paper
        return found | self._archived([item for item in archived if item not in found])

    def find_title(
        self, title: str, *, author: str | None = None, year: int | None = None
    ) -> tuple[PaperRecord, ...]:
        """Search for these words in titles; `author` and `year` do not narrow it."""
        words = " ".join(title_words(title))
        if not words:
            return ()
        params = {"db": "pubmed", "term": f"{words}[Title]", "retmax": str(MOST_FOUND)}
        reply = self._fetcher.get(NAME, _TOOLS.format("esearch"), params, kind="search")
        found = parse_ids(reply.body)
        papers = self._articles(f"pmid:{number}" for number in found)
        return tuple(paper.record for paper in papers.values())

    def references(self, identifier: str) -> ReferenceList:
        """Fetch what one paper cites; unknown when PubMed has no list of it."""
        paper = self.paper(identifier)
        if paper is None or paper.references is None:
            return ReferenceList(state="unknown")
        return paper.references

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        """Fetch papers of PubMed that cite one, the newest first."""
        number = identifier.removeprefix("pmid:")
        if number == identifier:
            return ()
        params = {
            "dbfrom": "pubmed",
            "db": "pubmed",
            "linkname": "pubmed_pubmed_citedin",
            "id": number,
        }
        reply = self._fetcher.get(NAME, _TOOLS.format("elink"), params, kind="references")
        citing = sorted(parse_links(reply.body, "pubmed_pubmed_citedin"), key=int, reverse=True)
        records: list[PaperRecord] = []
        for batch in chunks(citing[:limit], MOST_IDS):
            params = {"db": "pubmed", "id": ",".join(batch), "retmode": "xml"}
            reply = self._fetcher.get(NAME, _TOOLS.format("esummary"), params)
            records += parse_summaries(reply.body)
        return tuple(SourcedReference(record=record) for record in records)

    def _articles(self, pmids: Iterable[str]) -> dict[str, SourcedPaper]:
        """Fetch articles; answers are matched by number, never by their place."""
        found: dict[str, SourcedPaper] = {}
        for batch in chunks(pmids, MOST_IDS):
            numbers = ",".join(item.partition(":")[2] for item in batch)
            params = {"db": "pubmed", "id": numbers, "retmode": "xml"}
            reply = self._fetcher.get(NAME, _TOOLS.format("efetch"), params)
            papers = parse_articles(reply.body)
            found |= {
                name: paper
                for paper in papers
                for name in paper.record.identifiers
                if name in batch
            }
        return found

    def _convert(self, pmcids: Sequence[str]) -> dict[str, str]:
        """Find the PubMed number of each of PMC, where there is one."""
        found: dict[str, str] = {}
        for batch in chunks(pmcids, MOST_IDS):
            params = {"ids": ",".join(item.partition(":")[2] for item in batch), "format": "json"}
            reply = self._fetcher.get(NAME, "/pmc/utils/idconv/v1.0/", params, host=WEB)
            if not is_missing(reply):  # one bad identifier makes it 404 for all
                found |= parse_conversion(reply.json())
        return found

    def _archived(self, pmcids: Sequence[str]) -> dict[str, SourcedPaper]:
        """Summarise what is in PMC only: titles and people, no abstracts."""
        found: dict[str, SourcedPaper] = {}
        for batch in chunks(pmcids, MOST_IDS):
            numbers = ",".join(item.removeprefix("pmcid:PMC") for item in batch)
            params = {"db": "pmc", "id": numbers, "retmode": "json"}
            reply = self._fetcher.get(NAME, _TOOLS.format("esummary"), params)
            for record in parse_pmc_summaries(check_answer(reply.json())):
                names = [name for name in record.identifiers if name in batch]
                found |= {name: SourcedPaper(record=record) for name in names}
        return found
