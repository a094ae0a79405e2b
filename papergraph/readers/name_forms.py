"""Whether words in a sentence are meant as the name of a paper, or are just words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from papergraph.readers.ordinary_words import is_ordinary
from papergraph.readers.weak_names import is_of_trade
from papergraph.text import name_key

_SMALL = r"in|to|of|is|all|you|for|by|from|with|and|on|between|at|as|the|a|an|via|without|are|not"
SMALL_WORD = re.compile(rf"(?:{_SMALL})\b", re.IGNORECASE)
# Nouns that German joins to a name with a hyphen, and that are no part of it; some are English,
# too. "CLIP-Adapter", "BERT-Flow" and "GPT-J" are names of their own.
_NOUN = (
    r"(?:(?:[A-ZÄÖÜ][a-zäöüß]*)?(?i:papers?|papier|artikels?|aufsatz(?:es)?|architektur(?:en)?|"
    r"modell(?:en?|s)?|netz(?:en?|es)?|netzwerk(?:en?|e?s)?|bl[oö]ck(?:en?|s)?|schicht(?:en)?|"
    r"ansatz(?:es)?|ansätzen?|verfahrens?|methoden?|varianten?|autor(?:en|s|in|innen)?|"
    r"implementierung(?:en)?|algorithm(?:us|en)|optimierers?|zellen?|gewichten?|idee|familie|"
    r"vektor(?:en)?|einbettung(?:en)?|verlust(?:funktion)?(?:en|es)?|merkmalen?|trainings?)|"
    r"Encoders?|Decoders?|Backbones?|Embeddings?|Layers?)(?![\w-])"
)
_PAPER_AFTER = re.compile(
    r"(?:['’]s)?\s*(?:\(?(?:19|20)\d\d\b|et\.? al|papers?\b|models?\b|\[\d{1,3}\]|"
    r"[-‐‑](?:papers?|papier|artikels?|modell(?:en?|s)?)\b)",
    re.IGNORECASE,
)
_PAPER_BEFORE = re.compile(
    r"\b(?:papers?|models?|called|named|titled|introduc\w+|proposed?|dubbed|read) (?:the )?[\"“]?$",
    re.IGNORECASE,
)
_LONGER_AFTER = re.compile(
    rf" [Ss]cores?\b|-(?!(?:Large|Base|Small|Tiny|Huge|Net|Style|Like|Based)\b|{_NOUN})[A-Z]|"
    r"[- ]?v\d|-\d(?:\.\d)?(?!\d)|\+"
)
_CAPITAL_BEFORE = re.compile(
    r"(?<=[^.!?:;|(\[\"“\s-])\s+([A-Z][\w-]+) $|"
    r"\w(?i:(?<!\boriginal)(?<!\bstandard)(?<!\bvanilla)(?<!\bpre)(?<!\bpost))-$"
)
_OTHERS_NAME = re.compile(r"\bet\.? al\.?,?(?: \(?\d{4}\)?,?)? ?[(\[](?:[\w-]+ )+$")
_PEOPLE_BEFORE = re.compile(
    r"([^\W\d_a-z][\w'’-]*[^\W\d_]) et\.? al\.?,?(?: \(?\d{4}\)?,?)? ?[(\[]$"
)
_OWNERS = {"OpenAI", "Google", "DeepMind", "Facebook", "Meta", "Microsoft", "Like", "Unlike", "The"}
_FEW = 4  # letters of capitals that may be a word when only the first is one
_NAME_BEFORE = re.compile(r"\b([A-Z][a-z]+) $")
_NEXT_CAPITAL = re.compile(r" ([A-Z][a-z]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a name seems to stand: a sentence and the offsets within it."""

    text: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """The words as they stand."""
        return self.text[self.start : self.end]

    @property
    def has_context(self) -> bool:
        """Whether words beside it say that a paper is meant: "the X paper", "X et al."."""
        return bool(
            _PAPER_AFTER.match(self.text, self.end)
            or _PAPER_BEFORE.search(self.text[max(0, self.start - 40) : self.start])
        )

    @property
    def opens(self) -> bool:
        """Whether it stands where any word has a capital."""
        return not re.search(r"[\w,]\W*$", self.text[: self.start]) or bool(
            re.search(r"[.!?:]\W*$", self.text[: self.start])
        )

    @property
    def is_of_trade(self) -> bool:
        """Whether the sentence speaks as the trade does, and no other name is beside it."""
        before = _NAME_BEFORE.search(self.text[: self.start])
        is_beside = before is not None and not is_ordinary(before[1])
        if is_beside or _NEXT_CAPITAL.match(self.text, self.end):
            return False  # "Thomas Mann", "Bert De Brabandere"
        return is_of_trade(self.text, self.start, self.end)

    def is_of_words(self, name: str) -> bool:
        """Whether a name of one word is spelt as ordinary words: "deep stack" is no DeepStack."""
        shown = self.shown
        is_split = " " in shown and " " not in name
        return is_split and shown.islower() and all(is_ordinary(word) for word in shown.split())

    @property
    def is_part(self) -> bool:
        """Whether it is part of a longer name: "GPT-J", "Mask R-CNN" where R-CNN is looked for.

        What authors are given for it in brackets is a name of theirs: "Ho et al. (tiny ResNet)".
        """
        lead = self.text[max(0, self.start - 60) : self.start]
        if _LONGER_AFTER.match(self.text, self.end) or _OTHERS_NAME.search(lead):
            return True
        before = _CAPITAL_BEFORE.search(self.text[max(0, self.start - 40) : self.start])
        return before is not None and before[1] not in _OWNERS


def people_before(text: str, start: int) -> tuple[str, ...]:
    """The author whose name for a paper stands at `start`, in brackets.

    >>> people_before("by Gehring et al. (seq2seq)", 19)
    ('Gehring',)
    """
    match = _PEOPLE_BEFORE.search(text, max(0, start - 60), start)
    return (match[1],) if match else ()


def is_coined(name: str) -> bool:
    """Say whether a spelling cannot be that of ordinary words: capitals inside, figures, signs.

    >>> is_coined("ResNet"), is_coined("R-CNN"), is_coined("LSTM"), is_coined("Short-Term Memory")
    (True, True, False, False)
    """
    return any(
        re.search(r"[a-z][A-Z]|[A-Z]{2,}[a-z](?!\b)|\d|[A-Z]-[A-Z]|\+", word)
        or (re.search(r"[A-Z]{2}", word) and " " in name.strip())
        for word in re.split(r"[\s]+", name)
    )


def is_plain_name(name: str) -> bool:
    """Say whether a name is an ordinary word or so short that only its exact capitals tell it.

    >>> is_plain_name("Adam"), is_plain_name("SVM"), is_plain_name("R-CNN")
    (True, True, False)
    """
    letters = name_key(name)
    is_word = name.isalpha() and (name.islower() or name.istitle())
    return len(letters) <= 3 or is_word


def is_meant(
    name: str, place: Place, *, is_lower: bool, is_introduced: bool, is_plural: bool
) -> bool:
    """Decide whether words spelt like a name of the library mean its paper.

    Parameters
    ----------
    is_lower
        The text is written without capitals.
    is_introduced
        The text shows the name elsewhere in its own spelling, or has an entry for the paper.
    is_plural
        The words are the name with an s.
    """
    if (is_plural and not is_coined(name)) or place.is_part or place.is_of_words(name):
        return False
    words = re.split(r"[\s-]+", name)
    if len(words) > 1 and not is_coined(name):
        return _is_phrase_meant(words, place, is_introduced=is_introduced)
    if is_lower and len(name_key(name)) <= 4 and name.isalpha():
        return False
    if is_plain_name(name):
        return _is_word_meant(name, place, is_lower=is_lower, is_introduced=is_introduced)
    if name.isalpha() and is_ordinary(name):
        return place.has_context if is_lower else place.shown == name
    is_word = name.isupper() and len(name) <= _FEW and place.shown.istitle()
    return not is_word or is_introduced or place.has_context or place.is_of_trade


def _is_word_meant(name: str, place: Place, *, is_lower: bool, is_introduced: bool) -> bool:
    """Judge one ordinary word, or up to three letters, by capitals or by what stands beside it."""
    if is_lower or place.shown.removesuffix("s") != name.removesuffix("s"):
        return len(name) > 3 and (place.has_context or (is_introduced and len(name) >= 10))
    following = _NEXT_CAPITAL.match(place.text, place.end)
    if following and name.istitle() and not is_ordinary(following[1]):
        return False  # "Adam Paszke"
    is_only_a_word = name.istitle() and name not in _NOT_WORDS and is_ordinary(name)
    return not (place.opens and is_only_a_word) or is_introduced or place.has_context


_NOT_WORDS = {"Transformer", "Inception", "Dropout"}  # nearly always the paper when capitalised


def _is_phrase_meant(words: list[str], place: Place, *, is_introduced: bool) -> bool:
    """Judge a name of several words: with capitals, or such as nobody writes by chance."""
    shown = re.findall(r"\w+", place.shown)
    weighty = [word for word in shown if not SMALL_WORD.fullmatch(word)]
    if all(word[0].isupper() for word in weighty):
        return True
    if is_introduced or place.has_context or words[-1].lower() == "problem":
        return True
    small = [word for word in words if SMALL_WORD.fullmatch(word)]
    if len(words) > 2 and small and "and" not in small:  # "show and tell" is said by anybody
        return True
    return not all(is_ordinary(word) for word in words)
