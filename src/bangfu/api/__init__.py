"""The door for other systems: the same verbs and queries as typed REST operations.

An operation declares its policy like a page does and answers errors with the codes of the kernel.
"""
