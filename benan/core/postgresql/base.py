"""The database backend of all connections (ENGINE, ops/database.py)."""

from typing import Any

from django.db.backends.postgresql import base

SET = "SELECT set_config('benan.principal', %s, false)"


class DatabaseWrapper(base.DatabaseWrapper):
    """Commits only after what was registered with `on_commit` and has a `before_commit` did that as well.

    `before_commit` is called once, on the last one registered, with all of them. A DatabaseError that it raises takes
    the whole transaction back. Each new connection works for the principal of its entry (`core.principals`).
    """

    _principal = None  # as in the entry
    reference_version = ""  # that of `core.reference`, while it need not be asked for
    keeps_reference_version = False

    @property
    def principal(self) -> str:
        """For whom this connection works now; for a new connection, for whom it will."""
        return self._principal or self.settings_dict.get("PRINCIPAL", "")

    def work_for(self, principal: str) -> None:
        """Tell the database for whom this connection works, until it is told otherwise or a transaction taken back."""
        with self.cursor() as cursor:
            cursor.execute(SET, [principal])
        self._principal = principal

    def _configure_connection(self, connection: Any) -> bool:
        """Begin as the entry says; whether that has to be committed is the answer."""
        super()._configure_connection(connection)  # type: ignore[misc]
        self._principal = None
        with connection.cursor() as cursor:
            cursor.execute(SET, [self.principal])
        return True

    def _commit(self) -> None:
        early = [each[1] for each in self.run_on_commit if hasattr(each[1], "before_commit")]
        if early:
            early[-1].before_commit(early)
        return super()._commit()  # type: ignore[misc]
