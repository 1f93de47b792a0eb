"""The link of a request: made when it is needed from the row and the site's key, kept nowhere.

Its secret stands behind the ``#``, which browsers send to no server, so that no log has it. The page's script hands it
in with a POST, and gets a pass for it: a cookie with which this browser may look for an hour.
"""

from __future__ import annotations

import base64
import secrets
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.core import signing
from django.urls import reverse

from iciinsmes.platform import host

from .errors import BadLink

#: How long a pass is good for, in seconds; each look makes it new.
PASS_SECONDS = 60 * 60
_SALT = "iciinsmes.mentors.link"
_OF_PASSES = "iciinsmes.mentors.pass"
_ID_CHARS = 22


def new_nonce() -> str:
    """Return the random part of a link: 72 bits, so that knowing ids is of no use."""
    return secrets.token_urlsafe(9)


def link(request_id: UUID, nonce: str) -> str:
    """Return the whole address that a mentor opens."""
    return f"{host().absolute(reverse('iciinsmes:mentor-door'))}#{token(request_id, nonce)}"


def token(request_id: UUID, nonce: str) -> str:
    """Return the part of the address that names the request; nobody without the site's key can make one."""
    return _signer().sign(_content(request_id, nonce))


def read(text: str) -> tuple[UUID, str]:
    """Return id and nonce of a token; touches no table, so that guessing costs the database nothing.

    Raises:
        BadLink: this site has not signed it.
    """
    try:
        content = _signer().unsign(text)
    except signing.BadSignature as error:
        raise BadLink from error
    return _parts(content)


def token_in(text: str) -> str:
    """Return the token of a link as people paste it: whole or its end, broken into lines, in brackets, an old one."""
    address = urlsplit("".join(unquote(text).split()).strip("<>()[]\"',;"))
    return address.fragment or address.path.rstrip("/").rpartition("/")[2]


def pass_for(text: str) -> str:
    """Return the pass for a token: nobody can make the token from it.

    Raises:
        BadLink: this site has not signed the token.
    """
    return _passes().sign(_content(*read(text)))


def admitted(text: str) -> str:
    """Return the token for which a pass was made; empty when the pass is older than `PASS_SECONDS`.

    Raises:
        BadLink: this site has not signed it.
    """
    try:
        return token(*_parts(_passes().unsign(text, max_age=PASS_SECONDS)))
    except signing.SignatureExpired:
        return ""
    except signing.BadSignature as error:
        raise BadLink from error


def _content(request_id: UUID, nonce: str) -> str:
    return base64.urlsafe_b64encode(request_id.bytes).decode().rstrip("=") + nonce


def _parts(content: str) -> tuple[UUID, str]:
    return UUID(bytes=base64.urlsafe_b64decode(content[:_ID_CHARS] + "==")), content[_ID_CHARS:]


def _signer() -> signing.Signer:
    # The usual colon is escaped in addresses by some mail programs.
    return signing.Signer(salt=_SALT, sep=".")


def _passes() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_OF_PASSES, sep=".")
