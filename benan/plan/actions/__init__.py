"""Changes to plans and to what is done under them: one keyword-only verb each."""
