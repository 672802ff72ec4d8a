"""The yearly round of a whole city: from the run to the register, with a notice for every village.

Runs only when named, over a copy of a home that holds a city: BANGFU_BENCH_HOME names it (a SQLite home); without it
a county is built first, and the table says so. Everything goes through the jobs that the pages start: rounds opened,
every step of every procedure taken in its turn, notices hung, printed and closed on their day, status events recorded.
Whole place at once, so the meetings all bear the same numbers. On each day on which notices were hung, all that hang
are printed into one file, as a county office would for its villages.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measuring import Line, measured

ONLY_WHEN_NAMED = True
GOAL_S = 600.0
BEGINS_ON = date(2017, 1, 9)


def main() -> list[Line]:
    """Measure the round, and tell of how many households it was."""
    with tempfile.TemporaryDirectory(prefix="bangfu-benchmark-") as folder:
        home, what = _copied(Path(folder) / "home")
        line = measured(f"the yearly round of {what}", "benchmarks.rounds:whole_round", str(home), times=1)
        told = (home / "told").read_text(encoding="utf-8")
        shown = Line(f"the yearly round of {what}: {told}", line.wall_s, line.cpu_s, line.peak_mb)
        if "whole city" not in what:
            return [shown]
        return [Line(shown.name, line.wall_s, line.cpu_s, line.peak_mb, goal=GOAL_S, goal_is_seconds=True)]


def _copied(home: Path) -> tuple[Path, str]:
    named = os.environ.get("BANGFU_BENCH_HOME")
    if named:
        shutil.copytree(named, home)
        return home, "a whole city, SQLite"
    measured("", "benchmarks.rounds:county", str(home), times=1)
    return home, "a county, SQLite"


def county(home: str) -> Callable[[], object]:
    """Return what builds the demonstration county in a home."""
    os.environ["BANGFU_HOME"] = home
    from bangfu.cli.opening import open_home
    from bangfu.cli.verbs import demo

    def build() -> object:
        open_home()
        return demo.run(size="county", seed=1, progress=False)

    return build


def whole_round(home: str) -> Callable[[], None]:
    """Return what takes the latest run of a home through the whole round."""
    os.environ["BANGFU_HOME"] = home
    from bangfu.cli.opening import open_home

    opened = open_home()
    from bangfu.access.actions.ensure_demo_people import ensure_demo_people
    from bangfu.procedures.models import Notice
    from bangfu.snapshots.queries import runs_listed

    people, run = ensure_demo_people(), runs_listed("cn_2014")[0]

    def go() -> None:
        opened.move_day(BEGINS_ON)
        told = _done(people["clerk"], "decisions.round", {"run": run.name, "place": 0})
        decided, printed, day = 0, 0, BEGINS_ON
        while waiting := list(_next_steps(people)):
            moved = 0
            for actor, request in waiting:
                result = _done(actor, "decisions.step", request)
                moved += result["moved"]
                decided += result["decided"]
            if not moved:
                printed += _printed(people["village"], day)
                day += timedelta(days=1)
                opened.move_day(day)
        notices = Notice.objects.count()
        words = f"{told['cases']:,} cases, {decided:,} decisions, {notices:,} notices ({printed:,} sheets printed)"
        words = f"{words}, {(day - BEGINS_ON).days} days"
        (opened.path / "told").write_text(words, encoding="utf-8")

    return go


def _next_steps(people: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield who can take which step of which procedure, each step once."""
    from bangfu.procedures.queries import waiting_for

    seen = set()
    for part in ("village", "town", "clerk", "approver", "second"):
        for one in waiting_for(people[part]):
            version = one.course.version
            key = (version.procedure, one.step.name, one.posted_on, part if one.course.decides(one.step) else "")
            if key in seen:
                continue
            seen.add(key)
            yield (
                people[part],
                {
                    "programme": version.programme,
                    "procedure": version.procedure,
                    "law_from": version.law_from.isoformat(),
                    "step": one.step.name,
                    "place": 0,
                    "entitled": 30,
                    "present": 20,
                },
            )


def _printed(village: Any, day: date) -> int:
    """Print what hangs, if anything was hung today; return how many notices."""
    from bangfu.procedures.models import Notice

    if not Notice.objects.filter(posted_on=day).exists():
        return 0
    request = {"place": 0, "name": "city", "address": "https://bangfu.example/object/"}
    return int(_done(village, "procedures.notices", request)["count"])


def _done(actor: Any, kind: str, request: dict[str, Any]) -> dict[str, Any]:
    """Do a job as the worker would, and return its result."""
    from bangfu.work.actions.start_job import start_job
    from bangfu.work.jobs import perform
    from bangfu.work.models import Job

    job = start_job(by=actor, kind=kind, request=request)
    perform.call(job.pk)
    done = Job.objects.get(pk=job.pk)
    if done.state != "done":
        if done.result.get("code") == "BF712":
            return {"moved": 0, "decided": 0}
        raise RuntimeError(f"{kind}: {done.message} {done.facts}")
    return dict(done.result)
