"""Which stored texts can have a name at all: filled when it is first asked for; frozen."""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLE = """
CREATE TABLE review_signatures (
	review_id INTEGER NOT NULL,
	letters BLOB NOT NULL,
	bylines BLOB NOT NULL,
	PRIMARY KEY (review_id),
	FOREIGN KEY(review_id) REFERENCES reviews (id) ON DELETE CASCADE
)
 STRICT
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(TABLE)


def downgrade() -> None:
    """Drop the table."""
    op.execute("DROP TABLE review_signatures")
