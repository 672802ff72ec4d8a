"""The door for people: pages in Chinese and English over the same verbs and queries as the other doors.

A page holds no rule of its own; each route declares who may pass before the server starts.
"""
