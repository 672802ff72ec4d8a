"""Analysis on columns: identification runs, indicators, explanations (分析). No Django, no database."""
