"""Write the account of natural change of a place for Excel, and note who took it."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl
from django.db import transaction

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_required
from bangfu.audit.actions import append_event
from bangfu.documents.workbook import ListSheet, write_list
from bangfu.kernel.actors import Can
from bangfu.places.models import Place
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope, chain_of
from bangfu.registry.changes import CAME, WENT, account, account_below, changes_between, named_changes, spans_in
from bangfu.work.actions.start_job import start_job
from bangfu.work.models import Job

TITLE: Final = "自然增减台账"
_COUNTS: Final = {
    "code": "区划代码",
    "name": "区划",
    "start": "期初人口",
    **{f"came_{code}": f"增加：{text.zh}" for code, text in CAME.items()},
    **{f"went_{code}": f"减少：{text.zh}" for code, text in WENT.items()},
    "end": "期末人口",
}
_EVENTS: Final = {"on": "日期", "village_name": "行政村", "household_no": "户编号", "name": "姓名", "what": "增减"}


@dataclass(frozen=True, slots=True)
class Exported:
    """A written account: how many changes it lists, and the digest of the file."""

    changes: int
    sha256: str


@transaction.atomic
def export_changes(*, by: ActingPerson, out: Path, place: int, first: date, last: date) -> Exported:
    """Write how many came and went in a period, and who (自然增减台账), and note in the audit chain who took it.

    out          the workbook to write
    place        number of the place
    first, last  the period, both days included
    Raises       NotPermitted, PlaceUnknown
    """
    found = resolve(scope_required(by, Can.READ_REGISTER), place)
    scope = Scope((found.number,))
    counted = spans_in(scope)
    sums = account_below(account(counted, first, last), found)
    events = named_changes(scope, changes_between(counted, first, last))
    what = [_what(came, went) for came, went in events.select("came", "went").iter_rows()]
    events = events.with_columns(pl.Series("what", what, pl.String), pl.col("on").dt.to_string("%Y-%m-%d"))
    notes = [f"{found.name}，{first.isoformat()}至{last.isoformat()}"]
    write_list(
        out,
        [
            ListSheet(name="合计", title=TITLE, frame=sums, labels=_COUNTS, notes=notes),
            ListSheet(name="明细", title=TITLE, frame=events, labels=_EVENTS, notes=notes),
        ],
    )
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    body = {"changes": events.height, "from": str(first), "to": str(last), "places": [found.number], "sha256": digest}
    append_event(by=by, county=chain_of(found.number), action="register.export", subject="natural changes", body=body)
    return Exported(events.height, digest)


def ask_changes(*, by: ActingPerson, place: str, first: date, last: date) -> Job:
    """Have the account of a place written as a job; raises NotPermitted, PlaceUnknown."""
    found: Place = resolve(scope_required(by, Can.READ_REGISTER), place)
    request = {"place": found.number, "name": found.name, "first": str(first), "last": str(last)}
    subject = f"natural changes {found.number} for person {by.person_id}"
    return start_job(by=by, kind="register.changes", request=request, subject=subject, place=found.number)


def _what(came: int | None, went: int | None) -> str:
    if came is not None:
        return f"增加：{CAME[came].zh}"
    return f"减少：{WENT[went].zh}" if went is not None else ""
