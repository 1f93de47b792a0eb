"""AES-128 in CBC mode, encrypting only: the newest PDF files mix it into the check of a password.

Nothing is kept secret with it. Python has no AES of its own, and a library of ciphers for one question is too much.
"""

from __future__ import annotations

import struct
from functools import cache

_ROUNDS = 10
_BLOCK = struct.Struct(">4I")


def encrypt_cbc(key: bytes, vector: bytes, data: bytes) -> bytes:
    """Return ``data`` encrypted without padding; all lengths are multiples of 16 bytes, the key has exactly 16."""
    (first, second, third, fourth), box = _tables()
    keys = _round_keys(key)
    a, b, c, d = _BLOCK.unpack(vector)
    out = bytearray()
    for w, x, y, z in _BLOCK.iter_unpack(data):
        a, b, c, d = a ^ w ^ keys[0], b ^ x ^ keys[1], c ^ y ^ keys[2], d ^ z ^ keys[3]
        for at in range(4, 4 * _ROUNDS, 4):
            a, b, c, d = (
                first[a >> 24] ^ second[b >> 16 & 255] ^ third[c >> 8 & 255] ^ fourth[d & 255] ^ keys[at],
                first[b >> 24] ^ second[c >> 16 & 255] ^ third[d >> 8 & 255] ^ fourth[a & 255] ^ keys[at + 1],
                first[c >> 24] ^ second[d >> 16 & 255] ^ third[a >> 8 & 255] ^ fourth[b & 255] ^ keys[at + 2],
                first[d >> 24] ^ second[a >> 16 & 255] ^ third[b >> 8 & 255] ^ fourth[c & 255] ^ keys[at + 3],
            )
        a, b, c, d = (
            (box[p >> 24] << 24 | box[q >> 16 & 255] << 16 | box[r >> 8 & 255] << 8 | box[s & 255]) ^ last
            for (p, q, r, s), last in zip(
                ((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c)), keys[4 * _ROUNDS :], strict=True
            )
        )
        out += _BLOCK.pack(a, b, c, d)
    return bytes(out)


def _double(value: int) -> int:
    return value << 1 ^ (0x11B if value & 0x80 else 0)


@cache
def _tables() -> tuple[tuple[list[int], ...], list[int]]:
    """Return the four tables that do a round's substitution and mixing at once, and the plain substitution."""
    powers, logarithms, value = [0] * 256, [0] * 256, 1
    for power in range(255):
        powers[power], logarithms[value] = value, power
        value ^= _double(value)
    box = []
    for number in range(256):
        inverse = powers[-logarithms[number] % 255] if number else 0
        spread = inverse
        for shift in range(1, 5):
            spread ^= (inverse << shift | inverse >> 8 - shift) & 255
        box.append(spread ^ 0x63)
    mixed = [_double(s) << 24 | s << 16 | s << 8 | _double(s) ^ s for s in box]
    turned = tuple([(m >> turn | m << 32 - turn) & 0xFFFFFFFF for m in mixed] for turn in (0, 8, 16, 24))
    return turned, box


def _round_keys(key: bytes) -> list[int]:
    box = _tables()[1]
    keys = list(_BLOCK.unpack(key))
    constant = 1
    for at in range(4, 4 * (_ROUNDS + 1)):
        word = keys[-1]
        if at % 4 == 0:
            word = (word << 8 | word >> 24) & 0xFFFFFFFF
            word = box[word >> 24] << 24 | box[word >> 16 & 255] << 16 | box[word >> 8 & 255] << 8 | box[word & 255]
            word ^= constant << 24
            constant = _double(constant)
        keys.append(keys[-4] ^ word)
    return keys
