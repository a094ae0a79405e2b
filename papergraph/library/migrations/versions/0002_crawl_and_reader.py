"""Tables of the crawl, of imports that resume, and of what the reader decides; frozen."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    """
CREATE TABLE import_parts (
	source_id INTEGER NOT NULL,
	part TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	done_at TEXT NOT NULL,
	PRIMARY KEY (source_id, part),
	FOREIGN KEY(source_id) REFERENCES sources (id)
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE reference_lists (
	paper_id INTEGER NOT NULL,
	source_id INTEGER NOT NULL,
	state TEXT NOT NULL,
	expected INTEGER,
	found INTEGER NOT NULL,
	detail TEXT,
	fetched_at TEXT NOT NULL,
	PRIMARY KEY (paper_id, source_id),
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE,
	FOREIGN KEY(source_id) REFERENCES sources (id)
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE citation_contexts (
	citing INTEGER NOT NULL,
	cited INTEGER NOT NULL,
	source_id INTEGER NOT NULL,
	contexts TEXT DEFAULT '[]' NOT NULL,
	intents TEXT DEFAULT '[]' NOT NULL,
	influential INTEGER,
	PRIMARY KEY (citing, cited, source_id),
	FOREIGN KEY(citing) REFERENCES papers (id) ON DELETE CASCADE,
	FOREIGN KEY(cited) REFERENCES papers (id) ON DELETE CASCADE,
	FOREIGN KEY(source_id) REFERENCES sources (id)
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE INDEX citation_contexts_cited ON citation_contexts (cited)
    """,
    """
CREATE TABLE rejections (
	id INTEGER NOT NULL,
	asked TEXT NOT NULL,
	source_id INTEGER NOT NULL,
	offered TEXT NOT NULL,
	reason TEXT NOT NULL,
	rejected_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(source_id) REFERENCES sources (id)
)
 STRICT
    """,
    """
CREATE UNIQUE INDEX rejections_asked ON rejections (asked, source_id, offered)
    """,
    """
CREATE TABLE frontier (
	paper_id INTEGER NOT NULL,
	task TEXT NOT NULL,
	depth INTEGER NOT NULL,
	priority REAL NOT NULL,
	state TEXT NOT NULL,
	owner TEXT,
	leased_until TEXT,
	tries INTEGER DEFAULT '0' NOT NULL,
	not_before TEXT,
	detail TEXT,
	changed_at TEXT NOT NULL,
	PRIMARY KEY (paper_id, task),
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE INDEX frontier_next ON frontier (state, depth, priority)
    """,
    """
CREATE TABLE watches (
	kind TEXT NOT NULL,
	"key" TEXT NOT NULL,
	added_at TEXT NOT NULL,
	checked_at TEXT,
	PRIMARY KEY (kind, "key")
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE news (
	paper_id INTEGER NOT NULL,
	watch TEXT NOT NULL,
	found_at TEXT NOT NULL,
	PRIMARY KEY (paper_id, watch),
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE prerequisites (
	id INTEGER NOT NULL,
	reader TEXT NOT NULL,
	later INTEGER NOT NULL,
	earlier INTEGER NOT NULL,
	keep INTEGER NOT NULL,
	why TEXT,
	decided_at TEXT NOT NULL,
	undone_at TEXT,
	PRIMARY KEY (id),
	CONSTRAINT no_self_prerequisite CHECK (later <> earlier),
	FOREIGN KEY(later) REFERENCES papers (id) ON DELETE CASCADE,
	FOREIGN KEY(earlier) REFERENCES papers (id) ON DELETE CASCADE
)
 STRICT
    """,
    """
CREATE INDEX prerequisites_earlier ON prerequisites (earlier)
    """,
    """
CREATE INDEX prerequisites_later ON prerequisites (later)
    """,
    """
CREATE TABLE edits (
	id INTEGER NOT NULL,
	reader TEXT NOT NULL,
	paper_id INTEGER NOT NULL,
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	"before" TEXT,
	edited_at TEXT NOT NULL,
	undone_at TEXT,
	PRIMARY KEY (id),
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 STRICT
    """,
    """
CREATE INDEX edits_paper ON edits (paper_id)
    """,
    """
CREATE TABLE jobs (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	asked TEXT NOT NULL,
	stages TEXT DEFAULT '[]' NOT NULL,
	result TEXT,
	made_at TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables, the newest first."""
    for name in (
        "jobs",
        "edits",
        "prerequisites",
        "news",
        "watches",
        "frontier",
        "rejections",
        "citation_contexts",
        "reference_lists",
        "import_parts",
    ):
        op.execute(f"DROP TABLE {name}")
