"""A process that is told to spare memory gives back what it no longer holds."""

import os
import subprocess
import sys

from bangfu.kernel.memory import SPARING

WORK = """
import gc
import polars as pl
from pathlib import Path

def held():
    return int(Path("/proc/self/statm").read_text().split()[1])

empty = held()
frame = pl.select(pl.int_range(20_000_000))
full = held()
del frame
gc.collect()
print((full - held()) / (full - empty))
"""


def test_nearly_all_of_a_frame_that_went_is_given_back():
    done = subprocess.run(
        [sys.executable, "-c", WORK], env={**os.environ, **SPARING}, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) > 0.9
