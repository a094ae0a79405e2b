"""The words of papers in SQLite: FTS5 tables, which keep the text and answer word queries."""

from __future__ import annotations

from collections.abc import Sequence

from papergraph.library.backend import Enter, NewRows, PaperText, Run

_CREATE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS papers_text USING fts5(title, names, abstract, summary,
    writing, tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS titles_text USING fts5(title, detail=none,
    tokenize='unicode61 remove_diacritics 2')""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS titles_words USING fts5vocab('titles_text', 'row')",
)
_COLUMNS = ("rowid", "title", "names", "abstract", "summary", "writing")
_COLUMN_WEIGHTS = "4.0, 6.0, 1.0, 1.5, 1.0"


class Fts5Index:
    """The text index of one SQLite library."""

    # the table that FTS5 keeps the text in: twice as quick as asking FTS5 for it
    kept = (
        "(SELECT id AS rowid, c0 AS title, c1 AS names, c2 AS abstract, c3 AS summary,"
        " c4 AS writing FROM papers_text_content)"
    )

    def __init__(self, run: Run, enter: Enter) -> None:
        self._run = run
        self._enter = enter

    def create(self) -> None:
        """Make the tables where they are missing."""
        for statement in _CREATE:
            self._run(statement)

    def append(self, found: Sequence[PaperText], titles: Sequence[tuple[int, str]]) -> None:
        """Enter the text of papers that have none yet, and their comparable titles."""
        rows = [(t.paper, t.title, t.names, t.abstract, t.summary, t.writing) for t in found]
        self._enter(NewRows(table="papers_text", columns=_COLUMNS, values=rows))
        self._enter(NewRows(table="titles_text", columns=("rowid", "title"), values=titles))

    def rank_any(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Papers with one of these words by BM25."""
        return self._rank(" OR ".join(f'"{word}"' for word in words), limit)

    def rank_phrase(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Papers with these words one after another by BM25."""
        return self._rank('"' + " ".join(words) + '"', limit)

    def having(self, words: Sequence[str], *, is_beginning: bool) -> list[int]:
        """Papers with these words one after another, the last one only begun if said so."""
        expression = '"' + " ".join(words) + '"' + ("*" if is_beginning else "")
        rows = self._run(
            "SELECT rowid FROM papers_text WHERE papers_text MATCH ? ORDER BY rowid", (expression,)
        )
        return [row[0] for row in rows]

    def titles_with_any(self, words: Sequence[str], limit: int) -> list[tuple[int, str]]:
        """Papers whose title has one of these words, with the title."""
        rows = self._run(
            "SELECT rowid, title FROM titles_text WHERE titles_text MATCH ? LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), limit),
        )
        return [(row[0], row[1]) for row in rows]

    def titles_with_all(self, words: Sequence[str], beginning: str, limit: int) -> list[int]:
        """Papers whose title has all these words, and one that begins so unless that is empty."""
        parts = [f'"{word}"' for word in words] + ([f'"{beginning}"*'] if beginning else [])
        rows = self._run(
            "SELECT rowid FROM titles_text WHERE titles_text MATCH ? LIMIT ?",
            (" AND ".join(parts), limit),
        )
        return [row[0] for row in rows]

    def count_titles(self, word: str) -> int:
        """How many titles have this word."""
        rows = self._run("SELECT doc FROM titles_words WHERE term = ?", (word,))
        return int(rows[0][0]) if rows else 0

    def _rank(self, expression: str, limit: int) -> list[tuple[int, float]]:
        rows = self._run(
            f"SELECT rowid, -bm25(papers_text, {_COLUMN_WEIGHTS}) AS score FROM papers_text"
            " WHERE papers_text MATCH ? ORDER BY score DESC, rowid LIMIT ?",
            (expression, limit),
        )
        return [(row[0], row[1]) for row in rows]
