"""How long a person waits for the first word of the command line."""

from benchmarks.measuring import Line, measured_command


def main() -> list[Line]:
    """Measure `bangfu --help` from start to end."""
    return [measured_command("bangfu --help", "bangfu", "--help", goal_s=0.3)]
