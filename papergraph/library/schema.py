"""The tables of a library, once, as SQLAlchemy metadata (SQLite STRICT; PostgreSQL reads the same).

`records` holds what each source says; `papers`, `identifiers`, `nicknames` and the text index are
derived from it and can be rebuilt. An edge of `citations` means "citing cites cited", one row a
source. Reviews are keyed by origin; mentions and relations keep their line and sentence.
"""

from __future__ import annotations

from sqlalchemy import (
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

metadata = MetaData()


def _table(
    name: str, *parts: Column[object] | CheckConstraint | Index, rowid: bool = True
) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def _paper(name: str = "paper_id", **options: bool) -> Column[object]:
    return Column(name, Integer, ForeignKey("papers.id", ondelete="CASCADE"), **options)  # type: ignore[arg-type]  # untyped keyword pass-through of Column


info = _table(
    "info",
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    rowid=False,
)
sources = _table(
    "sources",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("licence", Text),
    Column("fetched_at", Text, nullable=False),
)
papers = _table(
    "papers",
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False),
    Column("authors", Text, nullable=False, server_default="[]"),
    Column("year", Integer),
    Column("published", Text),
    Column("venue", Text),
    Column("kind", Text, nullable=False, server_default="article"),
    Column("url", Text),
    Column("summary", Text),
    Column("tags", Text, nullable=False, server_default="[]"),
    Column("references_known", Text, nullable=False, server_default="none"),
    Column("citations_elsewhere", Text),
    Column("merged_into", Integer, ForeignKey("papers.id")),
    Column("created_at", Text, nullable=False),
    Index("papers_title_key", "title_key"),
    Index("papers_merged", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
)
records = _table(
    "records",
    _paper(primary_key=True),
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("abstract", Text),
    Column("seen_at", Text, nullable=False),
    Index("records_source", "source_id"),
)
identifiers = _table(
    "identifiers",
    Column("identifier", Text, primary_key=True),
    _paper(nullable=False),
    Index("identifiers_paper", "paper_id"),
    rowid=False,
)
nicknames = _table(
    "nicknames",
    Column("name_key", Text, primary_key=True),
    _paper(primary_key=True),
    Column("name", Text, nullable=False),
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
    Column("origin", Text, nullable=False, unique=True),
    Column("source_id", Integer, ForeignKey("sources.id"), nullable=False),
    Column("sha256", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("title", Text),
    Column("author", Text),
    Column("written_on", Text),
    Column("language", Text),
    Column("text", Text, nullable=False),
    Column("repairs", Text, nullable=False, server_default="[]"),
    Column("ingested_at", Text, nullable=False),
)
mentions = _table(
    "mentions",
    Column("id", Integer, primary_key=True),
    Column("review_id", Integer, ForeignKey("reviews.id", ondelete="CASCADE"), nullable=False),
    _paper(),
    Column("line", Integer, nullable=False),
    Column("column", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("original", Text),
    Column("role", Text, nullable=False),
    Column("title", Text),
    Column("url", Text),
    Column("identifier", Text),
    Column("heading", Text),
    Column("list_key", Text),
    Column("position", Integer),
    Column("summary", Text),
    Column("status", Text, nullable=False),
    Column("confidence", REAL, nullable=False),
    Column("candidates", Text, nullable=False, server_default="[]"),
    Index("mentions_review", "review_id"),
    Index("mentions_paper", "paper_id"),
)
relations = _table(
    "relations",
    Column("id", Integer, primary_key=True),
    Column("later", Integer, ForeignKey("papers.id", ondelete="CASCADE"), nullable=False),
    Column("earlier", Integer, ForeignKey("papers.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("origin_kind", Text, nullable=False),
    Column("source_id", Integer, ForeignKey("sources.id"), nullable=False),
    Column("review_id", Integer, ForeignKey("reviews.id", ondelete="CASCADE")),
    Column("line", Integer),
    Column("text", Text, nullable=False),
    Column("original", Text),
    Column("cue", Text),
    Column("stated", Integer, nullable=False),
    CheckConstraint("later <> earlier", name="no_self_relation"),
    Index("relations_later", "later"),
    Index("relations_earlier", "earlier"),
    Index("relations_review", "review_id"),
)
lineages = _table(
    "lineages",
    Column("key", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("members", Text, nullable=False),
    rowid=False,
)
reading_states = _table(
    "reading_states",
    Column("reader", Text, primary_key=True),
    _paper(primary_key=True),
    Column("state", Text, nullable=False),
    Column("note", Text),
    Column("changed_at", Text, nullable=False),
    rowid=False,
)
reading_log = _table(
    "reading_log",
    Column("id", Integer, primary_key=True),
    Column("reader", Text, nullable=False),
    _paper(nullable=False),
    Column("state", Text),
    Column("before", Text),
    Column("at", Text, nullable=False),
)
decisions = _table(
    "decisions",
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("choice", Text, nullable=False),
    Column("paper_id", Integer, ForeignKey("papers.id")),
    Column("text", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    Column("undone_at", Text),
    Index("decisions_origin", "origin"),
)
merges = _table(
    "merges",
    Column("id", Integer, primary_key=True),
    Column("kept", Integer, ForeignKey("papers.id"), nullable=False),
    Column("dropped", Integer, ForeignKey("papers.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("moved", Text, nullable=False),
    Column("merged_at", Text, nullable=False),
    Column("undone_at", Text),
)
import_keys = _table(
    "import_keys",
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    _paper(nullable=False),
    Index("import_keys_paper", "paper_id"),
    rowid=False,
)
embeddings = _table(
    "embeddings",
    Column("model", Text, primary_key=True),
    _paper(primary_key=True),
    Column("text_hash", LargeBinary, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    rowid=False,
)
import_parts = _table(
    "import_parts",
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("done_at", Text, nullable=False),
    rowid=False,
)
reference_lists = _table(
    "reference_lists",
    _paper(primary_key=True),
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("expected", Integer),
    Column("found", Integer, nullable=False),
    Column("detail", Text),
    Column("fetched_at", Text, nullable=False),
    rowid=False,
)
citation_contexts = _table(
    "citation_contexts",
    Column("citing", Integer, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True),
    Column("cited", Integer, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True),
    Column("source_id", Integer, ForeignKey("sources.id"), primary_key=True),
    Column("contexts", Text, nullable=False, server_default="[]"),
    Column("intents", Text, nullable=False, server_default="[]"),
    Column("influential", Integer),
    Index("citation_contexts_cited", "cited"),
    rowid=False,
)
rejections = _table(
    "rejections",
    Column("id", Integer, primary_key=True),
    Column("asked", Text, nullable=False),
    Column("source_id", Integer, ForeignKey("sources.id"), nullable=False),
    Column("offered", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("rejected_at", Text, nullable=False),
    Index("rejections_asked", "asked", "source_id", "offered", unique=True),
)
frontier = _table(
    "frontier",
    _paper(primary_key=True),
    Column("task", Text, primary_key=True),
    Column("depth", Integer, nullable=False),
    Column("priority", REAL, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text),
    Column("leased_until", Text),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("not_before", Text),
    Column("detail", Text),
    Column("changed_at", Text, nullable=False),
    Index("frontier_next", "state", "depth", "priority"),
    rowid=False,
)
watches = _table(
    "watches",
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("added_at", Text, nullable=False),
    Column("checked_at", Text),
    rowid=False,
)
news = _table(
    "news",
    _paper(primary_key=True),
    Column("watch", Text, primary_key=True),
    Column("found_at", Text, nullable=False),
    rowid=False,
)
prerequisites = _table(
    "prerequisites",
    Column("id", Integer, primary_key=True),
    Column("reader", Text, nullable=False),
    Column("later", Integer, ForeignKey("papers.id", ondelete="CASCADE"), nullable=False),
    Column("earlier", Integer, ForeignKey("papers.id", ondelete="CASCADE"), nullable=False),
    Column("keep", Integer, nullable=False),
    Column("why", Text),
    Column("decided_at", Text, nullable=False),
    Column("undone_at", Text),
    CheckConstraint("later <> earlier", name="no_self_prerequisite"),
    Index("prerequisites_later", "later"),
    Index("prerequisites_earlier", "earlier"),
)
edits = _table(
    "edits",
    Column("id", Integer, primary_key=True),
    Column("reader", Text, nullable=False),
    _paper(nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("before", Text),
    Column("edited_at", Text, nullable=False),
    Column("undone_at", Text),
    Index("edits_paper", "paper_id"),
)
jobs = _table(
    "jobs",
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("stages", Text, nullable=False, server_default="[]"),
    Column("result", Text),
    Column("made_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    rowid=False,
)
