"""Planted problems (埋设的问题): every kind that intake and the quality rules claim to find."""

from bangfu.simulate.faults import cells, facts, figures, identities, members, structure, texts
from bangfu.simulate.faults.kinds import KINDS, Case, Kind, Mark

__all__ = ["KINDS", "Case", "Kind", "Mark", "cells", "facts", "figures", "identities", "members", "structure", "texts"]
