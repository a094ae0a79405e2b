"""All sources by name, made over one fetcher."""

from __future__ import annotations

from papergraph.sources.arxiv import Arxiv
from papergraph.sources.crossref import Crossref
from papergraph.sources.datacite import DataCite
from papergraph.sources.dblp import Dblp
from papergraph.sources.doi import Doi
from papergraph.sources.openalex import OpenAlex
from papergraph.sources.s2 import SemanticScholar
from papergraph.sources.source import Fetcher, Source

ALL = (Arxiv, SemanticScholar, OpenAlex, Crossref, DataCite, Dblp, Doi)


def make_sources(fetcher: Fetcher) -> dict[str, Source]:
    """Make every source, by name."""
    return {source.name: source(fetcher) for source in ALL}
