"""Addresses in mails: whole, and one that stops mails without signing in."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from iciinsmes.platform import host

from .errors import BadStopLink

_SALT = "iciinsmes.notices.stop"

#: Names of addresses that are open to whoever has an account, as rooms above have said.
_OPEN: set[str] = set()


def register_open_address(name: str) -> None:
    """Say that an address without arguments is open to whoever has an account, whatever the person is in a course run.

    Args:
        name: as `reverse` takes it; its page asks itself what the person may see there.
    """
    _OPEN.add(name)


def whole(address: str) -> str:
    """Return an address as a mail needs it; a path becomes one of this site."""
    return host().absolute(address) if address.startswith("/") else address


def is_everybodys(address: str) -> bool:
    """Tell whether the address is open to whoever has an account: the inbox is, pages of a course run are not."""
    return address in {reverse("iciinsmes:inbox"), *(reverse(name) for name in _OPEN)}


def preferences_link() -> str:
    """Return the whole address of the page on which people choose their mails."""
    return whole(reverse("iciinsmes:inbox-preferences"))


def stop_link(user_id: int) -> str:
    """Return the whole address of the page that stops this person's mails; it never expires, as mails never do.

    What allows it stands behind the ``#``, so that no log of a server has it.
    """
    return f"{whole(reverse('iciinsmes:inbox-stop'))}#{_token(user_id)}"


def one_click_link(user_id: int) -> str:
    """Return the address to which mail programs post when somebody presses their own button (RFC 8058)."""
    return whole(reverse("iciinsmes:inbox-stop-one-click", args=[_token(user_id)]))


def user_of(token: str) -> int:
    """Return whose mails a link stops.

    Raises:
        BadLink: nobody has signed it.
    """
    try:
        return int(signing.loads(token, salt=_SALT))
    except signing.BadSignature as error:
        raise BadStopLink(token[:20]) from error


def _token(user_id: int) -> str:
    return signing.dumps(user_id, salt=_SALT)
