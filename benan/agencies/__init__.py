"""Agencies with a duty under the plan, what each is called on a day, and who answers the telephone for an area."""
