"""Reads what a request asks for, and refuses what cannot be meant."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from flask import request

from papergraph.errors import InputError
from papergraph.models import READING_STATES, paper_number
from papergraph.search import SearchFilter

_FIRST_YEAR, _LAST_YEAR = 1000, 3000
_MOST_REFERENCES = 5000
_LOCAL_PAGE = re.compile(r"/(?![/\\])[^\x00-\x1f\\]*")


class Parameters:
    """The named values of one request: from its address, or from the JSON object it carries."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    @classmethod
    def of_address(cls) -> Parameters:
        """The parameters of the address; a name given several times is a list."""
        return cls({name: request.args.getlist(name) for name in request.args})

    @classmethod
    def of_body(cls) -> Parameters:
        """The JSON object of the body.

        Raises InputError when the body is JSON of another kind.
        """
        body = request.get_json()
        if not isinstance(body, dict):
            raise InputError("the body must be a JSON object")
        return cls(body)

    @property
    def values(self) -> Mapping[str, Any]:
        """All of them, as they were given."""
        return self._values

    def text(self, name: str, default: str | None = None) -> str | None:
        """One text; blank is the same as not given."""
        value = self._one(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise InputError(f"{name} is {value!r}; give a text")
        return value.strip() or default

    def required(self, name: str) -> str:
        """One text that must be given."""
        value = self.text(name)
        if value is None:
            raise InputError(f"{name} is missing; give it as a text")
        return value

    def texts(self, name: str) -> list[str]:
        """All texts of a name, or the lines of each, blank ones left out."""
        value = self._values.get(name)
        found = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(item, str) for item in found):
            raise InputError(f"{name} holds something that is not a text; give a list of texts")
        if len(found) > _MOST_REFERENCES:
            raise InputError(f"{name} has {len(found)} entries; the limit is {_MOST_REFERENCES}")
        return [line.strip() for item in found for line in item.splitlines() if line.strip()]

    def whole(
        self, name: str, default: int | None = None, *, low: int = 1, high: int
    ) -> int | None:
        """One whole number within bounds."""
        value = self._one(name)
        if value is None or value == "":
            return default
        try:
            number = int(value) if not isinstance(value, bool | float) else None
        except (TypeError, ValueError):
            number = None
        if number is None or not low <= number <= high:
            raise InputError(f"{name} is {value!r}; give a whole number from {low} to {high}")
        return number

    def hours(self, name: str = "hours") -> float | None:
        """One number of hours above zero."""
        number = self.number(name)
        if number is not None and not 0 < number <= 100_000:
            raise InputError(f"{name} is {self._one(name)!r}; give a number above 0")
        return number

    def number(self, name: str) -> float | None:
        """One number."""
        value = self._one(name)
        if value is None or value == "":
            return None
        try:
            number = float(value) if not isinstance(value, bool) else math.nan
        except (TypeError, ValueError):
            number = math.nan
        if math.isnan(number):
            raise InputError(f"{name} is {value!r}; give a number")
        return number

    def truth(self, name: str, *, default: bool) -> bool:
        """One yes or no."""
        value = self._one(name)
        if value is None:
            return default
        known = {True: True, False: False, "true": True, "false": False, "1": True, "0": False}
        if not isinstance(value, bool | str) or value not in known:
            raise InputError(f"{name} is {value!r}; give true or false")
        return known[value]

    def paper_cursor(self) -> int | None:
        """The paper that the part before ended with."""
        cursor = self.text("cursor")
        number = None if cursor is None else paper_number(cursor)
        if cursor is not None and number is None:
            raise InputError(f"the cursor {cursor!r} is none of ours; begin again without it")
        return number

    def search_filter(self) -> SearchFilter:
        """Years and reading state."""
        state = self.text("state")
        if state is not None and state not in (*READING_STATES, "unread"):
            known = ", ".join((*READING_STATES, "unread"))
            raise InputError(f"no reading state {state!r}; known are {known}")
        return SearchFilter(
            year_from=self.whole("year_from", low=_FIRST_YEAR, high=_LAST_YEAR),
            year_to=self.whole("year_to", low=_FIRST_YEAR, high=_LAST_YEAR),
            state=state,
        )

    def _one(self, name: str) -> Any:
        value = self._values.get(name)
        if isinstance(value, list):
            if len(value) > 1:
                raise InputError(f"{name} is given {len(value)} times; give it once")
            return value[0] if value else None
        return value


def local_page(wanted: str, otherwise: str) -> str:
    """A page to go back to; never one of another site.

    >>> local_page("//elsewhere.example/", "/shelf")
    '/shelf'
    """
    return wanted if _LOCAL_PAGE.fullmatch(wanted) else otherwise
