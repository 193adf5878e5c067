"""The trail: who did, looked at or disclosed what (`trail.record`, `trail.look`).

It promises that rows are only ever added, that each row seals the one before it, and that the heads of
the chain stand outside the database, so that an edit, a deletion or a rewriting shows.
"""
