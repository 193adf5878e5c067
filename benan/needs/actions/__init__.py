"""Changes to what is needed and given: one keyword-only verb each."""
