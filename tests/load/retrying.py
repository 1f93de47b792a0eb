"""A learner whose browser goes on trying when the server is gone, and the server as such learners see it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import requests

from tests.load.person import Person

_FILES = 2
_FILE_BYTES = 300_000
_PIECE = 100_000
_TRIES = 300
_PAUSE_SECONDS = 0.05


class Server:
    """Whether the server is up, and which requests are on their way to it."""

    def __init__(self) -> None:
        self.under_way: Counter[str] = Counter()
        self._is_up = False
        self._changed = threading.Condition()

    def is_now(self, *, up: bool) -> None:
        """Let requests through, or hold them back."""
        with self._changed:
            self._is_up = up
            self._changed.notify_all()

    def send(self, what: str, request: Callable[[], requests.Response]) -> requests.Response | None:
        """Send a request when the server is up; None if it died before it answered."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_up)
            self.under_way[what] += 1
            self._changed.notify_all()
        try:
            return request()
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            return None
        finally:
            with self._changed:
                self.under_way[what] -= 1
                self._changed.notify_all()

    def wait_for(self, what: str, seconds: float) -> bool:
        """Wait until such a request is on its way; return whether one came."""
        with self._changed:
            return self._changed.wait_for(lambda: self.under_way[what] > 0, seconds)

    def wait_for_silence(self) -> None:
        """Wait until everybody has noticed that the server is gone."""
        with self._changed:
            self._changed.wait_for(lambda: not any(self.under_way.values()))


@dataclass
class RetryingPerson(Person):
    """A person whose browser tries again until somebody answers; ``has_handed_in`` once the server has said so.

    Where the session has ended, ``sign_in_again`` gives the cookie of a new one; the same step is then sent once more.
    """

    server: Server = field(default_factory=Server)
    sign_in_again: Callable[[str], str] | None = None
    signed_out: int = 0
    unanswered: int = 0
    has_handed_in: bool = False

    def send(self, what: str, request: Callable[[], requests.Response]) -> requests.Response:
        """Send until there is an answer."""
        for _try in range(_TRIES):
            answer = self.server.send(what, partial(super().send, what, request))
            if answer is not None and self.sign_in_again is not None and _is_signed_out(answer):
                self.signed_out += 1
                self.is_signed_in(self.sign_in_again(self.name))
                continue
            if answer is not None:
                return answer
            self.unanswered += 1
            time.sleep(_PAUSE_SECONDS)
        raise RuntimeError(f"{self.name} got no answer to {what}")

    def is_signed_in(self, session: str) -> None:
        """Go on with a session and, as after every sign-in, with a new form token."""
        host = urlsplit(self.address).hostname
        for name, value in (("sessionid", session), ("csrftoken", session[:32])):
            self.session.cookies.set(name, value, domain=host)

    def send_file(self, name: str, content: bytes) -> bool:
        """Upload as the page's script does: go on where the server says that it is."""
        announce = {"name": name, "size": str(len(content)), "sha256": hashlib.sha256(content).hexdigest()}
        begun = self.send("begin", lambda: self.post(f"{self.work_path}files/begin", announce)).json()
        received, urls = begun["received"], begun["urls"]
        while True:
            while received < len(content):
                url, piece = f"{urls['chunk']}?offset={received}", content[received : received + _PIECE]
                received = self.send("chunk", partial(self.post, url, piece)).json()["received"]
            done = self.send("finish", lambda: self.post(urls["finish"], {}))
            if done.ok:
                return True
            received = done.json()["received"]

    def do_the_task(self) -> None:
        """Read, write, upload and hand in."""
        self.read()
        self.save()
        for number in range(_FILES):
            line = f"{self.name};list {number};12\n".encode()
            content = (line * (_FILE_BYTES // len(line) + 1))[:_FILE_BYTES]
            name = f"list-{number}.csv"
            self.send_file(name, content)
            self.files.add((name, hashlib.sha256(content).hexdigest()))
        while self.press().status_code != 200:
            self.read()
        self.has_handed_in = True


def _is_signed_out(answer: requests.Response) -> bool:
    """Tell it as the page's script does by 401, and people by the page to sign in."""
    return answer.status_code == 401 or "/login/" in answer.url
