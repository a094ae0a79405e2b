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
    r"approach(?:es)?|architectures?|systems?|like|e\.g\.|as|i\.e\.|from|of|by|in|the|-|\[|\(|"
    r"[\"“])[\s,]*){0,6}"
)


def _before(kind: str, lines: str) -> Cue:
    pattern = rf"(?P<cue>\b(?:{_any_of(lines)}))\b[ \t,:]*{_BETWEEN}$"
    return Cue(kind=kind, pattern=re.compile(pattern, re.IGNORECASE))


def _after(kind: str, words: str) -> Cue:
    return Cue(kind=kind, pattern=re.compile(rf"^(?:{words})", re.IGNORECASE))


_EXTENDS = r"""
    buil(?:d|ds|ding|t)(?: up)?on(?: top of)?
    buil(?:d|ds|ding|t) (?:up)?on(?: top of)?
    based (?:up)?on
    extend(?:s|ed|ing)?
    (?:an? )?extensions? (?:of|to|for)
    modif(?:y|ies|ied|ying|ications?)(?: (?:of|to|version of|the))?
    (?:slightly |heavily )?modified
    (?:an? )?(?:slight |minor |small )?(?:modification|variation|variant)s? (?:of|to|on)
    (?:an? )?(?:generali[sz]ation|adaptation|evolution|refinement|simplification)s? (?:of|to|on)
    fine[- ]?tun(?:ing|ed version) (?:to|of)
    improve(?:s|d|ments?)?(?: were)?(?: made)? (?:up)?(?:on|over|to)
    improving (?:up)?on
    (?:improved|enhanced|better|faster|new|updated|modified|extended) version of
    (?:simplified|lightweight|continuous|recurrent|convolutional|3d|multi-\w+) version of
    (?:next|second|third) version of
    success(?:or)? (?:of|to)
    descendants? of
    follow[- ]?ups? (?:of|to|on)
    generali[sz]es
    (?:inspired|motivated) by
    derived from
    stems from
    adapt(?:s|ed)(?: from)?
    similar (?:architecture|structure|design|network|model|idea|approach) (?:to|as)
    continuation of
    goes beyond
    takes? [^.]{0,40}further than
    enhanced
    starts? (?:from|with)
"""
_SOLVES = r"""
    (?:combat|solve|address)(?:s|es|ed|ing|d)?(?: \w+){1,10}? (?:of|in|that|with)(?: both)?
    (?:tackle|resolve|avoid)(?:s|ed|ing|d)?(?: \w+){1,10}? (?:of|in|that|with)(?: both)?
    (?:fix|overcome|relieve|correct)(?:s|es|ed|ing|d)?(?: \w+){1,10}? (?:of|in|that|with)(?: both)?
    (?:alleviate|mitigate|remedy|remedies)(?:s|d)?(?: \w+){1,10}? (?:of|in|that|with)(?: both)?
"""
_USES = r"""
    us(?:es|ed|ing|e)
    utili[sz](?:es|ed|ing|e)
    employ(?:s|ed|ing)?
    adopt(?:s|ed|ing)?
    borrow(?:s|ed|ing)?
    leverag(?:es|ed|ing|e)
    incorporat(?:es|ed|ing|e)
    exploit(?:s|ed)?
    (?:concepts?|ideas?|components?|techniques?|tricks?) (?:from|of|introduced (?:in|by))
    (?:weights|features|layers|blocks|modules?|backbone) (?:from|of|proposed (?:in|by))
    (?:architecture|encoder|decoder) (?:from|of|proposed (?:in|by))
    initiali[sz]ed? (?:from|with|by)
    init(?:ed)? (?:from|with)
    on top of
    makes? use of
    appl(?:y|ies|ied|ying)
    combin(?:es|ed|ing|e)
    rel(?:y|ies) on
    backbone(?: is|:)?
    refers?(?: to)?(?: an?)?(?: different| another)?
    cites?
    follow(?:s|ed|ing)
    powered by
    implemented (?:with|as)
    feed(?:s|ing)?(?: \w+){0,6} (?:in)?to
    fed (?:in)?to
    pass(?:ed|es|ing)?(?: \w+){0,6} (?:in)?to
    as in
"""
_REPLACES = r"""
    replac(?:es|ed|ing|e)
    supersed(?:es|ed|ing|e)
    in place of
    substitut(?:es|ed|ing|e)
    instead of
    gets? rid of
    drop-in replacement for
    alternative to
"""
_COMPARES = r"""
    than
    compar(?:ed|es|ing|e|ison|able)(?: \w+){0,3} (?:to|with|against)
    unlike
    contrary to
    differ(?:s|ent|ence|ences|ently)? (?:from|to|with|than)
    in contrast (?:to|with)
    as opposed to
    outperform(?:s|ed|ing)?
    surpass(?:es|ed|ing)?
    beat(?:s|ing)?
    exceed(?:s|ed)?
    versus
    vs\.?
    (?:create|invent|build|design|find) (?:the )?next
    (?:similar|close|comparable|akin|analogous|equivalent|identical) to
    competes? with
    on par with
    contrasts? with
    over
"""
BEFORE = (
    _before("extends", _EXTENDS),
    _before("extends", _SOLVES),
    _before("uses", _USES),
    Cue(
        kind="uses",
        pattern=re.compile(r"\((?P<cue>or|aka|also known as) (?:the |an? )?$", re.IGNORECASE),
    ),
    _before("replaces", _REPLACES),
    _before("compares", _COMPARES),
)

_IS = r"(?:is|are|was|were|has been|have been|can be|gets?)"
_THEN = r"(?:also |then |later |further |often |mainly |subsequently |in particular |directly )*"
_NOUNS = r"(?:['’]s)?(?: \w+){0,2}"
AFTER = (
    _after(
        "uses",
        rf"{_NOUNS} (?P<cue>{_IS} {_THEN}(?:used|utili[sz]ed|employed|adopted|applied) "
        rf"{_THEN}(?:for|in|by|as|to|inside|within))\b",
    ),
    _after("uses", r" (?P<cue>in (?:this|our|their) case)\b"),
    _after(
        "uses",
        r"(?:-based)? (?:as|for) (?:the |a |its |their )?"
        r"(?P<cue>backbone|encoder|feature extractor|base network|building block)\b",
    ),
    _after(
        "extends",
        rf"{_NOUNS} (?P<cue>{_IS} {_THEN}(?:extended|improved(?: upon)?|modified|followed|"
        r"generali[sz]ed|refined|succeeded) (?:by|in|to|with|into))\b",
    ),
    _after(
        "replaces",
        rf"{_NOUNS} (?P<cue>{_IS} {_THEN}(?:replaced|superseded|substituted) (?:by|with))\b",
    ),
    _after(
        "compares",
        rf"{_NOUNS} (?P<cue>{_IS} {_THEN}(?:out-?performed|surpassed|beaten) by)\b",
    ),
    _after(
        "compares",
        r"[^.;]{0,30}? (?P<cue>(?:was|is) (?:actually )?(?:the )?(?:real |true |very |first |"
        r"original )*(?:pioneer\w*|precursor|predecessor|seminal|first (?:paper|work)|origin\w*))",
    ),
)
SELF_SUBJECT = re.compile(
    r"in |backbone|encoder|feature|base |building|.*(?:pioneer|precursor|seminal|first|origin)",
    re.IGNORECASE,
)
"""After-cues whose later paper is the section's own, not the next one named."""

NEVER = re.compile(
    r"\b(?:trained|pre-?trained|train|tested|evaluated|evaluation|results?|experiments?|accuracy|"
    r"benchmark\w*|scores?|performs?) (?:it |them |only |both )?(?:on|at|for)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
"""What is trained or tested on something does not build on it."""

PREREQUISITE = (
    re.compile(
        r"\bbefore (?:you )?(?:reading|read|tackling|starting|start|diving into|"
        r"going (?:on )?to|this paper)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:read|understand|know|see|study|review) [^.;]{0,80}?\b(?:first|beforehand)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:requires?|assum(?:es|ing)|needs?|presuppos\w+) (?:\w+ ){0,3}"
        r"(?:knowledge|understanding|familiarity)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:prerequisites?|recommended first)\b", re.IGNORECASE),
)
NEGATED = re.compile(r"\b(?:not|n['’]t|never|without|no)\s+(?:\w+\s+){0,1}$", re.IGNORECASE)
ORIGINAL = re.compile(
    r"\bthe (?:original|first|initial|base|basic|previous|earlier) (?:model|network|paper|version|"
    r"architecture|method|approach|detector|algorithm)\b",
    re.IGNORECASE,
)
