"""Sees that what was decided is done (如何管): meetings, directives, task trees and inspection.

Findings, rectification, assessment and the reminder of what is overdue belong here.
"""
