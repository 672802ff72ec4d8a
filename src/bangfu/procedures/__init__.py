"""Procedures (程序): steps that several persons take on the same content."""
