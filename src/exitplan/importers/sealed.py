"""
A file locked with a passphrase, so that it may travel on a stick.

Layout: `EXITPLAN-SEALED` and a version byte; scrypt cost, block size and lanes (a byte each); salt (16 bytes); nonce prefix
(7 bytes); then pieces of 64 KiB, each with AES-256-GCM under its own nonce: prefix, number of the piece (4 bytes), and 1 for
the last piece, else 0. The header is authenticated with every piece, so that nothing can be changed, put in another order or
cut off. This is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015, "Online Authenticated-Encryption").
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator

from exitplan.domain.errors import InvalidValue, Unreadable
from exitplan.domain.findings import Wanted

MAGIC = b"EXITPLAN-SEALED\x01"
PIECE = 64 * 1024
TAG = 16
COST, BLOCK, LANES = 17, 8, 1
"""2^17 rounds: about a third of a second and 128 MiB (OWASP's recommendation for scrypt)."""
MOST_COST = 18
"""Costlier headers are refused: opening a strange file must not take all memory."""
PASSPHRASE_LENGTH = 12
_HEADER = struct.Struct("16sBBB16s7s")


def is_sealed(data: bytes) -> bool:
    """Whether a file was sealed by `seal`."""
    return data.startswith(MAGIC[:-1])


def seal(content: bytes, passphrase: str) -> bytes:
    """
    Lock a file with a passphrase.

    Raises
    ------
    InvalidValue
        When the passphrase has fewer than `PASSPHRASE_LENGTH` characters.
    """
    if len(passphrase) < PASSPHRASE_LENGTH:
        raise InvalidValue("passphrase", "(not shown)", Wanted("{n} characters or more", n=PASSPHRASE_LENGTH))
    salt, prefix = secrets.token_bytes(16), secrets.token_bytes(7)
    header = _HEADER.pack(MAGIC, COST, BLOCK, LANES, salt, prefix)
    cipher = _cipher(passphrase, salt, COST, BLOCK, LANES)
    pieces = [content[at : at + PIECE] for at in range(0, len(content), PIECE)] or [b""]
    sealed = [
        cipher.encrypt(nonce, piece, header) for nonce, piece in zip(_nonces(prefix, len(pieces)), pieces, strict=True)
    ]
    return b"".join([header, *sealed])


def unseal(data: bytes, passphrase: str, name: str = "") -> bytes:
    """
    Open a file that `seal` locked.

    Raises
    ------
    Unreadable
        When it is no such file, the passphrase is not its own, or it was changed or cut off.
    """
    from cryptography.exceptions import InvalidTag

    if len(data) < _HEADER.size + TAG or not is_sealed(data):
        raise Unreadable(name, Wanted("not a sealed file"))
    magic, cost, block, lanes, salt, prefix = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise Unreadable(name, Wanted("sealed by a newer version of this program"))
    if not (10 <= cost <= MOST_COST and block == BLOCK and lanes == LANES):
        raise Unreadable(name, Wanted("not a sealed file"))
    cipher = _cipher(passphrase, salt, cost, block, lanes)
    header, rest = data[: _HEADER.size], memoryview(data)[_HEADER.size :]
    pieces = [rest[at : at + PIECE + TAG] for at in range(0, len(rest), PIECE + TAG)]
    try:
        return b"".join(
            cipher.decrypt(nonce, piece, header)
            for nonce, piece in zip(_nonces(prefix, len(pieces)), pieces, strict=True)
        )
    except (InvalidTag, ValueError) as error:
        raise Unreadable(name, Wanted("another passphrase, or a file that was changed on the way")) from error


def _nonces(prefix: bytes, pieces: int) -> Iterator[bytes]:
    return (prefix + struct.pack(">IB", number, number == pieces - 1) for number in range(pieces))


def _cipher(passphrase: str, salt: bytes, cost: int, block: int, lanes: int):  # type: ignore[no-untyped-def]
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return AESGCM(Scrypt(salt=salt, length=32, n=1 << cost, r=block, p=lanes).derive(passphrase.encode()))
