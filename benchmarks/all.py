"""Run every benchmark, each in a process of its own, and print one table.

    ./run bench [--json] [NAME ...]

What needs minutes and gigabytes runs only when it is named. The exit status is 1 when a goal is missed.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = ("what", "wall s", "CPU s", "peak MB", "ratio", "goal", "met")
_SHOW = (
    "import dataclasses, importlib, json; lines = importlib.import_module('benchmarks.{}').main(); "
    "print(json.dumps([dataclasses.asdict(line) | {{'met': line.met}} for line in lines]))"
)


def names() -> list[str]:
    """Return the benchmarks of this folder: modules that define a main()."""
    mine = {"__init__", "all", "measuring"}
    modules = (path for path in sorted(HERE.glob("*.py")) if path.stem not in mine)
    return [path.stem for path in modules if "def main(" in path.read_text(encoding="utf-8")]


def usual() -> list[str]:
    """Return the benchmarks that run unless others are named: all but the long ones."""
    return [name for name in names() if "\nONLY_WHEN_NAMED = True\n" not in (HERE / f"{name}.py").read_text("utf-8")]


def run(name: str) -> list[dict[str, object]]:
    """Run one benchmark and return its lines; one that breaks off gives a line that says so."""
    done = subprocess.run(
        [sys.executable, "-c", _SHOW.format(name)], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        return [{"name": f"{name} broke off", "met": False}]
    return json.loads(done.stdout.splitlines()[-1])


def row(line: dict[str, object]) -> tuple[str, ...]:
    """Return a line as the words of the table."""

    def number(key: str, form: str) -> str:
        return format(line[key], form) if line.get(key) is not None else ""

    unit = " s" if line.get("goal_is_seconds") else " x"
    goal = f"<= {number('goal', '.2f')}{unit}" if line.get("goal") is not None else ""
    met = {True: "yes", False: "no", None: ""}[line.get("met")]
    return (
        str(line["name"]),
        number("wall_s", ".3f"),
        number("cpu_s", ".3f"),
        number("peak_mb", ".0f"),
        number("ratio", ".2f"),
        goal,
        met,
    )


def main() -> int:
    """Run what the command line asks for; return 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("names", nargs="*", help="only these: " + ", ".join(names()))
    asked = parser.parse_args()
    lines = [line for name in asked.names or usual() for line in run(name)]
    if asked.json:
        print(json.dumps(lines, indent=1))
    else:
        table = [COLUMNS, *(row(line) for line in lines)]
        widths = [max(len(cells[place]) for cells in table) for place in range(len(COLUMNS))]
        for cells in table:
            words = (w.ljust(n) if i == 0 else w.rjust(n) for i, (w, n) in enumerate(zip(cells, widths, strict=True)))
            print("  ".join(words).rstrip())
    return int(any(line.get("met") is False for line in lines))


if __name__ == "__main__":
    sys.exit(main())
