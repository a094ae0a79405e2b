"""The form of a rule that reads one kind of link, and how rules are tried.

A table maps a host to its rules, tried in order; the first that fits decides.
"""

import re
from dataclasses import dataclass

from papergraph.identifiers.places import Place
from papergraph.identifiers.schemes import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule makes of a link, before it becomes a `UrlReading`."""

    kind: str
    is_paper: bool | None = None
    scheme: str | None = None
    value: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One shape of path and query. The groups `hint` and `hint2` are slugs of the title."""

    kind: str
    pattern: re.Pattern[str]
    target: str
    is_paper: bool | None

    def read(self, place: Place) -> Finding | None:
        """Read a link of this shape; None if it has another, or its value is impossible."""
        found = self.pattern.match(place.target)
        if found is None:
            return None
        groups = found.groupdict()
        slugs = (groups.get("hint"), groups.get("hint2"))
        hint = " ".join(words_of_slug(slug) for slug in slugs if slug) or None
        if not self.target:
            return Finding(kind=self.kind, is_paper=self.is_paper, hint=hint)
        scheme, _, value = self.target.partition(":")
        pair = normalise(scheme, value.format(**groups))
        if pair is None:
            return None
        return Finding(
            kind=self.kind, is_paper=self.is_paper, scheme=pair[0], value=pair[1], hint=hint
        )


def rule(kind: str, pattern: str, target: str = "", *, is_paper: bool | None = True) -> Rule:
    """Write a rule: `pattern` begins at the path, `target` is "scheme:{group}"."""
    compiled = re.compile(pattern, re.IGNORECASE | re.ASCII)
    return Rule(kind=kind, pattern=compiled, target=target, is_paper=is_paper)


Table = dict[str, tuple[Rule, ...]]


def read_with(table: Table, place: Place) -> Finding | None:
    """Try the rules of the host and of the domains above it, nearest first."""
    for domain in place.domains:
        for candidate in table.get(domain, ()):
            if finding := candidate.read(place):
                return finding
    return None


def words_of_slug(slug: str) -> str:
    """Turn a slug into words; underscores part words if there are any, else hyphens.

    >>> words_of_slug("2415013_Event-driven_FRP"), words_of_slug("fast-r-cnn")
    ('2415013 Event-driven FRP', 'fast r cnn')
    """
    slug = re.sub(r"\.(?:html?|php|aspx|md|pdf)$", "", slug, flags=re.IGNORECASE)
    parted = slug.replace("_", " ") if "_" in slug else slug.replace("-", " ")
    return " ".join(parted.replace("+", " ").split())
