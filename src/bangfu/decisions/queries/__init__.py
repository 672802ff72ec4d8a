"""Everything that reads decisions. Each query takes the scope within which it may read."""
