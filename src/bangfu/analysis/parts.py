"""Areas that do not fit into memory: Parquet by province, judged one part after the other (分省运行)."""

from pathlib import Path

import polars as pl

from bangfu.analysis.frames import Frames


def parts_in(folder: Path) -> list[Frames]:
    """Return the parts of an area that lies as Parquet by province in a folder.

    folder   households/NAME.parquet and persons/NAME.parquet for each part, villages.parquet and
             places.parquet for the whole
    Returns  one part for each file of households, in the order of names; nothing is read yet
    """
    villages, places = (pl.read_parquet(folder / f"{name}.parquet") for name in ("villages", "places"))
    return [
        Frames(pl.scan_parquet(path), pl.scan_parquet(folder / "persons" / path.name), villages, places)
        for path in sorted((folder / "households").glob("*.parquet"))
    ]
