"""Who a sentence speaks of: the paper of its section, the one named last, or nobody sure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from papergraph.readers.drafts import Draft
from papergraph.readers.naming import NameBook, Occurrence
from papergraph.readers.ordinary_words import is_ordinary
from papergraph.readers.reading import Reading
from papergraph.readers.titles import clean_entry_title, looks_coined
from papergraph.text import name_key

_STARTS = (
    r"and|but|while|whereas|because|so|that|since|where|as|although|though|then|therefore|hence|"
    r"thus|when|if|also|however|here|now|first|finally|later|both"
)
_CLAUSE_START = re.compile(
    rf"(?:^\W*|[.;:,(!?–—|]\s*|\s-\s|\b(?:{_STARTS})\s+)"
    r"(?:(?:the|a|an|original|new|newer|whole|plain|standard|vanilla|models?|papers?|network|"
    r"architecture|authors of|idea of|so|then|later|our|their|this|called|named|both)\s+)*"
    r"[\"“(\[*_]*$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|,?\s*(?:and|&|or)|/)\s*(?:the\s+)?", re.IGNORECASE)
_BROKEN = re.compile(r"[;:]|, (?:but|while|whereas)\b|\.\s")
_PARTICIPLE = re.compile(
    r"(?:us|build|extend|follow|combin|apply|utili[sz]|leverag)ing\b", re.IGNORECASE
)
_VERBLESS = re.compile(
    r"(?:using|based|inspired by|derived|similar|unlike|instead|as|on top|than)\b"
)
_WEAK = r"it|this (?:one|model|network|architecture|approach|method)"
_STRONG = (
    r"they|we|the authors?|this (?:paper|work|article)|the (?:paper|work|article|model|network)|"
    r"(?:their|our|its) (?:model|method|network|approach|architecture|paper)"
)
_PRONOUN = re.compile(rf"\b(?:(?P<weak>{_WEAK})|(?P<strong>{_STRONG}))\b", re.IGNORECASE)
_OURS = re.compile(r"we$|our\b", re.IGNORECASE)
_NOT_A_PAPER = re.compile(
    r"^\W*(?:(?:some|many|most|other|others|several|previous|traditional|recent|existing|earlier|"
    r"prior|today|nowadays|people|researchers|one (?:can|could|may|might)|you|i)\b(?! of the\b)"
    r"|there (?:is|are|was|were)\b|when we\b|related work)",
    re.IGNORECASE,
)
_WRITER = re.compile(r"\b(?:i|you|people|one|others)\s+(?:\w+\s+)?$", re.IGNORECASE)
_FIRST_WORD = re.compile(
    r"\W*(?:[Tt]he )?(?!(?:This|That|These|Those|It|He|She|We|They|There|Here|What|Which|Who|"
    r"All|Both|Each|One|Another|Everything|Nothing|Such|Everyone|Nobody|Now|Then|Our|Their)\b)"
    r"([A-Z][\w-]*)(?: also)? "
    r"(?:is|are|was|were|has|us(?:es|ed)|extends|builds|replaces|outperforms|adopts|borrows|adds|"
    r"used|extended|adopted|replaced|outperformed|borrowed|proposed|introduced|combines?d?)\b"
)
_PAPER_BY = re.compile(
    r"\b(?:papers?|articles?|works?|models?|networks?) (?:is |was )?by (?P<by>[A-ZÀ-Ž][\w'’-]+)"
    r"|(?:^\W*|\bby )(?P<al>[A-ZÀ-Ž][\w'’-]+) et\.? al"
)
_WEEK = re.compile(r"\b(?:week|day|part|lesson|chapter|session)\s*#?\d", re.IGNORECASE)
_CAPITALS = re.compile(r"\b(?:as|while|whereas|like) ((?:[A-Z][\w-]*\s){1,3})$")
_TAG = re.compile(r"^\W*\[[^\]]{1,30}\]")
_ITSELF = re.compile(
    r"\W*(?:(?:it|they)\b|this\b|(?:the|our|their|its) (?:\w+ )?(?:paper|work|model|method|idea|"
    r"approach|architecture|network|algorithm|article)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\W*(?:(?:the|then|paper|model)\b\W*)*", re.IGNORECASE)
_FAR = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A sentence with its papers, the paper of its section, and what "it" would mean there.

    `is_own` tells whether a comparable name is a word of the page, and no strange name.
    """

    text: str
    named: tuple[Occurrence, ...]
    section: Occurrence | None
    focus: Occurrence | None
    is_own: Callable[[str], bool]


# ---------------------------------------------------------------- whose section is it
def section_paper(reading: Reading, book: NameBook, number: int) -> Occurrence | None:
    """The paper a block writes about when its sentences name no other."""
    for section in reading.headings_above(number):
        heading = reading.sections[section].heading
        owners = owners_of(reading, section)
        if len(owners) == 1:
            return Occurrence(start=0, end=0, draft=owners[0])
        if len(owners) > 1:
            is_direct = reading.home[number] == section
            return Occurrence(start=0, end=0, draft=owners[0]) if is_direct else None
        block = reading.blocks[heading]
        named = book.own.get(name_key(clean_entry_title(block.text)))
        if named is not None:
            return Occurrence(start=0, end=0, draft=named)
        if heading == reading.title_block:
            break
        if _WEEK.search(block.text) or len(_entries(reading, section)) > 1:
            return None
    return _page_paper(reading)


def owners_of(reading: Reading, section: int) -> list[Draft]:
    """The papers a section's heading names."""
    heading = reading.sections[section].heading
    return [draft for draft in reading.drafts.in_block(heading) if draft.own_section == section]


def _page_paper(reading: Reading) -> Occurrence | None:
    pages = reading.abouts
    if len(pages) == 1 and (
        pages[0].own_section == 0 or pages[0].block == reading.title_block or pages[0].block <= 1
    ):
        return Occurrence(start=0, end=0, draft=pages[0])
    return None


def _entries(reading: Reading, section: int) -> list[Draft]:
    """The papers that have an entry of their own within a section."""
    known = reading.entries.get(section)
    if known is None:
        found = reading.sections[section]
        known = reading.entries[section] = [
            draft
            for number in range(found.heading, found.end)
            for draft in reading.drafts.in_block(number)
            if draft.role == "about" or (draft.role == "listed" and draft.list_key and draft.title)
        ]
    return known


def announced_paper(reading: Reading, number: int) -> Occurrence | None:
    """The one paper with an entry in a section, for the words that stand before or beside it."""
    section = reading.home[number]
    if reading.sections[section].heading in (-1, reading.title_block):
        return None
    entries = _entries(reading, section)
    return Occurrence(start=0, end=0, draft=entries[0]) if len(entries) == 1 else None


def page_words(reading: Reading) -> frozenset[str]:
    """Words of a page that are no strange names: in small letters, or coined and used often."""
    text = " ".join(block.text for block in reading.blocks[:400])[:60_000]
    often = Counter(re.findall(r"\b[A-Z][\w-]*[A-Z0-9][\w-]*", text))
    return frozenset(name_key(word) for word, count in often.items() if count >= 3) | frozenset(
        re.findall(r"\b[a-z]{3,}\b", text)
    )


def title_words_of(subject: Occurrence | None) -> frozenset[str]:
    """Words of a paper's title and nickname, which may stand for it."""
    if subject is None or subject.draft is None:
        return frozenset()
    title = f"{subject.draft.title or ''} {subject.draft.nickname or ''}"
    return frozenset(name_key(word) for word in re.findall(r"\w[\w-]*", title))


# ---------------------------------------------------------------- who does it
def subjects_before(speech: Speech, cue_at: int, other_than: Occurrence) -> list[Occurrence]:
    """Who does what a cue says: papers named as its subject, else what a pronoun stands for."""
    text = speech.text
    pronoun = _last_pronoun(text, cue_at)
    for number in range(len(speech.named) - 1, -1, -1):
        one = speech.named[number]
        if one.start >= cue_at or one.paper == other_than.paper:
            continue
        if pronoun and pronoun.start() >= one.end and not _is_same(text, one, pronoun):
            break
        if is_subject(text, one, cue_at):
            return _joined(speech, number)
    if _WRITER.search(text[:cue_at]) or _NOT_A_PAPER.match(text):
        return []
    if pronoun is None and _is_of_another(speech, cue_at, other_than):
        return []
    if _is_stranger(speech, cue_at):
        return []
    if pronoun:
        meant = _meant(speech, pronoun)
        if meant and meant.paper == other_than.paper:
            meant = speech.section
    else:
        meant = speech.section
    return [meant] if meant else []


def is_subject(text: str, one: Occurrence, cue_at: int) -> bool:
    """Whether a name opens the clause in which a cue stands."""
    between = re.sub(r", but (?:\w+ ){0,2}$", " ", text[one.end : cue_at])
    if re.fullmatch(r"\s*(?:with|using|w/|[+&])\W.*", between) or re.search(r"[+&]", between):
        return False
    if len(between) > _FAR or _BROKEN.search(between):
        return False
    left = text[: one.start]
    if re.match(r"\W*(?: \w+){0,2},? (?:which|that|who)\s+(?:\w+\s+)?$", between):
        return True
    if not _CLAUSE_START.search(left):
        return False
    is_bare = not re.search(r"\w", between)
    if is_bare and (_PARTICIPLE.match(text, cue_at) or _VERBLESS.match(text, cue_at)):
        return not re.search(r"\w", left) and "," in between
    return True


def _is_same(text: str, one: Occurrence, pronoun: re.Match[str]) -> bool:
    """Whether "it" takes up a name of the same sentence: "X is slow because it uses"."""
    return (
        pronoun["weak"] is not None
        and pronoun["weak"].lower() == "it"
        and is_subject(text, one, pronoun.start())
    )


def _joined(speech: Speech, number: int) -> list[Occurrence]:
    """A subject and those joined to it: "X and Y are both"."""
    found = [speech.named[number]]
    while number and _AND.fullmatch(
        speech.text[speech.named[number - 1].end : speech.named[number].start]
    ):
        number -= 1
        if all(speech.named[number].paper != one.paper for one in found):
            found.append(speech.named[number])
    return found[::-1]


def _last_pronoun(text: str, cue_at: int) -> re.Match[str] | None:
    """The pronoun in the clause of a cue, or that opens the sentence."""
    last = None
    for match in _PRONOUN.finditer(text, 0, cue_at):
        if _CLAUSE_START.search(text[: match.start()]):
            last = match
    if last and re.search(_BROKEN.pattern + r"|\bas [A-Z]", text[last.end() : cue_at]):
        return None
    return last


def _meant(speech: Speech, pronoun: re.Match[str]) -> Occurrence | None:
    """What a pronoun stands for: "we" beside a paper that is only named are the writers of this."""
    if _OURS.match(pronoun[0]):
        is_entry = speech.focus is not None and speech.focus.draft is not None
        return speech.section or (speech.focus if is_entry else None)
    if pronoun["strong"]:
        return speech.section or speech.focus
    return speech.focus


def _is_of_another(speech: Speech, cue_at: int, other_than: Occurrence) -> bool:
    """Whether another paper opens the sentence, so that the section's cannot be meant."""
    first = speech.named[0]
    before = _TAG.sub("", speech.text[: first.start])
    is_open = first.end < cue_at and not re.search(r"\w", before)
    mine = speech.section.paper if speech.section else None
    return is_open and first.paper not in (other_than.paper, mine)


def speaks_of_itself(text: str) -> bool:
    """Whether a sentence begins with the paper at hand: "this idea", "the method", "it"."""
    return bool(_ITSELF.match(text))


def _is_stranger(speech: Speech, cue_at: int) -> bool:
    """Whether a name nobody knows is the subject: "Bard is based on", "as Tiny SSD extends"."""
    nearest = _CAPITALS.search(speech.text[:cue_at])
    if nearest and not any(speech.is_own(name_key(word)) for word in nearest[1].split()):
        return True
    match = _FIRST_WORD.match(speech.text)
    if match is None or match.end(1) > cue_at or speech.is_own(name_key(match[1])):
        return False
    if any(one.start <= match.start(1) < one.end for one in speech.named):
        return False
    if looks_coined(match[1]):
        return not _may_be_short_for(match[1], speech.section)
    return not is_ordinary(match[1])


def _may_be_short_for(name: str, subject: Occurrence | None) -> bool:
    """Whether a coined name can be that of a title: "ResNet" of "Deep Residual Learning"."""
    title = (subject.draft.title or "") if subject and subject.draft else ""
    words = re.findall(r"[^\W_]+", title.casefold())
    initials = "".join(word[0] for word in words)
    low = name.casefold()
    return low[:3] in initials or any(word.startswith(low[:3]) for word in words)


# ---------------------------------------------------------------- what "it" means
def introduced_paper(
    reading: Reading, text: str, speech_section: Occurrence | None, announced: Occurrence | None
) -> tuple[bool, Occurrence | None]:
    """Whether a sentence brings up a paper by its people, and which paper of the page that is."""
    match = _PAPER_BY.search(text) if " by " in text or " et" in text else None
    if match is None:
        return False, None
    by_name = _paper_of(reading, match["by"] or match["al"])
    return True, by_name or (None if speech_section else announced)


def named_focus(speech: Speech) -> Occurrence | None:
    """The paper a sentence is about that "it" of the next one takes up; None: no other."""
    for one in speech.named:
        if not re.search(r"\w", _LEADING.sub("", speech.text[: one.start])):
            return one
    is_only = len({one.paper for one in speech.named}) == 1
    return speech.named[0] if speech.section is None and is_only else None


def _paper_of(reading: Reading, person: str) -> Occurrence | None:
    """The one paper of the page by a person, None when there is none or several."""
    found: Sequence[Draft] = [
        draft
        for draft in reading.drafts
        if any(person.casefold() in author.casefold().split() for author in draft.authors)
    ]
    return Occurrence(start=0, end=0, draft=found[0]) if len(found) == 1 else None
