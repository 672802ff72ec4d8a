"""How much memory a process keeps for itself: told to the allocator of Polars before Polars is loaded."""

from typing import Final

SPARING: Final = {"_RJEM_MALLOC_CONF": "narenas:2,dirty_decay_ms:0,muzzy_decay_ms:0"}
"""Environment of a process that gives back at once what it no longer holds.

To read and compare a city takes an eighth less memory so; many small queries take up to twice the time, so pages
and runs do without.
"""
