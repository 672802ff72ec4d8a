"""The commands of the house: set up what is missing, then run, test, check, measure or look inside.

Needs Python 3.11 with pip and nothing else; `run` starts it. Everything is installed into `.venv` from the
locks in `locks/`, each file with its hash. A stamp in `.venv` tells what stands there, so that a second
start costs nothing. Whatever goes wrong while setting up is said in one sentence.
"""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

from tools import suite

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "stands.json"
LOCKS = ROOT / "locks"
SIZES = ("core", "dev", "spark")  # each lock holds every line of those before it
SYSTEM_PYTHON = getattr(sys, "_base_executable", None) or sys.executable  # the one below an active .venv

ENVIRONMENT = {
    "PYTHONUTF8": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_LINK_MODE": "copy",
    "PATH": f"{VENV / 'bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}",
    "VIRTUAL_ENV": str(VENV),
}


class CannotSetUpError(Exception):
    """Raised when the machine lacks something that setting up needs; the text is the sentence to show."""


def main(words: Sequence[str]) -> int:
    """Do what the command line asks; return the exit status."""
    asked = _parser().parse_args(words)
    os.environ.update(ENVIRONMENT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # our own modules are compiled once too
    try:
        set_up(_lock_for(asked))
    except CannotSetUpError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Run the same command again to go on.", file=sys.stderr)
        return 130
    try:
        return asked.do(asked)
    except KeyboardInterrupt:
        return 130


def _lock_for(asked: argparse.Namespace) -> str:
    if asked.verb in {"start", "demo", "serve", "shell"}:
        return "core"
    return "spark" if getattr(asked, "spark", False) else "dev"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./run",
        description="Without a verb: set up, build the fictional county, run the whole cycle, print the result, "
        "and serve its pages at http://127.0.0.1:8000 until Ctrl+C.",
        epilog="Everything else is `.venv/bin/bangfu --help`.",
    )
    parser.set_defaults(verb="start", do=start)
    verbs = parser.add_subparsers(title="verbs", metavar="")

    def verb(name: str, do, help_text: str) -> argparse.ArgumentParser:  # noqa: ANN001 - a function below
        one = verbs.add_parser(name, help=help_text, description=help_text)
        one.set_defaults(verb=name, do=do)
        return one

    verb("demo", demo, "the same without serving the pages")
    served = verb("serve", serve, "serve the pages of the home that BANGFU_HOME names")
    served.add_argument("options", nargs="*", default=[], help="options of `bangfu serve`, after --")
    tests = verb("test", lambda asked: suite.test(ROOT, asked), "every check and every test, on both databases")
    tests.add_argument("--strict", action="store_true", help="what cannot run here counts as failed")
    tests.add_argument("--coverage", action="store_true", help="count the lines of all tests and hold every floor")
    tests.add_argument("--spark", action="store_true", help="only the tests on Spark, after installing it (450 MB)")
    tests.add_argument("paths", nargs="*", default=[], help="only these test files or folders, and no checks")
    verb("check", lambda _: suite.check(ROOT), "the fast half: style, types, layers, spelling, catalogues")
    bench = verb("bench", measure, "wall time, CPU, peak memory and ratio of every benchmark")
    bench.add_argument("--json", action="store_true", help="print JSON instead of a table")
    bench.add_argument("names", nargs="*", default=[], help="only these benchmarks")
    verb("shell", shell, "a Python prompt with the register's models at hand")
    verb("messages", lambda _: tool("messages"), "gather texts for translation, update and compile the catalogues")
    verb("reference", lambda _: tool("reference"), "write the reference pages from the code and the parameters")
    verb("lock", lambda _: lock(), "resolve pyproject.toml again into locks/, keeping what still fits")
    return parser


# --- setting up -------------------------------------------------------------------------------------------------------


def set_up(wanted: str) -> None:
    """Bring `.venv` to the lock `core`, `dev` or `spark`; what stands already is left alone.

    A machine with a larger lock serves a smaller one too, for it holds every line of it.
    """
    enough = {name: _fingerprint(name) for name in SIZES[SIZES.index(wanted) :]}
    if _stamp() in enough.values() and PYTHON.exists():
        return
    with (LOCKS / "core.txt").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two starts at once set up one after the other
        if _stamp() in enough.values() and PYTHON.exists():
            return
        started = time.monotonic()
        print(f"Setting up .venv ({wanted}) ...", file=sys.stderr, flush=True)
        STAMP.unlink(missing_ok=True)
        _make_venv()
        uv = VENV / "bin" / "uv"
        compiled = ("--compile-bytecode", "--require-hashes")  # a command would otherwise spend seconds on compiling
        _install("uv pip sync", uv, "pip", "sync", "-q", *compiled, LOCKS / f"{wanted}.txt")
        editable = ("--no-deps", "--no-build-isolation", "--offline", "-e", ROOT)
        _install("the project itself", uv, "pip", "install", "-q", *editable)
        STAMP.write_text(json.dumps(enough[wanted]))
        print(f"Set up in {time.monotonic() - started:.0f} s.", file=sys.stderr, flush=True)


def _fingerprint(name: str) -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [
        (LOCKS / f"{name}.txt").read_bytes(),
        (LOCKS / "uv.txt").read_bytes(),
        json.dumps([project["project"], project["build-system"]], sort_keys=True).encode(),
        f"{ROOT} {sys.version_info[:2]}".encode(),
    ]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _stamp() -> str | None:
    with contextlib.suppress(OSError, ValueError):
        return json.loads(STAMP.read_text())
    return None


def _make_venv() -> None:
    version = "{}.{}".format(*sys.version_info)
    config = VENV / "pyvenv.cfg"
    kept = PYTHON.exists() and config.exists() and f"version = {version}." in config.read_text(encoding="utf-8")
    if not kept:
        _install("python3 -m venv", SYSTEM_PYTHON, "-m", "venv", "--clear", "--without-pip", VENV)
    pinned = (LOCKS / "uv.txt").read_text().split()[0].removeprefix("uv==")
    with contextlib.suppress(OSError):
        answer = subprocess.run([VENV / "bin" / "uv", "--version"], capture_output=True, text=True, check=False)
        if answer.stdout.split()[1:2] == [pinned]:
            return
    if subprocess.run([SYSTEM_PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        message = "Setting up needs pip. Install it (on Debian: apt-get install python3-pip) and run again."
        raise CannotSetUpError(message)
    pip = (SYSTEM_PYTHON, "-m", "pip", "-q", "--python", PYTHON, "install", "--require-hashes")
    _install("pip install uv", *pip, "-r", LOCKS / "uv.txt")


def _install(name: str, *command: str | Path) -> None:
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode == 0:
        return
    told = done.stdout.decode(errors="replace").strip()
    unreachable = ("resolve", "connect", "timed out", "unreachable", "No matching distribution", "network")
    reason = (
        "The package index cannot be reached; check the network or the proxy and run again."
        if any(sign in told for sign in unreachable)
        else "Remove .venv and run again; if it stays so, the lines above tell why."
    )
    message = f"{told}\n\nSetting up stopped at: {name}. {reason}"
    raise CannotSetUpError(message)


# --- verbs ------------------------------------------------------------------------------------------------------------


def start(asked: argparse.Namespace) -> int:
    """Build the fictional county, print the result and serve its pages."""
    asked.options = []
    return demo(asked) or serve(asked)


def demo(_: argparse.Namespace) -> int:
    """Build the fictional county, run the whole cycle and print the result."""
    return subprocess.run([VENV / "bin" / "bangfu", "demo"], cwd=ROOT, check=False).returncode


def serve(asked: argparse.Namespace) -> int:
    """Serve the pages and work off their jobs until somebody stops them."""
    return subprocess.run([VENV / "bin" / "bangfu", "serve", *asked.options], cwd=ROOT, check=False).returncode


def measure(asked: argparse.Namespace) -> int:
    """Run the benchmarks and print one table."""
    flags = ["--json"] if asked.json else []
    return subprocess.run([PYTHON, "-m", "benchmarks.all", *flags, *asked.names], cwd=ROOT, check=False).returncode


def shell(_: argparse.Namespace) -> int:
    """Open a Python prompt with Django and the register's models loaded."""
    settings = {"DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "bangfu.site.settings")}
    return subprocess.run([PYTHON, "-m", "django", "shell"], check=False, env={**os.environ, **settings}).returncode


def tool(name: str) -> int:
    """Run another tool of this folder with the project's own Python."""
    return subprocess.run([PYTHON, "-m", f"tools.{name}"], cwd=ROOT, check=False).returncode


def lock() -> int:
    """Write the locks from pyproject.toml; versions that still fit stay, and the locks agree with each other."""
    form = ("--universal", "--generate-hashes", "--no-annotate", "--no-header", "-q")
    extras_of = {
        "dev": ("--extra", "setup", "--extra", "dev"),
        "core": ("--extra", "setup"),
        "spark": ("--extra", "setup", "--extra", "dev", "--extra", "spark"),
    }
    for name, extras in extras_of.items():
        agree = () if name == "dev" else ("-c", "locks/dev.txt")
        command = (VENV / "bin" / "uv", "pip", "compile", *form, *extras, *agree, "pyproject.toml")
        done = subprocess.run([*command, "-o", f"locks/{name}.txt"], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
