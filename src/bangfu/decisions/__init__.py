"""Carries a finding to a decision (扶持谁): identification, adjustment, exit and monitoring of return.

A run only proposes; a person decides through the procedure, and only then does a status change.
"""
