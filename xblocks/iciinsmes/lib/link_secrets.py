"""Secrets of links for people without an account: made from a row and the site's key, kept nowhere.

The secret stands in the link behind the ``#``, which browsers send to no server, so that no log has it. A page's script
hands it in with a POST, and gets a pass for it: a cookie with which this browser may look for an hour. Each kind of
link has a salt of its own, so that none opens what another is for.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.core import signing

#: How long a pass is good for, in seconds; each look makes it new.
PASS_SECONDS = 60 * 60
_ID_CHARS = 22


class BadSecret(Exception):
    """This site has not made the secret, or what it opened is closed."""


def new_nonce() -> str:
    """Return the random part of a link: 72 bits, so that knowing ids is of no use."""
    return secrets.token_urlsafe(9)


def secret_in(text: str) -> str:
    """Return the secret of a link as people paste it: whole or its end, broken into lines, in brackets."""
    address = urlsplit("".join(unquote(text).split()).strip("<>()[]\"',;"))
    return address.fragment or address.path.rstrip("/").rpartition("/")[2]


class LinkSecrets:
    """The secrets of one kind of link, and the passes for them."""

    def __init__(self, salt: str) -> None:
        self._salt = salt

    def secret(self, row_id: UUID, nonce: str) -> str:
        """Return the part of the address that names the row; nobody without the site's key can make one."""
        return self._signer().sign(_content(row_id, nonce))

    def read(self, text: str) -> tuple[UUID, str]:
        """Return id and nonce of a secret; touches no table, so that guessing costs the database nothing.

        Raises:
            BadSecret: this site has not signed it.
        """
        try:
            return _parts(self._signer().unsign(text))
        except (signing.BadSignature, ValueError) as error:
            raise BadSecret from error

    def pass_for(self, text: str) -> str:
        """Return the pass for a secret: nobody can make the secret from it.

        Raises:
            BadSecret: this site has not signed the secret.
        """
        return self._passes().sign(_content(*self.read(text)))

    def admitted(self, text: str) -> str:
        """Return the secret for which a pass was made; empty when the pass is older than `PASS_SECONDS`.

        Raises:
            BadSecret: this site has not signed it.
        """
        try:
            return self.secret(*_parts(self._passes().unsign(text, max_age=PASS_SECONDS)))
        except signing.SignatureExpired:
            return ""
        except (signing.BadSignature, ValueError) as error:
            raise BadSecret from error

    def _signer(self) -> signing.Signer:
        # The usual colon is escaped in addresses by some mail programs.
        return signing.Signer(salt=f"{self._salt}.link", sep=".")

    def _passes(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"{self._salt}.pass", sep=".")


def _content(row_id: UUID, nonce: str) -> str:
    return base64.urlsafe_b64encode(row_id.bytes).decode().rstrip("=") + nonce


def _parts(content: str) -> tuple[UUID, str]:
    try:
        return UUID(bytes=base64.urlsafe_b64decode(content[:_ID_CHARS] + "==")), content[_ID_CHARS:]
    except binascii.Error as error:
        raise ValueError(content) from error
