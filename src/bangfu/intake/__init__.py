"""Intake (导入): stage, check, difference, a second person's approval, apply once, undo."""
