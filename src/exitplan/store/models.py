"""The tables. One generic table holds every kind of entry; every change to it is a link in the mission's chain."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by name."""


class Account(AbstractBaseUser):
    """A person who signs in. What they may do follows from their memberships, never from the account."""

    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=200, blank=True)
    office = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    """May open new missions and accounts on this installation; sees no mission by that."""
    totp_secret = models.CharField(max_length=200, blank=True)
    totp_last_step = models.BigIntegerField(default=0)
    recovery_codes = models.JSONField(default=list)
    created = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()


class Mission(models.Model):
    """A mission, the number of its last revision, and the head of its chain."""

    code = models.CharField(max_length=48, unique=True)
    title = models.CharField(max_length=300)
    revision = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)
    shown_kinds = models.JSONField(default=list)
    """Kinds of entry shown in the menus beyond the eight everybody starts with."""
    boundaries = models.JSONField(default=dict)
    boundary_note = models.JSONField(default=dict)
    origins = models.JSONField(default=list)
    """Takings-out that this copy of a mission goes back to, so that it finds its way home."""
    created = models.DateTimeField(default=timezone.now)


class EntryRow(models.Model):
    """An entry as it stands now: a draft always saves, so the body need not pass its schema."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    version = models.BigIntegerField(default=1)
    body = models.JSONField()
    format = models.IntegerField(default=1)
    position = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mission", "kind", "code"], name="entry_once")]
        ordering: ClassVar = ["kind", "position", "id"]


class Revision(models.Model):
    """One change: who, when, why, and what the entry was afterwards. Append-only; texts may be redacted, digests stay."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="revisions")
    number = models.BigIntegerField()
    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    version = models.BigIntegerField()
    who = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    why = models.TextField(blank=True, null=True)
    after = models.JSONField(null=True)
    salt = models.CharField(max_length=64, blank=True)
    content = models.CharField(max_length=64)
    """Salted digest of why and after; it outlives them."""
    previous = models.CharField(max_length=64)
    link = models.CharField(max_length=64)
    redacted_by = models.BigIntegerField(null=True)
    """Number of the revision by which the text was taken out."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mission", "number"], name="revision_once")]
        indexes: ClassVar = [models.Index(fields=["mission", "kind", "code", "number"])]
        ordering: ClassVar = ["mission", "number"]


class MeasurementRow(models.Model):
    """One measurement, from draft to approved. Only approved ones count."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="measurements")
    indicator = models.CharField(max_length=48)
    version = models.IntegerField(default=1)
    date = models.DateField()
    area = models.CharField(max_length=48, blank=True)
    group = models.CharField(max_length=300, default="total")
    value = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    unit = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=48, blank=True)
    method = models.TextField(blank=True)
    verification = models.CharField(max_length=40, default="self_reported")
    confidence = models.CharField(max_length=10, default="medium")
    replaces = models.CharField(max_length=48, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="draft")
    reservation = models.TextField(blank=True)
    """What the reviewer said: why it was returned, or with what reservation it was approved."""
    edition = models.BigIntegerField(default=1)
    """Counts its changes, as an entry's version does."""
    entered_by = models.CharField(max_length=200, blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    batch = models.BigIntegerField(default=0)
    """Number of the revision that brought it in."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["mission", "state", "indicator", "area", "date"], name="measurement_by_state"),
            models.Index(fields=["mission", "-date", "-id"], name="measurement_by_day"),
            models.Index(fields=["mission", "batch"]),
        ]


class AreaMonthRow(models.Model):
    """Counts of violence in one area and month."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="area_months")
    area = models.CharField(max_length=48)
    month = models.CharField(max_length=7)
    type_of_violence = models.SmallIntegerField()
    events = models.BigIntegerField()
    low = models.BigIntegerField()
    best = models.BigIntegerField()
    high = models.BigIntegerField()
    source = models.CharField(max_length=48, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mission", "area", "month", "type_of_violence", "source"], name="area_month_once"
            )
        ]


class EventRow(models.Model):
    """One violent event. Stays in this database: never bundled, never in a brief."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="events")
    event = models.CharField(max_length=60)
    source = models.CharField(max_length=48, blank=True)
    date_start = models.DateField()
    date_end = models.DateField(null=True)
    type_of_violence = models.SmallIntegerField()
    country = models.CharField(max_length=200, blank=True)
    where_prec = models.SmallIntegerField(default=1)
    latitude = models.FloatField()
    longitude = models.FloatField()
    low = models.BigIntegerField()
    best = models.BigIntegerField()
    high = models.BigIntegerField()
    area = models.CharField(max_length=48, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mission", "source", "event"], name="event_once")]
        indexes: ClassVar = [models.Index(fields=["mission", "area", "date_start"])]


class Membership(models.Model):
    """The role one person holds in one mission."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40)
    partner = models.CharField(max_length=48, blank=True)
    prepares_for = models.CharField(max_length=200, blank=True)
    """Office on whose behalf this person may prepare decisions; the approver still confirms."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "mission"], name="membership_once")]


class Token(models.Model):
    """A key for the API: stored as a digest, with a scope and an end."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, null=True, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=10, default="read")
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    last_used = models.DateTimeField(null=True)


class LoginAttempt(models.Model):
    """A failed attempt to sign in, kept to slow the next ones down."""

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["username", "at"]), models.Index(fields=["address", "at"])]


class Run(models.Model):
    """A long piece of work: queued, run by a worker that gives signs of life, done, failed, cancelled or interrupted."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="runs")
    task = models.CharField(max_length=40)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default="queued")
    progress = models.FloatField(default=0.0)
    worker = models.CharField(max_length=100, blank=True)
    heartbeat = models.DateTimeField(null=True)
    cancel = models.BooleanField(default=False)
    asked_by = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    partner = models.CharField(max_length=48, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True)
    revision = models.BigIntegerField(default=0)
    """Revision of the mission that the result rests on."""
    result = models.JSONField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    """Reference number of the fault, where it failed."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "id"]), models.Index(fields=["mission", "task", "id"])]


class SignOff(models.Model):
    """A person's signature, or a reservation, under an entry as it stood at one version."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="sign_offs")
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    version = models.BigIntegerField()
    role = models.CharField(max_length=40)
    partner = models.CharField(max_length=48, blank=True)
    who = models.CharField(max_length=200)
    receipt = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    evidence = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission", "kind", "code"])]


class Document(models.Model):
    """Uploaded evidence; the file itself lies under the home folder by its digest."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    type = models.CharField(max_length=100)
    classification = models.CharField(max_length=20, default="restricted")
    released_to = models.JSONField(default=list)
    kind = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=60, blank=True)
    """The entry it is evidence for, where it is for one."""
    uploaded_by = models.CharField(max_length=200)
    at = models.DateTimeField()
    redacted = models.BooleanField(default=False)


class AlarmRow(models.Model):
    """An alarm that a watch raised: which, by what, where and in which month; its steps say what was done about it."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="alarms")
    watch = models.CharField(max_length=60)
    cause = models.CharField(max_length=20)
    """`trigger`, `cusum` or `score`."""
    place = models.CharField(max_length=300, blank=True)
    """Area, or country and place beyond the border; empty for the whole country and for a trigger."""
    month = models.CharField(max_length=7)
    rests_on = models.JSONField(default=list)
    """Codes of the entries it rests on: who may not see one of them is not told of the alarm."""
    state = models.CharField(max_length=20, default="open")
    version = models.BigIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission", "watch", "cause", "place", "month"], name="alarm_once")
        ]


class AlarmStep(models.Model):
    """What somebody did about an alarm: acknowledged it, responded, closed it."""

    alarm = models.ForeignKey(AlarmRow, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=20)
    who = models.CharField(max_length=200)
    office = models.CharField(max_length=300)
    day = models.DateField()
    """When it was done, which may be before it was written down."""
    text = models.TextField(blank=True)
    at = models.DateTimeField()
