"""Stage files: read, check, compare with the register; nothing of the register changes."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.db import transaction

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_required
from bangfu.audit.actions import Entry, append_events
from bangfu.audit.models import Head
from bangfu.intake.doubting import doubts_of
from bangfu.intake.gathering import StagedFile, gather
from bangfu.intake.models import Batch
from bangfu.intake.plan import Codes, Plan, Statements, plan_batch
from bangfu.intake.staging import difference_frames, outcomes, report
from bangfu.intake.statements import join_statements
from bangfu.intake.vault import content_digest, packed, put
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.inputs import NothingToImport
from bangfu.kernel.home import Home
from bangfu.params import Parameters, load
from bangfu.places.queries import village_names
from bangfu.places.scope import Scope

SAID: Final = "said:"
"""How the names of the frames begin that hold what the files say."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging leaves.

    batch   the batch that waits for approval; None for a dry run, or when no row was accepted
    files   the files as read, with their refused rows
    report  what people read of each file, see staging.report
    empty   whether the register says all of it already
    """

    batch: Batch | None
    files: list[StagedFile]
    report: list[dict[str, Any]]
    empty: bool


def stage_batch(
    *,
    by: ActingPerson,
    paths: Sequence[Path],
    home: Home,
    language: str = "zh",
    dry_run: bool = False,
    on_file: Callable[[Path], None] = lambda _: None,
) -> Staged:
    """Read files and keep what they would change as a batch that waits for a second person (暂存).

    Reading and comparing hold no lock of the register; only noting the batch does, for a moment.

    by        needs the right to stage imports somewhere; rows outside that area are refused
    paths     files or folders of files
    dry_run   compare only and keep nothing
    on_file   called before each file, for progress
    Raises    NotPermitted, NothingToImport
    """
    scope = scope_required(by, Can.STAGE_IMPORT)
    heads = dict(Head.objects.values_list("county", "hash"))
    parameters = load()
    everywhere = Scope.everywhere()
    files = gather(_files(paths), parameters, village_names(everywhere), scope, on_file)
    sheets = [sheet for staged in files for sheet in staged.sheets]
    said = join_statements(sheets, parameters, everywhere, home.keys)
    doubts = doubts_of(said, parameters)  # before the plan is there: both at once are the most that is held
    plan = plan_batch(said, everywhere, home.keys, exit_codes(parameters))
    doubted = pl.concat([plan.refused, doubts])
    for sheet in sheets:
        sheet.add(doubted)
    told = report(files, outcomes(said, plan), language)
    batch, empty = None, plan.is_empty
    if not dry_run and any(one["accepted"] for one in told):
        statements = said_frames(said)
        said = said.subjects()  # what they say is packed, and the difference takes its memory
        batch = _keep(by, home, (said, plan), statements, told=told, heads=heads)
    return Staged(batch=batch, files=files, report=told, empty=empty)


def exit_codes(parameters: Parameters) -> Codes:
    """Return which codes of exit_status mean exited, and which returned to poverty, by their labels."""
    known = parameters.code_lists["exit_status"]
    numbers = {label: known.number(label) for label in ("已脱贫", "历史已脱贫", "新脱贫", "返贫")}
    exited = [number for label, number in numbers.items() if label != "返贫" and number is not None]
    relapsed = [number for label, number in numbers.items() if label == "返贫" and number is not None]
    return Codes(exited=sorted({*exited} - {*relapsed}), relapsed=relapsed)


def said_frames(said: Statements) -> dict[str, bytes]:
    """Return the statements packed, to keep beside the difference, from which it can be computed again."""
    tables = {"households": said.households, "persons": said.persons, "villages": said.villages}
    return {f"{SAID}{name}": packed(frame) for name, frame in tables.items()}


@transaction.atomic
def _keep(
    by: ActingPerson,
    home: Home,
    compared: tuple[Statements, Plan],
    statements: dict[str, bytes],
    *,
    told: list[dict[str, Any]],
    heads: dict[int, str],
) -> Batch:
    said, plan = compared
    frames = difference_frames(said, plan)
    counties = sorted({*said.households["county"], *said.persons["county"], *said.villages["county"]})
    batch = Batch.objects.create(
        maker_id=by.person_id,
        content_hash=content_digest(frames),
        heads=json.dumps({str(county): heads.get(county) for county in counties}),
        summary=json.dumps(told, ensure_ascii=False),
    )
    put(home.batches / f"{batch.pk}.sealed", {**frames, **statements}, home.keys)
    entries = [
        Entry(county, f"batch {batch.pk}", {"content": batch.content_hash, "files": [one["file"] for one in told]})
        for county in counties
    ]
    written = append_events(by=by, action="import.stage", entries=entries)
    batch.heads = json.dumps(_after_staging(counties, heads, written))
    batch.save(update_fields=["heads"])
    return batch


def _after_staging(counties: Sequence[int], heads: dict[int, str], written: Sequence[Any]) -> dict[str, str | None]:
    """Return each county's head just written, None where another act came between comparing and staging."""
    fresh = {event.county: event for event in written}
    return {
        str(county): fresh[county].hash
        if fresh[county].prev_hash == heads.get(county, fresh[county].prev_hash)
        else None
        for county in counties
    }


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = (
            sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith((".", "~$")))
            if path.is_dir()
            else [path]
        )
        found += inside
    if not found:
        raise NothingToImport(paths=", ".join(path.name for path in paths))
    return found
