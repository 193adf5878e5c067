"""Changes to files: one keyword-only verb each, by noun."""
