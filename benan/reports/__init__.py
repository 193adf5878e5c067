"""What does the report of a period say?

It owns no tables and no figures: indicators come from `plan`, numbers from `indicators`.
"""
