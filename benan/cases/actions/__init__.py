"""Changes to cases: one keyword-only verb each, by noun."""
