"""A bug of ours, written down for whoever mends it: where it happened, without the values it happened with."""

from __future__ import annotations

import hashlib
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from exitplan.usecases.answers import versions
from exitplan.usecases.home import home


def write_down(error: BaseException) -> tuple[str, str]:
    """
    Write the trace of an error to a log file.

    Returns
    -------
    tuple
        A reference number, and the log file; an empty text where none could be written.
    """
    # Frames name files and lines of ours; values of variables and source lines with data in them stay out.
    frames = "".join(
        f"  {Path(f.filename).name}:{f.lineno} in {f.name}\n" for f in traceback.extract_tb(error.__traceback__)
    )
    now = datetime.now(UTC)
    digest = hashlib.sha256(f"{type(error).__name__}{frames}".encode()).hexdigest()[:6]
    reference = f"{now:%Y%m%d-%H%M%S}-{digest}"
    known = " ".join(f"{name} {number}" for name, number in versions().items())
    text = f"{reference}\n{known} on {platform.system()}\n{type(error).__name__}: {error}\n{frames}"
    path = home() / "logs" / f"{reference}.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError:
        return reference, ""
    return reference, str(path)
