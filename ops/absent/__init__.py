"""The database of an installation that has not been set up: commands that need none run, a query says what to do."""
