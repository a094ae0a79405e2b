"""Whether words that are spelt like the title of a known paper are meant as this title.

"Curriculum learning for speech recognition" may be a paper, and may be what people do. What tells
them apart is how the words are set off: marks, capitals, a colon, what stands beside them, and how
many they are. A title that is missed does less harm than one that is not meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from papergraph.readers.name_forms import SMALL_WORD, is_coined
from papergraph.readers.ordinary_words import is_ordinary

OPENING_MARKS = "\"“”„«《「『'‘*"
_CLOSING_MARKS = "\"”“»》」』'’*"
_BEFORE = re.compile(
    r"\b(?:papers?|articles?|preprint|thesis|book|titled|entitled|"
    r"(?:re-?|i |i've |we |just |to )read|finished|studied|reading|reviewing|summari[sz]ing|"
    r"article|papier|artikel|aufsatz|lese|lus?|leyendo|artículo|articolo)"
    r"(?: (?:the|about|on|is|was|called|named|titled|entitled))?[:,]?\s*[(\[]?$"
    r"|(?:论文|論文|논문)\S{0,3}\s*$"
    r"|^\W*(?:19|20)\d\d-\d\d-\d\d\s?[:,–—-]\s+$",  # a line of a diary
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[,(\[]{0,2}\s?(?:[A-Z][A-Za-z]{2,8},?\s?['’]?)?\(?(?:19|20)\d\d\b|[(,\[]?\s?[A-Z][\w'’-]+"
    r"(?: (?:and|&) [A-Z][\w'’-]+)? et\.? al|[(,]?\s?by [A-Z]|\[\d{1,3}\]|"
    r"(?:papers?|preprint|article)\b|-(?:Paper|Papier|Artikel|Aufsatz)\b|论文|論文|논문|"
    r"[.,;:]?\s?(?:-+\s?)?(?:Read|Re-?read|Skimmed|Finished|Gelesen)\b|\W{0,3}[★⭐])"
)
_VENUE = re.compile(
    r"(?:the )?(?:advances in|proceedings of|lecture notes|communications of|journal of|"
    r"transactions on|(?:annual |international |european |ieee |acm )*"
    r"(?:conference|workshop|symposium|journal|transactions)\b)",
    re.IGNORECASE,
)
_CAPITAL_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*|\d[\w.-]*) ?-?$")
_JOINED_BEFORE = re.compile(r"(?:[_@#/\\]|\w[-–]|[&+]\s?)$")
_LINKED_BEFORE = re.compile(
    r"\b[A-Z]\S* (?:\w+ )?(?:for|of|to|with|and|via|using|on|in|towards?|by|a|an|the|from){1,2} $"
)
_LINKED_AFTER = re.compile(
    r" (?:for|of|to|with|and|via|using|on|in|towards?|from|under|through|without) (?:\w+ )?[A-Z]"
)
_LONGER_AFTER = re.compile(
    r"[@_]|[-–/](?!(?:Paper|Papier|Artikel|Aufsatz)\b)[^\W_]|[:：]\s*[A-Z]|\.\w"
)
_CAPITAL_AFTER = re.compile(
    r" (?!Review\b|Reviews\b|Notes?\b|Papers?\b|Summary\b|Explained\b|by\b)[A-Z][a-z]"
)
_ENDED = re.compile(r"\W*$|\s*[.;)\]]|\s*[–—]\s|\s*[(\[]|[^\x00-\u02ff]|\s*[\u1100-\uffff]")
_GOES_ON = re.compile(
    r"\s*,\s|\s(?:is|was|are|by|and|but|or|which|that|where|who|again|today|yesterday|last|this|"
    r"has|had|does|did|shows?|says|argues|proposes?|presents?|introduces?|describes?|uses?|"
    r"et|est|und|ist|war|von|y|es)\b"
)
_WITHIN = re.compile(r"\w[:：]\s*\w|\w[?!]:?\s+\w")
_OPENERS = re.compile(  # stand before a title with a capital where a sentence begins
    r"the|an?|in|on|see|read|reading|from|papers?|title|like|unlike|both|and|or|as|by|also|our|today",
    re.IGNORECASE,
)
_NAMES_OF_PEOPLE = re.compile(
    r"\w+(?:i|e)an|markov|monte|fourier|boltzmann|hopfield|kalman|turing|nash|wasserstein|newton|"
    r"langevin|stein|poisson|bernoulli|zipf|hebb|english|chinese|japanese|german|french|google|"
    r"facebook|python|internet|wikipedia|twitter",
    re.IGNORECASE,
)
_MANY = 7  # words that nobody writes in this order by chance


@dataclass(frozen=True)
class TitlePlace:
    """A sentence, and the offsets within it of words spelt like a title."""

    text: str
    start: int
    end: int

    @cached_property
    def shown(self) -> str:
        """The words as they stand."""
        return self.text[self.start : self.end]

    @cached_property
    def before(self) -> str:
        """What stands before, of the same sentence."""
        return self.text[max(0, self.start - 80) : self.start]

    @cached_property
    def after(self) -> str:
        """What stands after, of the same sentence."""
        return self.text[self.end : self.end + 60]

    @cached_property
    def heads(self) -> list[str]:
        """The words that blanks set apart: "end-to-end" is one."""
        return re.findall(r"[^\W_][^\s:/—–]*", self.shown)

    @cached_property
    def count(self) -> int:
        """How many words there are: "end-to-end" are three."""
        return len(re.findall(r"[^\W_]+", self.shown))

    @cached_property
    def weighty(self) -> list[str]:
        """The words that are not "of", "the" and the like."""
        return [word for word in self.heads if not SMALL_WORD.fullmatch(word)]

    @cached_property
    def has_rare(self) -> bool:
        """Is there a word that is none of everyday or academic English?"""
        parts = re.findall(r"[^\W_]+", self.shown)
        return not all(is_ordinary(part) or SMALL_WORD.fullmatch(part) for part in parts)

    @cached_property
    def is_capital(self) -> bool:
        """Does it begin with a capital or a figure?"""
        return not self.shown[0].islower()

    @cached_property
    def is_title_case(self) -> bool:
        """Have nearly all weighty words a capital?"""
        high = sum(not word[0].islower() for word in self.weighty)
        return self.is_capital and len(self.weighty) > 1 and high >= 0.8 * len(self.weighty)

    @cached_property
    def is_marked(self) -> bool:
        """Is it between quotation marks, nothing else with it?"""
        closing = self.after.lstrip(".,?!")[:1]
        return self.before[-1:] in tuple(OPENING_MARKS) and closing in tuple(_CLOSING_MARKS)

    @cached_property
    def is_in_marks(self) -> bool:
        """Was a quotation mark opened before that is not closed yet, and more opened with it?"""
        before = self.text[: self.start]
        is_open = before.count('"') % 2 == 1 or any(
            before.rfind(one) > before.rfind(other) for one, other in ("“”", "«»", "《》", "「」")
        )
        return is_open and before[-1:] not in tuple(OPENING_MARKS)

    @cached_property
    def has_context(self) -> bool:
        """Does a word beside it say that this is a paper: "I read X", "X (Rao et al., 2015)"?"""
        return bool(_BEFORE.search(self.before) or _AFTER.match(self.after))

    @cached_property
    def has_colon(self) -> bool:
        """Has it the colon between a name and what it stands for, or a question?"""
        return bool(_WITHIN.search(self.shown))

    @cached_property
    def is_named(self) -> bool:
        """Does it begin with one word and a colon, "mixup: ...", or with a coined word?"""
        return bool(re.match(r"\w[\w+-]*[:：]", self.shown)) or is_coined(self.heads[0])

    @cached_property
    def opens(self) -> bool:
        """Does it begin the sentence, where any word has a capital?"""
        return not re.search(r"\w", self.text[: self.start]) or bool(
            re.search(r"[:.!?]\W*$", self.before)
        )

    @cached_property
    def is_part(self) -> bool:
        """Is it a part of a longer title, or of a word?"""
        if self.is_in_marks or _LONGER_AFTER.match(self.after):
            return True
        if self.is_marked:
            return False
        if _JOINED_BEFORE.search(self.before):
            return True
        word = _CAPITAL_WORD_BEFORE.search(self.before)
        if word is not None and _is_name(word[1]):
            return not (self.has_context and self.count >= _MANY)
        if self.count > _MANY:
            return False
        is_linked = _LINKED_BEFORE.search(self.before) or _LINKED_AFTER.match(self.after)
        return bool(is_linked or _CAPITAL_AFTER.match(self.after))


def _is_name(word: str) -> bool:
    """Has the word before a title a capital, as one of a longer title: "Wide Deep Nets"?"""
    is_owner = word.endswith(("'s", "’s"))
    return not (word[0].islower() or is_owner or _OPENERS.fullmatch(word))


def is_title_meant(place: TitlePlace, *, is_lower: bool) -> bool:
    """Decide whether words spelt like a title of the library, four at least, mean its paper.

    Parameters
    ----------
    is_lower
        The text is written without capitals.
    """
    if place.is_part or _VENUE.match(place.shown):
        return False
    if place.is_marked:
        is_sure = place.is_capital or place.has_colon or place.count >= _MANY - 1
        return is_sure or (place.has_context and place.has_rare)
    if place.has_colon:
        return place.count >= 5 and (place.is_capital or place.is_named or is_lower)
    if not place.is_capital:
        return is_lower and _is_lower_meant(place)
    if place.is_title_case:
        return _are_capitals_meant(place)
    return _is_sentence_meant(place)


def _is_lower_meant(place: TitlePlace) -> bool:
    """Judge words without any capital, in a text without: only long ones are sure."""
    fewest = _MANY - 1 if place.has_context else _MANY + 1
    return place.count >= fewest and place.has_rare and bool(_ENDED.match(place.after))


def _are_capitals_meant(place: TitlePlace) -> bool:
    """Judge words with capitals: "Partially Observable Markov Decision Processes" is a thing."""
    if place.has_context:
        return place.count > 4 or place.has_rare
    is_phrase = len(place.weighty) == len(place.heads)
    if is_phrase or not place.has_rare:
        return place.count >= _MANY
    return place.count >= 5


def _is_sentence_meant(place: TitlePlace) -> bool:
    """Judge words of which the first has a capital only, as any sentence begins."""
    is_ended = bool(_ENDED.match(place.after))
    if place.has_context and place.count >= 5:
        return not place.opens or is_ended or bool(_AFTER.match(place.after))
    if place.opens:
        return place.has_rare and place.count >= (6 if is_ended else _MANY + 2)
    first = place.heads[0]
    if is_coined(first) or _NAMES_OF_PEOPLE.fullmatch(first):
        return place.count >= _MANY and is_ended
    is_set_off = is_ended or bool(_GOES_ON.match(place.after))
    return place.count >= (5 if is_set_off and place.has_rare else _MANY + 1)
