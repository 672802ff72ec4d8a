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
from bangfu.intake.actions.approving import note_act, waiting
from bangfu.intake.doubting import doubts_of
from bangfu.intake.gathering import StagedFile, StagedSheet, gather
from bangfu.intake.models import Batch, BatchState
from bangfu.intake.paged import put_pages
from bangfu.intake.plan import Codes, Plan, Statements
from bangfu.intake.planning import plan_batch
from bangfu.intake.preview import preview_file, preview_notes, preview_tables
from bangfu.intake.queries import batch_named, corrections_of
from bangfu.intake.staging import difference_frames, outcomes, report
from bangfu.intake.statements import join_statements
from bangfu.intake.vault import content_digest, packed, put, unpacked
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.inputs import NothingToImport
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.params import Parameters, load
from bangfu.places.queries import common_place, village_names
from bangfu.places.scope import Scope

Preview = tuple[dict[str, bytes], dict[str, Any]]
SAID: Final = "said:"
"""How the names of the frames begin that hold what the files say."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Files handed in on a page.

    upload    where they lie, see uploads
    replaces  the batch of the same files whose columns were corrected meanwhile
    """

    upload: str
    replaces: int | None = None


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
    on_compare: Callable[[], None] = lambda: None,
    handed_in: HandedIn | None = None,
) -> Staged:
    """Read files and keep what they would change as a batch that waits for a second person (暂存).

    Reading and comparing hold no lock of the register; only noting the batch does, for a moment.

    by        needs the right to stage imports somewhere; rows outside that area are refused
    paths     files or folders of files
    dry_run   compare only and keep nothing
    on_file   called before each file, on_compare before all are compared with the register; for progress
    handed_in files that came over a page: their batch is kept whatever is in them
    Raises    NotPermitted, NothingToImport; BatchNotWaiting when the batch to replace was acted upon meanwhile
    """
    scope = scope_required(by, Can.STAGE_IMPORT)
    heads = dict(Head.objects.values_list("county", "hash"))
    parameters = load()
    everywhere = Scope.everywhere()
    files = gather(
        _files(paths),
        parameters,
        village_names(everywhere),
        scope,
        corrections=corrections_of(by.person_id),
        on_file=on_file,
    )  # fmt: skip  what is read, and how
    on_compare()
    sheets = [sheet for staged in files for sheet in staged.sheets]
    said = join_statements(sheets, parameters, scope, home.keys, today=home.today())
    doubts = doubts_of(said, parameters)  # before the plan is there: both at once are the most that is held
    plan = plan_batch(said, everywhere, home.keys, exit_codes(parameters))
    _note(sheets, pl.concat([plan.refused, doubts]))
    del doubts
    lines = outcomes(said, plan)
    told = report(files, lines, language)
    batch, empty = None, plan.is_empty
    if not dry_run and (handed_in or any(one["accepted"] for one in told)):
        preview = _preview(files, (said, plan, lines), told)
        del lines
        packed_up, said = said_frames(said), said.subjects()  # the difference takes the memory of what they say
        batch = _keep(by, home, (said, plan, preview), packed_up, told=told, heads=heads, handed_in=handed_in)
    return Staged(batch=batch, files=files, report=told, empty=empty)


def exit_codes(parameters: Parameters) -> Codes:
    """Return which codes of exit_status mean exited, and which returned to poverty, by their labels."""
    known = parameters.code_lists["exit_status"]
    numbers = {label: known.number(label) for label in ("已脱贫", "历史已脱贫", "新脱贫", "返贫")}
    exited = [number for label, number in numbers.items() if label != "返贫" and number is not None]
    relapsed = [number for label, number in numbers.items() if label == "返贫" and number is not None]
    return Codes(exited=sorted({*exited} - {*relapsed}), relapsed=relapsed)


def _note(sheets: list[StagedSheet], doubted: pl.DataFrame) -> None:
    for sheet in sheets:
        sheet.add(doubted)


def _preview(
    files: list[StagedFile], compared: tuple[Statements, Plan, pl.DataFrame], told: list[dict[str, Any]]
) -> Preview:
    """Return what people will look at, its tables packed: they are written last, when more is held beside them."""
    tables = preview_tables(files, *compared)
    return {name: packed(tables.pop(name)) for name in list(tables)}, preview_notes(files, told)


def said_frames(said: Statements) -> dict[str, bytes]:
    """Return the statements packed, to keep beside the difference, from which it can be computed again."""
    tables = {"households": said.households, "persons": said.persons, "villages": said.villages}
    return {f"{SAID}{name}": packed(frame) for name, frame in tables.items()}


@transaction.atomic
def _keep(
    by: ActingPerson,
    home: Home,
    compared: tuple[Statements, Plan, Preview],
    statements: dict[str, bytes],
    *,
    told: list[dict[str, Any]],
    heads: dict[int, str],
    handed_in: HandedIn | None,
) -> Batch:
    said, plan, preview = compared
    villages = {*said.households["village"], *said.villages["village"]} - {None}
    accepted = sum(one["accepted"] for one in told)
    frames = difference_frames(said, plan)
    counties = sorted({*said.households["county"], *said.persons["county"], *said.villages["county"]})
    batch = Batch.objects.create(
        maker_id=by.person_id,
        content_hash=content_digest(frames),
        state=BatchState.STAGED if accepted else BatchState.REFUSED,
        heads=json.dumps({str(county): heads.get(county) for county in counties}),
        summary=json.dumps(told, ensure_ascii=False),
        counts=_counts(told),
        place=common_place(sorted(villages)) if villages else common_place(_desks(by)),
        upload=handed_in.upload if handed_in else "",
    )
    if handed_in and handed_in.replaces:
        _replace(by, handed_in.replaces)
    tables, notes = preview
    put_pages(preview_file(home, batch.pk), ((name, unpacked(tables[name])) for name in tables), notes, home.keys)
    put(home.batches / f"{batch.pk}.sealed", {**frames, **statements}, home.keys)
    entries = [
        Entry(county, f"batch {batch.pk}", {"content": batch.content_hash, "files": [one["file"] for one in told]})
        for county in counties
    ]
    written = append_events(by=by, action="import.stage", entries=entries)
    batch.heads = json.dumps(_after_staging(counties, heads, written))
    batch.save(update_fields=["heads"])
    return batch


def _counts(told: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the sums over all files, and the names of the files."""
    keys = ("rows", "accepted", "rejected", "added", "changed", "unchanged")
    return {**{key: sum(one[key] for one in told) for key in keys}, "files": [one["file"] for one in told]}


def _desks(by: ActingPerson) -> list[int]:
    """Return the places for which the person imports: a batch of which no row could be placed is seen there."""
    return [root for root in scope_required(by, Can.STAGE_IMPORT).roots if root]


def _replace(by: ActingPerson, number: int) -> None:
    """Put the batch of the same files aside, which was read with other columns."""
    old = batch_named(number, lock=True)
    if old.state != BatchState.REFUSED:
        waiting(old, BatchState.STAGED, Text("更换", "replaced"))
    assert old.maker_id == by.person_id
    note_act(old, BatchState.REPLACED, by)


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
