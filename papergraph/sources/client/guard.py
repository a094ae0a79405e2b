"""Connections to addresses that a user or a page named: public ones only, checked when connecting.

The name is looked up once, every address found is checked, and the connection is made to one of the
checked addresses, so that a name cannot change its meaning in between.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from papergraph.errors import RefusedError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Say whether an address is one of the whole internet.

    >>> is_public(ipaddress.ip_address("::ffff:192.168.0.1"))
    False
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def look_up(name: str, port: int) -> Sequence[str]:
    """Look a name up; returns its addresses."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Decides which addresses are connected to."""

    allows: Callable[[Address], bool] = is_public
    look_up: Callable[[str, int], Sequence[str]] = look_up

    def check(self, name: str, port: int) -> Sequence[str]:
        """Return the addresses of a name.

        Raises
        ------
        RefusedError
            When one of them is private, loopback, link-local, multicast or reserved.
        """
        found = self.look_up(name, port)
        for address in found:
            if not self.allows(ipaddress.ip_address(address)):
                raise RefusedError(
                    f"{name!r} is at {address}, which is not a public address, and is not asked;"
                    " give --allow-private, or set PAPERGRAPH_ALLOW_PRIVATE=1, if it is meant"
                )
        return found

    def connect(self, connection: Any) -> socket.socket:
        """Connect to one of the checked addresses, with the errors that urllib3 knows."""
        try:
            found = self.check(connection.host, connection.port)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(connection.host, connection, _as_look_up(error)) from error
        failed: OSError | None = None
        for address in found:
            try:
                return create_connection(
                    (address, connection.port),
                    connection.timeout,
                    source_address=connection.source_address,
                    socket_options=connection.socket_options,
                )
            except TimeoutError as error:
                raise ConnectTimeoutError(connection, "the connection timed out") from error
            except OSError as error:
                failed = error
        raise NewConnectionError(connection, f"no address can be reached: {failed}")


class GuardedAdapter(HTTPAdapter):
    """An adapter whose connections all go through a guard; it uses no proxy."""

    def __init__(self, guard: Guard) -> None:
        super().__init__(max_retries=0)
        self.poolmanager.pool_classes_by_scheme = _guarded_pools(guard)


def _guarded_pools(guard: Guard) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return guard.connect(self)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return guard.connect(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _as_look_up(error: Exception) -> socket.gaierror:
    return error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
