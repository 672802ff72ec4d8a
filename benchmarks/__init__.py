"""Measurements of what the house promises: time, memory, and the ratio to the same work done plainly."""
