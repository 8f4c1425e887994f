"""What is said of intervals that cannot be given."""

from __future__ import annotations

from exitplan.wording import Wording


def no_interval(w: Wording) -> str:
    """Beside values of a single country or mission."""
    return w("No interval can be given: with a single country or mission there is nothing to draw anew.")
