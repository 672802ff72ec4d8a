"""Measure a piece of work in a process of its own, so that one does not pay for the other's memory.

A benchmark is a module of this folder with a `main()` that returns `Line`s. Work is named as
`module:function`; the function prepares what is needed and returns the callable that is measured.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

_KILOBYTES = 1024
_LOOK_S = 0.05


@dataclass(frozen=True)
class Line:
    """One line of the table.

    wall_s, cpu_s  seconds on the clock and of the processors, the fastest of the repetitions
    peak_mb        most memory the process and its children held together, in MB
    ratio          this work against the plain one of the same run, both on the clock
    goal           the largest ratio, or the largest wall_s where `goal_is_seconds`
    """

    name: str
    wall_s: float
    cpu_s: float
    peak_mb: float
    ratio: float | None = None
    goal: float | None = None
    goal_is_seconds: bool = False

    @property
    def met(self) -> bool | None:
        """Tell whether the goal is met; None without a goal."""
        if self.goal is None:
            return None
        return (self.wall_s if self.goal_is_seconds else self.ratio or 0) <= self.goal

    def against(self, plain: "Line", goal: float) -> "Line":
        """Return the line with its ratio to the plain work and the goal for it."""
        return replace(self, ratio=self.wall_s / plain.wall_s, goal=goal)


def measured(name: str, work: str, *arguments: str, times: int = 3, settings: Mapping[str, str] | None = None) -> Line:
    """Measure `work` (`module:function`) in a process of its own, the fastest of `times` repetitions.

    settings  of its environment, beside those of this process
    """
    command = [sys.executable, "-m", "benchmarks.measuring", work, str(times), *arguments]
    environment = {**os.environ, **(settings or {})}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return Line(name=name, **json.loads(done.stdout.splitlines()[-1]))


def measured_command(name: str, *command: str, times: int = 5, goal_s: float | None = None) -> Line:
    """Measure a command as a person meets it, from its start to its end, the fastest of `times`."""
    best = None
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        wall = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if best is None or wall < best[0]:
            best = (wall, cpu, after.ru_maxrss / _KILOBYTES)
    assert best is not None
    return Line(name, *best, goal=goal_s, goal_is_seconds=goal_s is not None)


def _repeat(work: Callable[[], object], times: int) -> dict[str, float]:
    best = (float("inf"), float("inf"))
    with_children = _Family()
    with_children.start()
    for _ in range(times):
        began, busy = time.perf_counter(), _busy()
        work()
        best = min(best, (time.perf_counter() - began, _busy() - busy))
    return {"wall_s": best[0], "cpu_s": best[1], "peak_mb": max(_peak_mb(), with_children.peak_mb)}


class _Family(threading.Thread):
    """Looks again and again how much memory this process and its children hold together."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0

    def run(self) -> None:
        while True:
            self.peak_mb = max(self.peak_mb, sum(map(_held_mb, [os.getpid(), *_children(os.getpid())])))
            time.sleep(_LOOK_S)


def _children(process: int) -> list[int]:
    """Return the processes that this one started and that their children started."""
    found: list[int] = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            own = [int(word) for word in path.read_text().split()]
            found += [*own, *(grandchild for child in own for grandchild in _children(child))]
    return found


def _held_mb(process: int) -> float:
    with suppress(OSError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() / _KILOBYTES**2
    return 0.0


def _busy() -> float:
    """Return the seconds of the processors that this process and its ended children took."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak_mb() -> float:
    """Return the most memory that this program held; what its parent held before is not counted."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / _KILOBYTES
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES


if __name__ == "__main__":
    _module, _function = sys.argv[1].split(":")
    _work = getattr(importlib.import_module(_module), _function)(*sys.argv[3:])
    print(json.dumps(_repeat(_work, int(sys.argv[2]))))
