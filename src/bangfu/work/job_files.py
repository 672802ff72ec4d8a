"""What a job keeps in the home while it runs: its progress, the wish that it stop, and the sign that it lives.

None of it is in the register. On SQLite there is one writer at a time: a job in its one large transaction
would wait for itself if it noted progress through another connection, and a page that asks it to stop would
wait for its end. A file written beside and renamed is whole at any moment and asks nobody.

The sign of life is a lock on a file, which the kernel lets go of with the process that holds it: a worker
that was killed is known at once, and one that is only slow is never taken for dead.
"""

import fcntl
import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from bangfu.kernel.home import Home

KEPT_S: Final = 72 * 3600
"""How long the results of a job can be fetched."""
UPLOAD_KEPT_S: Final = 24 * 3600
"""How long files that were handed in wait, for their columns to be corrected or for a new start."""
_PRIVATE: Final = 0o700


@dataclass(frozen=True, slots=True)
class Note:
    """How far a job has come: so much of so much, and what it is doing (an English message id with its facts)."""

    done: int = 0
    total: int = 0
    message: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobFolder:
    """The folder of one job."""

    path: Path

    @classmethod
    def of(cls, name: str, home: Home) -> "JobFolder":
        """Return the folder of the job; it need not exist yet."""
        return cls(home.jobs / name)

    def prepare(self) -> None:
        """Make the folder, readable by its owner alone."""
        self.path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)

    def write(self, note: Note) -> None:
        """Keep the progress; whoever reads it sees the one before or this one, never half of one."""
        draft = self.path / "progress.draft"
        draft.write_text(json.dumps(asdict(note), ensure_ascii=False), encoding="utf-8")
        draft.replace(self.path / "progress.json")

    def read(self) -> Note:
        """Return the progress noted last."""
        try:
            return Note(**json.loads((self.path / "progress.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Note()

    def ask_to_stop(self) -> None:
        """Leave the wish that the job stop at its next safe point."""
        self.prepare()
        (self.path / "stop").touch()

    @property
    def asked_to_stop(self) -> bool:
        """Tell whether somebody asked the job to stop."""
        return (self.path / "stop").exists()

    def forget_wish(self) -> None:
        """Take the wish back, for a job that starts again."""
        (self.path / "stop").unlink(missing_ok=True)

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the sign of life; gives False when another process holds it."""
        self.prepare()
        with (self.path / "alive").open("w") as sign:
            yield _locked(sign.fileno(), fcntl.LOCK_EX)

    @property
    def alive(self) -> bool:
        """Tell whether a process is doing the job."""
        try:
            with (self.path / "alive").open() as sign:
                return not _locked(sign.fileno(), fcntl.LOCK_SH)
        except FileNotFoundError:
            return False


def _locked(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sweep_home(home: Home) -> None:
    """Remove results and handed-in files that lie longer than they may: names and numbers stand in them."""
    sweep(home.jobs, KEPT_S)
    sweep(home.uploads, UPLOAD_KEPT_S)


def sweep(folder: Path, older_than_s: float) -> None:
    """Remove what was put into the folder longer ago than so many seconds."""
    if not folder.is_dir():
        return
    for one in folder.iterdir():
        try:
            old = time.time() - one.stat().st_mtime > older_than_s
        except FileNotFoundError:
            continue
        if old:
            shutil.rmtree(one, ignore_errors=True)
