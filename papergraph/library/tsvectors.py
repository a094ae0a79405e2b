"""The words of papers in PostgreSQL: tsvectors under GIN indexes.

The words are cut and stemmed here, the way FTS5 does it in SQLite, so that both find the same
papers whatever the locale and the extensions of the server.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence

import Stemmer

from papergraph.library.backend import Enter, NewRows, PaperText, Run

_CREATE = (
    """CREATE TABLE IF NOT EXISTS papers_text (rowid INTEGER PRIMARY KEY, title TEXT NOT NULL,
    names TEXT NOT NULL, abstract TEXT NOT NULL, summary TEXT NOT NULL, writing TEXT NOT NULL,
    words TSVECTOR NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS papers_text_words ON papers_text USING gin (words)",
    """CREATE TABLE IF NOT EXISTS titles_text (rowid INTEGER PRIMARY KEY, title TEXT NOT NULL,
    words TSVECTOR NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS titles_text_words ON titles_text USING gin (words)",
)
_COLUMNS = ("rowid", "title", "names", "abstract", "summary", "writing", "words")
# how much a word counts by where it stands, as in fts5.py, the most set to 1
_WEIGHTS = "'{0.17, 0.25, 0.67, 1.0}'"
_GAP = 2  # places between two parts of a text: no phrase runs from one into the other
_LONGEST_WORD = 200
_LARGEST = 900_000  # bytes of one tsvector; PostgreSQL takes a little more
_LAST_PLACE = 16_383  # PostgreSQL knows no higher one
_local = threading.local()


class TsvectorIndex:
    """The text index of one PostgreSQL library."""

    kept = "papers_text"

    def __init__(self, run: Run, enter: Enter) -> None:
        self._run = run
        self._enter = enter

    def create(self) -> None:
        """Make the tables where they are missing."""
        for statement in _CREATE:
            self._run(statement)

    def append(self, found: Sequence[PaperText], titles: Sequence[tuple[int, str]]) -> None:
        """Enter the text of papers that have none yet, and their comparable titles."""
        rows = [
            (t.paper, t.title, t.names, t.abstract, t.summary, t.writing, _vector(t)) for t in found
        ]
        named = [(number, title, _write([(cut(title), "")])) for number, title in titles]
        self._enter(NewRows(table="papers_text", columns=_COLUMNS, values=rows))
        self._enter(NewRows(table="titles_text", columns=("rowid", "title", "words"), values=named))

    def rank_any(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Papers with one of these words, by how often and where they stand."""
        return self._rank(" | ".join(filter(None, (_phrase([word]) for word in words))), limit)

    def rank_phrase(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Papers with these words one after another, by how often and where they stand."""
        return self._rank(_phrase(words), limit)

    def having(self, words: Sequence[str], *, is_beginning: bool) -> list[int]:
        """Papers with these words one after another, the last one only begun if said so."""
        query = _phrase(words)
        if not query:
            return []
        rows = self._run(
            "SELECT rowid FROM papers_text WHERE words @@ CAST(? AS tsquery) ORDER BY rowid",
            (query + (":*" if is_beginning else ""),),
        )
        return [row[0] for row in rows]

    def titles_with_any(self, words: Sequence[str], limit: int) -> list[tuple[int, str]]:
        """Papers whose title has one of these words, with the title."""
        rows = self._titles(" | ".join(map(_quote, words)), limit)
        return [(row[0], row[1]) for row in rows]

    def titles_with_all(self, words: Sequence[str], beginning: str, limit: int) -> list[int]:
        """Papers whose title has all these words, and one that begins so unless that is empty."""
        parts = [*map(_quote, words), *([f"{_quote(beginning)}:*"] if beginning else [])]
        return [row[0] for row in self._titles(" & ".join(parts), limit)]

    def count_titles(self, word: str) -> int:
        """How many titles have this word."""
        sql = "SELECT count(*) FROM titles_text WHERE words @@ CAST(? AS tsquery)"
        return int(self._run(sql, (_quote(word),))[0][0])

    def _titles(self, query: str, limit: int) -> list[tuple[int, str]]:
        return self._run(
            "SELECT rowid, title FROM titles_text WHERE words @@ CAST(? AS tsquery)"
            " ORDER BY rowid LIMIT ?",
            (query, limit),
        )

    def _rank(self, query: str, limit: int) -> list[tuple[int, float]]:
        if not query:
            return []
        rows = self._run(
            f"SELECT rowid, ts_rank({_WEIGHTS}, words, query) AS score"
            " FROM papers_text, CAST(? AS tsquery) query WHERE words @@ query"
            " ORDER BY score DESC, rowid LIMIT ?",
            (query, limit),
        )
        return [(row[0], float(row[1])) for row in rows]


def _vector(text: PaperText) -> str:
    parts = (
        (text.title, "B"),
        (text.names, "A"),
        (text.summary, "C"),
        (text.abstract, ""),
        (text.writing, ""),
    )
    return _write((_stem(cut(part)), weight) for part, weight in parts)


def _write(parts: Iterable[tuple[list[str], str]]) -> str:
    """Write a tsvector: every word with its places, and the weight of the part it stands in."""
    places: dict[str, list[str]] = {}
    place, size = 1, 0
    for words, weight in parts:
        for word in words:
            size += 2 if word in places else len(word.encode()) + 8
            if size > _LARGEST:
                break
            places.setdefault(word, []).append(f"{min(place, _LAST_PLACE)}{weight}")
            place += 1
        place += _GAP
    return " ".join(f"{_quote(word)}:{','.join(at)}" for word, at in places.items())


def cut(text: str) -> list[str]:
    """Cut a text into words of letters and figures, in lower case and without accents.

    >>> cut("Schrödinger's R-CNN, 2nd_ed.")
    ['schrodinger', 's', 'r', 'cnn', '2nd', 'ed']
    """
    if not text.isascii():
        apart = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize(
            "NFC", "".join(s for s in apart if not unicodedata.combining(s))
        )
    return re.findall(r"[^\W_]+", text.lower())


def _stem(words: list[str]) -> list[str]:
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:  # one must not be used by two threads at once
        stemmer = _local.stemmer = Stemmer.Stemmer("porter")
    stems: list[str] = stemmer.stemWords(words)
    return [stem or word for stem, word in zip(stems, words, strict=True)]  # nothing is left of "s"


def _phrase(words: Sequence[str]) -> str:
    return " <-> ".join(map(_quote, _stem(cut(" ".join(words)))))


def _quote(word: str) -> str:
    r"""Write a word as a lexeme.

    >>> print(_quote("o'neill"))
    'o''neill'
    """
    return "'" + word[:_LONGEST_WORD].replace("\\", "\\\\").replace("'", "''") + "'"
