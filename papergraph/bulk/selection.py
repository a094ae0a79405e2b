"""Which works of a snapshot are wanted: by field or by topic."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from papergraph.errors import InputError

# The fields of OpenAlex, which are those of ASJC (Scopus), by their numbers; looked at 2026-11.
FIELDS = {
    "11": "Agricultural and Biological Sciences",
    "12": "Arts and Humanities",
    "13": "Biochemistry, Genetics and Molecular Biology",
    "14": "Business, Management and Accounting",
    "15": "Chemical Engineering",
    "16": "Chemistry",
    "17": "Computer Science",
    "18": "Decision Sciences",
    "19": "Earth and Planetary Sciences",
    "20": "Economics, Econometrics and Finance",
    "21": "Energy",
    "22": "Engineering",
    "23": "Environmental Science",
    "24": "Immunology and Microbiology",
    "25": "Materials Science",
    "26": "Mathematics",
    "27": "Medicine",
    "28": "Neuroscience",
    "29": "Nursing",
    "30": "Pharmacology, Toxicology and Pharmaceutics",
    "31": "Physics and Astronomy",
    "32": "Psychology",
    "33": "Social Sciences",
    "34": "Veterinary",
    "35": "Dentistry",
    "36": "Health Professions",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Fields by their numbers, topics by name or id in lower case; neither means everything."""

    fields: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def rows(self) -> list[tuple[str, str]]:
        """(kind, value) for the SQL; a work that fits any of them is wanted."""
        return [("field", value) for value in self.fields] + [
            ("topic", value) for value in self.topics
        ]


def parse_selection(fields: Sequence[str], topics: Sequence[str]) -> Selection:
    """Read fields and topics given by name, number or OpenAlex address.

    >>> parse_selection(["computer science", "fields/26"], ["https://openalex.org/T10036"])
    Selection(fields=('17', '26'), topics=('t10036',))

    Raises
    ------
    InputError
        When there is no such field; the message names the nearest.
    """
    return Selection(
        fields=tuple(dict.fromkeys(_field_number(field) for field in fields)),
        topics=tuple(dict.fromkeys(_last_part(topic).lower() for topic in topics)),
    )


def _field_number(field: str) -> str:
    wanted = _last_part(field)
    if wanted in FIELDS:
        return wanted
    numbers = {name.lower(): number for number, name in FIELDS.items()}
    if wanted.lower() in numbers:
        return numbers[wanted.lower()]
    near = difflib.get_close_matches(wanted.lower(), numbers, n=3, cutoff=0.4)
    hint = " or ".join(f"'{FIELDS[numbers[name]]}'" for name in near) or "'Computer Science'"
    raise InputError(f"no field {field!r} in OpenAlex; give for example {hint}, or its number")


def _last_part(text: str) -> str:
    """The end of an address; other texts may hold a stroke of their own."""
    text = text.strip()
    is_address = "openalex.org/" in text or text.startswith(("fields/", "topics/"))
    return text.rpartition("/")[2] if is_address else text
