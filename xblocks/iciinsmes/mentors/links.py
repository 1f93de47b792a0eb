"""The link of a request: made when it is needed from the row and the site's key, kept nowhere."""

from __future__ import annotations

import base64
import secrets
from uuid import UUID

from django.core import signing
from django.urls import reverse

from iciinsmes.platform import host

from .errors import BadLink

_SALT = "iciinsmes.mentors.link"
_ID_CHARS = 22


def new_nonce() -> str:
    """Return the random part of a link: 72 bits, so that knowing ids is of no use."""
    return secrets.token_urlsafe(9)


def link(request_id: UUID, nonce: str) -> str:
    """Return the whole address that a mentor opens."""
    return host().absolute(reverse("iciinsmes:mentor", args=[token(request_id, nonce)]))


def token(request_id: UUID, nonce: str) -> str:
    """Return the part of the address that names the request; nobody without the site's key can make one."""
    short = base64.urlsafe_b64encode(request_id.bytes).decode().rstrip("=")
    return _signer().sign(short + nonce)


def read(text: str) -> tuple[UUID, str]:
    """Return id and nonce of a token; touches no table, so that guessing costs the database nothing.

    Raises:
        BadLink: this site has not signed it.
    """
    try:
        content = _signer().unsign(text)
    except signing.BadSignature as error:
        raise BadLink from error
    short, nonce = content[:_ID_CHARS], content[_ID_CHARS:]
    return UUID(bytes=base64.urlsafe_b64decode(short + "==")), nonce


def _signer() -> signing.Signer:
    # The usual colon is escaped in addresses by some mail programs.
    return signing.Signer(salt=_SALT, sep=".")
