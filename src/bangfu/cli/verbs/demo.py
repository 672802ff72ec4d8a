"""`bangfu demo`: the fictional county through the whole cycle."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import polars as pl
from rich.console import Console

from bangfu.cli.verbs import explain, identify, import_files, places_load, places_outline, simulate
from bangfu.cli.words import phrase
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.registry.actions.post_demo_people import post_demo_people
from bangfu.registry.queries import household_numbers
from bangfu.snapshots.queries import run_frames, run_named

PROGRAMME: Final = "cn_2014"
TRUTH_ON: Final = date(2016, 12, 31)
"""The day of which the fictional county knows the truth."""
LIVES_ON: Final = date(2017, 1, 9)
"""The day on which the demonstration begins: the yearly round that follows the truth."""
_APPROVER: Final = "approver"
_SHOWN: Final = 3


def run(*, size: str, seed: int, progress: bool) -> dict[str, Any]:
    """Simulate, load places, import, approve and identify; return the result of each step and its seconds."""
    home = Home.current()
    out = home.path / f"simulated-{size}-{seed}"
    seconds: dict[str, float] = {}
    result: dict[str, Any] = {"home": str(home.path), "out": str(out), "seconds": seconds}

    def step(name: str, work: Callable[[], dict[str, Any]]) -> None:
        begun = time.monotonic()
        result[name] = work()
        seconds[name] = round(time.monotonic() - begun, 2)

    step("simulate", lambda: simulate.run(size=size, seed=seed, out=out, damaged=None))
    step("places", lambda: places_load.run(file=out / "places.csv", name=None))
    step("outlines", lambda: places_outline.run(file=out / "places.geojson", name=None))
    step(
        "import",
        lambda: import_files.run(
            paths=[out / "ledgers"], dry_run=False, approve_as=_APPROVER, returned=None, name=None, progress=progress
        ),
    )
    step("identify", lambda: identify.run(programme=PROGRAMME, on=TRUTH_ON, name=None))
    _post_people(home, result["identify"]["run"])
    home.move_day(LIVES_ON)
    result["examples"] = _examples(home, result["identify"]["run"])
    return result


def show(result: dict[str, Any], console: Console) -> None:
    """Print what was built, what was found, and three households with their reasons."""
    files = result["import"]["files"]
    counts = {key: sum(one[key] for one in files) for key in ("rows", "accepted", "rejected")}
    console.print(
        phrase(
            "虚构县：%(villages)s 个村，%(households)s 户，%(persons)s 人，用时 %(seconds)s 秒",
            "The fictional county: %(villages)s villages, %(households)s households, "
            "%(persons)s persons, in %(seconds)s s",
            **{key: result["simulate"][key] for key in ("villages", "households", "persons")},
            seconds=round(sum(result["seconds"].values()), 1),
        ),
        highlight=False,
    )
    console.print(
        phrase(
            "台账 %(files)s 个，%(rows)s 行 = 接收 %(accepted)s + 退回 %(rejected)s；退回表：%(returned)s 个",
            "%(files)s ledgers, %(rows)s rows = %(accepted)s accepted + %(rejected)s rejected; "
            "returned workbooks: %(returned)s",
            files=len(files),
            returned=len(result["import"]["returned"]),
            **counts,
        ),
        highlight=False,
    )
    identify.show(result["identify"], console)
    for example in result["examples"]:
        console.print()
        explain.show(example, console)
    console.print()
    console.print(
        phrase(
            "数据在 %(home)s；更多命令见 bangfu --help，例如 bangfu explain 户编号",
            "The data is in %(home)s; see bangfu --help for more, such as bangfu explain HOUSEHOLD_NO",
            home=result["home"],
        ),
        highlight=False,
    )


def _post_people(home: Home, run_name: str) -> None:
    """Give the made-up cadres their posts in the village with the most poor households, and one of these a member."""
    rows = run_frames(run_named(run_name), home, Scope.everywhere())["households"]
    poor = rows.filter(pl.col("outcome") == 1)
    village = poor["village"].value_counts(sort=True).sort("count", "village", descending=[True, False])["village"][0]
    post_demo_people(village=village, household=poor.filter(pl.col("village") == village)["household"].sort()[0])


def _examples(home: Home, run_name: str) -> list[dict[str, Any]]:
    """Explain one household of each outcome."""
    rows = run_frames(run_named(run_name), home, Scope.everywhere())["households"]
    some = rows.group_by("outcome", maintain_order=True).agg(pl.col("household").first())
    numbers = household_numbers(some["household"].to_list())["household_no"].sort().to_list()
    return [explain.run(household_no=number, run_name=run_name, name=None) for number in numbers[:_SHOWN]]
