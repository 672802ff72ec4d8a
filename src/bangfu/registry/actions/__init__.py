"""The only writers of the register, one verb a module."""
