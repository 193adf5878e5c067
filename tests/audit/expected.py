"""What is expected of the tables of audit (tests/expected.py)."""

CLEAR = {
    "identifiers and codes alone, so that erasing needs no surgery on history": (
        "audit.Event.by", "audit.Event.event", "audit.Event.subject", "audit.Event.data", "audit.Event.previous", "audit.Event.hash",
    ),
}  # fmt: skip
TO_SIGN_IN = {"audit_event"}
