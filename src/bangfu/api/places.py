"""Places, runs and indicators: figures without a name (classes D0 and D1)."""

from typing import Any

from ninja import Query, Router

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs, signed_in
from bangfu.api.schemas import (
    Indicators,
    IndicatorsWanted,
    Me,
    Number,
    Page,
    Paging,
    Place,
    PlacesWanted,
    Run,
    RunName,
    RunsWanted,
    RunWhole,
    page,
    said,
)
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.params import load
from bangfu.places.listing import listing
from bangfu.places.queries import resolve
from bangfu.snapshots import tables
from bangfu.snapshots.models import Run as MadeRun
from bangfu.snapshots.queries import run_manifest, run_named, runs_listed

router = Router()


@router.get("/me", response=Me, tags=["person"])
@signed_in
def me(request: Request) -> dict[str, Any]:
    """Tell for whom the token speaks, and in which roles."""
    grants = [{"role": grant.role.value, "place": grant.place} for grant in request.actor.grants]
    return {"name": request.actor.name, "grants": grants, "on": today()}


@router.get("/places", response=Page[Place], tags=["places"])
@needs(Can.READ_PLACES)
def places(request: Request, wanted: Query[PlacesWanted]) -> dict[str, Any]:
    """List the places of your area."""
    return page(listing(request.scope, level=wanted.level), wanted)


@router.get("/places/{place}", response=Place, tags=["places"])
@needs(Can.READ_PLACES)
def one_place(request: Request, place: Number) -> dict[str, Any]:
    """Show one place of your area; of a code that ended, the place that took over."""
    found = resolve(request.scope, place)
    names = ("level", "code", "name", "name_en")
    return {"place": found.number, "parent": found.parent_id, **{name: getattr(found, name) for name in names}}


@router.get("/places/{place}/children", response=Page[Place], tags=["places"])
@needs(Can.READ_PLACES)
def children(request: Request, place: Number, wanted: Query[Paging]) -> dict[str, Any]:
    """List the places directly below a place."""
    return page(listing(request.scope, parent=resolve(request.scope, place).number), wanted)


@router.get("/runs", response=Page[Run], tags=["runs"])
@needs(Can.READ_PLACES)
def runs(request: Request, wanted: Query[RunsWanted]) -> dict[str, Any]:
    """List the runs, the latest first."""
    del request
    return page([_run(made) for made in runs_listed(wanted.programme, wanted.on)], wanted)


@router.get("/runs/{run}", response=RunWhole, tags=["runs"])
@needs(Can.READ_PLACES)
def one_run(request: Request, run: RunName) -> dict[str, Any]:
    """Show a run: what it rests on, its criteria, and how many households of your area it decided how."""
    made, home = run_named(run), Home.current()
    manifest = run_manifest(made, home)
    criteria = [{"name": name, "title": one["title"]} for name, one in manifest["findings"]["criteria"].items()]
    return {
        **_run(made),
        "title": manifest["findings"]["title"],
        "code": manifest["code"]["version"],
        "parameters_sha256": manifest["parameters_sha256"],
        "criteria": criteria,
        "households": tables.counts(made, home, request.scope),
    }


@router.get("/indicators", response=Indicators, tags=["indicators"])
@needs(Can.READ_PLACES)
def indicators(request: Request, wanted: Query[IndicatorsWanted]) -> dict[str, Any]:
    """List indicators by place, of a run or of the latest one."""
    if wanted.place is not None:
        resolve(request.scope, wanted.place)
    made = run_named(wanted.run)
    only = {"place": wanted.place, "level": wanted.level, "indicator": wanted.indicator}
    rows = page(tables.indicators(made, Home.current(), request.scope, only), wanted)
    known = {one.name: one for one in load().indicators}
    for row in rows["items"]:
        row.update(title=said(known[row["indicator"]].title), unit=known[row["indicator"]].unit)
    return {**_run(made), **rows}


def _run(made: MadeRun) -> dict[str, Any]:
    return {
        "run": made.name,
        "programme": made.programme,
        "on": made.true_on,
        "snapshot": made.snapshot.name,
        "sha256": made.sha256,
    }
