"""The database backend of all connections (ENGINE, ops/database.py)."""

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Commits only after what was registered with `on_commit` and has a `before_commit` did that as well.

    `before_commit` is called once, on the last one registered, with all of them. A DatabaseError that it raises takes
    the whole transaction back.
    """

    def _commit(self):
        early = [call for _savepoints, call, _robust in self.run_on_commit if hasattr(call, "before_commit")]
        if early:
            early[-1].before_commit(early)
        return super()._commit()
