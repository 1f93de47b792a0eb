"""Whether a PDF file opens for everybody: its lock is tried with the empty password, as every reader does first.

After ISO 32000-2, 7.6.4. A file with only an owner's password passes: it opens, and merely asks not to be printed or
changed. Most names are letters there: R is the revision, U proves the user's password, O the owner's.
"""

from __future__ import annotations

import hashlib

from . import aes
from .pdf_values import Value

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_FIRST_WITH_SHA, _FIRST_WITH_AES = 5, 6
_LEAST_ROUNDS = 64
_SALT, _KEY_SALT = 32, 40


def opens_without_password(lock: dict[str, Value], first_id: bytes) -> bool:
    """Tell whether the empty password opens the file.

    Args:
        lock: its encryption dictionary, nothing in it referring to elsewhere.
        first_id: the first half of the file's identifier.
    """
    revision, owner, user = lock.get("R"), lock.get("O"), lock.get("U")
    if lock.get("Filter") != "Standard" or not isinstance(revision, int):
        # Certificates and servers of licences: whoever has none cannot open it.
        return False
    if not isinstance(owner, bytes) or not isinstance(user, bytes):
        return False
    if revision < _FIRST_WITH_SHA:
        return any(_old_proof(lock, revision, owner, first_id, size, user) for size in _key_sizes(lock))
    salt = user[_SALT:_KEY_SALT]
    return (_newest_hash(salt) if revision >= _FIRST_WITH_AES else _sha256(salt)) == user[:_SALT]


def _key_sizes(lock: dict[str, Value]) -> list[int]:
    """Return the bytes the key may have, likeliest first: not every program writes its length, or in bits."""
    length = lock.get("Length")
    written = [length // 8, length] if isinstance(length, int) else []
    return list(dict.fromkeys(size for size in (*written, 16, 5) if 5 <= size <= 16))


def _old_proof(lock: dict[str, Value], revision: int, owner: bytes, first_id: bytes, size: int, user: bytes) -> bool:
    permissions = lock.get("P")
    flags = permissions & 0xFFFFFFFF if isinstance(permissions, int) else 0
    digest = _md5(_PADDING + owner[:32] + flags.to_bytes(4, "little") + first_id)
    if revision >= 4 and lock.get("EncryptMetadata") is False:
        digest = _md5(_PADDING + owner[:32] + flags.to_bytes(4, "little") + first_id + b"\xff" * 4)
    if revision == 2:
        return _rc4(digest[:size], _PADDING) == user[:32]
    for _round in range(50):
        digest = _md5(digest[:size])
    key = digest[:size]
    proof = _md5(_PADDING + first_id)
    for turn in range(20):
        proof = _rc4(bytes(byte ^ turn for byte in key), proof)
    return proof == user[:16]


def _newest_hash(salt: bytes) -> bytes:
    """Return the hash of algorithm 2.B for the empty password."""
    key = _sha256(salt)
    turn, last = 0, 0
    while turn < _LEAST_ROUNDS or last > turn - 32:
        mixed = aes.encrypt_cbc(key[:16], key[16:32], key * 64)
        method = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[sum(mixed[:16]) % 3]
        key, last = method(mixed).digest(), mixed[-1]
        turn += 1
    return key[:32]


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


def _rc4(key: bytes, content: bytes) -> bytes:
    state = list(range(256))
    other = 0
    for place in range(256):
        other = (other + state[place] + key[place % len(key)]) & 255
        state[place], state[other] = state[other], state[place]
    out = bytearray()
    one = other = 0
    for byte in content:
        one = (one + 1) & 255
        other = (other + state[one]) & 255
        state[one], state[other] = state[other], state[one]
        out.append(byte ^ state[(state[one] + state[other]) & 255])
    return bytes(out)
