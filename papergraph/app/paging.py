"""Long lists in parts: an answer names where the next part begins in its header Link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from papergraph.app.parameters import Parameters
from papergraph.errors import InputError

_Item = TypeVar("_Item")

MOST_AT_ONCE = 1000
_USUAL = 200


def page_of(
    items: Sequence[_Item], key: Callable[[_Item], str]
) -> tuple[Sequence[_Item], str | None]:
    """The part of a list that the request asks for, and the key after which the next one begins.

    The cursor is the key of the last item shown, so that what is added meanwhile shifts nothing.

    Raises InputError when no item has the key of the cursor any more.
    """
    asked = Parameters.of_address()
    most = asked.whole("limit", _USUAL, high=MOST_AT_ONCE) or _USUAL
    cursor = asked.text("cursor")
    start = 0
    if cursor is not None:
        places = (place for place, item in enumerate(items) if key(item) == cursor)
        start = next(places, -1) + 1
        if start == 0:
            raise InputError(
                f"the cursor {cursor!r} is not in this list any more; begin again without it"
            )
    found = items[start : start + most]
    return found, key(found[-1]) if start + most < len(items) else None
