"""The text of papers for search: FTS5 over title, names, abstract, summary and what people wrote.

`papers_text` keeps the text and answers word queries; `titles_text` indexes the plain words of
titles so that near titles can be found by their rarest words.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from papergraph.library.changes import Changes
from papergraph.library.database import Database
from papergraph.models import SearchableText
from papergraph.text import compare_form, title_words

_CREATE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS papers_text USING fts5(title, names, abstract, summary,
    writing, tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS titles_text USING fts5(title, detail=none,
    tokenize='unicode61 remove_diacritics 2')""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS titles_words USING fts5vocab('titles_text', 'row')",
)
_COLUMN_WEIGHTS = "4.0, 6.0, 1.0, 1.5, 1.0"
# Titles that share a rare word are compared: those of the two rarest words, and of more words while
# they are few. Measured with benchmarks/match_titles.py against a scan of all titles.
_FEWEST_WORDS = 2
_ENOUGH_CANDIDATES = 200
_MOST_CANDIDATES = 3000
_COMMON = 1000
_QUERY_WORDS = 40
_READ_AT_ONCE = 5000
_MOST_SENTENCES = 1000
_SEARCHABLE = (
    "SELECT t.rowid, t.title, t.names, t.abstract, t.summary, t.writing,"
    " p.authors, p.year, p.venue, p.kind FROM papers_text t JOIN papers p ON p.id = t.rowid"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperText:
    """What is searched of one paper."""

    paper: int
    title: str
    names: str = ""
    abstract: str = ""
    summary: str = ""
    writing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a review that names a paper."""

    text: str
    origin: str
    line: int


class Texts:
    """The text index of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.changes = Changes(database, "texts")
        self._common: dict[str, int] = {}  # counting a common word walks through all its places

    def create(self) -> None:
        """Make the index tables of a new library."""
        for statement in _CREATE:
            self._database.execute_raw(statement)

    def put(self, found: Sequence[PaperText]) -> None:
        """Enter or replace the text of papers."""
        with self._database.transaction():
            self._remove([item.paper for item in found])
            self.append(found)

    def append(self, found: Sequence[PaperText]) -> None:
        """Enter the text of papers that have none yet."""
        if not found:
            return
        with self._database.transaction():
            self._database.execute_raw(
                "INSERT INTO papers_text (rowid, title, names, abstract, summary, writing)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [(t.paper, t.title, t.names, t.abstract, t.summary, t.writing) for t in found],
            )
            self._database.execute_raw(
                "INSERT INTO titles_text (rowid, title) VALUES (?, ?)",
                [(text.paper, compare_form(text.title)) for text in found],
            )
            self.changes.note([text.paper for text in found])

    def drop(self, numbers: Collection[int]) -> None:
        """Take papers out of the index."""
        with self._database.transaction():
            self._remove(numbers)
            self.changes.note(numbers)

    def searchable(self, numbers: Collection[int] | None = None) -> Iterator[SearchableText]:
        """Yield what is searched of these papers, or of every paper, in the order of numbers."""
        if numbers is not None:
            wanted = sorted(numbers)
            for start in range(0, len(wanted), _READ_AT_ONCE):
                chunk = json.dumps(wanted[start : start + _READ_AT_ONCE])
                where = " WHERE t.rowid IN (SELECT value FROM json_each(?)) ORDER BY t.rowid"
                rows = self._database.execute_raw(_SEARCHABLE + where, (chunk,))
                yield from map(_searchable, rows)
            return
        last = 0
        while True:
            where = " WHERE t.rowid > ? ORDER BY t.rowid LIMIT ?"
            rows = self._database.execute_raw(_SEARCHABLE + where, (last, _READ_AT_ONCE))
            if not rows:
                return
            last = rows[-1][0]
            yield from map(_searchable, rows)

    def having(self, phrase: str, *, is_beginning: bool = False) -> list[int]:
        """Papers that have these words one after another, the last one only begun if said so."""
        words = re.findall(r"\w+", phrase)[:_QUERY_WORDS]
        if not words:
            return []
        expression = '"' + " ".join(words) + '"' + ("*" if is_beginning else "")
        rows = self._database.execute_raw(
            "SELECT rowid FROM papers_text WHERE papers_text MATCH ? ORDER BY rowid", (expression,)
        )
        return [row[0] for row in rows]

    def search(self, query: str, limit: int) -> list[tuple[int, float]]:
        """Rank papers by BM25 for the words of a query; (paper, score) with higher scores better.

        Papers with all words come first when there are enough of them; words found in more than a
        tenth of the papers are left out while others remain.
        """
        words = self._telling_words(query)
        if not words:
            return []
        return self._match(" OR ".join(f'"{word}"' for word in words), limit)

    def search_phrase(self, phrase: str, limit: int) -> list[tuple[int, float]]:
        """Rank papers that have these words one after another."""
        words = re.findall(r"\w+", phrase)[:_QUERY_WORDS]
        return self._match('"' + " ".join(words) + '"', limit) if words else []

    def titles_near(self, title: str) -> dict[int, str]:
        """Titles that share one of the rarest words of `title`, in comparable form, by paper."""
        counts = self._title_word_counts(title_words(title))
        chosen: list[str] = []
        seen = 0
        for word, count in sorted(counts.items(), key=lambda item: (item[1], item[0])):
            if len(chosen) >= _FEWEST_WORDS and seen + count > _ENOUGH_CANDIDATES:
                break
            if chosen and seen + count > _MOST_CANDIDATES:
                break
            chosen.append(word)
            seen += count
        if not chosen:
            return {}
        rows = self._database.execute_raw(
            "SELECT rowid, title FROM titles_text WHERE titles_text MATCH ? LIMIT ?",
            (" OR ".join(f'"{word}"' for word in chosen), 2 * _MOST_CANDIDATES),
        )
        return {row[0]: row[1] for row in rows}

    def titles_starting(self, title: str, limit: int = 20) -> list[int]:
        """Papers whose title begins with these words."""
        form = compare_form(title)
        rows = (
            self._database.execute_raw(
                "SELECT rowid FROM titles_text WHERE titles_text MATCH ? LIMIT 2000",
                (" AND ".join(f'"{word}"' for word in form.split()[:-1]) or f'"{form}"*',),
            )
            if form
            else []
        )
        wanted = [row[0] for row in rows]
        titles = self.titles(wanted)
        return [number for number in wanted if titles.get(number, "").startswith(form)][:limit]

    def short_titles_with(self, word: str, most_words: int = 3) -> list[int]:
        """Papers whose title has at most `most_words` words, one of them `word`."""
        words = title_words(word)
        if len(words) != 1:
            return []
        rows = self._database.execute_raw(
            "SELECT rowid, title FROM titles_text WHERE titles_text MATCH ? LIMIT ?",
            (f'"{words[0]}"', _MOST_CANDIDATES),
        )
        return [row[0] for row in rows if len(row[1].split()) <= most_words]

    def titles(self, numbers: Collection[int]) -> dict[int, str]:
        """The titles of these papers in comparable form."""
        rows = self._database.read(
            "SELECT rowid, title FROM titles_text WHERE rowid IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        return {row[0]: row[1] for row in rows}

    def texts_of(self, numbers: Collection[int]) -> dict[int, PaperText]:
        """What the index holds of these papers."""
        rows = self._database.read(
            "SELECT rowid, title, names, abstract, summary, writing FROM papers_text"
            " WHERE rowid IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        return {
            row[0]: PaperText(
                paper=row[0],
                title=row[1],
                names=row[2],
                abstract=row[3],
                summary=row[4],
                writing=row[5],
            )
            for row in rows
        }

    def writing(self, numbers: Collection[int]) -> dict[int, str]:
        """What people wrote about these papers, from their mentions, in one text each."""
        parts: dict[int, list[str]] = defaultdict(list)
        for number in numbers:
            rows = self._database.execute_raw(
                "SELECT sentence, summary FROM mentions WHERE paper_id = ? ORDER BY id LIMIT 200",
                (number,),
            )
            for sentence, summary in rows:
                parts[number] += [summary or "", sentence]
        return {number: "\n".join(_distinct(texts)) for number, texts in parts.items()}

    def sentences(self, numbers: Collection[int]) -> dict[int, list[Sentence]]:
        """The sentences of reviews that name these papers, in the order they were read."""
        found: dict[int, list[Sentence]] = defaultdict(list)
        rows = self._database.read(
            "SELECT m.paper_id, m.sentence, r.origin, m.line FROM mentions m"
            " JOIN reviews r ON r.id = m.review_id"
            " WHERE m.paper_id IN (SELECT value FROM json_each(?)) ORDER BY m.id LIMIT ?",
            (json.dumps(list(numbers)), _MOST_SENTENCES),
        )
        for number, text, origin, line in rows:
            found[number].append(Sentence(text=text, origin=origin, line=line))
        return found

    def _remove(self, numbers: Collection[int]) -> None:
        rows = [(number,) for number in numbers]
        if rows:
            self._database.execute_raw("DELETE FROM papers_text WHERE rowid = ?", rows)
            self._database.execute_raw("DELETE FROM titles_text WHERE rowid = ?", rows)

    def _match(self, expression: str, limit: int) -> list[tuple[int, float]]:
        rows = self._database.execute_raw(
            f"SELECT rowid, -bm25(papers_text, {_COLUMN_WEIGHTS}) AS score FROM papers_text"
            " WHERE papers_text MATCH ? ORDER BY score DESC, rowid LIMIT ?",
            (expression, limit),
        )
        return [(row[0], row[1]) for row in rows]

    def _telling_words(self, query: str) -> list[str]:
        words = list(dict.fromkeys(re.findall(r"\w+", query.lower())))[:_QUERY_WORDS]
        total = self._database.execute_raw("SELECT count(*) FROM titles_text")[0][0]
        counts = self._title_word_counts(words)
        telling = [word for word in words if counts.get(word, 0) <= max(50, total / 10)]
        return telling or words

    def _title_word_counts(self, words: Iterable[str]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for word in dict.fromkeys(words):
            if word in self._common:
                counts[word] = self._common[word]
                continue
            rows = self._database.execute_raw(
                "SELECT doc FROM titles_words WHERE term = ?", (word,)
            )
            if rows:
                counts[word] = rows[0][0]
                if counts[word] >= _COMMON:
                    self._common[word] = counts[word]
        return counts


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _searchable(row: Sequence[Any]) -> SearchableText:
    return SearchableText(
        paper=row[0],
        title=row[1],
        names=row[2],
        abstract=row[3],
        summary=row[4],
        writing=row[5],
        authors=tuple(json.loads(row[6])) if row[6] else (),
        year=row[7],
        venue=row[8] or "",
        kind=row[9],
    )
