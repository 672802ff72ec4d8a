"""Access (权限): people, their grants, and the area in which each may read and act."""
