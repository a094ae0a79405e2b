"""From text to the words that are indexed: lower case, no accents, Snowball's English stems.

British and American spellings of a word have one stem.

Scripts written without blanks (Chinese, Japanese, Thai and others) are indexed by pairs of signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

import Stemmer

# What a short query says without meaning it; "a" and "the" tell nothing about a paper.
STOP_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "how", "in", "is", "it"),
        *("its", "of", "on", "or", "that", "the", "these", "this", "to", "was", "we", "what"),
        *("when", "where", "which", "who", "why", "will", "with"),
    )
)
# What a question says besides its matter: the words people ask for papers with.
_ASKING_WORDS = STOP_WORDS | frozenset(
    (
        *("about", "also", "any", "between", "can", "could", "did", "discuss", "do", "does"),
        *("give", "has", "have", "i", "into", "list", "me", "name", "our", "paper", "papers"),
        *("please", "provide", "reference", "references", "research", "should", "some", "studies"),
        *("study", "such", "tell", "than", "their", "them", "there", "they", "those", "use"),
        *("used", "using", "via", "work", "works", "would", "you"),
    )
)
_ASKING = re.compile(
    r"(?i)\s*(what|which|who|why|how|when|where|are|is|can|could|do|does|did|has|have|would"
    r"|should|name|list|give|tell)\b.*\s.*\s"
)
_WORD = re.compile(r"[^\W_]+")
_NO_BLANKS = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+)")
_LONGEST = 64  # signs; longer "words" are data, not language
_BRITISH = re.compile(
    "(?<=[a-z]{3})(?:"
    "(is|ys)(?=(?:e[drs]?|ers?|ing|ations?|ational|able)$)"
    "|(our)(?=(?:s|ed|ing|ally?|able|ful|less|hoods?)?$)"
    "|(tre)(?=s?$))"
)
_LEAST_BRITISH = 5  # signs of a stem that may be spelt in two ways
_AMERICAN = {"is": "iz", "ys": "yz", "our": "or", "tre": "ter"}
_stemmer = Stemmer.Stemmer("english")


def comparable_words(text: str) -> list[str]:
    """Split text into lower-case words without accents.

    >>> comparable_words("Schrödinger's R-CNN_v2")
    ['schrodinger', 's', 'r', 'cnn', 'v2']
    >>> comparable_words("注意力机制 net")
    ['注意', '意力', '力机', '机制', 'net']
    """
    if text.isascii():
        return _WORD.findall(text.lower())
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return [part for word in _WORD.findall(text) for part in _parts(word)]


def stem_of(word: str) -> str:
    """Cut a comparable word to its stem.

    >>> stem_of("networks"), stem_of("learning")
    ('network', 'learn')
    >>> [stem_of(word) for word in ("optimisation", "optimization", "behaviour", "behavior")]
    ['optim', 'optim', 'behavior', 'behavior']
    """
    american = _BRITISH.sub(lambda found: _AMERICAN[found[0]], word[:_LONGEST])
    return str(_stemmer.stemWord(american))


def beginning_of(stem: str) -> str:
    """What all words of a stem begin with, in either spelling.

    >>> [beginning_of(stem) for stem in ("studi", "superviz", "behavior", "center", "network")]
    ['stud', 'supervi', 'behavio', 'cent', 'network']
    """
    if len(stem) >= _LEAST_BRITISH and stem.endswith("ter"):
        return stem[:-2]
    if len(stem) >= _LEAST_BRITISH and stem.endswith(("iz", "yz", "or")):
        return stem[:-1]
    return stem[:-1] if stem.endswith(("i", "e")) else stem


def is_question(query: str) -> bool:
    """Is this asked in a sentence?

    >>> is_question("Which papers train a hypernetwork?"), is_question("meta learning")
    (True, False)
    """
    return query.rstrip().endswith("?") or _ASKING.match(query) is not None


def query_stems(query: str) -> tuple[str, ...]:
    """The stems a query is searched by, each once; empty words count only when alone.

    >>> query_stems("What works study the variance of policy gradients?")
    ('varianc', 'polici', 'gradient')
    >>> query_stems("to be")
    ('to', 'be')
    """
    words = comparable_words(query)
    empty = _ASKING_WORDS if is_question(query) else STOP_WORDS
    telling = [word for word in words if word not in empty]
    return tuple(dict.fromkeys(stem_of(word) for word in telling or words))


def digest(term: str) -> int:
    """64 bits that stand for a term; two of a million terms share them once in 37 million cases."""
    return int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def label(field: str, word: str) -> str:
    """The term that stands for a word of a field that is filtered by, such as an author."""
    return f"{field}\x1f{word}"


def _parts(word: str) -> Sequence[str]:
    """A word as it is; a run of a script without blanks as overlapping pairs."""
    if not _NO_BLANKS.search(word):
        return (word,)
    parts: list[str] = []
    for run in _NO_BLANKS.split(word):
        if len(run) > 2 and _NO_BLANKS.fullmatch(run):
            parts += [run[start : start + 2] for start in range(len(run) - 1)]
        elif run:
            parts.append(run)
    return parts
