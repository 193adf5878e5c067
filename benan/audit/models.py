"""The one table of the trail."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform

from benan.audit.events import label_of

START = "0" * 64
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
CASES = "cases"  # in `data`: the codes of the cases that a page showed beside its own subject


class Event(models.Model):
    """One row of the trail; never changed, sealed by the hash of itself and of the row before.

    `at` is the clock. `data` holds identifiers and codes, never a word about a person, so that erasing
    somebody needs no surgery here.
    """

    seq = models.BigIntegerField("số thứ tự", primary_key=True)
    at = models.DateTimeField("lúc")
    by = models.CharField("ai", max_length=150, blank=True)
    event = models.CharField("việc", max_length=40)
    subject = models.CharField("về", max_length=80, blank=True)
    data = models.JSONField("chi tiết", default=dict, blank=True)
    previous = models.CharField("mã kiểm tra của dòng trước", max_length=64)
    hash = models.CharField("mã kiểm tra", max_length=64)

    class Privacy:
        public = ("seq", "at", "event", "previous", "hash")
        restricted = ("by", "subject", "data")
        identifying = ()

    class Meta:
        verbose_name = "dòng nhật ký"
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["subject", "seq"], name="trail_by_subject"),
            # Counted at each search before create: how many answers somebody got in a day.
            GinIndex(KeyTransform(CASES, "data"), condition=models.Q(data__has_key=CASES), name="trail_by_listed_case"),
            models.Index(fields=["by", "event", "at"], name="trail_by_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"

    @property
    def label(self) -> str:
        """What happened, in words."""
        return label_of(self.event)

    def sealed(self) -> str:
        """The hash that this row must carry."""
        return hash_of(self.seq, self.at, self.by, self.event, self.subject, self.data, self.previous)


def hash_of(seq: int, at: dt.datetime, by: str, event: str, subject: str, data: dict[str, Any], previous: str) -> str:
    """The hash of a row with these values: SHA-256 over its canonical JSON, the previous hash included."""
    facts = [seq, at.astimezone(dt.UTC).isoformat(), by, event, subject, data, previous]
    return hashlib.sha256(_CANONICAL.encode(facts).encode()).hexdigest()
