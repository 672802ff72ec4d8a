"""The home (数据目录): the one directory in which an installation keeps all that is its own.

    BANGFU_HOME            the directory; `.bangfu` under the current one when unset
    BANGFU_DATABASE_URL    postgresql://...; a SQLite file in the home when unset

    home.json              what kind of home this is
    key                    the root key, 64 hexadecimal digits
    register.sqlite3       the register, unless it is on PostgreSQL
    snapshots/ runs/ rounds/ batches/
    jobs/ uploads/         progress and results of jobs, files on their way in; both emptied after some days
    day                    the day on which a demonstration lives; an office home has none and lives today

A demonstration home carries people who may do everything in a fictional place. An office home never
becomes one, nor the other way round: the kind is written once.
"""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from bangfu.kernel.days import SHANGHAI
from bangfu.kernel.errors.settings import DatabaseUrlUnusable, HomeMissing, HomeUnusable
from bangfu.kernel.secrets import Keys

HOME_VARIABLE: Final = "BANGFU_HOME"
DATABASE_VARIABLE: Final = "BANGFU_DATABASE_URL"
DEFAULT_HOME: Final = ".bangfu"

_FORMAT: Final = 1
_PRIVATE: Final = 0o700
_DIRECTORIES: Final = ("snapshots", "runs", "rounds", "batches", "jobs", "uploads")
_POSTGRESQL: Final = ("postgresql://", "postgres://")


@dataclass(frozen=True)
class Home:
    """One installation's directory and database (数据目录).

    path          the directory, absolute
    database_url  a postgresql:// address, or None for the SQLite file in the home
    """

    path: Path
    database_url: str | None = None

    @classmethod
    def current(cls) -> "Home":
        """Return the home that the environment names; nothing is read or created.

        Raises DatabaseUrlUnusable when the database address is not one of PostgreSQL.
        """
        url = os.environ.get(DATABASE_VARIABLE) or None
        if url is not None and not url.startswith(_POSTGRESQL):
            raise DatabaseUrlUnusable(variable=DATABASE_VARIABLE)
        return cls(path=Path(os.environ.get(HOME_VARIABLE) or DEFAULT_HOME).absolute(), database_url=url)

    @property
    def database_file(self) -> Path:
        """The SQLite file of the register; unused when `database_url` is set."""
        return self.path / "register.sqlite3"

    @property
    def key_file(self) -> Path:
        """The file with the root key."""
        return self.path / "key"

    @property
    def snapshots(self) -> Path:
        """The directory of frozen frames."""
        return self.path / "snapshots"

    @property
    def runs(self) -> Path:
        """The directory of runs."""
        return self.path / "runs"

    @property
    def rounds(self) -> Path:
        """The directory of the lists of rounds."""
        return self.path / "rounds"

    @property
    def batches(self) -> Path:
        """The directory of staged imports."""
        return self.path / "batches"

    @property
    def jobs(self) -> Path:
        """The directory of the progress and the results of jobs."""
        return self.path / "jobs"

    @property
    def uploads(self) -> Path:
        """The directory of files that were handed in and wait to be staged."""
        return self.path / "uploads"

    def today(self) -> date:
        """Return the day on which this home lives: today in Beijing time.

        A demonstration may live on another, which its file `day` names: a notice of a week cannot be watched otherwise.
        """
        if self.demo:
            try:
                return date.fromisoformat(self._day.read_text(encoding="ascii").strip())
            except (OSError, ValueError):
                pass  # a demonstration lives today until somebody moves its day
        return datetime.now(SHANGHAI).date()

    def move_day(self, on: date) -> None:
        """Let a demonstration live on another day."""
        assert self.demo, "only a demonstration has a day of its own"
        draft = self.path / "day.draft"
        draft.write_text(on.isoformat(), encoding="ascii")
        draft.rename(self._day)

    @property
    def exists(self) -> bool:
        """Tell whether the home was prepared."""
        return self._card.is_file()

    @cached_property
    def demo(self) -> bool:
        """Tell whether this is a demonstration home; raises HomeMissing or HomeUnusable."""
        try:
            card = json.loads(self._card.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise HomeMissing(path=self.path, variable=HOME_VARIABLE) from None
        except (OSError, ValueError):
            raise HomeUnusable(path=self._card) from None
        if not isinstance(card, dict) or card.get("format") != _FORMAT:
            raise HomeUnusable(path=self._card)
        return card.get("demo") is True

    @cached_property
    def keys(self) -> Keys:
        """The keys of this installation; raises KeyFileMissing."""
        return Keys.read(self.key_file)

    def prepare(self, *, demo: bool = True) -> "Home":
        """Create what is missing of the home and return it; what exists is left as it is.

        Two processes may prepare the same home at once: the second waits, then finds all done.

        demo    the kind of a home that does not exist yet
        Raises  HomeUnusable when the directory cannot be written
        """
        try:
            self.path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            with self._alone():
                for name in _DIRECTORIES:
                    (self.path / name).mkdir(mode=_PRIVATE, exist_ok=True)
                self._create_key()
                self._create_database()
                self._create_card(demo=demo)
        except OSError:
            raise HomeUnusable(path=self.path) from None
        return Home(path=self.path, database_url=self.database_url)

    @property
    def _day(self) -> Path:
        return self.path / "day"

    @property
    def _card(self) -> Path:
        return self.path / "home.json"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.path / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create_key(self) -> None:
        if self.key_file.exists():
            return
        draft = self.path / "key.draft"
        draft.unlink(missing_ok=True)
        Keys.create(draft)
        self._publish(draft, self.key_file)

    def _create_database(self) -> None:
        if self.database_url is not None or self.database_file.exists():
            return
        draft = self.path / "register.draft"
        draft.unlink(missing_ok=True)
        connection = sqlite3.connect(draft)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
        draft.chmod(0o600)
        self._publish(draft, self.database_file)

    def _create_card(self, *, demo: bool) -> None:
        if self.exists:
            return
        draft = self.path / "home.draft"
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"format": _FORMAT, "demo": demo}, file)
            file.flush()
            os.fsync(file.fileno())
        self._publish(draft, self._card)

    def _publish(self, draft: Path, place: Path) -> None:
        draft.rename(place)
        directory = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
