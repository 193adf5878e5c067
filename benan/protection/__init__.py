"""Danger and protection: which offices are told, which measures are in force, when the danger is over."""
