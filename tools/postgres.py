"""Start a PostgreSQL cluster of our own for as long as one command or test run lasts.

    python3 -m tools.postgres COMMAND ...     runs COMMAND with BANGFU_DATABASE_URL set

The cluster lives in a temporary folder, listens on a free port of the loopback address and on a socket
beside its files, asks for a password that nobody else knows, and is gone afterwards. Page checksums are on.
fsync is off: the tests kill processes, not the machine.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoPostgresError(Exception):
    """Raised when no cluster can be started here; says why in one sentence."""


def binaries() -> Path | None:
    """Return the folder of the newest installed server's programs, or None where no server is installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name.split(".")[0]))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _owner() -> str | None:
    """Return the account that has to own the cluster: root may not, so the package's own account does."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError as missing:
        message = "root may not run PostgreSQL and the account postgres is missing"
        raise NoPostgresError(message) from missing


def _call(owner: str | None, *command: str | Path, **settings: str) -> None:
    prefix = ["runuser", "-u", owner, "--"] if owner else []
    done = subprocess.run(
        [*prefix, *map(str, command)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={**os.environ, **settings},
    )
    if done.returncode:
        message = f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()}"
        raise NoPostgresError(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster while the block lasts and yield the URL of its empty database `bangfu`."""
    programs = binaries()
    if programs is None:
        message = "no PostgreSQL server is installed (on Debian: apt-get install postgresql)"
        raise NoPostgresError(message)
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="bangfu-postgres-"))
    store, log, word = folder / "store", folder / "log", secrets.token_hex(16)
    try:
        (folder / "word").write_text(word)
        if owner:
            for path in (folder, folder / "word"):
                shutil.chown(path, owner)
        _call(
            owner, programs / "initdb", "-D", store, "-U", "postgres", "--pwfile", folder / "word",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-sync",
        )  # fmt: skip
        port = _free_port()
        settings = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=60"
        _call(owner, programs / "pg_ctl", "-D", store, "-l", log, "-o", settings, "-w", "start")
        try:
            there = ("-h", "127.0.0.1", "-p", str(port), "-U", "postgres")
            _call(None, programs / "createdb", *there, "bangfu", PGPASSWORD=word)
            yield f"postgresql://postgres:{word}@127.0.0.1:{port}/bangfu"
        finally:
            _call(owner, programs / "pg_ctl", "-D", store, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the command line's command beside a cluster; return its exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster goes with us
    try:
        with cluster() as url:
            return subprocess.run(sys.argv[1:], env={**os.environ, "BANGFU_DATABASE_URL": url}, check=False).returncode
    except NoPostgresError as problem:
        print(f"PostgreSQL cannot be started: {problem}.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
