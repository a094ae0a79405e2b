"""The tables of a library, once, as SQLAlchemy metadata (STRICT in SQLite, the same in PostgreSQL).

`records` holds what each source says; `papers`, `identifiers`, `nicknames` and the text index are
derived from it and can be rebuilt. An edge of `citations` means "citing cites cited", one row a
source. Reviews are keyed by origin; mentions and relations keep their line and sentence.
"""

from __future__ import annotations

from sqlalchemy import (
    DOUBLE_PRECISION,
    REAL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.types import TypeEngine

metadata = MetaData()
# compared by code points and kept with all their digits, as SQLite does
_TEXT = Text().with_variant(TEXT(collation="C"), "postgresql")
_REAL: TypeEngine[float] = REAL().with_variant(DOUBLE_PRECISION(), "postgresql")
_MERGED = text("merged_into IS NOT NULL")


def _table(
    name: str, *parts: Column[object] | CheckConstraint | Index, rowid: bool = True
) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def _paper(name: str = "paper_id", **options: bool) -> Column[object]:
    return Column(name, Integer, ForeignKey("papers.id", ondelete="CASCADE"), **options)  # type: ignore[arg-type]  # untyped keyword pass-through of Column


info = _table(
    "info",
    Column("key", _TEXT, primary_key=True),
    Column("value", _TEXT, nullable=False),
    rowid=False,
)
sources = _table(
    "sources",
    Column("id", Integer, primary_key=True),
    Column("name", _TEXT, nullable=False, unique=True),
    Column("kind", _TEXT, nullable=False),
    Column("licence", _TEXT),
    Column("fetched_at", _TEXT, nullable=False),
)
papers = _table(
    "papers",
    Column("id", Integer, primary_key=True),
    Column("title", _TEXT, nullable=False),
    Column("title_key", _TEXT, nullable=False),
    Column("authors", _TEXT, nullable=False, server_default="[]"),
    Column("year", Integer),
    Column("published", _TEXT),
    Column("venue", _TEXT),
    Column("kind", _TEXT, nullable=False, server_default="article"),
    Column("url", _TEXT),
    Column("summary", _TEXT),
    Column("tags", _TEXT, nullable=False, server_default="[]"),
    Column("references_known", _TEXT, nullable=False, server_default="none"),
    Column("citations_elsewhere", _TEXT),
    Column("merged_into", Integer, ForeignKey("papers.id")),
    Column("created_at", _TEXT, nullable=False),
    Index("papers_title_key", "title_key", postgresql_using="hash"),  # a B-tree takes 2,704 bytes
    Index("papers_merged", "merged_into", sqlite_where=_MERGED, postgresql_where=_MERGED),
)
records = _table(
    "records",
    _paper(primary_key=True),
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("fields", _TEXT, nullable=False),
    Column("abstract", _TEXT),
    Column("seen_at", _TEXT, nullable=False),
    Index("records_source", "source_id"),
)
identifiers = _table(
    "identifiers",
    Column("identifier", _TEXT, primary_key=True),
    _paper(nullable=False),
    Index("identifiers_paper", "paper_id"),
    rowid=False,
)
nicknames = _table(
    "nicknames",
    Column("name_key", _TEXT, primary_key=True),
    _paper(primary_key=True),
    Column("name", _TEXT, nullable=False),
    Column("place", Integer, nullable=False),
    Index("nicknames_paper", "paper_id"),
    rowid=False,
)
citations = _table(
    "citations",
    Column("citing", Integer, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True),
    Column("cited", Integer, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True),
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    CheckConstraint("citing <> cited", name="no_self_citation"),
    Index("citations_cited", "cited", "citing"),
    rowid=False,
)
reviews = _table(
    "reviews",
    Column("id", Integer, primary_key=True),
    Column("origin", _TEXT, nullable=False, unique=True),
    Column("source_id", Integer, ForeignKey("sources.id"), nullable=False),
    Column("sha256", _TEXT, nullable=False),
    Column("format", _TEXT, nullable=False),
    Column("title", _TEXT),
    Column("author", _TEXT),
    Column("written_on", _TEXT),
    Column("language", _TEXT),
    Column("text", _TEXT, nullable=False),
    Column("repairs", _TEXT, nullable=False, server_default="[]"),
    Column("ingested_at", _TEXT, nullable=False),
)
review_signatures = _table(
    "review_signatures",
    Column("review_id", Integer, ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True),
    Column("letters", LargeBinary, nullable=False),
    Column("bylines", LargeBinary, nullable=False),
)
mentions = _table(
    "mentions",
    Column("id", Integer, primary_key=True),
    Column("review_id", Integer, ForeignKey("reviews.id", ondelete="CASCADE"), nullable=False),
    _paper(),
    Column("line", Integer, nullable=False),
    Column("column", Integer, nullable=False),
    Column("text", _TEXT, nullable=False),
    Column("sentence", _TEXT, nullable=False),
    Column("original", _TEXT),
    Column("role", _TEXT, nullable=False),
    Column("title", _TEXT),
    Column("url", _TEXT),
    Column("identifier", _TEXT),
    Column("heading", _TEXT),
    Column("list_key", _TEXT),
    Column("position", Integer),
    Column("summary", _TEXT),
    Column("status", _TEXT, nullable=False),
    Column("confidence", _REAL, nullable=False),
    Column("candidates", _TEXT, nullable=False, server_default="[]"),
    Index("mentions_review", "review_id"),
    Index("mentions_paper", "paper_id"),
)
relations = _table(
    "relations",
    Column("id", Integer, primary_key=True),
    Column("later", Integer, ForeignKey("papers.id", ondelete="CASCADE"), nullable=False),
    Column("earlier", Integer, ForeignKey("papers.id", ondelete="CASCADE"), nullable=False),
    Column("kind", _TEXT, nullable=False),
    Column("origin_kind", _TEXT, nullable=False),
    Column("source_id", Integer, ForeignKey("sources.id"), nullable=False),
    Column("review_id", Integer, ForeignKey("reviews.id", ondelete="CASCADE")),
    Column("line", Integer),
    Column("text", _TEXT, nullable=False),
    Column("original", _TEXT),
    Column("cue", _TEXT),
    Column("stated", Integer, nullable=False),
    CheckConstraint("later <> earlier", name="no_self_relation"),
    Index("relations_later", "later"),
    Index("relations_earlier", "earlier"),
    Index("relations_review", "review_id"),
)
lineages = _table(
    "lineages",
    Column("key", _TEXT, primary_key=True),
    Column("title", _TEXT, nullable=False),
    Column("about", _TEXT, nullable=False),
    Column("chain", _TEXT, nullable=False),
    Column("members", _TEXT, nullable=False),
    rowid=False,
)
reading_states = _table(
    "reading_states",
    Column("reader", _TEXT, primary_key=True),
    _paper(primary_key=True),
    Column("state", _TEXT, nullable=False),
    Column("note", _TEXT),
    Column("changed_at", _TEXT, nullable=False),
    rowid=False,
)
reading_log = _table(
    "reading_log",
    Column("id", Integer, primary_key=True),
    Column("reader", _TEXT, nullable=False),
    _paper(nullable=False),
    Column("state", _TEXT),
    Column("before", _TEXT),
    Column("at", _TEXT, nullable=False),
)
decisions = _table(
    "decisions",
    Column("id", Integer, primary_key=True),
    Column("origin", _TEXT, nullable=False),
    Column("key", _TEXT, nullable=False),
    Column("choice", _TEXT, nullable=False),
    Column("paper_id", Integer, ForeignKey("papers.id")),
    Column("text", _TEXT, nullable=False),
    Column("decided_at", _TEXT, nullable=False),
    Column("undone_at", _TEXT),
    Index("decisions_origin", "origin"),
)
merges = _table(
    "merges",
    Column("id", Integer, primary_key=True),
    Column("kept", Integer, ForeignKey("papers.id"), nullable=False),
    Column("dropped", Integer, ForeignKey("papers.id"), nullable=False),
    Column("reason", _TEXT, nullable=False),
    Column("moved", _TEXT, nullable=False),
    Column("merged_at", _TEXT, nullable=False),
    Column("undone_at", _TEXT),
)
import_keys = _table(
    "import_keys",
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("key", _TEXT, primary_key=True),
    _paper(nullable=False),
    Index("import_keys_paper", "paper_id"),
    rowid=False,
)
embeddings = _table(
    "embeddings",
    Column("model", _TEXT, primary_key=True),
    _paper(primary_key=True),
    Column("text_hash", LargeBinary, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    rowid=False,
)
import_parts = _table(
    "import_parts",
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("part", _TEXT, primary_key=True),
    Column("sha256", _TEXT, nullable=False),
    Column("done_at", _TEXT, nullable=False),
    rowid=False,
)
reference_lists = _table(
    "reference_lists",
    _paper(primary_key=True),
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("state", _TEXT, nullable=False),
    Column("expected", Integer),
    Column("found", Integer, nullable=False),
    Column("detail", _TEXT),
    Column("fetched_at", _TEXT, nullable=False),
    rowid=False,
)
citation_contexts = _table(
    "citation_contexts",
    Column("citing", Integer, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True),
    Column("cited", Integer, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True),
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("contexts", _TEXT, nullable=False, server_default="[]"),
    Column("intents", _TEXT, nullable=False, server_default="[]"),
    Column("influential", Integer),
    Index("citation_contexts_cited", "cited"),
    rowid=False,
)
rejections = _table(
    "rejections",
    Column("id", Integer, primary_key=True),
    Column("asked", _TEXT, nullable=False),
    Column("source_id", Integer, ForeignKey("sources.id"), nullable=False),
    Column("offered", _TEXT, nullable=False),
    Column("reason", _TEXT, nullable=False),
    Column("rejected_at", _TEXT, nullable=False),
    Index("rejections_asked", "asked", "source_id", "offered", unique=True),
)
frontier = _table(
    "frontier",
    _paper(primary_key=True),
    Column("task", _TEXT, primary_key=True),
    Column("depth", Integer, nullable=False),
    Column("priority", _REAL, nullable=False),
    Column("state", _TEXT, nullable=False),
    Column("owner", _TEXT),
    Column("leased_until", _TEXT),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("not_before", _TEXT),
    Column("detail", _TEXT),
    Column("changed_at", _TEXT, nullable=False),
    Index("frontier_next", "state", "depth", "priority"),
    rowid=False,
)
watches = _table(
    "watches",
    Column("kind", _TEXT, primary_key=True),
    Column("key", _TEXT, primary_key=True),
    Column("added_at", _TEXT, nullable=False),
    Column("checked_at", _TEXT),
    rowid=False,
)
news = _table(
    "news",
    _paper(primary_key=True),
    Column("watch", _TEXT, primary_key=True),
    Column("found_at", _TEXT, nullable=False),
    rowid=False,
)
prerequisites = _table(
    "prerequisites",
    Column("id", Integer, primary_key=True),
    Column("reader", _TEXT, nullable=False),
    Column("later", Integer, ForeignKey("papers.id", ondelete="CASCADE"), nullable=False),
    Column("earlier", Integer, ForeignKey("papers.id", ondelete="CASCADE"), nullable=False),
    Column("keep", Integer, nullable=False),
    Column("why", _TEXT),
    Column("decided_at", _TEXT, nullable=False),
    Column("undone_at", _TEXT),
    CheckConstraint("later <> earlier", name="no_self_prerequisite"),
    Index("prerequisites_later", "later"),
    Index("prerequisites_earlier", "earlier"),
)
edits = _table(
    "edits",
    Column("id", Integer, primary_key=True),
    Column("reader", _TEXT, nullable=False),
    _paper(nullable=False),
    Column("field", _TEXT, nullable=False),
    Column("value", _TEXT, nullable=False),
    Column("before", _TEXT),
    Column("edited_at", _TEXT, nullable=False),
    Column("undone_at", _TEXT),
    Index("edits_paper", "paper_id"),
)
jobs = _table(
    "jobs",
    Column("id", _TEXT, primary_key=True),
    Column("kind", _TEXT, nullable=False),
    Column("state", _TEXT, nullable=False),
    Column("asked", _TEXT, nullable=False),
    Column("stages", _TEXT, nullable=False, server_default="[]"),
    Column("result", _TEXT),
    Column("made_at", _TEXT, nullable=False),
    Column("changed_at", _TEXT, nullable=False),
    rowid=False,
)
