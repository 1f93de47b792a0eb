"""Idle and slow connections from one place leave the campus to everybody else; all of it on the loopback address."""

from __future__ import annotations

import contextlib
import http.client
import resource
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from iciinsmes_campus.connections import BoundedServer, Bounds, make_server

#: As many as the campus has room for.
ROOM = 1500
#: Far more than a page takes, far less than somebody waits who is locked out.
PATIENCE = 60
HOG, OTHER = "127.0.0.1", "127.0.0.2"


def application(environ, start_response):
    """Answer like a page, without a campus behind it: here it is all about connections."""
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body) + 2))])
    return [b"ok" + body]


@contextlib.contextmanager
def serving(answering: Any = application, *, connections: int = ROOM, bounds: Bounds | None = None) -> Iterator[int]:
    """Run the server of the campus in a thread; yields its port."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = 2 * connections + 300
    if hard != resource.RLIM_INFINITY and hard < needed:
        pytest.skip(f"this machine lets a process open {hard} files only")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, needed), hard))
    server = make_server(
        answering,
        threads=4,
        bounds=bounds,
        host="127.0.0.1",
        port=0,
        ipv6=False,
        connection_limit=connections,
        asyncore_use_poll=True,
    )
    # A thread cannot be interrupted like a process; without its socket in the map the loop ends.
    thread = threading.Thread(target=_run, args=(server,), daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        server.pull_trigger()
        for channel in list(server._map.values()):
            channel.close()
        server.task_dispatcher.shutdown()
        thread.join(timeout=10)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _run(server: BoundedServer) -> None:
    with contextlib.suppress(OSError, ValueError):
        server.run()


def connect(port: int, source: str = HOG, sent: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0))
    if sent:
        connection.sendall(sent)
    return connection


def visit(port: int, source: str) -> http.client.HTTPConnection:
    """Open a page, and keep the connection as browsers do."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=(source, 0))
    connection.request("GET", "/")
    assert connection.getresponse().read() == b"ok"
    return connection


def is_closed(connection: socket.socket) -> bool:
    """Wait until the server closes the connection, which it does not hurry with."""
    connection.settimeout(PATIENCE)
    try:
        return connection.recv(1000) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nslow",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["idle", "slow head", "slow body", "read and idle"],
)
def test_all_the_room_taken_by_one_address_locks_nobody_out(sent):
    with serving() as port, contextlib.ExitStack() as stack:
        for _number in range(ROOM + 100):
            stack.enter_context(contextlib.closing(connect(port, sent=sent)))
        kept = [visit(port, OTHER) for _visitor in range(3)]
        for _number in range(100):
            stack.enter_context(contextlib.closing(connect(port, sent=sent)))
        # Who came from elsewhere keeps the connection, whatever the other one opens.
        for connection in kept:
            stack.enter_context(contextlib.closing(connection))
            connection.request("GET", "/again")
            assert connection.getresponse().read() == b"ok"


def test_a_class_that_comes_all_at_once_leaves_room_for_the_next_visitor():
    with serving() as port, contextlib.ExitStack() as stack:
        for _browser in range(250):
            for _connection in range(6):
                stack.enter_context(contextlib.closing(visit(port, HOG)))
        for source in (HOG, OTHER):
            stack.enter_context(contextlib.closing(visit(port, source)))


def test_what_is_being_answered_is_not_the_one_to_go():
    started, go_on = threading.Event(), threading.Event()

    def slow(environ, start_response):
        started.set()
        go_on.wait(PATIENCE)
        return application(environ, start_response)

    with serving(slow, connections=12) as port, contextlib.ExitStack() as stack:
        waiting = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        stack.enter_context(contextlib.closing(waiting))
        waiting.request("GET", "/")
        assert started.wait(PATIENCE)
        for _number in range(30):
            stack.enter_context(contextlib.closing(connect(port)))
        go_on.set()
        assert waiting.getresponse().read() == b"ok"


@pytest.mark.parametrize(
    ("sent", "bounds"),
    [
        (b"", {"idle": 0.2}),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", {"head": 0.2}),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1", {"body": 0.2}),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1", {"answer": 0.2}),
    ],
)
def test_nobody_is_waited_for_without_end(sent, bounds):
    long = {"idle": 3600.0, "head": 3600.0, "body": 3600.0, "answer": 3600.0, "round": 0.1}
    with (
        serving(connections=50, bounds=Bounds(**{**long, **bounds})) as port,
        contextlib.closing(connect(port, sent=sent)) as connection,
    ):
        assert is_closed(connection)


def test_a_head_that_drips_is_not_waited_for_either():
    stop = threading.Event()

    def drip(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while not stop.wait(0.05):
                connection.sendall(b"X-Slow: 1\r\n")

    with (
        serving(connections=50, bounds=Bounds(idle=3600, head=0.5, body=3600, answer=3600, round=0.1)) as port,
        contextlib.closing(connect(port, sent=b"GET / HTTP/1.1\r\nHost: x\r\n")) as connection,
    ):
        thread = threading.Thread(target=drip, args=(connection,), daemon=True)
        thread.start()
        try:
            assert is_closed(connection)
        finally:
            stop.set()
            thread.join(timeout=10)


def test_what_proxies_say_about_a_client_reaches_the_campus():
    """Only the campus knows how many of them are its own; waitress takes the header away by itself."""

    def answering(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ.get("HTTP_X_FORWARDED_FOR", "").encode()]

    with serving(answering) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/", headers={"X-Forwarded-For": "192.0.2.7, 198.51.100.1"})
        assert connection.getresponse().read() == b"192.0.2.7, 198.51.100.1"
        connection.close()
