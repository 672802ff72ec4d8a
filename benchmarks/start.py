"""How long a person waits for the first word of the command line, and for `./run` to see that all is set up."""

import sys

from benchmarks.measuring import Line, measured_command

SET_UP = "from tools import house; house.set_up('dev')"


def main() -> list[Line]:
    """Measure both from start to end."""
    return [
        measured_command("bangfu --help", "bangfu", "--help", goal_s=0.3),
        measured_command("a second start of ./run, before its verb", sys.executable, "-c", SET_UP, goal_s=1.0),
    ]
