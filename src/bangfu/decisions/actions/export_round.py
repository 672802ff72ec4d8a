"""Write the list of a round for Excel, and note who took what."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
from django.db import transaction

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_required
from bangfu.audit.actions import append_event
from bangfu.decisions.grounds import because_of
from bangfu.decisions.models import Round, RoundKind
from bangfu.decisions.proposing import CATEGORIES, GONE
from bangfu.decisions.rounds import CATEGORY_NAMES, KIND_NAMES, round_rows, round_seen, tallies
from bangfu.documents.workbook import ListSheet, rows_written, write_list
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.kernel.status import STATUS_NAMES, StatusKind
from bangfu.places.paths import Step, paths_of
from bangfu.registry.listed import briefs_of

TITLE: Final = "前后对照表"
NOTE: Final = "本表为运算建议，须经规定程序决定，不改变任何户的状态。"
_TOWN, _VILLAGE = -2, -1
_FEN: Final = 100
_NAMED: Final = "乡镇", "行政村"
_COLUMNS: Final = ("村民小组", "户编号", "户主", "人数", "原状态", "本轮建议", "依据", "人均收入（元）")


@dataclass(frozen=True, slots=True)
class ExportedRound:
    """A written list: where it lies, its rows, and the digest of the file."""

    path: Path
    rows: int
    sha256: str


@transaction.atomic
def export_round(*, by: ActingPerson, number: int, out: Path, home: Home) -> ExportedRound:
    """Write who enters, leaves and stays in a round, and why (前后对照表导出), without any number of a person.

    by      needs the right to read the register; only households of that area are written
    Raises  NotPermitted, RoundUnknown
    """
    scope = scope_required(by, Can.READ_REGISTER)
    held = round_seen(number, scope)
    rows = round_rows(held, home, scope)
    title = f"{KIND_NAMES[RoundKind(held.kind)].zh}{TITLE}"
    notes = [
        f"依据运算：{held.run.name}；数据时点：{held.run.true_on.isoformat()}；建议须经程序决定，不改变任何户的状态。"
    ]
    sheets = [
        _sheet("前后对照", title, _listed(held, rows, home), notes),
        _sheet("分村汇总", f"{title}（分村汇总）", _summed(held, rows, home), notes),
    ]
    write_list(out, sheets)
    written = rows_written(out, header_rows=2 + len(notes))
    expected = sum(sheet.frame.height for sheet in sheets)
    assert written == expected, "the file holds every row"
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    body = {"rows": rows.height, "sha256": digest, "places": list(scope.roots), "columns": [*_NAMED, *_COLUMNS]}
    append_event(by=by, county=held.county, action="round.export", subject=f"round {held.pk}", body=body)
    return ExportedRound(out, rows.height, digest)


def _sheet(name: str, title: str, frame: pl.DataFrame, notes: list[str]) -> ListSheet:
    return ListSheet(name=name, title=title, frame=frame, labels={one: one for one in frame.columns}, notes=notes)


def _listed(held: Round, rows: pl.DataFrame, home: Home) -> pl.DataFrame:
    briefs = briefs_of([held.county], rows["household"].to_list())
    present = rows.filter(pl.col("category") != GONE)
    told = because_of(held.run, home, dict(present.select("household", "because").iter_rows()))
    paths = paths_of(rows["village"].unique())
    lines = []
    for household, village, status, category in rows.select("household", "village", "status", "category").iter_rows():
        brief, (met, unmet, income) = briefs[household], told.get(household, ((), (), None))
        because = [*(f"{one.zh}：是" for one in met), *(f"{one.zh}：否" for one in unmet)]
        lines.append(
            (
                *_near(paths.get(village, ())),
                brief.group,
                brief.number,
                brief.head,
                brief.members,
                STATUS_NAMES[StatusKind(status)].zh if status is not None else None,
                CATEGORY_NAMES[category].zh,
                "；".join(because),
                None if income is None else income / _FEN,
            )
        )
    schema = dict.fromkeys((*_NAMED, *_COLUMNS), pl.String) | {"人数": pl.Int64, "人均收入（元）": pl.Float64}
    return pl.DataFrame(lines, schema=schema, orient="row")


def _summed(held: Round, rows: pl.DataFrame, home: Home) -> pl.DataFrame:
    paths = paths_of(rows["village"].unique())
    lines = [
        (*_near(paths.get(one.place, ())), one.all, one.before, *(one.by[name] for name in CATEGORIES), one.after)
        for one in tallies(held, rows, home)
    ]
    counts = ("总户数", "调整前在册", *(CATEGORY_NAMES[name].zh for name in CATEGORIES), "按建议调整后在册")
    schema = {**dict.fromkeys(_NAMED, pl.String), **dict.fromkeys(counts, pl.Int64)}
    return pl.DataFrame(lines, schema=schema, orient="row")


def _near(path: tuple[Step, ...]) -> tuple[str, str]:
    names = [step.name.zh for step in path]
    return (names[_TOWN] if len(names) > 1 else "", names[_VILLAGE] if names else "")
