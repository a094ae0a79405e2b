"""What reads like a paper's title, what is only a label, and what stands around a title."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from papergraph.readers.labels import (
    ENDLESS_WORDS,
    OTHER_LABELS,
    PAPER_LABELS,
    SMALL_WORDS,
    WEAK_LABELS,
)
from papergraph.readers.state_words import whole_state

BIBLIOGRAPHIC = re.compile(
    r"\b(?:et al|arxiv|nips|neurips|icml|iclr|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai|kdd|www|"
    r"sigir|siggraph|journal|proceedings|proc\.|conference|transactions|nature|science|workshop|"
    r"preprint|university|ieee|acm|springer|advances in|thesis|technical report|pp?\.\s*\d)\b",
    re.IGNORECASE,
)
_ONLY_VENUE = re.compile(
    r"\W*(?:in\s+|at\s+)?(?:proc(?:eedings|\.)?\s+(?:of\s+)?)?(?:the\s+)?"
    r"(?:nips|neurips|icml|iclr|cvpr|iccv|eccv|wacv|bmvc|acl|emnlp|naacl|eacl|coling|aaai|ijcai|kdd|"
    r"sigir|siggraph|interspeech|icassp|icra|iros|corl|colt|uai|aistats|jmlr|tmlr|tpami|pami|nature|"
    r"science|arxiv)\W*(?:(?:19|20)\d\d|'\d\d)?\W*"
    r"(?:oral|spotlight|poster|best paper(?: award)?|workshops?|findings)?\W*",
    re.IGNORECASE,
)
_OTHER_WORD = re.compile(
    r"\b(?:code|github|video|slides?|poster|blog|project|website|demo|talk|supp\w*|dataset|"
    r"implementation|reddit|bibtex|youtube|colab|tutorial|lecture|notes?)\b",
    re.IGNORECASE,
)
_GENERIC_HEADINGS = re.compile(
    r"(?:introduction|intro|summary|overview|abstract|background|motivation|notes?|key (?:points?|"
    r"ideas?|takeaways?|insights?|contributions?|findings?|concepts?|features?|words?)|main (?:"
    r"points?|ideas?|contributions?|results?|idea)|contributions?|takeaways?|methods?|methodology|"
    r"approach(?:es)?|models?|architectures?|network architecture|algorithms?|implementation(?: "
    r"details)?|training(?: details)?|experiments?(?: and results)?|results?(?: and .*)?|"
    r"evaluation|analysis|discussion|conclusions?|limitations?|future (?:work|directions?)|"
    r"related (?:work|papers?)|references?|bibliography|resources?|links?|"
    r"useful (?:links|resources)"
    r"|further (?:reading|resources)|see also|appendix|acknowledge?ments?|paper|papers|the paper|"
    r"paper (?:link|summary|review|notes)|list of papers|table of contents|contents?|index|toc|"
    r"questions?|comments?|thoughts?|my thoughts|opinion|critique|strengths?|weakness(?:es)?|pros|"
    r"cons|pros and cons|tl;?dr|details|technical details|overall impression|about|welcome|home|"
    r"problem(?: statement)?|problem addressed|solution|datasets?|loss(?:es)?(?: functions?)?|"
    r"setup|applications?|examples?|code|usage|installation|licen[cs]e|contributing|contributors?|"
    r"requirements|todo|misc|miscellaneous|others?|general|basics|books?|blogs?|blog posts?|videos?"
    r"|courses?|tutorials?|surveys?|tools|software|libraries|what|how|why|why it.?s important|"
    r"key learnings?|inference|ablation(?: stud(?:y|ies))?|observations?|remarks|metadata|tags|"
    r"authors?|citation|year|venue|date|title|readme|reading list|week \d+|day \d+|part \d+|"
    r"chapter \d+|section \d+|notes/questions|improvements?|performance|advantages|disadvantages|"
    r"definitions?|preliminar(?:y|ies)|theory|some theory|recap|final thoughts|hidden links|"
    r"baselines?|metrics|next steps|what'?s next|outline|summaries|hands-?on|deep dive|study notes|"
    r"quick (?:summary|overview)|bonus|disclaimer|data|data ?sets?|preprocessing|optimi[sz]ation|"
    r"introduction and .*|our (?:approach|method|model)|proposed (?:method|approach|model)|"
    r"research papers?|interesting papers?|\d{4}(?:[-/. ]\d{1,2})?)",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"^\s*(?:paper\s+\d{1,3}\s*[:.)-]\s*|(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.):])\s+|"
    r"[\[(](?:19|20)\d\d[\])]\s+|"
    r"\d{1,2}\ufe0f?\u20e3\s*|#\d{1,3}\s+|\d{1,3}/\s+(?=[^\W\d_]|@)|"
    r"(?:[@\w'’.-]+\s){0,4}(?<!position )(?<!white )(?<!survey )(?<!review )(?<!vision )"
    r"paper:\s+(?=\w+\s\w+\s\w)|"
    r"(?:论文|論文|논문)\s*[:：]?\s+(?=\S)|"
    r"(?::[a-z0-9_+-]{2,30}:\s*)+|[-–—*•·>|~\s]+)",
    re.IGNORECASE,
)
# of "Data and code: fast search" the words after the colon are the title's own
_KEYS_AFTER = re.compile(
    r"(?<=\w)(?<!\band)(?<!\bor)(?<!\bof)(?<!\bthe)(?<!&)"
    r"\s+(?:authors?|links?|url|year|venue|code)\s?:\s.*$",
    re.IGNORECASE,
)
_POINTS_AWAY = re.compile(
    r".*\b(?:is|are|was|were|be|been|described|detailed|discussed|explained|found|given|presented)"
    r"\b.*\b(?:here|there|"
    r"in (?:an?|the|this|our|their|his|her) (?:article|paper|preprint|report|work))"
)
_VENUE_BEFORE = re.compile(
    r"^\s*[(\[【](?=[A-Z])[A-Za-z-]{2,12}\W{0,2}(?:(?:19|20)\d\d|'\d\d|\d\d)"
    r"(?:[ ,/-]*(?:oral|spotlight|poster|highlight|workshop|best paper))?(?:[)\]]\s+|】\s*)(?=\w)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:(?::[a-z0-9_+-]{2,30}:)+|\((?:19|20)\d\d\)|\((?:oral|spotlight|poster|best paper[^)]*|"
    r"pdf|arxiv|paper|link)\)|\[(?:pdf|arxiv|paper|link|code|notes?|review|summary)\]|"
    r"\((?-i:[A-Z])[\w'’.-]+(?: et al\.?|,? (?:and|&) (?-i:[A-Z])[\w'’-]+),?\s(?:19|20)\d\d\)|"
    r"[\[(]\s*[\])]|[-–—:,;|/\[(]+|"
    r"(?:-|–|—|:|\|)\s*(?:paper )?(?:review|summary|notes|explained|paper review|논문 ?리뷰))\s*$",
    re.IGNORECASE,
)
_REVIEW_WORDS = re.compile(
    r"^[\[【]?(?:(?:paper )?(?:review|summary|notes?|reading|reading notes?|walkthrough|explained|"
    r"paper|리뷰)|논문 ?(?:리뷰|요약|정리|읽기)|论文(?:阅读|笔记|阅读笔记|解读|精读|分享|翻译|"
    r"总结|学习)?|論文(?:メモ|紹介|要約|まとめ|読み|読み会|輪読|解説)?|"
    r"обзор статьи|fiche de lecture)[\]】]?\s*(?:of|on|for)?"
    r"(?:\s*[:：\-–—|｜]\s*|(?<=[\]】])\s*)|"
    r"^(?:\[[^\]]{2,30}\]\s+)(?=\w)|^(?:my |some |reading )?notes? on\s+|"
    r"\s+(?:paper )?(?:review|summary|논문 ?리뷰|논문 ?요약|리뷰|요약|정리)\s*(?:\(\d\))?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d./-])(19[4-9]\d|20[0-4]\d)(?![\d/]|\.\d|-\d|s\b)")
_SHORT_YEAR = re.compile(  # "NIPS'12", "Cheng et al. 21"
    r"(?:\b[A-Z]{3,8}\s?['’]|\bet al\.?,?\s['’]?)(\d\d)(?=[)\],;\s]|$)"
)
_FIRST_OF_OLD = 50  # figures of the last century
_COUNTED = re.compile(r"\s+[a-z]{3,}")  # "2000 regions", but "in 2012 the", "the 2015 paper"
_DATED = re.compile(
    r"(?:\b(?:in|of|from|since|the|a|an|by|around|early|late|until|after|before)\s*|[(\[,;:-]\s*|(?-i:[A-Z]{3,7})\s)$",
    re.IGNORECASE,
)
_PART_OF_A_PAPER = re.compile(
    r"[IVXLC]+$|(?:table|fig(?:ure)?|sec(?:tion)?|eq(?:uation)?|appendix|chapter)\b", re.IGNORECASE
)
_PROSE = re.compile(
    r"\b(?:it's|here's|there's|also available|i'm|i've|we'll|you'll|here are|here is|let's|please|"
    r"check out|click here|contact me|"
    r"welcome to|this (?:post|page|repo|repository|blog|section|week|paper|week's))\b",
    re.IGNORECASE,
)
_TWO_SENTENCES = re.compile(r"[.]\s+[A-Za-z]\w*\s+\w+|[!?]\s+[a-z]+(?:\s+\w+){7}")
_VENUE_LABEL = re.compile(
    r"(?:arxiv|pdf|paper|cvpr|nips|neurips|iclr|icml|kdd|iccv|eccv|acl|emnlp|aaai)[\s:'-]*[\w.]*"
)
_PERSONAL = re.compile(r"\b(?:i|you|your|my|our|us|me|we)\b", re.IGNORECASE)
_COINED = re.compile(r"[a-z0-9+][A-Z]|[A-Z]{2,}|[A-Za-z]\d|(?<!\S)[A-Z]-[A-Z]")
_EMOJI_NAME = re.compile(r":[a-z_]+:")
_EDGES = re.compile(r"^[^\w]+|[^\w)]+$")
_NUMBERED_LABEL = re.compile(r"[a-z]{3,}\s?\d")
_TITLE_WORD = re.compile(r"[^\W_]+(?:[-'’.+][^\W_]+)*")
_ANY_WORD = re.compile(r"[\w'’-]+")


@lru_cache(maxsize=1024)
def label_kind(text: str) -> str | None:
    """Say what a link's words are: "paper", "weak" or "other" for labels, None for real words.

    >>> label_kind("[pdf]"), label_kind("here"), label_kind("Code"), label_kind("Mask R-CNN")
    ('paper', 'weak', 'other', None)
    """
    bare = _EMOJI_NAME.sub("", text.casefold())
    bare = " ".join(_EDGES.sub("", bare).split()).strip("()[] ")
    if _NUMBERED_LABEL.fullmatch(bare):  # "code2", "article 2"
        bare = bare[:-1].rstrip()
    if not bare or bare in WEAK_LABELS or bare.isdigit():
        return "weak"
    if bare.startswith(("http:", "https:", "www.", "ftp:")):
        return "weak"
    if bare in PAPER_LABELS or _is_address(bare):
        return "paper"
    if bare in OTHER_LABELS:
        return "other"
    return _phrase_kind(bare)


def _phrase_kind(bare: str) -> str | None:
    """The kind of a label of several words: "link to the pdf", "our code"."""
    words = bare.split()
    if len(words) > 3:  # "the implementation is detailed here"
        return "weak" if _POINTS_AWAY.fullmatch(bare) else None
    if _OTHER_WORD.search(bare) and not any(len(word) > 14 for word in words):
        return "other"
    known = [word in PAPER_LABELS or word in SMALL_WORDS or word.isdigit() for word in words]
    if all(known):
        return "paper" if any(word in PAPER_LABELS for word in words) else "weak"
    is_venue = len(words) <= 2 and _VENUE_LABEL.fullmatch(bare)
    return "paper" if is_venue else None


def _is_address(text: str) -> bool:
    return text.startswith(("arxiv.org", "doi.org")) or bool(
        re.fullmatch(r"arxiv:\s*[\w./-]+|\d{4}\.\d{4,5}(?:v\d+)?|(?:doi:\s*)?10\.\d{4,9}/\S+", text)
    )


@lru_cache(maxsize=1024)
def is_generic_heading(text: str) -> bool:
    """Say whether a heading names a part of a page and not a paper.

    >>> is_generic_heading("Key Points:"), is_generic_heading("Value Iteration Networks")
    (True, False)
    """
    bare = re.sub(r"^[\W\d_]+(?=[A-Za-z])|\W+$", "", text.strip())
    return (
        not bare
        or bool(_GENERIC_HEADINGS.fullmatch(bare))
        or bool(_GENERIC_HEADINGS.fullmatch(text.strip()))
        or whole_state(text) is not None
    )


_DATE_BEFORE = re.compile(r"^(?:\d{6,8}|(?:19|20)\d{10}(?:\d\d)?)[ _-]+(?=[^\W\d])")


def is_venue(text: str) -> bool:
    """Say whether words are only where and when something appeared.

    >>> is_venue("NeurIPS 2019 (Oral)"), is_venue("ICML workshop on steam")
    (True, False)
    """
    return bool(_ONLY_VENUE.fullmatch(text.strip()))


@lru_cache(maxsize=1024)  # several ways to read an entry ask for it in turn
def clean_entry_title(text: str) -> str:
    """Take numbering, stars, years, labels and quotes off a title.

    >>> clean_entry_title("Paper 2: “Deep Learning” (2015) [pdf]")
    'Deep Learning'
    """
    text = _DATE_BEFORE.sub("", _KEYS_AFTER.sub("", " ".join(text.split())))
    for _ in range(4):
        before = text
        text = _VENUE_BEFORE.sub("", _NUMBERING.sub("", text))
        text = _TAIL.sub("", text).strip()
        text = _strip_pairs(text)
        if text == before:
            break
    if text.endswith(".") and not text.endswith(".."):
        text = text[:-1]
    return _strip_signs(text)


def clean_page_title(text: str) -> str:
    """Take what a blogger adds to a paper's title: "Review", "[논문 리뷰]", "Paper Summary:".

    >>> clean_page_title("Paper Review: Mask R-CNN")
    'Mask R-CNN'
    """
    for _ in range(3):
        shorter = _REVIEW_WORDS.sub("", text).strip()
        if shorter == text or len(shorter) < 4:
            break
        text = shorter
    return clean_entry_title(text)


def _strip_pairs(text: str) -> str:
    pairs = (
        ('"', '"'),
        ("“", "”"),
        ("‘", "’"),
        ("'", "'"),
        ("«", "»"),
        ("「", "」"),
        ("《", "》"),
        ("*", "*"),
    )
    for opening, closing in pairs:
        if (
            len(text) > 2
            and text.startswith(opening)
            and text.endswith((closing, closing + ".", closing + ","))
        ):
            return text[1:].rstrip(".,").removesuffix(closing).strip()
    return text


def _strip_signs(text: str) -> str:
    """Take emoji and other signs off both ends."""
    while text and (
        unicodedata.category(text[0]) in ("So", "Sk", "Cn", "Cf", "Mn", "Me")
        or text[0] in "*_`,;:|/→"
    ):
        text = text[1:].lstrip()
    while text and (
        unicodedata.category(text[-1]) in ("So", "Sk", "Cn", "Cf", "Mn", "Me")
        or text[-1] in "*_`,;:|/→"
    ):
        text = text[:-1].rstrip()
    return text


def find_year(text: str) -> int | None:
    """Return the first number that can be a year of publication, not a count of something.

    >>> find_year("R-CNN - 2013, see page 2048"), find_year("proposes 2000 regions an image")
    (2013, None)
    """
    for match in _YEAR.finditer(text):
        is_count = _COUNTED.match(text, match.end()) and not _DATED.search(text[: match.start()])
        if not is_count:
            return int(match[1])
    may_be = "'" in text or "’" in text or "et al" in text
    short = _SHORT_YEAR.search(text) if may_be else None
    return whole_year(short[1]) if short else None


def whole_year(figures: str) -> int:
    """Return the year that two figures mean: "12", "97"."""
    return (2000 if int(figures) < _FIRST_OF_OLD else 1900) + int(figures)


def is_title_like(text: str, *, fewest_words: int = 3) -> bool:
    """Say whether words may be a paper's title: no sentence, no label, long enough.

    >>> is_title_like("Very Deep Convolutional Networks"), is_title_like("I read this paper today")
    (True, False)
    """
    text = text.strip()
    if not 3 <= len(text) <= 260 or is_generic_heading(text) or "://" in text:
        return False
    letters = sum(map(str.isalpha, text))
    if letters < 0.55 * len(text.replace(" ", "")):
        return False
    if _is_east_asian(text):
        return 6 <= len(text) <= 120 and not re.search(r"[.。!?]$|다$|요$", text)
    words = _TITLE_WORD.findall(text)
    if not fewest_words <= len(words) <= 34 or words[-1].casefold() in ENDLESS_WORDS:
        return False
    return not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    """Whether words are said to the reader, or are more than one sentence."""
    if (
        text.endswith((":", ",", " et al", " et al."))
        or _TWO_SENTENCES.search(text)
        or _PROSE.search(text)
    ):
        return True
    is_personal = bool(_PERSONAL.search(text)) and not text.endswith("?")
    return is_personal and capital_share(text) < 0.4


def capital_share(text: str) -> float:
    """Share of the weighty words that begin with a capital or figure, 0 to 1."""
    words = [word for word in _ANY_WORD.findall(text) if word.casefold() not in SMALL_WORDS]
    return sum(not word[0].islower() for word in words) / len(words) if words else 0.0


_EAST_ASIAN = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")


def _is_east_asian(text: str) -> bool:
    return not text.isascii() and len(_EAST_ASIAN.findall(text)) > 0.3 * len(text)


def nickname_of(title: str) -> str | None:
    """Return the short name a title gives itself: before a colon or in final brackets.

    >>> nickname_of("YOLO9000: Better, Faster, Stronger"), nickname_of("Deep Nets (DNN)")
    ('YOLO9000', 'DNN')
    """
    head = re.match(r"([\w.+*^-]+(?: [\w.+*^-]+){0,2})\s*[:：]\s*\S", title)
    if head and looks_coined(head[1]):
        return head[1]
    tail = re.search(r"\(([A-Za-z][\w.+-]{1,20}(?: [\w.+-]{1,12})?)\)\s*$", title)
    return tail[1] if tail and looks_coined(tail[1]) else None


def looks_coined(name: str) -> bool:
    """Say whether a name is coined for a paper: inner capitals, figures, hyphens, all capitals.

    >>> looks_coined("ResNet"), looks_coined("word2vec"), looks_coined("Deep Learning")
    (True, True, False)
    >>> looks_coined("IV"), looks_coined("Table IV")
    (False, False)
    """
    return bool(_COINED.search(name)) and not _PART_OF_A_PAPER.match(name)


def nickname_before(lead: str) -> str | None:
    """Return a nickname that a list puts before its titles.

    >>> nickname_before("SPALM: ")
    'SPALM'
    """
    match = re.fullmatch(
        r"\W*([A-Za-z][\w.+-]{1,20}(?: [\w.+-]{1,8})?)\s*(?::|[-–—])\s*[\"“*]*", lead
    )
    is_name = match and looks_coined(match[1]) and label_kind(match[1]) is None
    return match[1] if match and is_name and not find_year(match[1]) else None


def nickname_after(tail: str) -> str | None:
    """Return a nickname in brackets soon after a title: "Title. CVPR. [pdf] (AlexNet, a note)".

    >>> nickname_after(" NIPS 2012. [pdf] (AlexNet, Deep Learning Breakthrough)")
    'AlexNet'
    """
    for match in re.finditer(r"\(([A-Za-z][\w+.-]{1,24}(?: [\w+.-]{1,12})?)(?:[,)])", tail[:300]):
        name = match[1]
        is_label = label_kind(name) is not None or BIBLIOGRAPHIC.search(name)
        if looks_coined(name) and not is_label and not re.search(r"(?:19|20)\d\d", name):
            return name
    return None
