"""Reads Chinese reports and turns their sentences into figures and tasks (报告解析).

What a report claims is checked here against its own sums; nothing in this room touches the register.
"""
