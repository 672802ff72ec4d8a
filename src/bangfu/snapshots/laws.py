"""The laws that runs used, kept in the home: a run stays computable after the laws of the package changed."""

import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Final

from bangfu.kernel.errors.evidence import EvidenceAltered, EvidenceMissing
from bangfu.kernel.home import Home
from bangfu.params import Parameters, load
from bangfu.params.loading import OWN_FOLDER

_HELD: Final = 8


def kept_parameters(home: Home) -> Parameters:
    """Return the package's parameters, after keeping a copy of their files in the home."""
    parameters = load()
    place = _place(home, parameters.hash)
    if not place.exists():
        place.parent.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".draft-") as parent:
            draft = Path(parent) / "draft"
            for path in sorted(OWN_FOLDER.rglob("*.yaml")):
                copy = draft / path.relative_to(OWN_FOLDER)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
            draft.rename(place)
    return parameters


def parameters_of(home: Home, sha256: str) -> Parameters:
    """Return the kept parameters of this digest; raises EvidenceMissing or EvidenceAltered."""
    if load().hash == sha256:
        return load()
    place = _place(home, sha256)
    if not place.is_dir():
        raise EvidenceMissing(place=f"parameters/{sha256[:12]}")
    return _read(place, sha256)


@lru_cache(maxsize=_HELD)
def _read(place: Path, sha256: str) -> Parameters:
    """Read kept laws once a process: a page of an earlier run asks for them at every click."""
    parameters = load(root=place)
    if parameters.hash != sha256:
        raise EvidenceAltered(file="parameters", place=sha256[:12])
    return parameters


def _place(home: Home, sha256: str) -> Path:
    return home.path / "parameters" / sha256
