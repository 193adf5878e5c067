"""Bến An: the program in which Đồng Nai receives, verifies, protects and supports people who were trafficked."""
