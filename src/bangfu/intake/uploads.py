"""Files that were handed in on a page: where they lie until their batch is decided (上传暂存)."""

import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from bangfu.intake.containers import MEGABYTE
from bangfu.kernel.errors.inputs import FileEmpty, FileTooLarge, NothingToImport, TooManyFiles
from bangfu.kernel.home import Home

MOST_FILES: Final = 40
LARGEST: Final = 64 * MEGABYTE
_LONGEST_NAME: Final = 150
_PRIVATE: Final = 0o700
_NO_NAME: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class HandedFile(Protocol):
    """A file as the web brings it."""

    @property
    def name(self) -> str | None:
        """What the sender calls it."""
        ...

    @property
    def size(self) -> int | None:
        """Its bytes."""
        ...

    def chunks(self) -> Iterable[bytes]:
        """Yield its content."""
        ...


def check_files(files: Sequence[HandedFile]) -> None:
    """Raise NothingToImport, TooManyFiles, FileEmpty or FileTooLarge for files that are not even kept."""
    if not files:
        raise NothingToImport(paths="-")
    if len(files) > MOST_FILES:
        raise TooManyFiles(files=len(files), limit=MOST_FILES)
    for file in files:
        if not file.size:
            raise FileEmpty(file=safe_name(file.name))
        if file.size > LARGEST:
            raise FileTooLarge(
                file=safe_name(file.name), megabytes=-(-file.size // MEGABYTE), limit_megabytes=LARGEST // MEGABYTE
            )


def keep_files(files: Sequence[HandedFile], home: Home) -> str:
    """Write the files where their owner alone may read them; return the opaque name of the place.

    Each lies in a folder of its own, so that two of one name do not meet.
    """
    upload = secrets.token_urlsafe(12)
    for number, file in enumerate(files):
        folder = home.uploads / upload / f"{number:03d}"
        folder.mkdir(mode=_PRIVATE, parents=True)
        descriptor = os.open(folder / safe_name(file.name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
    (home.uploads / upload).chmod(_PRIVATE)
    return upload


def kept_files(upload: str, home: Home) -> list[Path]:
    """Return the files in the order in which they were handed in; none once they were removed."""
    if not upload:
        return []
    return sorted((home.uploads / upload).glob("*/*"))


def drop_files(upload: str, home: Home) -> None:
    """Remove the files of one upload."""
    if upload:
        shutil.rmtree(home.uploads / upload, ignore_errors=True)


def safe_name(name: str | None) -> str:
    """Return a file's own name without its folders, control characters and what file systems refuse, cut to length."""
    last = PurePosixPath(unicodedata.normalize("NFC", name or "").replace("\\", "/")).name
    plain = _NO_NAME.sub("", last).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > len("xlsx") or not stem:
        stem, dot, ending = plain, "", ""
    while len(f"{stem}{dot}{ending}".encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"
