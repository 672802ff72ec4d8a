"""Tables of snapshots and runs: one row each; the evidence itself is files."""

from bangfu.snapshots.models.run import Run
from bangfu.snapshots.models.snapshot import Snapshot

__all__ = ["Run", "Snapshot"]
