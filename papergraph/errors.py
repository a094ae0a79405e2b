"""Every error papergraph raises on purpose. This module imports nothing.

PapergraphError                 one line for the user; `exit_code` for the command line
 |- InputError(ValueError)      what was given cannot be used
 |   |- IdentifierError         not an identifier of a known scheme
 |   |- ReadingError            a file or text cannot be read as a review
 |   `- SettingsError           a setting has a bad value
 |- NotFoundError(LookupError)  nothing answers a reference
 |   `- AmbiguousError          more than one paper answers it
 |- LibraryError                the library file cannot be opened, read or written
 |- ModelError                  an embedding model cannot be loaded
 |- GraphError                  a graph is not what an algorithm needs
 |   `- CycleError(ValueError)  it has a cycle; the message shows one
 `- SourceError                 a scholarly service failed
     |- UnavailableError        it cannot answer now; `until` says when to ask again
     |- RefusedError            it says no: wrong key, blocked, disallowed by robots.txt
     `- OfflineError            the network is needed but switched off
"""


class PapergraphError(Exception):
    """Base of all errors whose message is meant for the user."""

    exit_code = 1


class InputError(PapergraphError, ValueError):
    """What was given cannot be used."""


class IdentifierError(InputError):
    """A text is not an identifier of a known scheme."""


class ReadingError(InputError):
    """A file or text cannot be read as a review."""


class SettingsError(InputError):
    """A setting has a value that cannot be used."""


class NotFoundError(PapergraphError, LookupError):
    """Nothing in the library answers a reference; `nearest` lists what comes close.

    `asked` is the reference where it may be words that a search finds something for.
    """

    exit_code = 3

    def __init__(
        self, message: str, nearest: tuple[str, ...] = (), *, asked: str | None = None
    ) -> None:
        super().__init__(message)
        self.nearest = nearest
        self.asked = asked


class AmbiguousError(NotFoundError):
    """More than one paper answers a reference; `nearest` lists them."""


class LibraryError(PapergraphError):
    """The library cannot be opened, read or written."""


class ModelError(PapergraphError):
    """An embedding model cannot be loaded or used."""


class GraphError(PapergraphError):
    """A graph is not what an algorithm needs."""


class CycleError(GraphError, ValueError):
    """A graph that must be acyclic has a cycle."""


class SourceError(PapergraphError):
    """A scholarly service failed or answered what cannot be used."""


class UnavailableError(SourceError):
    """A service cannot answer now; `until` is when to ask again, UTC, None when it did not say."""

    def __init__(self, message: str, until: str | None = None) -> None:
        super().__init__(message)
        self.until = until


class RefusedError(SourceError):
    """A service says no: a wrong key, a block, or robots.txt; asking again does not help."""


class OfflineError(SourceError):
    """The network is needed but switched off."""

    exit_code = 5


def check_limit(limit: int, most: int | None = None) -> None:
    """Raise InputError unless at least one and at most so many are asked for.

    >>> check_limit(0, 500)
    Traceback (most recent call last):
    papergraph.errors.InputError: limit is 0; give a whole number from 1 to 500
    """
    if limit < 1 or (most is not None and limit > most):
        bounds = "of 1 or more" if most is None else f"from 1 to {most}"
        raise InputError(f"limit is {limit}; give a whole number {bounds}")
