"""Verbs of intake: stage, approve and apply, undo."""
