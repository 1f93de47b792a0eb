"""The link of a request: made when it is needed from the row and the site's key, kept nowhere.

Its secret stands behind the ``#``, which browsers send to no server, so that no log has it. The page's script hands it
in with a POST, and gets a pass for it: a cookie with which this browser may look for an hour.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from iciinsmes.lib.link_secrets import PASS_SECONDS, BadSecret, LinkSecrets, new_nonce
from iciinsmes.lib.link_secrets import secret_in as token_in
from iciinsmes.lib.throttling import Limit, count_in_cache
from iciinsmes.platform import host

from .errors import BadLink

__all__ = [
    "GUESSES",
    "PASS_SECONDS",
    "admitted",
    "is_guessing",
    "link",
    "new_nonce",
    "pass_for",
    "read",
    "token",
    "token_in",
]

#: Guesses of links from one network address. A real link works even for an address that has guessed: a guess cannot hit
#: (256 bits of signature), while a whole village can share an address.
GUESSES = Limit("mentors.guesses", most=20, within=timedelta(minutes=15))
_SECRETS = LinkSecrets("iciinsmes.mentors")

_log = logging.getLogger(__name__)


def link(request_id: UUID, nonce: str) -> str:
    """Return the whole address that a mentor opens."""
    return f"{host().absolute(reverse('iciinsmes:mentor-door'))}#{token(request_id, nonce)}"


def token(request_id: UUID, nonce: str) -> str:
    """Return the part of the address that names the request; nobody without the site's key can make one."""
    return _SECRETS.secret(request_id, nonce)


def read(text: str) -> tuple[UUID, str]:
    """Return id and nonce of a token; touches no table, so that guessing costs the database nothing.

    Raises:
        BadLink: this site has not signed it.
    """
    try:
        return _SECRETS.read(text)
    except BadSecret as error:
        raise BadLink from error


def pass_for(text: str) -> str:
    """Return the pass for a token: nobody can make the token from it.

    Raises:
        BadLink: this site has not signed the token.
    """
    try:
        return _SECRETS.pass_for(text)
    except BadSecret as error:
        raise BadLink from error


def admitted(text: str) -> str:
    """Return the token for which a pass was made; empty when the pass is older than `PASS_SECONDS`.

    Raises:
        BadLink: this site has not signed it.
    """
    try:
        return _SECRETS.admitted(text)
    except BadSecret as error:
        raise BadLink from error


def is_guessing(address: str) -> bool:
    """Count a link that leads nowhere, at no query, and tell whether this address has tried too many lately."""
    count = count_in_cache(GUESSES, address)
    # Neither the link nor the address: the one may be a real one with a typing error, the other is somebody's.
    _log.warning("a mentor link that leads nowhere was opened, number %s from one address", count)
    return count > GUESSES.most
