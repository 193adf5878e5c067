"""What a person needs, what the law grants for it, and what was offered and given."""
