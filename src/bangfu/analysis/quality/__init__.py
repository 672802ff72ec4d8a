"""Data quality (数据质量): the rules of the catalogue, each a test and a message from one definition.

check(frames, parameters, on)                       findings on a registered area
check_columns(frame, parameters, subject, on)       findings on a staged table, and which rules ran
message(parameters, code, language, on)             what a finding says
"""

from bangfu.analysis.quality.checking import Checked, check, check_all, check_columns
from bangfu.analysis.quality.rules import message, messages, quality_fields, quality_rules_for, rule_message

__all__ = [
    "Checked",
    "check",
    "check_all",
    "check_columns",
    "message",
    "messages",
    "quality_fields",
    "quality_rules_for",
    "rule_message",
]
