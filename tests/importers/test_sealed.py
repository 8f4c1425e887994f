"""A sealed file opens with its passphrase, and with nothing else; whatever is done to it on the way shows."""

from __future__ import annotations

import pytest

from exitplan.domain.errors import InvalidValue, Unreadable
from exitplan.importers import sealed

PASSPHRASE = "a sentence about rivers"
RECOMMENDED = (17, 8, 1)
ON_IMPORT = (sealed.COST, sealed.BLOCK, sealed.LANES)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds that a test can afford; the number stands in the file."""
    monkeypatch.setattr(sealed, "COST", 10)


@pytest.mark.parametrize("size", [0, 1, sealed.PIECE - 1, sealed.PIECE, sealed.PIECE + 1, 3 * sealed.PIECE])
def test_what_was_sealed_comes_out_the_same(size: int) -> None:
    """At every border between pieces."""
    content = bytes(n % 251 for n in range(size))
    locked = sealed.seal(content, PASSPHRASE)

    assert sealed.is_sealed(locked)
    assert sealed.unseal(locked, PASSPHRASE) == content
    assert locked != sealed.seal(content, PASSPHRASE), "no two sealings are alike"


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d[:-1],
        lambda d: d[: -sealed.PIECE],
        lambda d: d[: 42 + sealed.PIECE + sealed.TAG],  # the last piece cut off, cleanly
        lambda d: d + b"x",
        lambda d: d[:42] + d[42 + sealed.PIECE + 16 : 42 + 2 * (sealed.PIECE + 16)] + d[42 : 42 + sealed.PIECE + 16],
        lambda d: d[:60] + bytes([d[60] ^ 1]) + d[61:],
        lambda d: d[:20] + bytes([d[20] ^ 1]) + d[21:],  # the salt
        lambda d: d[:36] + bytes([d[36] ^ 1]) + d[37:],  # the nonce
        lambda d: d[:15] + b"\x02" + d[16:],  # a newer version
        lambda d: d[:16] + b"\x1f" + d[17:],  # rounds that would take all memory
        lambda d: d[:17] + b"\xff" + d[18:],
        lambda d: d[:40],
        lambda d: b"PK" + d,
        lambda d: b"",
    ],
)
def test_whatever_is_done_to_it_on_the_way_shows(damage: object) -> None:
    """Cut off, lengthened, put in another order, changed in any part."""
    locked = sealed.seal(b"x" * (2 * sealed.PIECE + 5), PASSPHRASE)

    with pytest.raises(Unreadable):
        sealed.unseal(damage(locked), PASSPHRASE)  # type: ignore[operator]


def test_the_cost_is_the_one_recommended() -> None:
    """What a file sealed by people says in its header."""
    assert ON_IMPORT == RECOMMENDED


def test_another_passphrase_opens_nothing_and_a_short_one_seals_nothing() -> None:
    """Neither is repeated in what is said."""
    with pytest.raises(Unreadable) as wrong:
        sealed.unseal(sealed.seal(b"x", PASSPHRASE), PASSPHRASE + "!")
    with pytest.raises(InvalidValue) as short:
        sealed.seal(b"x", "short")

    assert PASSPHRASE not in str(wrong.value)
    assert "short" not in str(short.value)
