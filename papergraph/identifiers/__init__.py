"""Names of papers: identifiers, the URLs that carry them, and where they stand in text.

Values only: no input or output.
"""

from papergraph.identifiers.cleaning import clean_url
from papergraph.identifiers.identifier import Identifier
from papergraph.identifiers.months import arxiv_month
from papergraph.identifiers.running_text import find_identifiers
from papergraph.identifiers.urls import UrlReading, read_url

__all__ = ["Identifier", "UrlReading", "arxiv_month", "clean_url", "find_identifiers", "read_url"]
