"""Database backend of an installation that has no database yet: commands that need none run, a query says what to do."""
