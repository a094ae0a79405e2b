"""Signatures of stored texts: which of them can have a name at all, told without reading them.

A signature is the set of the rows of three letters of a text, hashed to bits, and of the words
before each year in it. What a text holds, its signature never denies; what it does not hold is
rarely let through, and is looked for in the text itself.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zlib
from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert

from papergraph.library.database import Database
from papergraph.library.schema import review_signatures
from papergraph.models import byline_words, words_of_byline

_BETWEEN = re.compile(r"[^\w+]+")
_TAG = re.compile(r"<[^<>]{1,300}>")
_NO_LETTERS = bytes(sign for sign in range(128) if not chr(sign).isalnum() and chr(sign) != "+")
_BITS = 14_000  # a text of 10 KB sets an eighth of them; two rows go on a page of SQLite
_ROW = 3
_MOST_ROWS = 16  # of a name that are asked for; more would let no fewer texts through
_MOST_NAMES = 3000  # above that, looking into all texts costs no more
_CHUNK = 400
_CITING = zlib.crc32(b"citation keys")  # texts that may name anybody, by keys

Rows = NDArray[np.int64]


class Signatures:
    """The signatures of one library's texts, written with them or when they are first asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, number: int, text: str) -> None:
        """Enter the signature of a review's text in place of the one before."""
        values = {"letters": sign_letters(text), "bylines": sign_bylines(text)}
        self._database.execute(
            delete(review_signatures).where(review_signatures.c.review_id == number)
        )
        self._database.execute(insert(review_signatures).values(review_id=number, **values))

    def holding(self, keys: Collection[str]) -> set[int] | None:
        """Reviews whose texts may have one of these keys in their letters; None for any."""
        wanted = [rows_of(key.encode()) for key in keys]
        if len(wanted) > _MOST_NAMES or any(not len(rows) for rows in wanted):
            return None
        numbers, blobs = self._read("letters")
        signed = np.frombuffer(b"".join(blobs), dtype=np.uint8).reshape(len(numbers), _BITS // 8)
        asked = np.unique(np.concatenate(wanted)) if wanted else np.empty(0, dtype=np.int64)
        bits = (signed[:, asked >> 3] >> (asked & 7).astype(np.uint8)) & 1 == 1
        found = np.zeros(len(numbers), dtype=np.bool_)
        for rows in wanted:
            found |= bits[:, np.searchsorted(asked, rows)].all(axis=1)
        return set(numbers[found].tolist())

    def citing(self, keys: Collection[str]) -> set[int]:
        """Reviews whose texts may name papers by these first authors and years."""
        numbers, blobs = self._read("bylines")
        lengths = [len(blob) // 4 for blob in blobs]
        signed = np.frombuffer(b"".join(blobs), dtype=np.uint32)
        words = (word for key in keys for word in words_of_byline(key))
        wanted = np.array(
            [_CITING, *(zlib.crc32(word.encode()) for word in words)], dtype=np.uint32
        )
        owners = np.repeat(numbers, lengths)
        return set(owners[np.isin(signed, wanted)].tolist())

    def _read(self, column: str) -> tuple[NDArray[np.int64], list[bytes]]:
        self._complete()
        rows = self._database.read(
            f"SELECT review_id, {column} FROM review_signatures ORDER BY review_id"
        )
        return np.array([row[0] for row in rows], dtype=np.int64), [bytes(row[1]) for row in rows]

    def _complete(self) -> None:
        """Sign the texts that were stored before there were signatures."""
        rows = self._database.read(
            "SELECT id FROM reviews WHERE id NOT IN (SELECT review_id FROM review_signatures)"
        )
        missing = [int(row[0]) for row in rows]
        for start in range(0, len(missing), _CHUNK):
            chunk = json.dumps(missing[start : start + _CHUNK])
            among = self._database.among("id")
            with self._database.transaction():
                for number, text in self._database.read(
                    f"SELECT id, text FROM reviews WHERE {among}", (chunk,)
                ):
                    self.put(number, text)


def squeeze(text: str) -> bytes:
    """Letters and figures of a text without anything between them: holds every name in it."""
    if not text.isascii():
        text = _BETWEEN.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return text.lower().encode("utf-8", "replace").translate(None, _NO_LETTERS)


def shown(text: str) -> str | None:
    """A text without its mark-up, as "Wide &amp; <em>Deep</em>" is shown; None for one without."""
    return html.unescape(_TAG.sub(" ", text)) if "<" in text or "&" in text else None


def letters_of(text: str) -> Iterator[bytes]:
    """All that names are looked for in: its letters with and without plus signs, and as shown."""
    for one in (text, shown(text)):
        if one is not None:
            letters = squeeze(one)
            yield letters
            if b"+" in letters:
                yield letters.replace(b"+", b"")


def sign_letters(text: str) -> bytes:
    """Hash the rows of three letters of a text to bits, as bytes."""
    bits = np.zeros(_BITS, dtype=np.bool_)
    for letters in letters_of(text):
        bits[_hash(letters)] = True
    return np.packbits(bits, bitorder="little").tobytes()


def sign_bylines(text: str) -> bytes:
    """Hash the words before the years of a text, as sorted numbers of four bytes."""
    words = byline_words(text)
    hashed = {_CITING} if words is None else {zlib.crc32(word.encode()) for word in words}
    return np.array(sorted(hashed), dtype=np.uint32).tobytes()


def rows_of(letters: bytes) -> Rows:
    """The bits of some rows of three letters of a name; empty for one that has none."""
    rows = _hash(letters)
    return rows[:: max(1, -(-len(rows) // _MOST_ROWS))]


def _hash(letters: bytes) -> Rows:
    read = np.frombuffer(letters, dtype=np.uint8).astype(np.int64)
    if len(read) < _ROW:
        return np.empty(0, dtype=np.int64)
    return (read[:-2] * 7919 + read[1:-1] * 271 + read[2:] * 11) % _BITS
