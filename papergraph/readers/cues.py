"""The words that say how one paper stands to another, read on the side of the earlier paper.

A cue is looked for right before the name of the earlier paper (`BEFORE`) or right after it
(`AFTER`). Families as in the literature on citation function: extends, uses, replaces, compares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One way of saying it; group `cue` of the pattern is what carries the relation."""

    kind: str
    pattern: re.Pattern[str]


def _any_of(lines: str) -> str:
    """Join the lines of a table to one alternation."""
    return "|".join(line.strip() for line in lines.strip().split("\n"))


# Articles, adjectives and kinds of thing that may stand between a cue and a name.
_BETWEEN = (
    r"(?:(?:the|a|an|its|their|his|our|both|either|original|previous|earlier|existing|standard|"
    r"vanilla|plain|popular|famous|classic|well-known|pre-?trained|trained|deep|so-called|single|"
    r"proposed|recent|base|baseline|general|same|such|models?|methods?|networks?|papers?|works?|"
    r"approach(?:es)?|architectures?|systems?|frameworks?|designs?|ideas?|concepts?|success|like|"
    r"e\.g\.|as|i\.e\.|from|of|in|the|(?-i:[A-Z]\w+ et al\.?)['’]s|-|\[|\(|[\"“])[\s,]*){0,6}"
)


def _before(kind: str, lines: str) -> Cue:
    pattern = rf"(?P<cue>\b(?:{_any_of(lines)}))\b[ \t,:]*{_BETWEEN}$"
    return Cue(kind=kind, pattern=re.compile(pattern, re.IGNORECASE))


def _after(kind: str, words: str) -> Cue:
    return Cue(kind=kind, pattern=re.compile(rf"^(?:{words})", re.IGNORECASE))


_NEW = (
    r"(?!original |first |previous |official |final |published |different |other |early |earlier |"
    r"full |exact )"
)
_EXTENDS = rf"""
    buil(?:d|ds|ding|t)(?: heavily| directly)? (?:up)?on(?: top of)?
    based (?:up)?on
    extend(?:s|ed|ing)?(?! by| in| to)
    (?:an? )?extensions? (?:of|to|for)
    modif(?:y|ies|ied|ying)(?! by)
    modifi(?:cations?|ed versions?) (?:of|to|on)
    (?:slightly |heavily )?modified
    (?:an? )?(?:slight |minor |small )?(?:modification|variation|variant)s? (?:of|to|on)
    (?:an? )?(?:generali[sz]ation|adaptation|evolution|refinement|simplification)s? (?:of|to|on)
    fine[- ]?tun(?:ing|ed version) (?:to|of)
    improve(?:s|d)? (?:up)?on
    improvements?(?: (?:were|are|was|is))?(?: made)? (?:up)?(?:on|to)
    improving (?:up)?on
    improves(?! over)
    {_NEW}[\w-]+ versions? of
    (?:v|version )\d(?:\.\d)? of
    successors? (?:of|to)
    descendants? of
    (?:direct )?(?:child|heir) of
    follow[- ]?ups? (?:of|to|on)
    generali[sz]es
    (?:inspired|motivated) by
    (?:draws?|takes?|took) (?:its |their |his |much |great )?inspiration from
    derived from
    stems from
    goes back to
    adapt(?:s|ed)(?: from)?(?! by)
    similar (?:architecture|structure|design|network|model|idea|approach) (?:to|as)
    continuation of
    goes beyond
    takes? [^.]{{0,40}}further than
    (?<!\bwe )(?<!\bi )(?<!\byou )(?<!\bus )(?<!let's )(?<!let’s )(?<!\bto )starts? (?:from|with)
"""
_ON = (
    r"(?: (?!(?:can|could|is|are|was|were|be|found|seen|and|but|"
    r"weights|layers|parameters)\b)\w+){1,10}?"
    r" (?:of|in|that|with)(?: both)?"
)
_SOLVES = rf"""
    (?:combat|solve|address)(?:s|es|ed|ing|d)?{_ON}
    (?:tackle|resolve|avoid)(?:s|ed|ing|d)?{_ON}
    (?:fix|overcome|relieve|correct)(?:s|es|ed|ing|d)?{_ON}
    (?:alleviate|mitigate|remedy|remedies)(?:s|d)?{_ON}
"""
_THING = (
    r"(?: (?!(?:fraction|time|times|number|half|part|results?|performance|accuracy|speed|size|"
    r"steps|lot|kind|sort)\b)[\w-]+)"
)
_TAKES = (
    r"(?:us(?:es|ed|ing|e)|tak(?:es?|ing)|took|keep(?:s|ing)?|kept|cop(?:y|ies|ied)|"
    r"freez(?:es?|ing)|froze|re-?us(?:es?|ed|ing)|stack(?:s|ed|ing)?|transfer(?:s|red)?|"
    r"add(?:s|ed|ing)?)"
)
_CHANGES = (
    r"(?:turn(?:s|ed|ing)?|convert(?:s|ed|ing)?|modif(?:y|ies|ied)|chang(?:es?|ed|ing)|"
    r"replac(?:es?|ed|ing))(?: [\w-]+){0,6}?"
    r" (?:layers?|parts?|blocks?|heads?|backbone|encoder|decoder|architecture|structure|loss|"
    r"filters?|convolutions?|modules?|weights|nets?|networks?|convnet|cells?|gates?) of"
)
_NOT_BE = r"(?<!be )(?<!been )(?<!is )(?<!are )(?<!was )(?<!were )(?<!widely )(?<!commonly )"
_USES = rf"""
    {_NOT_BE}us(?:es|ed|ing|e)(?! (?:by|in|for|to|as)\b)
    (?:utili[sz]|leverag|incorporat)(?:es|ed|ing|e)(?! (?:by|in|for)\b)
    (?:employ|adopt|borrow|exploit)(?:s|ed|ing)?(?! (?:by|in|for|from)\b)
    (?:borrow|adopt)(?:s|ed|ing)?(?: [\w-]+){{1,6}} from
    (?:concepts?|ideas?|components?|techniques?|tricks?) (?:from|introduced (?:in|by))
    {_TAKES}{_THING}{{1,7}}? (?:from|of|proposed (?:in|by)|introduced (?:in|by))
    initiali[sz](?:ed?|es) (?:[\w-]+ ){{0,3}}(?:from|with|by)
    init(?:ed)? (?:from|with)
    (?:pre-?)?trained (?:with|using|by|via)
    on top of
    makes? use of
    appl(?:y|ies|ied|ying)(?! (?:to|in)\b)
    combin(?:es|ed|ing|e)(?! (?:to|in)\b)
    rel(?:y|ies) on
    backbone(?: is|:)?
    refers(?: to)?(?: an?)?(?: different| another)?
    cites?
    follow(?:s|ing)
    (?<!best, )(?<!first, )(?:is|are|directly|each) followed by
    powered by
    implemented (?:with|as)
    replac(?:es|ed|ing|e) [^.;,]{{1,50}}? (?:with|by)
    feed(?:s|ing)?(?: \w+){{0,6}} (?:in)?to
    fed (?:in)?to
    pass(?:ed|es|ing)?(?: \w+){{0,6}} (?:in)?to
    (?<!such )as in
"""
_REPLACES = r"""
    replac(?:es|ed|ing|e)(?! (?:by|with|in)\b)
    supersed(?:es|ed|ing|e)(?! by)
    in place of
    substitut(?:es|ed|ing|e)(?! (?:by|with)\b)
    instead of
    rather than
    gets? rid of
    drop-in replacement for
    alternative to
"""
_COMPARES = r"""
    (?<!rather )(?<!other )(?<!later )than
    compar(?:ed|es|ing|e|ison|able)(?: \w+){0,3} (?:to|with|against)
    unlike
    contrary to
    differ(?:s|ent|ence|ences|ently)? (?:from|to|with|than)
    in contrast (?:to|with)
    as opposed to
    out-?perform(?:s|ed|ing)?(?! by)
    surpass(?:es|ed|ing)?(?! by)
    beat(?:s|ing)?
    exceed(?:s|ed)?
    versus
    vs\.?
    (?:create|invent|build|design|find) (?:the )?next
    (?:similar|close|comparable|akin|analogous|equivalent|identical) to
    competes? with
    on par with
    contrasts? with
    (?:improv\w+|gains?|advantage|better|boost|increase|progress)(?: [\w.%-]+){0,4} over
"""
BEFORE = (
    _before("extends", _EXTENDS),
    _before("extends", _SOLVES),
    _before("extends", _CHANGES),
    _before("uses", _USES),
    Cue(kind="uses", pattern=re.compile(r"\((?P<cue>or) (?:the |an? )?$", re.IGNORECASE)),
    _before("replaces", _REPLACES),
    _before("compares", _COMPARES),
)
SOLVES_PROBLEM = re.compile(
    r"\b(?P<cue>(?:solv|address|tackl|overcom|fix|mitigat|alleviat|combat|remed)(?:es?|s|ed|ing|ies))"
    r" (?:the |this )?(?:[a-z]+ )?$",
    re.IGNORECASE,
)
"""Before a paper that is known by its problem ("the vanishing gradient problem")."""

_BE = r"(?:is|are|was|were|been|gets?|got)"
_ADVERBS = r"(?:(?:also|then|later|further|often|mainly|heavily|subsequently|directly) )*"
LATER_BEFORE = (
    _before(
        "extends",
        rf"""
        (?<!by )inspired(?! by)
        led (?:directly )?to
        paved the (?:way|road) (?:for|to)
        {_BE} (?:the |an? )?(?:basis|foundation|inspiration|starting point) (?:of|for)
        {_BE} (?:the |an? )?(?:\w+ )?(?:predecessor|forerunner|ancestor|parent) (?:of|to)
        {_BE} {_ADVERBS}(?:extended|improved(?: upon)?|enhanced|generali[sz]ed|refined) (?:by|in)
        {_BE} {_ADVERBS}(?:followed up|succeeded|picked up|taken up|carried on) (?:by|in)
        """,
    ),
    _before(
        "uses",
        rf"{_BE} {_ADVERBS}(?:used|adopted|employed|borrowed|re-?used|utili[sz]ed) "
        r"(?:in particular )?(?:by|in|for)",
    ),
    _before("replaces", rf"{_BE} {_ADVERBS}(?:replaced|superseded|substituted) (?:by|with)"),
    _before("compares", rf"{_BE} {_ADVERBS}(?:out-?performed|surpassed|beaten) by"),
)
"""Cues before the name of the later paper: "X was extended by", "X inspired"."""

_IS = r"(?:is|are|was|were|has been|have been|gets?)"
_THEN = r"(?:also |then |later |further |often |mainly |subsequently |in particular |directly )*"
_NOUNS = r"\)?(?:['’]s)?(?: \w+){0,2}"
AFTER = (
    _after(
        "uses",
        rf"{_NOUNS} (?P<cue>{_IS} {_THEN}(?:used|utili[sz]ed|employed|adopted|applied) "
        rf"{_THEN}(?:for|as|to|here|inside|within|throughout|in (?:this|our|the|their)))\b",
    ),
    _after("uses", r" (?P<cue>in (?:this|our|their) case)\b"),
    _after(
        "uses",
        r"(?:-based)? (?:as|for) (?:the |a |its |their )?"
        r"(?P<cue>backbone|encoder|feature extractor|base network|building block)\b",
    ),
    _after(
        "compares",
        r"[^.;]{0,30}? (?P<cue>(?:was|is) (?:actually )?(?:the )?(?:real |true |very |first |"
        r"original )*(?:pioneer\w*|seminal|first (?:paper|work)))",
    ),
)
BASED = re.compile(
    r"\b(?:is|are|was|were|proposes?|presents?|introduces?|builds?|describes?)"
    r" (?:an? |the )?(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
"""Before "X-based": what is said of a paper, and not of methods at large."""

NEVER = re.compile(
    r"\b(?:trained|pre-?trained|train|tested|evaluated|evaluation|results?|experiments?|accuracy|"
    r"benchmark\w*|scores?|performs?) (?:it |them |only |both )?(?:on|at|for)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
"""What is trained or tested on something does not build on it."""

_READ = r"(?:read(?:ing)?|understand(?:ing)?|know(?:ing)?|see|study(?:ing)?|review(?:ing)?|learn)"
BEFORE_READING = re.compile(
    rf"\bbefore (?:you )?(?:{_READ}|tackl(?:e|ing)|start(?:ing)?|diving into|"
    r"going (?:on )?to)\b",
    re.IGNORECASE,
)
READ_BEFORE = re.compile(
    rf"\b{_READ} (?P<first>[^.;:]{{1,80}}?),? (?:before|and then|, then|then) "
    r"(?:going (?:on )?to |turning to |reading )?(?:the )?$",
    re.IGNORECASE,
)
"""Before the name of the paper to be read later; what is read first stands in group `first`."""

READ_FIRST = re.compile(
    rf"(?<!to )\b{_READ} (?P<first>[^.;]{{1,80}}?)\b(?:first|beforehand)\b"
    r"(?P<then>[^.;]{0,80}\b(?:then|after (?:that|it|them|these|this)|afterwards|next|later)\b)?",
    re.IGNORECASE,
)
REQUIRES = re.compile(
    r"\b(?:requires?|assum(?:es|ing)|needs?|presuppos\w+)"
    r" (?:(?:\w+ ){0,3}(?:knowledge|understanding|familiarity) (?:of|with) |that you know |"
    r"to know |you to know |reading )?(?:the )?(?:paper |papers )?$"
    r"|\bprerequisites?\b(?: for [^:.;,]{1,40})?(?:(?: is| are|:)[^.;]{0,60}?)$",
    re.IGNORECASE,
)
_NOT = (
    r"(?:\b(?:not|never|without|no|cannot|hardly|nor|neither|rarely|fails? to|failed to|"
    r"struggles?|unable to|difficult|hard|impossible|than)|n['’]t)"
)
NEGATED = re.compile(rf"{_NOT}\s+(?:(?!but\b|only\b|just\b)\w+\s+){{0,4}}$", re.IGNORECASE)
NEGATION = re.compile(r"\b(?:no|not|never|without|cannot|none)\b|n['’]t\b", re.IGNORECASE)
COMPARING = re.compile(r"\b(?:compared|than|unlike|instead|differ\w*)\b", re.IGNORECASE)
DATA_SET = re.compile(
    r"\W?(?: \w+)? (?:data ?sets?|benchmarks?|images|corpus|leaderboard)\b", re.IGNORECASE
)
LONG_FORM = re.compile(r"(?:[A-Z][\w-]* ){1,6}\($")
"""The words an abbreviation in brackets stands for: "Masked Autoencoders (" before "MAE"."""

UNSURE = re.compile(
    r"\b(?:could|would|might|may|maybe|perhaps|possibly|should|can be|if|whether|wonder|suppose|"
    r"imagine|i['’]d|you['’]d|hope to|want to|future work|to do|todo)\b[^.;:]*$"
    r"|^\W*to $|\b(?:another|alternative|other|possible) [^.;]*\bis to $"
    r"|\b(?:previous|prior|existing|earlier|traditional)\b[^.;]*\b(?:which|that) (?:\w+ )?$",
    re.IGNORECASE,
)
"""What might be: no statement. Looked for in the clause before a cue."""

ORIGINAL = re.compile(
    r"\bthe (?:original|first|initial|base|basic|previous|earlier) (?:model|network|paper|version|"
    r"architecture|method|approach|detector|algorithm)\b",
    re.IGNORECASE,
)
