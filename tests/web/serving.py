"""A real server over a copy of the demonstration."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_START_S = 60


@dataclass(frozen=True)
class Served:
    """Where the pages are, and the home that they show."""

    address: str
    home: Path


@contextmanager
def serving(demonstration, folder):
    """Run `bangfu serve` over a copy of the demonstration.

    Runs on SQLite whatever the other tests run on: what the browser sees does not depend on the database.
    """
    assert demonstration.database_url is None, "conftest leaves these tests out"
    path = folder / "home"
    shutil.copytree(demonstration.path, path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**os.environ, "BANGFU_HOME": str(path)}
    command = [sys.executable, "-m", "bangfu.cli.main", "serve", "--port", str(port), "--workers", "1"]
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen(command, env=settings, stdout=log, stderr=log)
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server, Path(log.name))
        try:
            yield Served(address, path)
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(address, server, log):
    until = time.monotonic() + _START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/", timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text()[-2000:])
