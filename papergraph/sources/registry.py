"""All sources by name, made over one fetcher."""

from __future__ import annotations

from papergraph.sources.acl import Acl
from papergraph.sources.arxiv import Arxiv
from papergraph.sources.crossref import Crossref
from papergraph.sources.cvf import Cvf
from papergraph.sources.datacite import DataCite
from papergraph.sources.dblp import Dblp
from papergraph.sources.doi import Doi
from papergraph.sources.hf import HuggingFace
from papergraph.sources.nips import Nips
from papergraph.sources.openalex import OpenAlex
from papergraph.sources.opencitations import OpenCitations
from papergraph.sources.openreview import OpenReview
from papergraph.sources.pmlr import Pmlr
from papergraph.sources.pubmed import PubMed
from papergraph.sources.s2 import SemanticScholar
from papergraph.sources.source import Fetcher, Source
from papergraph.sources.unpaywall import Unpaywall

ALL = (
    *(Arxiv, SemanticScholar, OpenAlex, Crossref, DataCite, Dblp, Doi),
    *(Nips, Pmlr, Cvf, Acl, OpenReview, PubMed, OpenCitations, Unpaywall, HuggingFace),
)


def make_sources(fetcher: Fetcher) -> dict[str, Source]:
    """Make every source, by name."""
    return {source.name: source(fetcher) for source in ALL}
