"""Names that are ordinary words, people or short letters: when they are those of papers.

"Adam joined the lab" and "the SSD is full" are written in texts about no paper at all. So a weak
name counts where its sentence speaks as the trade does, or its page speaks of papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from papergraph.readers.ordinary_words import is_ordinary

_SHORT = 3  # letters of capitals that stand for many things
_ENOUGH_WORDS = 3  # different ones of the trade, in a page
_ENOUGH_ENTRIES = 2  # different weak names that each fill one

_TRADE = re.compile(
    r"\b(papers?|preprints?|arxiv|et\.? al|citations?|models?|neural|networks?|nets?|layers?|"
    r"architectures?|(?:pre-?)?train(?:s|ed|ing)?|fine-?tun\w+|optimi[sz]\w+|learning|loss(?:es)?|"
    r"gradients?|(?:self-)?attention(?! to\b)|data-?sets?|baselines?|benchmarks?|embeddings?|"
    r"encoders?|decoders?|autoencoders?|transformers?|convolution\w*|recurrent|diffusion|"
    r"generative|classifi\w+|segmentation|samplers?|tokens?|epochs?|hyper-?parameters?|weights|"
    r"algorithms?|methods?|regulari[sz]\w+|reinforcement|pixels|machine translation|sota|"
    r"state[- ]of[- ]the[- ]art|deep learning|nlp|llms?|rl|sgd|gpus?|detectors?|object detection|"
    r"modelle?n?|netz\w*|modèles?|réseaux?|modelos?|modelli|redes)\b|"
    r"\b(to[- ]read|reading (?:list|group|club)|journal club)\b|(?<=\w) (\[\d{1,3}\])|"
    r"(论文|論文|模型|网络|训练|学习|学習|논문|모델|학습)",
    re.IGNORECASE,
)
_READ_BEFORE = re.compile(
    r"\b(?:(?:re-?)?read(?:ing)?|lesen?|gelesen|lus?|leo|leí):? "
    r"(?:(?:the|about|up on|through|of|on|über|den|die|das|le|la|el) ){0,2}[\"“]?$|[读讀読]了?\s*$",
    re.IGNORECASE,
)
_VERBS = (
    r"join(?:s|ed)|said|says|ask(?:s|ed)|mention(?:s|ed)|told|tells|wrote|agree[sd]|thinks|thought|"
    r"replie[sd]|laughed|smiled|emailed|called|volunteered|complained|apologi[sz]ed|went|came|left|"
    r"brought|wants|wanted|liked|likes|loves|loved|asking|presents|presented|presenting"
)
_PERSON_AFTER = re.compile(
    r"\s*(?:\((?:(?:the|our|my|an?|new) )*(?:intern|student|postdoc|professor|guest|TA)\b|"
    rf",? who\b|(?:, \w+){{0,4}},? and I\b|"
    r": (?:I|I['’]\w+|[Mm]y|[Ww]e|[Yy]es|[Nn]o|[Oo]k|[Tt]hanks)\b|"
    rf" (?:(?:also|then|just|later|again) )?(?:{_VERBS})\b|"
    r" (?:will|is going to|is to|should|can) (?:present|talk|join|bring|lead|send|ask)\b|"
    r"['’]s (?:talk|question|birthday|desk|turn|idea to|presentation|team|office|email)\b)"
)
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:presenters?|speakers?|hosts?|attendees?|participants?|moderator|organi[sz]ers?|"
    r"presented by|present|chair|notes by|scribe): ?(?:\w+,? |& )*"
    r"|\b(?:dear|hi|hello|hey|mr|mrs|ms|dr|prof|professor|told|asked|met|thank|thanks to|wrote to|"
    r"(?:talk(?:ed|ing)?|spoke|speak) (?:to|with)|lunch with|"
    r"(?:my|our) (?:friend|colleague|boss|advisor|student))"
    r"\.? )$",
    re.IGNORECASE,
)


def is_weak(name: str) -> bool:
    """Say whether a name may well be something else: one word of letters, plain or short.

    >>> [is_weak(name) for name in ("Adam", "SSD", "BLOOM", "mixup", "ResNet", "Deep Speech")]
    [True, True, True, True, False, False]
    """
    is_word = name.istitle() or len(name) <= _SHORT or is_ordinary(name)
    return name.isalpha() and is_word


def trade_words(text: str) -> set[str]:
    """The words in a text with which the trade speaks, in small letters.

    >>> sorted(trade_words("We train a Network, then train on."))
    ['network', 'train']
    """
    return {match[0].lower() for match in _TRADE.finditer(text)}


def is_of_trade(text: str, start: int, end: int) -> bool:
    """Does a sentence speak as the trade does, besides the name at `start` to `end`?"""
    if _READ_BEFORE.search(text[max(0, start - 40) : start]):
        return True
    return any(match.end() <= start or end <= match.start() for match in _TRADE.finditer(text))


def is_person(text: str, start: int, end: int) -> bool:
    """Is the word at `start` to `end` the name of somebody: "Adam joined", "Presenter: Adam"?"""
    word = text[start:end]
    if not word.istitle() or is_ordinary(word):
        return False
    before = text[max(0, start - 60) : start]
    return bool(_PERSON_AFTER.match(text, end) or _PERSON_BEFORE.search(before))


def fills(text: str, start: int, end: int) -> bool:
    """Is a name at `start` to `end` all that a sentence or entry holds?

    >>> fills("* Adam", 2, 6), fills("Adam sings", 0, 4)
    (True, False)
    """
    return not re.search(r"\w", text[:start] + text[end:])


def are_enough(entries: Iterable[str]) -> bool:
    """Are these names that fill their entries too many to be all something else?"""
    return len(set(entries)) >= _ENOUGH_ENTRIES


def speak_of_trade(words: Iterable[str]) -> bool:
    """Are these words of the trade enough for a page?"""
    return len({word.removesuffix("s") for word in words}) >= _ENOUGH_WORDS
