"""What must I do today? The desk, and the navigation and notices that every page carries.

It owns no tables and nothing imports it.
"""
