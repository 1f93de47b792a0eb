"""One learner at work: reads the unit, writes, uploads, hands in with a double click."""

from __future__ import annotations

import hashlib
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import requests

from tests.load.promises import Sent

_FIELDS = re.compile(r'name="(revision|version)"\s+value="(\d+)"')
_WORDS = [
    "phone",
    "mail",
    "counter",
    "driver",
    "review",
    "invoice",
    "visit",
    "fair",
    "letter",
    "quote",
    "return",
    "message",
]


#: The campus closes connections that were quiet for 20 seconds; a browser sees that and opens another one.
_QUIET_SECONDS = 15


@dataclass
class Sample:
    """One request: what it was for, how it ended, how long it took."""

    what: str
    status: int
    seconds: float


@dataclass
class Person:
    """A signed-in learner; ``text`` is what the server has confirmed as saved last."""

    name: str
    address: str
    unit_path: str
    work_path: str
    questions: tuple[str, ...]
    random: random.Random
    session: requests.Session = field(default_factory=requests.Session)
    samples: list[Sample] = field(default_factory=list)
    text: str = ""
    revision: int = 0
    files: set[tuple[str, str]] = field(default_factory=set)
    version: str = ""
    last_at: float = 0.0

    @property
    def sent(self) -> Sent:
        """What was confirmed as saved so far."""
        return Sent(answers=dict.fromkeys(self.questions, self.text), files=frozenset(self.files))

    def sign_in(self, password: str) -> None:
        """Sign in through the page, as a person does."""
        self.send("sign in", lambda: self.session.get(f"{self.address}/login/", timeout=60))
        data = {"username": self.name, "password": password, "next": self.unit_path}
        answer = self.send("sign in", lambda: self.post("/login/", data))
        if "sessionid" not in self.session.cookies:
            raise RuntimeError(f"{self.name} could not sign in: {answer.status_code}")

    def work(self, until: float) -> None:
        """Read, write and upload with short pauses until the moment ``until`` of the monotonic clock."""
        while time.monotonic() < until:
            self.read()
            for _save in range(self.random.randint(2, 5)):
                self.save()
                time.sleep(self.random.uniform(0.1, 0.6))
            if len(self.files) < 3:
                self.upload()

    def read(self) -> None:
        """Open the unit page."""
        page = self.send("unit page", lambda: self.session.get(self.address + self.unit_path, timeout=60))
        found = dict(_FIELDS.findall(page.text))
        if found:
            self.version, self.revision = found["version"], int(found["revision"])

    def write(self) -> str:
        """Return a new text."""
        return " ".join(self.random.choices(_WORDS, k=80))

    def save(self) -> None:
        """Save a new text."""
        text = self.write()
        answer = self.send_draft(text)
        if answer.ok:
            self.revision = answer.json()["revision"]
            self.text = text

    def send_draft(self, text: str) -> requests.Response:
        """Save a text on top of what was saved last."""
        data = {"revision": str(self.revision), **self.form(text)}
        return self.send("draft save", lambda: self.post(f"{self.work_path}draft", data))

    def upload(self) -> None:
        """Upload a small table in two pieces."""
        name = f"list-{len(self.files)}.csv"
        content = (f"channel;per month\n{self.name};{name}\n" * 40).encode()
        if self.send_file(name, content):
            self.files.add((name, hashlib.sha256(content).hexdigest()))

    def send_file(self, name: str, content: bytes) -> bool:
        """Upload a file in two pieces; return whether it was taken."""
        announce = {"name": name, "size": str(len(content)), "sha256": hashlib.sha256(content).hexdigest()}
        begun = self.send("upload", lambda: self.post(f"{self.work_path}files/begin", announce))
        if not begun.ok:
            return False
        urls = begun.json()["urls"]
        half = len(content) // 2
        for offset, part in ((0, content[:half]), (half, content[half:])):
            self.send("upload", partial(self.post, f"{urls['chunk']}?offset={offset}", part))
        return self.send("upload", lambda: self.post(urls["finish"], {})).ok

    def hand_in(self) -> None:
        """Hand in with a double click: two requests at the same moment."""
        if not self.files:
            self.upload()
        self.read()
        clicks = [threading.Thread(target=self.press) for _click in range(2)]
        for click in clicks:
            click.start()
        for click in clicks:
            click.join()

    def press(self) -> requests.Response:
        """Send the form as the button does."""
        data = {"revision": str(self.revision), "version": self.version, **self.form(self.text)}
        return self.send("hand-in", lambda: self.post(f"{self.work_path}hand-in", data))

    def form(self, text: str) -> dict[str, str]:
        """Return the fields of the form with the same text for every question."""
        return {"hours": "4,5", **{f"answer-{question}": text for question in self.questions}}

    def post(self, path: str, data: dict[str, str] | bytes) -> requests.Response:
        """Post as the page's script does, with the CSRF cookie as header."""
        headers = {
            "X-CSRFToken": self.session.cookies.get("csrftoken") or "",
            "X-Requested-With": "XMLHttpRequest",
            "Referer": self.address + self.unit_path,
        }
        if isinstance(data, bytes):
            headers["Content-Type"] = "application/octet-stream"
        return self.session.post(self.address + path, data=data, headers=headers, timeout=60)

    def send(self, what: str, request: Callable[[], requests.Response]) -> requests.Response:
        """Send and note how long it took."""
        started = time.monotonic()
        if started - self.last_at > _QUIET_SECONDS:
            self.session.close()
        answer = request()
        self.last_at = time.monotonic()
        self.samples.append(Sample(what, answer.status_code, time.monotonic() - started))
        return answer
