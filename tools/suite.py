"""Run the checks and the tests, and say at the end what passed, what failed and what could not run.

`check` is the fast half: style, types, layers, spelling, catalogues. `test` adds every test on SQLite and
the storing ones (mark `store`) once more on a PostgreSQL cluster of our own. The tests on Spark (mark `spark`)
are collected only where Spark is installed.
"""

import argparse
import os
import re
import shutil
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools import postgres

CHECKS: dict[str, tuple[str, ...]] = {
    "types": ("mypy",),
    "style": ("ruff", "check", "--quiet"),
    "format": ("ruff", "format", "--check", "--quiet"),
    "layers": ("lint-imports", "--no-logo"),
    "yaml": ("yamllint", "--strict", "."),
    "spelling": ("codespell",),
    "migrations": ("django-admin", "makemigrations", "--check", "--dry-run"),
    "catalogues": ("python", "-m", "tools.messages", "--check"),
    "reference": ("python", "-m", "tools.reference", "--check"),
}
SETTINGS = {"DJANGO_SETTINGS_MODULE": "bangfu.site.settings"}

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_SIDE_BY_SIDE = ("-n", "2", "--dist", "loadgroup")
"""As many as a small machine has cores: with three, the browsers take the time from each other."""

PURE = ("kernel", "params", "rules", "analysis")
FLOORS = {f"bangfu.{room}": 100 for room in PURE}
HOUSE_FLOOR = {"bangfu": 90}
"""Branch coverage in per cent: the rooms that judge must hold theirs by their own tests, the whole house by all.

Counting lines makes a test a third slower, so that each run counts in the tests of those rooms, and in all of them
only where it is asked for.
"""

IN_MEMORY = Path("/dev/shm")
_ROOM_BYTES = 6 * 1024**3
_FOLDER = "bangfu-suite-"

FONTS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/truetype/noto-cjk"))
"""Where Debian keeps the Chinese letters that the browser draws with."""


@dataclass
class Count:
    """What one or several test runs came to."""

    passed: int = 0
    failed: int = 0
    not_run: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: "Count") -> None:
        """Add another run's outcome to this one."""
        self.passed += other.passed
        self.failed += other.failed
        self.not_run += other.not_run


def check(root: Path) -> int:
    """Run the fast half, two checks at a time, print what failed; return the number of failed checks."""

    def one(name: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
        began = time.monotonic()
        done = subprocess.run(
            CHECKS[name],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **SETTINGS},
            check=False,
        )
        return name, time.monotonic() - began, done

    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for name, seconds, done in pool.map(one, CHECKS):
            print(f"{'failed' if done.returncode else 'ok':8}{name:12}{seconds:6.1f} s", flush=True)
            if done.returncode:
                failed += 1
                print(done.stdout.rstrip(), flush=True)
    return failed


def test(root: Path, asked: argparse.Namespace) -> int:
    """Run everything that this machine can run and print the summary; return the exit status."""
    if asked.spark:
        return test_on_spark(root, asked)
    began = time.monotonic()
    total = Count()
    missing = install_packages()
    if not asked.paths:
        print("== checks", flush=True)
        failed = check(root)
        total.add(Count(passed=len(CHECKS) - failed, failed=failed))
    with scratch(), tempfile.TemporaryDirectory(prefix="bangfu-test-") as name:
        runs = Runs(root, Path(name), _rooms_to_count(asked), paths=tuple(asked.paths))
        print("\n== tests on SQLite", flush=True)
        total.add(runs.tests(SQLITE))
        print("\n== storing tests on PostgreSQL", flush=True)
        try:
            with postgres.cluster() as url:
                total.add(runs.tests(POSTGRESQL, "-m", "store", BANGFU_DATABASE_URL=url))
        except postgres.NoPostgresError as reason:
            total.not_run.append(("storing tests on PostgreSQL", missing or str(reason)))
        if runs.counted:
            print("\n== coverage", flush=True)
            total.add(runs.measure(FLOORS | HOUSE_FLOOR if asked.coverage else FLOORS))
    return _close(total, strict=asked.strict, seconds=time.monotonic() - began)


def test_on_spark(root: Path, asked: argparse.Namespace) -> int:
    """Run the tests on Spark alone, which needs Java and an environment of the lock `spark`."""
    began = time.monotonic()
    total = Count()
    if shutil.which("java") is None:
        total.not_run.append(("tests on Spark", "no java on the path; Spark 4 needs Java 17 or newer"))
        return _close(total, strict=asked.strict, seconds=0)
    with tempfile.TemporaryDirectory(prefix="bangfu-test-") as name:
        total.add(Runs(root, Path(name), (), paths=tuple(asked.paths)).pytest("spark", (), "-m", "spark", *asked.paths))
    return _close(total, strict=asked.strict, seconds=time.monotonic() - began)


@contextmanager
def scratch() -> Iterator[None]:
    """Let everything that tests write lie in memory, where there is enough of it: a disk is waited for at each commit.

    What a run left there that was killed is taken away by the next.
    """
    free = [shutil.disk_usage(IN_MEMORY).free, _free_memory()] if IN_MEMORY.is_dir() else [0]
    if "TMPDIR" in os.environ or min(free) < _ROOM_BYTES or not os.access(IN_MEMORY, os.W_OK):
        yield
        return
    for left in IN_MEMORY.glob(f"{_FOLDER}*"):
        owner = left.name.removeprefix(_FOLDER)
        if owner == str(os.getpid()) or not Path(f"/proc/{owner}").exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = IN_MEMORY / f"{_FOLDER}{os.getpid()}"
    folder.mkdir()
    folder.chmod(0o755)  # the account that runs PostgreSQL passes through
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        del os.environ["TMPDIR"]
        tempfile.tempdir = None
        shutil.rmtree(folder, ignore_errors=True)


def _free_memory() -> int:
    """Return the bytes of memory that nobody uses, or that can be had at once."""
    found = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0


def _rooms_to_count(asked: argparse.Namespace) -> tuple[str, ...]:
    """Return the rooms in whose tests lines are counted: none, those that judge, or (as "") all."""
    if asked.coverage:
        return ("",)
    return PURE if asked.strict and not asked.paths else ()


@dataclass
class Runs:
    """Starts pytest and reads back what it wrote.

    counted  the rooms in whose tests lines are counted
    paths    what to run; nothing for all
    """

    root: Path
    folder: Path
    counted: tuple[str, ...]
    paths: tuple[str, ...]

    def tests(self, database: str, *flags: str, **settings: str) -> Count:
        """Run on a database what is asked for: the tests of the counted rooms first, then the others."""
        together = (*_SIDE_BY_SIDE, *flags)
        if self.counted != PURE:
            return self.pytest(database, self.counted, *together, *self.paths, **settings)
        own = [f"tests/{room}" for room in PURE]
        total = self.pytest(f"{database}-counted", self.counted, *together, *own, **settings)
        total.add(self.pytest(database, (), *together, *(f"--ignore={path}" for path in own), **settings))
        return total

    def pytest(self, name: str, counted: tuple[str, ...], *flags: str, **settings: str) -> Count:
        """Run pytest once with `flags` and further environment `settings`, and count lines of some rooms."""
        report = self.folder / f"{name}.xml"
        rooms = [f"--cov=bangfu.{room}".removesuffix(".") for room in counted]
        measured = (*rooms, "--cov-branch", "--cov-report=") if rooms else ()
        command = (
            "python",
            "-m",
            "pytest",
            "-q",
            "--durations=12",
            f"--junitxml={report}",
            *measured,
            *flags,
        )
        environment = {**os.environ, "COVERAGE_FILE": str(self.folder / f".coverage.{name}"), **settings}
        done = subprocess.run(command, cwd=self.root, stdin=subprocess.DEVNULL, env=environment, check=False)
        return _read(report, name, done.returncode)

    def measure(self, floors: Mapping[str, int]) -> Count:
        """Combine what the runs covered and hold each room to its floor."""
        settings = {**os.environ, "COVERAGE_FILE": str(self.folder / ".coverage")}
        call = ("python", "-m", "coverage")
        subprocess.run((*call, "combine", "-q", self.folder), cwd=self.root, env=settings, check=False)
        outcome = Count()
        for room, floor in floors.items():
            place = f"src/{room.replace('.', '/')}/*"
            command = (*call, "report", f"--include={place}", f"--fail-under={floor}", "--precision=1")
            done = subprocess.run(command, cwd=self.root, env=settings, capture_output=True, text=True, check=False)
            last = (done.stdout.strip().splitlines() or ["nothing measured"])[-1]
            print(f"{'failed' if done.returncode else 'ok':8}{room:18}floor {floor} %  {last}", flush=True)
            if done.returncode:
                print(done.stdout)
            outcome.add(Count(passed=int(done.returncode == 0), failed=int(done.returncode != 0)))
        return outcome


def missing_packages() -> list[str]:
    """Return Debian's packages that tests need and this machine lacks: a server, a browser, Chinese letters."""
    present = {
        "postgresql": bool(postgres.binaries()),
        "chromium": bool(shutil.which("chromium")),
        "fonts-noto-cjk": any(folder.is_dir() for folder in FONTS),
    }
    return [name for name, there in present.items() if not there]


def install_packages() -> str:
    """Install what is missing where we are root; return why not, or nothing."""
    missing = missing_packages()
    if not missing:
        return ""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return f"{', '.join(missing)} not installed, and only root with apt-get could install it"
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing {', '.join(missing)} through apt ...", flush=True)
    install = ("apt-get", "-q", "-y", "install", "--no-install-recommends", *missing)
    for command in (("apt-get", "-q", "update"), install):
        done = subprocess.run(command, env=settings, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode:
            return f"{' '.join(command)} failed: {done.stderr.decode(errors='replace').strip().splitlines()[-1:]}"
    return ""


def _read(report: Path, name: str, status: int) -> Count:
    """Count one run from its report; a run that broke off counts as one failure of its own."""
    nothing_collected = 5
    if not report.exists() or status not in {0, 1, nothing_collected}:
        return Count(failed=1)
    outcome = Count()
    for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - as above
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        elif skipped is not None and skipped.get("type") != "pytest.xfail":
            title = f"{case.get('classname', '').removeprefix('tests.')}.{case.get('name')} ({name})"
            outcome.not_run.append((title, skipped.get("message", "")))
        else:
            outcome.passed += 1
    if status == 1 and not outcome.failed:
        outcome.failed = 1
    return outcome


def _close(total: Count, *, strict: bool, seconds: float) -> int:
    """Print the summary, the closing line last; return the exit status."""
    print(f"\n== summary after {seconds:.0f} s")
    for title, reason in total.not_run:
        print(f"not run: {title}: {reason}")
    if strict and total.not_run:
        print("--strict: what was not run counts as failed.")
        total.failed += len(total.not_run)
        total.not_run = []
    skipped = f", {len(total.not_run)} skipped" if total.not_run else ""
    print(f"{total.passed} passed, {total.failed} failed{skipped}", flush=True)
    return 1 if total.failed or not total.passed else 0
