"""One-time codes of an authenticator: RFC 6238 with SHA-1, six digits and steps of thirty seconds, as every phone has it."""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
STEPS_OFF = 1
"""Steps by which a phone's clock may be early or late."""


def new_secret() -> str:
    """A fresh secret of 160 bits, in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code(secret: str, step: int) -> str:
    """The code of one time step (RFC 4226, section 5.3)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    at = digest[-1] & 0xF
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(at: datetime) -> int:
    """The time step that a moment lies in."""
    return int(at.timestamp()) // STEP_SECONDS


def matching_step(secret: str, given: str, at: datetime) -> int | None:
    """The time step, near a moment, whose code was given; None for a wrong code."""
    now = step_of(at)
    plain = given.replace(" ", "").encode()
    found = [
        s for s in range(now - STEPS_OFF, now + STEPS_OFF + 1) if hmac.compare_digest(code(secret, s).encode(), plain)
    ]
    return max(found, default=None)


def address(secret: str, username: str) -> str:
    """The secret as the address that an authenticator reads from a picture or takes from a link."""
    return f"otpauth://totp/Exitplan:{quote(username)}?secret={secret}&issuer=Exitplan"
