"""Read what people write about papers: any text in, a `Review` with mentions and relations out."""

from papergraph.readers.bibliography import Bibliography, Entry
from papergraph.readers.containers import READABLE, Part, is_archive, unpack
from papergraph.readers.dates import reading_dates
from papergraph.readers.known_titles import TitleLookup
from papergraph.readers.mentions import safe as without_secrets
from papergraph.readers.review import is_writing, read_bibliography_file, read_review

__all__ = [
    "READABLE",
    "Bibliography",
    "Entry",
    "Part",
    "TitleLookup",
    "is_archive",
    "is_writing",
    "read_bibliography_file",
    "read_review",
    "reading_dates",
    "unpack",
    "without_secrets",
]
