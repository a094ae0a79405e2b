"""The text of papers for search: title, names, abstract, summary and what people wrote.

`papers_text` keeps the text and answers word queries; `titles_text` indexes the plain words of
titles so that near titles can be found by their rarest words. What finds the words is the
database's own: FTS5 in SQLite, tsvectors in PostgreSQL.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from papergraph.library.backend import PaperText
from papergraph.library.changes import Changes
from papergraph.library.database import Database
from papergraph.models import SearchableText
from papergraph.text import compare_form, title_words

# Titles that share a rare word are compared: those of the two rarest words, and of more words while
# they are few. Measured with benchmarks/match_titles.py against a scan of all titles.
_FEWEST_WORDS = 2
_ENOUGH_CANDIDATES = 200
_MOST_CANDIDATES = 3000
_MOST_BEGINNINGS = 2000
_COMMON = 1000
_QUERY_WORDS = 40
_READ_AT_ONCE = 5000
_MOST_SENTENCES = 1000
_SEARCHABLE = (
    "SELECT t.rowid, t.title, t.names, t.abstract, t.summary, t.writing,"
    " p.authors, p.year, p.venue, p.kind FROM papers_text t JOIN papers p ON p.id = t.rowid"
)


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
        self._database.texts.create()

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
            titles = [(text.paper, compare_form(text.title)) for text in found]
            self._database.texts.append(found, titles)
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
                where = f" WHERE {self._database.among('t.rowid')} ORDER BY t.rowid"
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
        return self._database.texts.having(words, is_beginning=is_beginning)

    def search(self, query: str, limit: int) -> list[tuple[int, float]]:
        """Rank papers for the words of a query; (paper, score) with higher scores better.

        Papers with all words come first when there are enough of them; words found in more than a
        tenth of the papers are left out while others remain.
        """
        words = self._telling_words(query)
        if not words:
            return []
        return self._database.texts.rank_any(words, limit)

    def search_phrase(self, phrase: str, limit: int) -> list[tuple[int, float]]:
        """Rank papers that have these words one after another."""
        words = re.findall(r"\w+", phrase)[:_QUERY_WORDS]
        return self._database.texts.rank_phrase(words, limit) if words else []

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
        return dict(self._database.texts.titles_with_any(chosen, 2 * _MOST_CANDIDATES))

    def titles_starting(self, title: str, limit: int = 20) -> list[int]:
        """Papers whose title begins with these words."""
        form = compare_form(title)
        if not form:
            return []
        whole = form.split()[:-1]
        beginning = "" if whole else form
        wanted = self._database.texts.titles_with_all(whole, beginning, _MOST_BEGINNINGS)
        titles = self.titles(wanted)
        return [number for number in wanted if titles.get(number, "").startswith(form)][:limit]

    def short_titles_with(self, word: str, most_words: int = 3) -> list[int]:
        """Papers whose title has at most `most_words` words and begins with `word`.

        Where none does, the one paper that has the word in its title, if that is short: what
        stands in the titles of several papers names none of them.
        """
        words = title_words(word)
        if len(words) != 1:
            return []
        rows = self._database.texts.titles_with_any(words, _MOST_CANDIDATES)
        short = [(number, title) for number, title in rows if len(title.split()) <= most_words]
        first = [number for number, title in short if title.split()[0] == words[0]]
        return first or ([number for number, _ in short] if len(rows) == 1 else [])

    def titles(self, numbers: Collection[int]) -> dict[int, str]:
        """The titles of these papers in comparable form."""
        rows = self._database.read(
            f"SELECT rowid, title FROM titles_text WHERE {self._database.among('rowid')}",
            (json.dumps(list(numbers)),),
        )
        return {row[0]: row[1] for row in rows}

    def texts_of(self, numbers: Collection[int]) -> dict[int, PaperText]:
        """What the index holds of these papers."""
        rows = self._database.read(
            "SELECT rowid, title, names, abstract, summary, writing"
            f" FROM {self._database.texts.kept} WHERE {self._database.among('rowid')}",
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
            f" WHERE {self._database.among('m.paper_id')} ORDER BY m.id LIMIT ?",
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
            count = self._database.texts.count_titles(word)
            if count:
                counts[word] = count
                if count >= _COMMON:
                    self._common[word] = count
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
