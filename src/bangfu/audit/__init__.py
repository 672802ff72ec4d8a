"""The audit chain (审计链): who did what, in an order that nobody can rewrite unseen."""
