"""Staged frames on disk: sealed with the installation's key, and named by the digest of their content."""

import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from bangfu.kernel.secrets import Keys

_AT_ONCE: Final = 50_000  # rows that are text at one time


def content_digest(frames: Mapping[str, pl.DataFrame]) -> str:
    """Return the SHA-256 of frames: of their names, columns, types and values, in the order of the names.

    Empty frames count as absent, so that a topic of which nothing changes need not be there.
    """
    total = hashlib.sha256()
    for name in sorted(frames):
        frame = frames[name]
        if frame.is_empty():
            continue
        total.update(f"{name} {dict(frame.schema)}\n".encode())
        for start in range(0, frame.height, _AT_ONCE):
            part = frame.slice(start, _AT_ONCE)
            text = part.write_csv(include_header=not start, quote_style="necessary")
            total.update(text.encode())
    return total.hexdigest()


def packed(frame: pl.DataFrame) -> bytes:
    """Return a frame as it lies in a sealed file, for `put`: a fraction of what it takes to hold it."""
    plain = io.BytesIO()
    frame.write_ipc(plain, compression="zstd")
    return plain.getvalue()


def unpacked(frame: bytes) -> pl.DataFrame:
    """Return the frame that was packed."""
    return pl.read_ipc(frame)


def put(path: Path, frames: Mapping[str, pl.DataFrame | bytes], keys: Keys) -> None:
    """Seal frames, some of them packed already, into a file that is whole or absent, never half written."""
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        for name, frame in frames.items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(frame if isinstance(frame, bytes) else packed(frame))
    draft = path.with_suffix(".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(keys.encrypt(plain.getbuffer(), f"batch|{path.stem}"))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def get(path: Path, keys: Keys, wanted: Callable[[str], bool] = lambda _: True) -> dict[str, pl.DataFrame]:
    """Open sealed frames; raises SealBroken when the file was altered or belongs to another home.

    wanted  tells by its name whether a frame is asked for
    """
    plain = keys.decrypt(path.read_bytes(), f"batch|{path.stem}")
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        return {name: pl.read_ipc(archive.read(name)) for name in archive.namelist() if wanted(name)}
