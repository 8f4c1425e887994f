"""Office files as the same bytes each time: they are zip archives, and a zip archive remembers when it was packed."""

from __future__ import annotations

import io
import zipfile

NEVER = (1980, 1, 1, 0, 0, 0)
"""The first day a zip archive can name."""


def settled(packed: bytes) -> bytes:
    """The same archive with no day of packing in it, its members in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in given.infolist():
            kept = zipfile.ZipInfo(member.filename, NEVER)
            kept.compress_type = zipfile.ZIP_DEFLATED
            kept.external_attr = 0o600 << 16
            made.writestr(kept, given.read(member))
    return out.getvalue()
