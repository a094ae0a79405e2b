"""XML from services as a tree, read without entities of its own and without fetching anything.

A document type is let pass, as NCBI sends one; what it would declare is refused.
"""

from __future__ import annotations

from typing import NoReturn
from xml.etree import ElementTree as ET
from xml.parsers import expat

from papergraph.errors import SourceError, UnavailableError

Tree = ET.Element


def parse_xml(body: bytes, source: str) -> Tree:
    """Read a document.

    Raises
    ------
    UnavailableError
        When the body is empty.
    SourceError
        When it is no XML, breaks off, or declares entities.
    """
    if not body.strip():
        raise UnavailableError(f"{source} answered with an empty body; run again later")
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(body, True)
        return builder.close()
    except (expat.ExpatError, _EntityError, AssertionError, LookupError) as error:
        raise SourceError(
            f"{source} answered what is no whole XML ({error}): {body[:60]!r}; run again later"
        ) from error


def markup_of(tree: Tree | None) -> str:
    """Write what is inside an element with its tags and entities, for `clean_title` to undo."""
    if tree is None:
        return ""
    whole = ET.tostring(tree, encoding="unicode", short_empty_elements=False)
    inside = whole[whole.index(">") + 1 :]
    return inside[: inside.rindex("</")]


def text_at(tree: Tree | None, path: str = ".") -> str:
    """Return all text under the element at `path`, blanks made single; "" when it is not there."""
    found = None if tree is None else tree.find(path)
    return "" if found is None else " ".join("".join(found.itertext()).split())


class _EntityError(ValueError):
    """A document declares an entity."""


def _refuse(name: str, *_: object) -> NoReturn:
    raise _EntityError(f"it declares the entity {name!r}")
