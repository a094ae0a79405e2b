"""Kinship of titles: a child named after its parent, and the rare words two titles share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

_MOST_WORDS = 3  # of a name; longer heads are sentences
_FEWEST_LETTERS = 3
_MOST_ADDED = 6  # letters a child adds to the name of its parent, as in RoBERTa or YOLOv3
_WORD = re.compile(r"[a-z0-9]{3,}")
_TITLES_KEPT = 20_000  # the papers around a target are looked at again for the next one
_MOST_JOINED = 4  # words of a title that are one name together
_FEWEST_EARLIER = 2
_COINED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\d|\+")
_YEAR = re.compile(r"\((?:19|20)\d\d\)")
_VERSION = re.compile(r"(v?\d+(\.\d+)?|\+\+)$")


@lru_cache(maxsize=_TITLES_KEPT)
def title_name(title: str) -> str | None:
    """Return the name a paper gives its work, letters and figures in lower case; None without one.

    It is what stands before a colon, or a whole title of at most three words; a version at its end
    is left out.

    >>> title_name("BERT: Pre-training of Deep Bidirectional Transformers")
    'bert'
    >>> title_name("YOLOv3: An Incremental Improvement"), title_name("Fast R-CNN")
    ('yolo', 'fastrcnn')
    >>> title_name("Attention Is All You Need")
    """
    head = title.partition(":")[0].strip()
    if len(head.split()) > _MOST_WORDS:
        return None
    letters = re.sub(r"[^a-z0-9+]", "", head.casefold())
    name = _VERSION.sub("", letters) or letters
    return name if len(name) >= _FEWEST_LETTERS else None


def shown_name(title: str) -> str:
    """Return the name of `title_name` as it is written.

    >>> shown_name("YOLOv3: An Incremental Improvement"), shown_name("Diffusion (2015)")
    ('YOLO', 'Diffusion')
    """
    head = title.partition(":")[0].strip()
    bare = re.sub(r"[\s(-]*(v?\d+(\.\d+)?|\+\+)\)?$", "", head, flags=re.IGNORECASE)
    return bare if len(re.sub(r"[^a-z0-9+]", "", bare.casefold())) >= _FEWEST_LETTERS else head


def holds_name(title: str, name: str) -> bool:
    """Tell whether a title holds a name, as words or as the beginning or end of a coined word.

    >>> holds_name("RoBERTa: A Robustly Optimized BERT Pretraining Approach", "bert")
    True
    >>> holds_name("Distilbert, a distilled version", "bert"), holds_name("Albertine", "bert")
    (True, False)
    """
    return bool(_as_words(title, name) or _in_words(title, name))


def is_name_meant(title: str, named: str, earlier: Iterable[str]) -> bool:
    """Tell whether a title that holds the name of `named` means it, and not a word of the field.

    Its spelling shows it, or none, or only one, of the `earlier` titles, of before the paper with
    this name, has these words: then the paper brought them. A plain word that needs a year to be a
    name, as in "Diffusion (2015)", is none without it.

    >>> is_name_meant("Faster R-CNN", "R-CNN", []), is_name_meant("QLoRA: Tuning", "LoRA", [])
    (True, True)
    >>> older = ["Learning to act by reinforcement learning", "Reinforcement learning of walks"]
    >>> is_name_meant("Deep Reinforcement Learning", "Reinforcement learning: A survey", older)
    False
    >>> is_name_meant("Deep Reinforcement Learning", "REINFORCE", [])
    False
    """
    name = title_name(named)
    if not name:
        return False
    as_words = _as_words(title, name)
    found = as_words or _in_words(title, name)
    if not title.isupper() and any(_is_coined(word) for word in found):
        return True
    if not as_words or (_YEAR.search(named) and not _is_coined(shown_name(named))):
        return False
    return sum(bool(_as_words(other, name)) for other in earlier) < _FEWEST_EARLIER


def _as_words(title: str, name: str) -> tuple[str, ...]:
    """The words of a title that are a name, as they are written; one word may have a plural s."""
    keys, written = _words(title)
    for start in range(len(keys)):
        joined = ""
        for end in range(start, min(start + _MOST_JOINED, len(keys))):
            joined += keys[end]
            if joined == name:
                return written[start : end + 1]
    return tuple(word for key, word in zip(keys, written, strict=True) if key == f"{name}s")


def _in_words(title: str, name: str) -> tuple[str, ...]:
    """The words of a title that begin or end with a name."""
    if len(name) <= _FEWEST_LETTERS:
        return ()
    return tuple(
        word
        for key, word in zip(*_words(title), strict=True)
        if len(key) <= len(name) + _MOST_ADDED and (key.startswith(name) or key.endswith(name))
    )


@lru_cache(maxsize=_TITLES_KEPT)
def _words(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a title, in lower case without hyphens, and as they are written."""
    written = re.sub(r"[^A-Za-z0-9+ -]", " ", title).split()
    return tuple(word.replace("-", "").lower() for word in written), tuple(written)


def _is_coined(text: str) -> bool:
    """Is a name spelled as no word is: with capitals or figures in it?"""
    return bool(_COINED.search(text))


@lru_cache(maxsize=_TITLES_KEPT)
def title_stems(title: str) -> frozenset[str]:
    """Words of three letters or more, in lower case and the singular."""
    return frozenset(
        [
            word[:-1] if word[-1] == "s" and len(word) > 3 and word[-2] != "s" else word
            for word in _WORD.findall(title.casefold())
        ]
    )


def word_overlaps(title: str, others: Sequence[str]) -> list[float]:
    """How much each title shares with one, 0 to 1; words rare among the others count most.

    Words that all candidates have in common say nothing of any of them: the cosine of the titles'
    words is weighted by the logarithm of their rareness among `others`.
    """
    stems = [title_stems(other) for other in others]
    counts = Counter(chain.from_iterable(stems))
    size = math.log(len(others) + 1)
    rarity = {word: size - math.log(count) for word, count in counts.items()}
    own = title_stems(title)
    total = sum(rarity.get(word, size) for word in own) or 1.0
    overlaps = []
    for words in stems:
        shared = sum([rarity[word] for word in words & own])
        whole = sum([rarity[word] for word in words]) if shared else 0.0
        overlaps.append(shared / math.sqrt(total * whole) if whole else 0.0)
    return overlaps
