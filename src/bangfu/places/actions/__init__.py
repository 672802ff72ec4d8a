"""Verbs of the places."""
