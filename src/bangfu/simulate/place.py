"""Writes a whole fictional place: one county, or a city county by county."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Final

from bangfu.simulate.county import FOLDERS, Counted, Progress, Streams, write_county
from bangfu.simulate.ledgers.books import Office
from bangfu.simulate.outlines import FILE as OUTLINES
from bangfu.simulate.outlines import write_outlines
from bangfu.simulate.places import Tree, build_places, write_places
from bangfu.simulate.sizes import SIZES, Share, Size
from bangfu.simulate.truth import FOLDER, join_truth

ABOUT: Final = """# 虚构的县 · A fictional county

这里的地名、人名、证件号码和电话都是生成的，与真实的地方和人无关。
证件号码的前两位 99 不对应任何省份。
Every place, person, number and phone in this folder is made up; no province has the region 99 of the numbers.

- places.csv: 区划 the tree of divisions, with a merged village and an alias
- places.geojson: 区划轮廓 outlines of the standing places, somewhere near zero degrees
- ledgers/: 台账 the ledgers of towns and county, with planted problems
- departments/: 部门名单 lists of other departments
- truth/households.csv: 各户真实与预期结果 true outcomes, and what the ledgers allow to say
- truth/planted.csv: 埋设的问题 every planted problem by file, sheet, row and column
- truth/counts.csv: 行数 data rows of each ledger, and rows that cannot be taken
- truth/villages.csv: 各村人口 population of each village
- truth/hits.csv: 比对命中 departments' rows on registered persons, and whether the doubt holds up
"""
_ABOUT_CITY: Final = ABOUT.replace("虚构的县 · A fictional county", "虚构的市 · A fictional city").replace(
    "the ledgers of towns and county", "the ledgers of towns and counties, a folder for each county"
)
_AT_ONCE: Final = 2  # counties written at once; each takes up to half a gigabyte


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written.

    out       the folder
    outcomes  households by expected outcome of cn_2014 on 2016-12-31: yes, no, unknown
    planted   planted problems and true hardships by kind
    files     the ledgers, relative to `out`
    """

    size: str
    seed: int
    out: Path
    villages: int
    households: int
    persons: int
    outcomes: dict[str, int]
    planted: dict[str, int]
    files: tuple[str, ...]


def simulate(
    size: str, seed: int, out: Path, on_progress: Progress | None = None, *, damaged: int | None = None
) -> Summary:
    """Write a fictional place whose truth is known: places.csv, places.geojson, ledgers/, departments/ and truth/.

    size         a key of SIZES
    seed         the same seed gives the same bytes, another seed another place
    out          folder to write to; made when missing, files of the same name are replaced
    on_progress  told step, done and total: after each office of a county, after each county of a city
    damaged      of a single county: also write comparison/, lists that name registered persons in the proportions of
                 Mashan, so many of a hundred rows with a damaged name or number; None: do not
    Raises       KeyError for a size that does not exist
    """
    wanted = SIZES[size]
    assert damaged is None or wanted.counties == 1
    for folder in FOLDERS:
        (out / folder).mkdir(parents=True, exist_ok=True)
    trees = write_places_of(wanted, seed, out)
    if wanted.counties == 1:
        office = Office(out, trees[0].county.name)
        streams, share = _streams(wanted, seed), wanted.share(0)
        counties = [write_county(share, trees[0], office, streams, on_progress or _silent, damaged=damaged)]
    else:
        counties = _write_city(wanted, seed, out, trees, on_progress or _silent)
        join_truth(out / FOLDER, [_folder(share, tree) for share, tree in zip(wanted.shares(), trees, strict=True)])
    (out / "README.md").write_text(_ABOUT_CITY if wanted.counties > 1 else ABOUT, encoding="utf-8")
    return Summary(
        size=size,
        seed=seed,
        out=out,
        villages=sum(one.villages for one in counties),
        households=sum(one.households for one in counties),
        persons=sum(one.persons for one in counties),
        outcomes=_summed(one.outcomes for one in counties),
        planted=_summed(one.planted for one in counties),
        files=tuple(file for one in counties for file in one.files),
    )


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    whole: Counter[str] = Counter()
    for one in counts:
        whole.update(one)
    return dict(whole)


def write_places_of(size: Size, seed: int, out: Path) -> list[Tree]:
    """Write places.csv and places.geojson of a place and return the trees of its counties."""
    trees = build_places(size, _streams(size, seed)("places"))
    write_places(trees, out / "places.csv")
    write_outlines(trees, _streams(size, seed)("outlines"), out / OUTLINES)
    return trees


def write_county_of_city(share: Share, seed: int, out: Path) -> Counted:
    """Write one county of a city, the same files whichever other counties are written.

    share  the county
    out    folder of the whole city
    """
    tree = build_places(share.size, _streams(share.size, seed)("places"))[share.number]
    office = Office(out, tree.county.name, _folder(share, tree))
    return write_county(share, tree, office, _streams(share.size, seed, share.number), _silent)


def _write_city(size: Size, seed: int, out: Path, trees: Sequence[Tree], on_progress: Progress) -> list[Counted]:
    """Write every county in a process of its own, the largest ones first, two at a time."""
    for share, tree in zip(size.shares(), trees, strict=True):
        for folder in FOLDERS:
            shutil.rmtree(out / folder / _folder(share, tree), ignore_errors=True)
    written: dict[int, Counted] = {}
    at_once = min(_AT_ONCE, os.cpu_count() or 1)
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        waiting = {pool.submit(write_county_of_city, share, seed, out): share.number for share in size.shares()}
        for one in as_completed(waiting):
            written[waiting[one]] = one.result()
            on_progress("counties", len(written), size.counties)
    return [written[number] for number in sorted(written)]


def _folder(share: Share, tree: Tree) -> str:
    return f"{share.number + 1:02d}_{tree.county.name}"


def _streams(size: Size, seed: int, *number: int) -> Streams:
    """Return the source of random numbers of a place, or of one county of a city."""
    start = "/".join(["bangfu", size.name, str(seed), *(f"{county + 1:02d}" for county in number)])
    return lambda purpose: Random(f"{start}/{purpose}")


def _silent(step: str, done: int, total: int) -> None:
    del step, done, total
