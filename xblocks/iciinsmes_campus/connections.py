"""The web server with bounds: how long connections may be idle or slow, and whose go first when there are too many.

Browsers keep about six connections open while people read. Nobody is refused for that; but when nearly as many are
open as there can be, a newcomer takes the place of the one that is least missed: of the address that has most, the one
that has been quiet for longest. So 1,500 connections from one place shut nobody else out, and a school behind one
address loses only what its browsers open again unseen.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from .addresses import counted

#: So many newcomers are taken between two looks at the others; room for them is needed beside the connections.
AT_ONCE = 64


@dataclass(frozen=True)
class Bounds:
    """What a connection may take, in seconds.

    ``idle`` is the pause between two requests; ``head`` the time for the lines before a body, from the first of them;
    ``body`` the time for a body of the largest size, which a telephone line of 40 kbit/s needs; ``answer`` the time in
    which nothing of an answer is taken.
    """

    idle: float = 20
    head: float = 20
    body: float = 900
    answer: float = 60
    #: How often they are looked at.
    round: float = 2


class Channel(HTTPChannel):
    """A connection that knows since when its request is being received."""

    receiving_since = 0.0

    @cached_property
    def source(self) -> str:
        """Return whom the connection counts for."""
        return counted(str(self.addr[0]))

    def received(self, data: bytes) -> bool:
        """Take what has arrived, and note when a request began."""
        before = self.request
        taken: bool = super().received(data)
        if self.request is not before:
            self.receiving_since = time.time()
        return taken

    @property
    def is_at_work(self) -> bool:
        """Tell whether a request is being answered, or an answer is on its way."""
        return bool(self.requests or self.total_outbufs_len)

    def is_overdue(self, bounds: Bounds, now: float) -> bool:
        """Tell whether it has taken more time than there is."""
        quiet = now - self.last_activity
        if self.total_outbufs_len:
            return quiet > bounds.answer
        if self.requests:
            return False
        request = self.request
        if request is None:
            return quiet > bounds.idle
        took = now - self.receiving_since
        return took > (bounds.body if request.headers_finished else bounds.head) or quiet > bounds.answer


class BoundedServer(TcpWSGIServer):
    """Waitress, which closes what is overdue, and makes room for newcomers."""

    channel_class = Channel
    bounds = Bounds()

    def maintenance(self, now: float) -> None:
        """Close what is overdue."""
        for channel in self.active_channels.values():
            if channel.is_overdue(self.bounds, now):
                channel.will_close = True

    def handle_accept(self) -> None:
        """Take all newcomers; in place of connections that are least missed, if there is no more room.

        Several at once, because a look at 1,500 connections lies between two calls.
        """
        for _newcomer in range(AT_ONCE):
            before = len(self._map)
            super().handle_accept()
            if len(self._map) == before:
                break
        # Afterwards, so that no newcomer gets the number of another one, whose events may still be under way.
        if (excess := len(self._map) - (self.adj.connection_limit - 1)) > 0:
            self._make_room(excess)

    def _make_room(self, excess: int) -> None:
        """Close so many connections that are least missed; fewer if the others are at work."""
        channels = list(self.active_channels.values())
        numbers = Counter(channel.source for channel in channels)
        idle: defaultdict[str, list[Channel]] = defaultdict(list)
        # The one that has been quiet for longest stands last, and goes first.
        for channel in sorted(channels, key=lambda channel: channel.last_activity, reverse=True):
            if not channel.is_at_work:
                idle[channel.source].append(channel)
        for _one in range(excess):
            source = max((source for source in idle if idle[source]), key=numbers.__getitem__, default=None)
            if source is None:
                return
            numbers[source] -= 1
            idle[source].pop().handle_close()


def make_server(application: Any, *, threads: int, bounds: Bounds | None = None, **options: Any) -> BoundedServer:
    """Return a server for one address and port that listens and waits for ``run``.

    Args:
        application: the WSGI application.
        threads: so many requests are answered at once.
        bounds: what a connection may take.
        options: of waitress, by its names.
    """
    bounds = bounds or Bounds()
    adjustments = Adjustments(
        threads=threads,
        cleanup_interval=bounds.round,
        channel_timeout=bounds.idle,
        # `addresses.ProxyMiddleware` knows how many proxies may be believed.
        clear_untrusted_proxy_headers=False,
        **options,
    )
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    server = BoundedServer(application, {}, dispatcher=dispatcher, adj=adjustments, sockinfo=adjustments.listen[0])
    server.bounds = bounds
    return server
