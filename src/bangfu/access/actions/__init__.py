"""Verbs of access."""
