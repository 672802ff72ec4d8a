"""The long work of the register: rosters."""

from datetime import date
from typing import Final

from bangfu.kernel.texts import mark
from bangfu.registry.actions import export_changes as changes
from bangfu.registry.actions.export_roster import TITLE, export_roster
from bangfu.work.jobs import Done, Work, job_kind

_STORED: Final = "roster.xlsx"
_CHANGES: Final = "changes.xlsx"


@job_kind("register.roster", mark("Write a roster"))
def write_roster(work: Work) -> Done:
    """Write the roster of a place into the job's folder, with an empty column for new phones."""
    work.progress.step(0, 1, mark("Writing the roster of %(place)s"), place=work.job.request["name"])
    out = work.folder.path / _STORED
    told = export_roster(by=work.by, out=out, place=work.job.request["place"], entry=True)
    out.chmod(0o600)
    work.progress.finish(1)
    return Done(
        mark("%(rows)s persons of %(households)s households written; the count agrees with the register."),
        {"rows": told.rows, "households": told.households},
        {
            "rows": told.rows,
            "households": told.households,
            "sha256": told.sha256,
            "files": [{"stored": _STORED, "name": f"{TITLE}-{work.job.request['name']}.xlsx"}],
        },
    )


@job_kind("register.changes", mark("Write an account of natural change"))
def write_changes(work: Work) -> Done:
    """Write the account of natural change of a place and a period into the job's folder."""
    asked = work.job.request
    work.progress.step(0, 1, mark("Writing the natural change of %(place)s"), place=asked["name"])
    out = work.folder.path / _CHANGES
    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    told = changes.export_changes(by=work.by, out=out, place=asked["place"], first=first, last=last)
    out.chmod(0o600)
    work.progress.finish(1)
    return Done(
        mark("%(changes)s changes written."),
        {"changes": told.changes},
        {
            "changes": told.changes,
            "sha256": told.sha256,
            "files": [{"stored": _CHANGES, "name": f"{changes.TITLE}-{asked['name']}.xlsx"}],
        },
    )
