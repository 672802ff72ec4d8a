"""Which code computed: the digest of the package's own source files."""

import hashlib
from functools import cache
from pathlib import Path

import bangfu

_KINDS = frozenset({".py", ".yaml"})


@cache
def code_digest() -> str:
    """Return the SHA-256 over the package's modules and parameter files in the order of their paths."""
    root = Path(bangfu.__file__).parent
    total = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in _KINDS):
        total.update(f"{path.relative_to(root).as_posix()}\n".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
