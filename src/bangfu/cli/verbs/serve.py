"""`bangfu serve`: the pages and the worker of their jobs, until somebody stops them."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from bangfu.cli.words import phrase
from bangfu.kernel.errors.settings import AddressTaken
from bangfu.kernel.home import Home
from bangfu.kernel.memory import SPARING

PAGES: Final = "bangfu.site.wsgi:application"
_LOOK_S: Final = 0.5
_GRACE_S: Final = 15
_HEARTBEATS: Final = ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []


def run(*, host: str, port: int, workers: int) -> dict[str, Any]:
    """Sweep up, gather the static files, then keep both processes running until one ends or somebody stops us."""
    from django.core.management import call_command

    from bangfu.work.job_files import sweep_home

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise AddressTaken(host=host, port=port) from None
    sweep_home(Home.current())
    call_command("collectstatic", verbosity=0, interactive=False)
    Console().print(
        phrase(
            "网页：http://%(host)s:%(port)s （按 Ctrl+C 停止）",
            "Pages: http://%(host)s:%(port)s (stop with Ctrl+C)",
            host=host,
            port=port,
        ),
        highlight=False,
    )
    return {"ok": _keep_running(web_command(host, port, workers), _worker()), "home": str(Home.current().path)}


def show(result: dict[str, Any], console: Console) -> None:
    """Print that it is over."""
    del result
    console.print(phrase("已停止。", "Stopped."))


def web_command(host: str, port: int, workers: int, application: str = PAGES) -> list[str]:
    """Return the command that serves an application.

    A page is work for one core. Threads of a process wait for each other at it, so a process has two: one
    answers while the other still reads what a slow line sends.
    """
    options = {"bind": f"{host}:{port}", "workers": workers, "threads": 2, "timeout": 120, "graceful-timeout": _GRACE_S}
    flags = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    quiet = ["--config", "python:bangfu.site.server", "--no-control-socket", *_HEARTBEATS]
    return [sys.executable, "-m", "gunicorn", *flags, *quiet, application]


def web_environment() -> dict[str, str]:
    """Return the environment of what serves: many small questions at once, each of them on one core."""
    return {"POLARS_MAX_THREADS": "1", **os.environ}


def _worker() -> list[str]:
    return [sys.executable, "-m", "django", "db_worker", "--interval", "0.5", "--no-startup-delay"]


def _keep_running(web: list[str], worker: list[str]) -> bool:
    """Run both side by side; when one ends or a signal comes, end the other. Tell whether it was asked for."""
    asked = False

    def stop(*_: object) -> None:
        nonlocal asked
        asked = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    running = [
        subprocess.Popen(web, start_new_session=True, env=web_environment()),
        subprocess.Popen(worker, start_new_session=True, env={**os.environ, **SPARING}),
    ]
    while not asked and all(one.poll() is None for one in running):
        time.sleep(_LOOK_S)
    for one in running:
        one.terminate()
    for one in running:
        try:
            one.wait(_GRACE_S + 1)
        except subprocess.TimeoutExpired:
            one.kill()
    return asked
