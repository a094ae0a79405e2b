"""First tables of a library, frozen as they were made; later changes are new migrations."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
CREATE TABLE info (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE lineages (
	"key" TEXT NOT NULL, 
	title TEXT NOT NULL, 
	about TEXT NOT NULL, 
	chain TEXT NOT NULL, 
	members TEXT NOT NULL, 
	PRIMARY KEY ("key")
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE papers (
	id INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	authors TEXT DEFAULT '[]' NOT NULL, 
	year INTEGER, 
	published TEXT, 
	venue TEXT, 
	kind TEXT DEFAULT 'article' NOT NULL, 
	url TEXT, 
	summary TEXT, 
	tags TEXT DEFAULT '[]' NOT NULL, 
	references_known TEXT DEFAULT 'none' NOT NULL, 
	citations_elsewhere TEXT, 
	merged_into INTEGER, 
	created_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(merged_into) REFERENCES papers (id)
)
 STRICT
    """,
    """
CREATE INDEX papers_merged ON papers (merged_into) WHERE merged_into IS NOT NULL
    """,
    """
CREATE INDEX papers_title_key ON papers (title_key)
    """,
    """
CREATE TABLE sources (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	licence TEXT, 
	fetched_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
)
 STRICT
    """,
    """
CREATE TABLE citations (
	citing INTEGER NOT NULL, 
	cited INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	PRIMARY KEY (citing, cited, source_id), 
	CONSTRAINT no_self_citation CHECK (citing <> cited), 
	FOREIGN KEY(citing) REFERENCES papers (id) ON DELETE CASCADE, 
	FOREIGN KEY(cited) REFERENCES papers (id) ON DELETE CASCADE, 
	FOREIGN KEY(source_id) REFERENCES sources (id)
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE INDEX citations_cited ON citations (cited, citing)
    """,
    """
CREATE TABLE decisions (
	id INTEGER NOT NULL, 
	origin TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	choice TEXT NOT NULL, 
	paper_id INTEGER, 
	text TEXT NOT NULL, 
	decided_at TEXT NOT NULL, 
	undone_at TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(paper_id) REFERENCES papers (id)
)
 STRICT
    """,
    """
CREATE INDEX decisions_origin ON decisions (origin)
    """,
    """
CREATE TABLE embeddings (
	model TEXT NOT NULL, 
	paper_id INTEGER NOT NULL, 
	text_hash BLOB NOT NULL, 
	vector BLOB NOT NULL, 
	PRIMARY KEY (model, paper_id), 
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE identifiers (
	identifier TEXT NOT NULL, 
	paper_id INTEGER NOT NULL, 
	PRIMARY KEY (identifier), 
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE INDEX identifiers_paper ON identifiers (paper_id)
    """,
    """
CREATE TABLE import_keys (
	source_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	paper_id INTEGER NOT NULL, 
	PRIMARY KEY (source_id, "key"), 
	FOREIGN KEY(source_id) REFERENCES sources (id), 
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE INDEX import_keys_paper ON import_keys (paper_id)
    """,
    """
CREATE TABLE merges (
	id INTEGER NOT NULL, 
	kept INTEGER NOT NULL, 
	dropped INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	moved TEXT NOT NULL, 
	merged_at TEXT NOT NULL, 
	undone_at TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(kept) REFERENCES papers (id), 
	FOREIGN KEY(dropped) REFERENCES papers (id)
)
 STRICT
    """,
    """
CREATE TABLE nicknames (
	name_key TEXT NOT NULL, 
	paper_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	PRIMARY KEY (name_key, paper_id), 
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE INDEX nicknames_paper ON nicknames (paper_id)
    """,
    """
CREATE TABLE reading_log (
	id INTEGER NOT NULL, 
	reader TEXT NOT NULL, 
	paper_id INTEGER NOT NULL, 
	state TEXT, 
	"before" TEXT, 
	at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 STRICT
    """,
    """
CREATE TABLE reading_states (
	reader TEXT NOT NULL, 
	paper_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	note TEXT, 
	changed_at TEXT NOT NULL, 
	PRIMARY KEY (reader, paper_id), 
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE records (
	paper_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	fields TEXT NOT NULL, 
	abstract TEXT, 
	seen_at TEXT NOT NULL, 
	PRIMARY KEY (paper_id, source_id), 
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE, 
	FOREIGN KEY(source_id) REFERENCES sources (id)
)
 STRICT
    """,
    """
CREATE INDEX records_source ON records (source_id)
    """,
    """
CREATE TABLE reviews (
	id INTEGER NOT NULL, 
	origin TEXT NOT NULL, 
	source_id INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	format TEXT NOT NULL, 
	title TEXT, 
	author TEXT, 
	written_on TEXT, 
	language TEXT, 
	text TEXT NOT NULL, 
	repairs TEXT DEFAULT '[]' NOT NULL, 
	ingested_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (origin), 
	FOREIGN KEY(source_id) REFERENCES sources (id)
)
 STRICT
    """,
    """
CREATE TABLE mentions (
	id INTEGER NOT NULL, 
	review_id INTEGER NOT NULL, 
	paper_id INTEGER, 
	line INTEGER NOT NULL, 
	"column" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	sentence TEXT NOT NULL, 
	original TEXT, 
	role TEXT NOT NULL, 
	title TEXT, 
	url TEXT, 
	identifier TEXT, 
	heading TEXT, 
	list_key TEXT, 
	position INTEGER, 
	summary TEXT, 
	status TEXT NOT NULL, 
	confidence REAL NOT NULL, 
	candidates TEXT DEFAULT '[]' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(review_id) REFERENCES reviews (id) ON DELETE CASCADE, 
	FOREIGN KEY(paper_id) REFERENCES papers (id) ON DELETE CASCADE
)
 STRICT
    """,
    """
CREATE INDEX mentions_paper ON mentions (paper_id)
    """,
    """
CREATE INDEX mentions_review ON mentions (review_id)
    """,
    """
CREATE TABLE relations (
	id INTEGER NOT NULL, 
	later INTEGER NOT NULL, 
	earlier INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	origin_kind TEXT NOT NULL, 
	source_id INTEGER NOT NULL, 
	review_id INTEGER, 
	line INTEGER, 
	text TEXT NOT NULL, 
	original TEXT, 
	cue TEXT, 
	stated INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT no_self_relation CHECK (later <> earlier), 
	FOREIGN KEY(later) REFERENCES papers (id) ON DELETE CASCADE, 
	FOREIGN KEY(earlier) REFERENCES papers (id) ON DELETE CASCADE, 
	FOREIGN KEY(source_id) REFERENCES sources (id), 
	FOREIGN KEY(review_id) REFERENCES reviews (id) ON DELETE CASCADE
)
 STRICT
    """,
    """
CREATE INDEX relations_earlier ON relations (earlier)
    """,
    """
CREATE INDEX relations_later ON relations (later)
    """,
    """
CREATE INDEX relations_review ON relations (review_id)
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    """There is nothing below the first version."""
