"""How much there is of what: counts for those who run an installation."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Count, Min

from exitplan.store.models import Account, Mission, Run


def missions() -> int:
    """Missions in this database."""
    return Mission.objects.count()


def accounts() -> int:
    """Accounts that may sign in."""
    return Account.objects.filter(is_active=True).count()


def sessions(at: datetime) -> int:
    """Sessions that have not ended."""
    return Session.objects.filter(expire_date__gt=at).count()


def runs_by_state() -> dict[str, int]:
    """How many runs there are in each state."""
    return {row["state"]: row["n"] for row in Run.objects.values("state").annotate(n=Count("id")).order_by()}


def oldest_waiting(at: datetime) -> float:
    """Seconds for which the oldest queued run has waited; 0 for an empty queue."""
    asked = Run.objects.filter(state="queued").aggregate(first=Min("asked"))["first"]
    return max(0.0, (at - asked).total_seconds()) if asked else 0.0
