"""Changes to danger and protection: one keyword-only verb each."""
