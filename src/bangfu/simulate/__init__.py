"""A fictional place with known truth: it writes the ledgers of a county or of a city, and the answers beside them.

`simulate` imports the kernel only and states labels, lines and rules on its own, so that its truth is
not the code under test.
"""

from bangfu.simulate.place import Summary, simulate
from bangfu.simulate.sizes import SIZES, Size

__all__ = ["SIZES", "Size", "Summary", "simulate"]
