"""Snapshots and runs (快照与运算): frozen frames and what the rules found on them, each with its manifest.

A published figure names its run, the run its snapshot, parameters and code; all can be computed again, bit for bit.
"""
