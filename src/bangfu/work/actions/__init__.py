"""Verbs of work."""
