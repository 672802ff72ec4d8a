"""Loading: all parameter files of a folder into one frozen object, with one hash over their bytes."""

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bangfu.kernel.errors.parameters import KeyUnknown, NameUnknown, ParameterFolderEmpty, ProgrammeUnknown
from bangfu.params.area import read_areas
from bangfu.params.code_list import CodeList, read_code_list
from bangfu.params.criterion import Names
from bangfu.params.deflator import Deflator, read_deflator
from bangfu.params.field import Fields, read_fields
from bangfu.params.indicator import Indicator, read_indicators
from bangfu.params.programme import Programme, read_programme
from bangfu.params.quality_rule import QualityRule, read_quality
from bangfu.params.source import Sources, read_sources
from bangfu.params.yaml_file import Table, parse_file

FOLDERS: Final = ("code_lists", "deflators", "fields", "indicators", "programmes", "quality", "shared")
OWN_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """All laws, lists and rules of a folder, as they were when it was read (参数).

    hash        SHA-256 over every file's path and bytes, in the order of paths
    fields      subject -> name -> Field
    code_lists  name -> CodeList
    programmes  id -> Programme
    quality     rules of data quality
    indicators  catalogue of indicators
    deflators   name -> price index
    """

    hash: str
    fields: Fields
    code_lists: Mapping[str, CodeList]
    programmes: Mapping[str, Programme]
    quality: tuple[QualityRule, ...]
    indicators: tuple[Indicator, ...]
    deflators: Mapping[str, Deflator]

    def programme(self, id_: str) -> Programme:
        """Return a programme; raises ProgrammeUnknown with the ids that exist."""
        if id_ not in self.programmes:
            raise ProgrammeUnknown(name=id_, known=", ".join(sorted(self.programmes)))
        return self.programmes[id_]


def load(root: Path | None = None) -> Parameters:
    """Return all parameters, strictly read.

    root  a folder laid out like the package's own; None reads the package's own, once for the process
    Raises a ParameterFileError that names file and line for anything unknown, missing, doubled or
    of another kind.
    """
    return _own() if root is None else _load(root)


@functools.cache
def _own() -> Parameters:
    return _load(OWN_FOLDER)


def _contents(root: Path) -> dict[str, bytes]:
    paths = sorted((path.relative_to(root).as_posix(), path) for path in root.rglob("*.yaml"))
    if not paths:
        raise ParameterFolderEmpty(folder=str(root))
    return {name: path.read_bytes() for name, path in paths}


def _hash(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _of_folder(contents: Mapping[str, bytes], folder: str) -> dict[str, Table]:
    start = f"{folder}/"
    return {
        name.removeprefix(start).removesuffix(".yaml"): parse_file(content, name)
        for name, content in contents.items()
        if name.startswith(start)
    }


def _load(root: Path) -> Parameters:
    contents = _contents(root)
    _refuse_strangers(contents)
    sources = read_sources(parse_file(contents["sources.yaml"], "sources.yaml")) if "sources.yaml" in contents else {}
    lists = {name: read_code_list(table, name, sources) for name, table in _of_folder(contents, "code_lists").items()}
    fields = read_fields(_of_folder(contents, "fields"), lists)
    names = Names(frozenset(), fields, lists, sources)
    return Parameters(
        hash=_hash(contents),
        fields=fields,
        code_lists=lists,
        programmes=_programmes(contents, names),
        quality=read_quality(_of_folder(contents, "quality"), fields, sources),
        indicators=read_indicators(_of_folder(contents, "indicators"), sources),
        deflators={
            name: read_deflator(table, name, sources) for name, table in _of_folder(contents, "deflators").items()
        },
    )


def _refuse_strangers(contents: Mapping[str, bytes]) -> None:
    known = (*(f"{folder}/" for folder in FOLDERS), "sources.yaml", "areas.yaml")
    for name in contents:
        if not name.startswith(known):
            raise KeyUnknown(file=name, line=1, key=name, known=", ".join(known))


def _programmes(contents: Mapping[str, bytes], names: Names) -> dict[str, Programme]:
    sources: Sources = names.sources
    areas = read_areas(parse_file(contents["areas.yaml"], "areas.yaml"), sources) if "areas.yaml" in contents else {}
    folders: dict[str, list[Table]] = {}
    for name, table in _of_folder(contents, "programmes").items():
        folders.setdefault(name.partition("/")[0], []).append(table)
    shared = _of_folder(contents, "shared")
    programmes = {id_: read_programme(files, shared, id_, names, areas) for id_, files in folders.items()}
    for programme in programmes.values():
        if programme.successor and programme.successor not in programmes:
            spot = folders[programme.id][0].spot
            raise NameUnknown(
                file=spot.file,
                line=spot.line,
                kind="the successor",
                name=programme.successor,
                known=", ".join(sorted(programmes)),
            )
    return programmes
