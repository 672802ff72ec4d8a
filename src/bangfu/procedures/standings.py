"""Where cases stand, as columns: what every verb of a case reads first, and what it writes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl
from django.db import connection

from bangfu.audit.actions import Entry, append_events, lock_chain
from bangfu.audit.commitments import Promise, commit_frame, commit_rows
from bangfu.audit.models import Event
from bangfu.audit.row_numbers import next_numbers, table_numbers
from bangfu.kernel.actors import Actor
from bangfu.kernel.bulk import in_list, read_frame, write_rows
from bangfu.kernel.errors.procedures import CaseUnknown, NothingToDo
from bangfu.kernel.home import Home
from bangfu.procedures.course import Version
from bangfu.procedures.models import Act, ActKind, CaseState, Hand, Notice, Standing

STANDING: Final = {
    "standing": pl.Int64,
    "case": pl.Int64,
    "county": pl.Int64,
    "place": pl.Int64,
    "done": pl.Int16,
    "at": pl.Int16,
    "visit": pl.Int64,
    "agreed": pl.Int16,
    "posted_on": pl.Date,
    "moved_on": pl.Date,
    "state": pl.String,
    "programme": pl.String,
    "procedure": pl.String,
    "law_from": pl.Date,
    "subject_kind": pl.String,
    "subject_id": pl.Int64,
    "proposal": pl.String,
    "clue_on": pl.Date,
}
SELECTED: Final = (
    "SELECT s.id, s.case_id, s.county, s.place, s.done, s.at, s.visit, s.agreed, s.posted_on, s.moved_on, s.state, "
    "c.programme, c.procedure, c.law_from, c.subject_kind, c.subject_id, c.proposal, c.clue_on "
    "FROM procedures_standing s JOIN procedures_case c ON c.id = s.case_id WHERE s.live"
)
WRITTEN: Final = (
    "case_id", "act_id", "county", "place", "done", "at", "visit", "agreed", "posted_on", "moved_on", "state",
    "person_id", "hand",
)  # fmt: skip
ACT_COLUMNS: Final = (
    "id", "county", "place", "programme", "procedure", "law_from", "step", "kind", "on", "person_id", "form", "reason",
    "content", "undoes_id",
)  # fmt: skip
EARLIER_HAND: Final = "(s.hand = %s OR (s.hand = %s AND (s.at <> %s OR (s.visit = w.visit AND s.visit <> s.act_id))))"
"""The earlier rows `s` of a case in force as `w` that bar their person from deciding at a step; the trigger's rule too.

Parameters: made, decided, order of the step. A row that began a visit itself sent the case back: it decided nothing in
the visit, so its person decides again when the case comes back.
"""
_NOTICE_COLUMNS: Final = ("id", "county", "place", "act_id", "kind", "posted_on", "until", "head", "rows")


@dataclass(frozen=True, slots=True)
class Paper:
    """A notice that an act hangs: its last day and its lines."""

    kind: str
    until: date
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Deed:
    """One act to be written, with where its cases stand afterwards.

    after   one row a case in the columns of STANDING, as it will be
    at      order of the step
    paper   the notice that it hangs, None where it hangs none
    """

    version: Version
    place: int
    kind: ActKind
    step: str
    on: date
    at: int
    hand: Hand
    after: pl.DataFrame
    content: str
    form: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    undoes: int | None = None
    paper: Paper | None = None


def held(cases: Sequence[int]) -> pl.DataFrame:
    """Return where these cases stand, with the chains of their counties held until the transaction ends.

    Returns  one row a case in the columns of STANDING, sorted by place and case
    Raises   NothingToDo, CaseUnknown
    """
    wanted = sorted(set(cases))
    if not wanted:
        raise NothingToDo
    condition, parameter = in_list(connection, "id", wanted)
    sql = f"SELECT id, county FROM procedures_case WHERE {condition}"
    known = read_frame(connection, sql, [parameter], {"id": pl.Int64, "county": pl.Int64})
    if known.height < len(wanted):
        raise CaseUnknown(case=min(set(wanted) - set(known["id"])))
    for county in sorted(known["county"].unique()):
        lock_chain(county)
    condition, parameter = in_list(connection, "s.case_id", wanted)
    return read_frame(connection, f"{SELECTED} AND {condition}", [parameter], STANDING).sort("place", "case")


def content_of(frame: pl.DataFrame) -> str:
    """Return the digest of some cases and where each stands: what was seen is what is decided."""
    pairs = frame.sort("case").select(pl.format("{} {}", "case", "standing")).to_series()
    return hashlib.sha256("\n".join(pairs).encode()).hexdigest()


def write_deeds(by: Actor, deeds: Sequence[Deed], action: str) -> list[Act]:
    """Write acts and standings of one or several counties, one event a county, inside the caller's transaction."""
    assert connection.in_atomic_block
    numbers = next_numbers(Act, len(deeds))
    acts = [_act(by, deed, number) for deed, number in zip(deeds, numbers, strict=True)]
    frame = pl.concat([_standings(by, deed, number) for deed, number in zip(deeds, numbers, strict=True)])
    frame = frame.with_columns(pl.Series("id", table_numbers(Standing._meta.db_table, frame.height), pl.Int64))
    papers = _papers(deeds, numbers)
    _take_out_of_force(frame["case_id"].to_list())
    for event, county in _events(by, action, acts, frame, papers):
        pinned = pl.lit(event.pk, pl.Int64).alias("event_id")
        mine = frame.filter(pl.col("county") == county)
        Act.objects.bulk_create([act for act in acts if act.county == county and _bind(act, event)])
        live = pl.lit(value=True).alias("live")
        write_rows(connection, Standing._meta.db_table, mine.with_columns(live, pinned))
        Notice.objects.bulk_create([paper for paper in papers if paper.county == county and _bind(paper, event)])
    return acts


def act_rows(acts: Sequence[Act]) -> list[list[object]]:
    """Return what the chain commits to of each act, in the order of ACT_COLUMNS."""
    return [[getattr(act, name) for name in ACT_COLUMNS] for act in acts]


def _bind(row: Act | Notice, event: Event) -> bool:
    row.event = event
    return True


def _act(by: Actor, deed: Deed, number: int) -> Act:
    return Act(
        id=number,
        county=deed.after["county"][0],
        place=deed.place,
        programme=deed.version.programme,
        procedure=deed.version.procedure,
        law_from=deed.version.law_from,
        step=deed.step,
        kind=deed.kind.value,
        on=deed.on,
        person_id=by.person_id,
        form=json.dumps(deed.form, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
        reason=deed.reason,
        content=deed.content,
        undoes_id=deed.undoes,
    )


def _standings(by: Actor, deed: Deed, number: int) -> pl.DataFrame:
    """Return the rows of one act; a visit of a step lasts until the case leaves it otherwise than by deciding."""
    stays = deed.kind in (ActKind.AGREED, ActKind.POSTED) or (deed.kind == ActKind.DONE and deed.hand == Hand.DECIDED)
    return deed.after.with_columns(
        case_id=pl.col("case"),
        act_id=pl.lit(number, pl.Int64),
        at=pl.lit(deed.at, pl.Int16),
        visit=pl.col("visit") if stays else pl.lit(number, pl.Int64),
        person_id=pl.lit(by.person_id, pl.Int64),
        hand=pl.lit(deed.hand.value, pl.Int16),
    ).select(WRITTEN)


def _papers(deeds: Sequence[Deed], numbers: Sequence[int]) -> list[Notice]:
    hung = [(deed, number) for deed, number in zip(deeds, numbers, strict=True) if deed.paper is not None]
    heads = _heads({deed.after["county"][0] for deed, _ in hung})
    ids = next_numbers(Notice, len(hung)) if hung else []
    return [
        Notice(
            id=id_,
            county=deed.after["county"][0],
            place=deed.place,
            act_id=number,
            kind=deed.paper.kind,
            posted_on=deed.on,
            until=deed.paper.until,
            head=heads[deed.after["county"][0]],
            rows=json.dumps(deed.paper.rows, ensure_ascii=False, separators=(",", ":")),
        )
        for id_, (deed, number) in zip(ids, hung, strict=True)
        if deed.paper is not None
    ]


def _heads(counties: set[int]) -> dict[int, str]:
    """Return the fingerprint of each county's chain as it stands."""
    condition, parameter = in_list(connection, "county", sorted(counties))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT county, seq, hash FROM audit_head WHERE {condition}", [parameter])
        return {county: digest[:16] for county, _, digest in cursor.fetchall()}


def _take_out_of_force(cases: list[int]) -> None:
    condition, parameter = in_list(connection, "case_id", cases)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE procedures_standing SET live = %s WHERE live AND {condition}", [False, parameter])


def _events(
    by: Actor, action: str, acts: Sequence[Act], frame: pl.DataFrame, papers: Sequence[Notice]
) -> list[tuple[Event, int]]:
    keys = Home.current().keys
    counties = sorted(frame["county"].unique())
    entries = []
    for county in counties:
        mine = frame.filter(pl.col("county") == county)
        rows = act_rows([act for act in acts if act.county == county])
        hung = [[getattr(one, name) for name in _NOTICE_COLUMNS] for one in papers if one.county == county]
        tables: dict[str, Promise] = {
            Act._meta.db_table: commit_rows(keys, ACT_COLUMNS, rows),
            Standing._meta.db_table: commit_frame(keys, mine.select("id", *WRITTEN)),
        }
        if hung:
            tables[Notice._meta.db_table] = commit_rows(keys, _NOTICE_COLUMNS, hung)
        subject = f"case {mine['case_id'][0]}" if mine.height == 1 else f"cases {mine.height}"
        entries.append(Entry(county, subject, {"tables": tables}))
    return list(zip(append_events(by=by, action=action, entries=entries), counties, strict=True))


def ended(frame: pl.DataFrame) -> pl.Series:
    """Return the cases of a frame that have ended."""
    return frame.filter(pl.col("state") != CaseState.OPEN)["case"]
