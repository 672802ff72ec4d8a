"""Ground words of the whole house: money, days, ids, codes, errors, secrets, actors. Imports nothing of bangfu."""
