"""Folders of evidence: Parquet files and a manifest with their digests, whole or absent."""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from bangfu.kernel.errors.evidence import EvidenceAltered, EvidenceMissing

MANIFEST: Final = "manifest.json"
_ROWS_PER_GROUP: Final = 16_384


def canonical(manifest: Mapping[str, Any]) -> bytes:
    """Return the manifest's one and only spelling: sorted keys, no spaces, UTF-8."""
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def describe(frames: Mapping[str, pl.DataFrame], folder: Path) -> dict[str, dict[str, Any]]:
    """Write each frame as NAME.parquet and return its rows, SHA-256 and schema by name."""
    found = {}
    for name, frame in sorted(frames.items()):
        path = folder / f"{name}.parquet"
        frame.write_parquet(path, compression="zstd", statistics=True, row_group_size=_ROWS_PER_GROUP)
        schema = {column: str(kind) for column, kind in frame.schema.items()}
        found[name] = {"rows": frame.height, "sha256": file_digest(path), "schema": schema}
    return found


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def publish(draft: Path, manifest: Mapping[str, Any], place: Path) -> str:
    """Seal a draft folder with its manifest, move it to its place, and return the manifest's SHA-256.

    The same evidence may be in place already; then the draft is dropped.
    """
    text = canonical(manifest)
    (draft / MANIFEST).write_bytes(text)
    for path in (*draft.iterdir(), draft):
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    if place.exists():
        shutil.rmtree(draft)
    else:
        draft.rename(place)
    return hashlib.sha256(text).hexdigest()


def read_manifest(place: Path, sha256: str) -> dict[str, Any]:
    """Return a folder's manifest; raises EvidenceMissing, or EvidenceAltered when its digest is not `sha256`."""
    try:
        text = (place / MANIFEST).read_bytes()
    except OSError:
        raise EvidenceMissing(place=place.name) from None
    if hashlib.sha256(text).hexdigest() != sha256:
        raise EvidenceAltered(place=place.name, file=MANIFEST)
    manifest: dict[str, Any] = json.loads(text)
    return manifest


def check_files(place: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise EvidenceAltered or EvidenceMissing unless every file has the digest of the manifest."""
    for name, described in files.items():
        path = place / f"{name}.parquet"
        if not path.is_file():
            raise EvidenceMissing(place=f"{place.name}/{path.name}")
        if file_digest(path) != described["sha256"]:
            raise EvidenceAltered(place=place.name, file=path.name)


def read_frames(place: Path, files: Mapping[str, Mapping[str, Any]]) -> dict[str, pl.DataFrame]:
    """Return the checked frames of a folder by name."""
    check_files(place, files)
    return {name: pl.read_parquet(place / f"{name}.parquet") for name in files}
