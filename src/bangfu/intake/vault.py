"""Staged frames on disk: sealed with the installation's key, and named by the digest of their content."""

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from bangfu.kernel.secrets import Keys


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
        total.update(frame.write_csv(null_value="\\N", quote_style="necessary").encode())
    return total.hexdigest()


def put(path: Path, frames: Mapping[str, pl.DataFrame], keys: Keys) -> None:
    """Seal frames into a file that is whole or absent, never half written."""
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        for name, frame in frames.items():
            archive.writestr(name, frame.write_ipc(None, compression="zstd").getvalue())
    draft = path.with_suffix(".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(keys.encrypt(plain.getvalue(), f"batch|{path.stem}"))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def get(path: Path, keys: Keys) -> dict[str, pl.DataFrame]:
    """Open sealed frames; raises SealBroken when the file was altered or belongs to another home."""
    plain = keys.decrypt(path.read_bytes(), f"batch|{path.stem}")
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        return {name: pl.read_ipc(io.BytesIO(archive.read(name))) for name in archive.namelist()}
