"""A small tree of an XML document whose elements know their lines; no entities, no DTD."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from papergraph.errors import ReadingError

_DEEPEST = 60


@dataclass(slots=True)
class Element:
    """One element: names without their prefixes; `content` is its text and elements in order."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[str | Element] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        """The elements inside, in order."""
        return [part for part in self.content if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """All text inside, blanks collapsed; EndNote wraps it in `style` elements."""
        return " ".join("".join(_texts(self)).split())

    def first(self, *path: str) -> Element | None:
        """The first element down a path of names."""
        return next(self.all(*path), None)

    def all(self, *path: str) -> Iterator[Element]:
        """Every element down a path of names, in order."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def words(self, *path: str) -> str:
        """The text of the first element down a path, "" when there is none."""
        found = self.first(*path)
        return found.text if found else ""


def read_xml(text: str) -> tuple[Element, int | None]:
    """Read a document; what was read before a fault is kept, and the line of the fault told.

    Raises
    ------
    ReadingError
        When the document declares entities or a type, or is nested too deep.
    """
    root = Element("", 1)
    open_elements = [root]
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_elements) > _DEEPEST:
            raise ReadingError(
                f"the XML is nested more than {_DEEPEST} deep in line {parser.CurrentLineNumber};"
                " export it again as BibTeX or RIS"
            )
        plain = {_local(key): value for key, value in attributes.items()}
        element = Element(_local(name), parser.CurrentLineNumber, plain)
        open_elements[-1].content.append(element)
        open_elements.append(element)

    def put(words: str) -> None:
        open_elements[-1].content.append(words)

    def end(_name: str) -> None:
        open_elements.pop()

    def refuse(*_told: object) -> None:
        raise ReadingError(
            f"the XML declares a document type in line {parser.CurrentLineNumber}, which is not"
            " read: entities could hide anything; export it again as BibTeX or RIS"
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = put
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        return root, error.lineno
    return root, None


def _texts(element: Element) -> Iterator[str]:
    for part in element.content:
        yield from (part,) if isinstance(part, str) else _texts(part)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
