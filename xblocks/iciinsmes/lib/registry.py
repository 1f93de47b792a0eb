"""What rooms bring to a room below that does not know them: kinds, verbs, rules, tasks, each under a key.

A room says what it brings in ``connect()`` of its module ``registration``; `iciinsmes.apps` calls these when the app
starts. So what is registered is the same in every process before the first request, and never changes afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

_Entry = TypeVar("_Entry")


class RegistryError(Exception):
    """Base of what can go wrong with a registry: a mistake of the code, never of somebody who uses it."""


class DoubledKey(RegistryError, ValueError):
    """Two rooms bring something under the same key."""


class UnknownKey(RegistryError, KeyError):
    """No room has brought anything under this key."""

    def __str__(self) -> str:
        # A KeyError shows its argument as a literal.
        return str(self.args[0])


class Registry(Mapping[str, _Entry]):
    """Entries by key, in the order in which rooms have brought them: from the top layer down."""

    def __init__(self, what: str) -> None:
        """Make an empty registry.

        Args:
            what: one entry is called so in errors, such as ``kind of notice``.
        """
        self._what = what
        self._entries: dict[str, _Entry] = {}

    def add(self, key: str, entry: _Entry) -> None:
        """Keep an entry; the same one again, as when an app is made ready twice, is once.

        Args:
            key: is stored in tables or stands in addresses, so it never changes.
            entry: what is found under it.

        Raises:
            DoubledKey: there is another one under the key.
        """
        if self._entries.setdefault(key, entry) != entry:
            raise DoubledKey(f"There are two entries for the {self._what} {key!r}.")

    def __getitem__(self, key: str) -> _Entry:
        """Return the entry.

        Raises:
            UnknownKey: there is none.
        """
        try:
            return self._entries[key]
        except KeyError:
            raise UnknownKey(f"No room has registered the {self._what} {key!r}.") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
