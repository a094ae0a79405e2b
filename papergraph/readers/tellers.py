"""Whose reading words tell of: the author's own, or that of others, or what is only supposed."""

from __future__ import annotations

import re

# Whatever stands before a title, up to the last end of a sentence, is looked at.
_SENTENCE = re.compile(r"[^.;!?。；！？]*$")
_I = re.compile(
    r"\b(?:i|we|ich|wir|hab|habe|j['’]ai|ai)\b|我|저는|나는|제가|내가|私|僕|俺", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:he(?! (?:\w+ )*leído)|she|they|you|has|hasn['’]?t|who|every(?:body|one)|any(?:body|one)|"
    r"some(?:body|one)|nobody|people|students|er|sie|man|du|ihr|wer|jemand|niemand|jeder|alle|hat|"
    r"hast|habt|hatten?|wurden?|wird|werden|worden|il|elle|ils|elles|ella|ellos|ha|han)\b|"
    r"[他她你]|彼",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:haben|will|wollen|soll(?:te|ten|en)?|muss|müssen|möchten?|kann|können|darf|dürfen)\b",
    re.IGNORECASE,
)
_SOMEBODYS = re.compile(r"\b(?!It|That|What|Let|Here|There|Today|Yesterday)[A-Z][\w-]*['’]s\b")
_SOMEBODY_DID = re.compile(
    r"\s*(?:[A-Z][\w.-]+ (?:(?:and|&|und) )?){1,3}"
    r"(?:\w+ed|came|went|told|said|sent|gave|made|took|wrote|met|was|is|were|had|says)\b"
)
_NAMED = r"(?:[A-Z][\w.-]*(?:['’]s [\w ]{1,20})?|and|und|&|@\w+)"
_SPEAKER = re.compile(rf"(?:^|[.;!?\s])\W*(?P<who>{_NAMED}(?:\s+{_NAMED}){{0,3}})\s*[:：]")
_LABEL = re.compile(
    r"notes?|updates?|edit|status|done|read|reading|finished|started|morning|evening|afternoon|"
    r"noon|night|today|week|day|log|diary|til|ps|also|then|next|later|papers?|progress|me|self|ich|"
    r"ai|heute|gelesen|notiz|notizen|morgens?|abends?|mittag|(?:vor|nach)mittag|nacht|lu|terminé|"
    r"leído|hoy",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:wish\w*|claim\w*|pretend\w*|sa(?:id|ys?)|tell|tells|told|ask(?:s|ed)?|wonder\w*|whether|"
    r"suppos\w*|imagin\w*|dream\w*|thought|thinks?|believ\w*|lied|forg[eo]t\w*|wr(?:ote|ites)|"
    r"wünsch\w*|behaupte\w*|sag(?:te|t|en)|glaubt?e?|dacht?e|hätten?|wäre|ob)\b|"
    r"\b(?:did|do|have|had|should|shall|must|can|could|would|will|am|was|were|are) (?:i|we)\b|"
    r"\bhab(?:e|en)? (?:ich|wir)\b(?=[^.;!]*\?)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[^.;!…。！]{0,40}[?？]")
_AFTER = re.compile(
    r"\s*(?:hat|hast|habt|haben|hätten?|hatten?|wurden?|wird|werden|worden|sein)\b", re.IGNORECASE
)
_IDEOGRAPHS = re.compile(r"[读看讀]")
_OWN_CHINESE = re.compile(
    r"(?:.*[，,：:、]|)(?:我们?|今[天晚]|昨[天晚]|早上|晚上|上午|下午|周末|终于|刚刚?|已经?|也|又|都|就|"
    r"还|再|先|然后|一起|正|在|\s|[^\w])*",
    re.DOTALL,
)
_TOPIC = re.compile(
    r"(?<![저나가리늘제난])(?:은|는|이|가)(?=\s)|(?:さん|くん|君|氏|先生)(?:は|が|も)|"
    r"(?<![私僕俺日])は"
)


def tells_own(before: str, words: str, after: str) -> bool:
    """Say whether words of reading speak of what their author does or did.

    `words` tell of it; they stand after `before`, which may run up to a title between, and `after`
    follows. Reading of others, wishes, questions and hearsay are not the author's own.

    >>> tells_own("heute habe ich ", "gelesen", ""), tells_own("Sam hat ", "gelesen", "")
    (True, False)
    """
    sentence = _SENTENCE.search(before)
    said = sentence[0] if sentence else before
    if _is_spoken_by_another(f"{before}{words}") or _HEARSAY.search(f"{said}{words}"):
        return False
    if _ASKED.match(after) or _AFTER.match(after):
        return False
    if _IDEOGRAPHS.search(words) and not _OWN_CHINESE.fullmatch(said):
        return False
    if re.search(r"\b(?:i|we)\b", words, re.IGNORECASE):
        return True
    is_own = _I.search(f"{said}{words}") is not None
    if _OTHERS.search(said) or _TOPIC.search(said) or (_MODAL.search(said) and not is_own):
        return False
    return is_own or not (_SOMEBODYS.search(said) or _SOMEBODY_DID.match(said))


def _is_spoken_by_another(text: str) -> bool:
    """Say whether a name and a colon stand in the text: "Tom: I read "."""
    names = (match["who"].strip() for match in _SPEAKER.finditer(text))
    return any(not _LABEL.fullmatch(name) for name in names)
