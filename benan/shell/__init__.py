"""What must I do today? Navigation, the desk, and what every page carries.

It owns no tables and nothing imports it.
"""
