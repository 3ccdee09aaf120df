"""Fetching from an address that somebody typed, without being led anywhere else than the open web.

Only https, and only its own port. Every address that a name leads to is looked at before a connection is made, and the
connection goes to an address that was looked at, so that a name that changes its mind leads nowhere. A redirect is
looked at in the same way. Whoever answers slowly, endlessly or packed is not waited for.
"""

import enum
import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 10.0
MOST_BYTES = 1_000_000
MOST_REDIRECTS = 3
MOST_TRIED = 3
REDIRECTS = (301, 302, 303, 307, 308)
PORT = 443
SAFE_IN_PATHS = "/%:=&?~+!$,;'@()*[]"

Resolve = Callable[..., list[tuple[Any, ...]]]


class FetchFault(enum.StrEnum):
    """Why nothing was fetched."""

    ADDRESS = "address"
    PRIVATE = "private"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    NOT_TRUSTED = "not_trusted"
    SLOW = "slow"
    LARGE = "large"
    PACKED = "packed"
    ASTRAY = "astray"
    KIND = "kind"
    NOT_THERE = "not_there"
    GONE = "gone"
    REFUSED = "refused"
    BROKEN = "broken"


class NotFetched(Exception):
    """Nothing was fetched; `fault` says why."""

    def __init__(self, fault: FetchFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: an address, the kinds of content that are understood, and the mark that came the time before.
    `near` opens the way to this machine itself and to nowhere else, for tests."""

    url: str
    kinds: tuple[str, ...]
    etag: str = ""
    near: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. `body` is None when nothing changed since."""

    body: bytes | None
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes."""

    is_secure: bool
    host: str
    port: int
    path: str


def place(url: str, *, near: bool = False) -> Place:
    """The parts of an address. Raises NotFetched when it is no address that may be followed."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:
        raise NotFetched(FetchFault.ADDRESS) from error
    is_secure = parts.scheme == "https"
    if not host or parts.username or parts.password or not (is_secure or (near and parts.scheme == "http")):
        raise NotFetched(FetchFault.ADDRESS)
    if not near and port not in (None, PORT):
        raise NotFetched(FetchFault.ADDRESS)
    path = quote(parts.path or "/", SAFE_IN_PATHS) + (f"?{quote(parts.query, SAFE_IN_PATHS)}" if parts.query else "")
    return Place(is_secure, host, port or (PORT if is_secure else 80), path)


def fetch(asked: Asked, resolve: Resolve = socket.getaddrinfo) -> Fetched:
    """What stands at an address. Raises NotFetched."""
    until = time.monotonic() + TOTAL_SECONDS
    url = asked.url
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(place(url, near=asked.near), asked, until, resolve)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise NotFetched(FetchFault.ASTRAY)


def _ask(where: Place, asked: Asked, until: float, resolve: Resolve) -> Fetched | str:
    """What came, or the address to which it leads on."""
    try:
        line = _connected(where, _addresses(where, near=asked.near, resolve=resolve), until)
        try:
            return _answer(_sent(line, where, asked), asked.kinds)
        finally:
            line.hang_up()
    except TimeoutError as error:
        raise NotFetched(FetchFault.SLOW) from error
    except ssl.SSLError as error:
        raise NotFetched(FetchFault.NOT_TRUSTED) from error
    except (http.client.InvalidURL, UnicodeError) as error:
        raise NotFetched(FetchFault.ADDRESS) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotFetched(FetchFault.UNREACHABLE) from error


def _addresses(where: Place, *, near: bool, resolve: Resolve) -> list[str]:
    """Every address of a name, all of them on the open web. Raises NotFetched as soon as one is not."""
    try:
        found = resolve(where.host, where.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched(FetchFault.UNKNOWN) from error
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not addresses:
        raise NotFetched(FetchFault.UNKNOWN)
    allowed = is_near if near else is_open
    if not all(allowed(one) for one in addresses):
        raise NotFetched(FetchFault.PRIVATE)
    return addresses


def may_be_open(host: str) -> bool:
    """Whether a host may lie on the open web, by how it is written. A name says so only once it is looked up."""
    try:
        return is_open(str(ipaddress.ip_address(host)))
    except ValueError:
        return not f".{host}".endswith((".localhost", ".local", ".internal"))


def is_near(address: str) -> bool:
    """Whether an address is this machine itself."""
    return ipaddress.ip_address(address).is_loopback


def is_open(address: str) -> bool:
    """Whether an address lies on the open web: not this machine, not a network at home or at work, nothing kept apart,
    nor one of these inside an address of the newer kind."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False  # with a zone, it is of this network alone
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inside is not None:
            return is_open(str(inside))
        if found.teredo is not None or found.is_site_local:
            return False
    kept_apart = found.is_private or found.is_loopback or found.is_link_local or found.is_multicast
    return found.is_global and not (kept_apart or found.is_reserved or found.is_unspecified)


def _translated(found: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The older address inside one that is translated on the way (RFC 6052)."""
    if found in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return None


class _Line:
    """A connection that ends at a fixed moment, however slowly the other side speaks."""

    def __init__(self, socket_: socket.socket, until: float) -> None:
        self._socket, self._until = socket_, until

    def sendall(self, data: bytes) -> None:
        """Say it."""
        self._socket.settimeout(left(self._until))
        self._socket.sendall(data)

    def recv_into(self, buffer: Any) -> int:
        """Hear a little."""
        self._socket.settimeout(left(self._until))
        return self._socket.recv_into(buffer)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What `http.client` reads from."""
        return io.BufferedReader(_Heard(self))

    def close(self) -> None:
        """What `http.client` does before it read everything: the line stays until we hang up."""

    def hang_up(self) -> None:
        """Nothing more is said or heard."""
        self._socket.close()


class _Heard(io.RawIOBase):
    def __init__(self, line: _Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._line.recv_into(buffer)


def left(until: float) -> float:
    """So many seconds are left. Raises TimeoutError when none is."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _connected(where: Place, addresses: list[str], until: float) -> _Line:
    last: OSError = ConnectionError()
    for address in addresses[:MOST_TRIED]:
        try:
            plain = socket.create_connection((address, where.port), min(CONNECT_SECONDS, left(until)))
        except OSError as error:
            last = error
            continue
        if not where.is_secure:
            return _Line(plain, until)
        plain.settimeout(min(CONNECT_SECONDS, left(until)))
        try:
            return _Line(ssl.create_default_context().wrap_socket(plain, server_hostname=where.host), until)
        except OSError:
            plain.close()
            raise
    raise last


def _sent(line: _Line, where: Place, asked: Asked) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(where.host, where.port)
    connection.sock = line
    connection.putrequest("GET", where.path, skip_host=True, skip_accept_encoding=True)
    name = f"[{where.host}]" if ":" in where.host else where.host
    usual = PORT if where.is_secure else 80
    headers = {
        "Host": name if where.port == usual else f"{name}:{where.port}",
        "User-Agent": "Brug",
        "Accept": ", ".join(asked.kinds),
        "Accept-Encoding": "identity",
        "Connection": "close",
        "If-None-Match": asked.etag,
    }
    for header, value in headers.items():
        if value:
            connection.putheader(header, value)
    connection.endheaders()
    return connection.getresponse()


def _answer(response: http.client.HTTPResponse, kinds: tuple[str, ...]) -> Fetched | str:
    if response.status in REDIRECTS:
        return str(response.headers.get("Location", ""))
    if response.status == 304:
        return Fetched(None)
    if response.status != 200:
        raise NotFetched(_fault(response.status))
    if response.headers.get_content_type() not in kinds:
        raise NotFetched(FetchFault.KIND)
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise NotFetched(FetchFault.PACKED)
    return Fetched(_body(response), _mark(response.headers.get("ETag"), 200))


def _fault(status: int) -> FetchFault:
    if status == 404:
        return FetchFault.NOT_THERE
    if status == 410:
        return FetchFault.GONE
    return FetchFault.REFUSED if status < 500 else FetchFault.BROKEN


def _body(response: http.client.HTTPResponse) -> bytes:
    """Everything, as long as it is not too much: no further is read than that."""
    if (response.length or 0) > MOST_BYTES:
        raise NotFetched(FetchFault.LARGE)
    found = bytearray()
    while part := response.read1(65536):
        found += part
        if len(found) > MOST_BYTES:
            raise NotFetched(FetchFault.LARGE)
    return bytes(found)


def _mark(value: str | None, most: int) -> str:
    """A mark of the other side, to be sent back as it was; a strange one is forgotten."""
    value = (value or "").strip()
    return value if len(value) <= most and value.isascii() and value.isprintable() else ""
