"""Clean a URL as people write it: cut what belongs to the text around it, unwrap redirectors.

Steps in the order of `clean_url`. Every step only shortens or keeps its meaning, and the whole is
repeated until nothing changes, so that cleaning twice is cleaning once.
"""

import html
import re
import urllib.parse

from papergraph.identifiers.schemes import cut_tail

MAX_LENGTH = 8192
"""Longer texts are not links but data; they clean to the empty string."""

_ROUNDS = 40  # each round undoes one layer of wrapping; nobody wraps this deep in good faith

# Zero-width and direction marks, controls, the byte order mark, lone surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_MARKDOWN_ESCAPE = re.compile(r"\\([_&%#~()*\[\]$-])")
_STOP = re.compile(r"[<>\"`{}|^（），。、；：「」『』【】《》“”]")
_BRACKET = re.compile(r"[()\[\]]")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_NESTED_PERCENT = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")
# Characters that would change the meaning of a path, or be cut from it, if written plainly.
_KEEP_ESCAPED = re.compile(
    r"[\x00-\x20\x7f-\xa0\xad%?#<>\"`{}|\\^!*'\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff"
    r"（），。、；：「」『』【】《》“”…]"
)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20}):")
# Also "http:/x", and a scheme written twice ("http://https//x", seen in a note).
_WEB = re.compile(r"(?:https?:?/+)?(https?|ftp):[/\\]*(?=[^/\\])", re.IGNORECASE)
_TWICE = re.compile(r"https?/+", re.IGNORECASE)
# Endings under which a text such as "arxiv.org/abs/1512.03385" is a host, not a folder.
_TOP_DOMAINS = """
    ac ai app at au be blog br ca cc ch cloud cn co com de dev dk edu es eu fi fr gl gov hk hu
    il in info int io it jp kr link ly me mil ml name net news nl no nz online org pl press pt
    pub ru science se sg site tech tv tw uk us xyz
"""
_BARE_HOST = re.compile(
    rf"(?:[a-z0-9_-]{{1,63}}\.){{1,6}}(?:{'|'.join(_TOP_DOMAINS.split())})(?::[0-9]{{1,5}})?/"
    r"|www\.[^/\s.]{1,63}\.",
    re.IGNORECASE,
)
# What is left of "http://" without a host is no link either.
_CLOSED_SCHEMES = frozenset(("javascript", "vbscript", "data", "blob", "http", "https", "ftp"))

_TRACKERS = re.compile(
    r"(?:utm_[a-z0-9_]*|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_cid|mc_eid|_hsenc|_hsmi"
    r"|ref_src|ref_url|trk|__twitter_impression)",
    re.IGNORECASE,
)

# Hosts that only lead elsewhere: host, start of the path, parameters that hold the target.
_REDIRECTORS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"(?:www|scholar|images|books|m)?\.?google\.[a-z.]{2,6}", "/url", ("q", "url")),
    (r"scholar\.google\.[a-z.]{2,6}", "/scholar_url", ("url",)),
    (r"translate\.google\.[a-z.]{2,6}", "/translate", ("u",)),
    (r"docs\.google\.com", "/viewer", ("url",)),
    (r"docs\.google\.com", "/gview", ("url",)),
    (r"googleweblight\.com", "/", ("lite_url",)),
    (r"(?:l|lm|www|m)\.facebook\.com|l\.instagram\.com", "/l.php", ("u",)),
    (r"l\.instagram\.com|l\.messenger\.com", "/", ("u",)),
    (r"(?:www\.|m\.)?youtube\.com", "/redirect", ("q",)),
    (r"out\.reddit\.com", "/", ("url",)),
    (r"t\.umblr\.com", "/redirect", ("z",)),
    (r"link\.zhihu\.com", "/", ("target",)),
    (r"link\.(?:juejin\.cn|csdn\.net)", "/", ("target",)),
    (r"(?:www\.)?medium\.com", "/r/", ("url",)),
    (r"vk\.com", "/away.php", ("to",)),
    (r"slack-redir\.net", "/link", ("url",)),
    (r"duckduckgo\.com", "/l/", ("uddg",)),
    (r"getpocket\.com", "/redirect", ("url",)),
    (r"[a-z0-9-]+\.safelinks\.protection\.outlook\.com", "/", ("url",)),
    (r"(?:www\.)?linkedin\.com", "/redir/redirect", ("url",)),
    (r"steamcommunity\.com", "/linkfilter", ("url",)),
)
_REDIRECTOR_STARTS = tuple({start for _, start, _ in _REDIRECTORS})
# Hosts that carry the whole target in their path.
_CARRIERS = (
    re.compile(
        r"https?://web\.archive\.org/(?:web/)?(?:[0-9]{0,14}(?:[a-z]{2}_|\*)?/)(.+)", re.IGNORECASE
    ),
    re.compile(
        r"https?://(?:archive\.(?:is|ph|today|org))/(?:o/\w+/|[0-9]{14}/)(https?:.+)", re.IGNORECASE
    ),
    re.compile(r"https?://scholar\.archive\.org/work/\w+/access/wayback/(.+)", re.IGNORECASE),
    re.compile(
        r"https?://(?:r\.jina\.ai|via\.hypothes\.is|12ft\.io|outline\.com)/(https?:.+)",
        re.IGNORECASE,
    ),
    re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/amp/s/(.+)", re.IGNORECASE),
    re.compile(r"https?://urldefense\.com/v3/__(https?:.+?)__;.*", re.IGNORECASE),
    re.compile(
        r"https?://webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]{12}:)?([^+\s]+).*",
        re.IGNORECASE,
    ),
)
_CARRIER_HOSTS = re.compile(
    r"archive\.|jina\.ai|hypothes\.is|12ft\.io|outline\.com|google|urldefense\.com"
)


def clean_url(raw: str) -> str:
    """Give the URL a text means, or "" when it means none that may be opened.

    Without trailing punctuation, markdown tails, HTML entities, needless percent escapes in the
    path, archive and redirector wrappings, tracking parameters, credentials, default ports, and
    fragments other than `#page=`. Relative links stay relative. Script and data URLs, and texts
    over `MAX_LENGTH`, give "".

    >>> clean_url("https://www.google.com/url?q=http://arxiv.org/abs/1512.03385&sa=D):star:")
    'http://arxiv.org/abs/1512.03385'
    """
    url = raw[: MAX_LENGTH + 1]
    if len(url) > MAX_LENGTH:
        return ""
    for _ in range(_ROUNDS):
        cleaned = _clean_once(url)
        if cleaned == url:
            return url
        url = cleaned
    return ""


def unquote_path(path: str) -> str:
    """Undo percent escapes that are whole UTF-8 letters and leave the path's meaning alone."""
    return _ESCAPES.sub(_decode, _NESTED_PERCENT.sub("%", path))


def _clean_once(raw: str) -> str:
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), _INVISIBLE.sub("", raw))
    text = cut_surroundings(_MARKDOWN_ESCAPE.sub(r"\1", text))
    if web := _WEB.match(text):
        text = f"{web[1].lower()}://{_without_scheme(text[web.end() :])}"
    elif text.startswith("//") or _BARE_HOST.match(text):
        text = f"https://{text.lstrip('/')}"
    else:
        return _without_scripts(text)
    try:
        parts = urllib.parse.urlsplit(_unwrapped(text.replace("\\", "/")))
        return _assembled(parts)
    except ValueError:  # brackets that hold no address, a port that is no number
        return ""


def _without_scheme(text: str) -> str:
    twice = _TWICE.match(text)
    return text[twice.end() :] if twice else text


def _without_scripts(text: str) -> str:
    scheme = _SCHEME.match(text.replace(" ", ""))
    return "" if scheme and scheme[1].lower() in _CLOSED_SCHEMES else text


def cut_surroundings(text: str) -> str:
    """Cut brackets and marks around a URL, and all from the first that cannot belong to it.

    >>> cut_surroundings("<http://a.org/x_(y)/z)(Matthias")
    'http://a.org/x_(y)/z'
    """
    text = text.strip().lstrip("<([{\"'`*")
    if stop := _STOP.search(text):
        text = text[: stop.start()]
    depth = {"(": 0, "[": 0}
    for bracket in _BRACKET.finditer(text):
        opening = {")": "(", "]": "["}.get(bracket[0], bracket[0])
        depth[opening] += 1 if bracket[0] == opening else -1
        if depth[opening] < 0:
            text = text[: bracket.start()]
            break
    return cut_tail(text).strip()


def _unwrapped(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    host = (parts.hostname or "").lower()
    if _CARRIER_HOSTS.search(host):
        for carrier in _CARRIERS:
            if found := carrier.fullmatch(url):
                return _as_web(urllib.parse.unquote(found[1])) or url
    if not parts.query or not parts.path.startswith(_REDIRECTOR_STARTS):
        return url
    for pattern, start, names in _REDIRECTORS:
        if parts.path.startswith(start) and re.fullmatch(pattern, host):
            query = dict(urllib.parse.parse_qsl(parts.query))
            targets = (_as_web(query.get(name, "")) for name in names)
            return next((target for target in targets if target), url)
    return url


def _as_web(text: str) -> str:
    """Give a wrapped target as an absolute web URL, or "" if it is none."""
    text = text.strip()
    if web := _WEB.match(text):
        return f"{web[1].lower()}://{text[web.end() :]}"
    return f"http://{text}" if _BARE_HOST.match(text) else ""


def _assembled(parts: urllib.parse.SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or re.search(r"[\s%]", host):
        return ""
    if ":" in host:
        host = f"[{host}]"
    if parts.port is not None and parts.port not in (80, 443, 21):
        host = f"{host}:{parts.port}"
    kept = [
        field
        for field in parts.query.split("&")
        if field and not _TRACKERS.fullmatch(field.partition("=")[0])
    ]
    query = f"?{_spaceless('&'.join(kept))}" if kept else ""
    fragment = f"#{parts.fragment}" if re.fullmatch(r"page=[0-9]+", parts.fragment) else ""
    return f"{parts.scheme}://{host}{_spaceless(unquote_path(parts.path))}{query}{fragment}"


def _spaceless(text: str) -> str:
    return re.sub(r"\s", lambda found: urllib.parse.quote(found[0]), text)


def _decode(found: re.Match[str]) -> str:
    raw = found[0].upper()
    try:
        text = bytes.fromhex(raw.replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return raw
    return _KEEP_ESCAPED.sub(lambda sign: urllib.parse.quote(sign[0]), text)
