"""The sockets that a server accepts on, bound before anything else is done.

uvicorn would bind them late, and end the process by itself where it cannot.
"""

import errno
import socket

from search.errors import ListenError

BACKLOG = 2048
_ABSENT = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
"""What a machine without IPv6 says of `::1`, which `localhost` may mean there all the same."""


def listen(host: str, port: int) -> list[socket.socket]:
    """Listen on every address of `host`, all at one port; 0 picks a free one. Raises ListenError."""
    opened: list[socket.socket] = []
    absent: OSError | None = None
    try:
        for family, kind, protocol, _, address in _addresses(host, port):
            chosen = opened[0].getsockname()[1] if opened else port
            try:
                opened.append(_listen_one(socket.socket(family, kind, protocol), address[0], chosen))
            except OSError as error:
                if error.errno not in _ABSENT:
                    raise
                absent = error
        if not opened:
            raise absent or OSError(errno.EADDRNOTAVAIL, "it has no address")
    except (OSError, UnicodeError) as error:
        close(opened)
        raise ListenError(host, port, error) from error
    return opened


def url(sockets: list[socket.socket], host: str) -> str:
    """Where a browser finds a server on these sockets."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{sockets[0].getsockname()[1]}"


def close(sockets: list[socket.socket]) -> None:
    """Stop listening; a socket that is closed already stays so."""
    for one in sockets:
        one.close()


def _addresses(host: str, port: int) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((*one[:4], (str(one[4][0]), port)) for one in found))


def _listen_one(sock: socket.socket, address: str, port: int) -> socket.socket:
    try:
        # Else a server that just ended would keep its port for a minute.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sock.family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind((address, port))
        # At once: two sockets that only are bound can share a port, and both servers would start.
        sock.listen(BACKLOG)
        sock.set_inheritable(True)
    except BaseException:
        sock.close()
        raise
    return sock
