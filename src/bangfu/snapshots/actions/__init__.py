"""Verbs of snapshots and runs."""
