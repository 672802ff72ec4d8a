"""Long work of snapshots and runs."""

from dataclasses import replace
from datetime import date
from typing import Final

from bangfu.access.scope import scope_required
from bangfu.kernel.actors import Can
from bangfu.kernel.texts import mark
from bangfu.registry.actions.export_roster import export_roster
from bangfu.registry.saved_searches import search_named
from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot
from bangfu.snapshots.actions.run_programme import run_programme
from bangfu.snapshots.lists import Asked, selected
from bangfu.snapshots.queries import run_manifest
from bangfu.work.jobs import Done, Work, job_kind

_STORED: Final = "list.xlsx"


@job_kind("analysis.identify", mark("Run a programme"))
def identify(work: Work) -> Done:
    """Freeze the register as it is known now and run a programme on it, as `bangfu identify` does."""
    programme, on = str(work.job.request["programme"]), date.fromisoformat(work.job.request["on"])
    work.progress.step(0, 2, mark("Freezing the register"))
    frozen = freeze_snapshot(by=work.by, on=on, known_on=None, home=work.home)
    work.progress.step(1, 2, mark("Applying the rules"))
    made = run_programme(by=work.by, programme=programme, snapshot=frozen, home=work.home)
    counts = run_manifest(made, work.home)["findings"]["counts"]
    return Done(mark("Done: yes %(yes)s, no %(no)s, to be verified %(unknown)s."), counts, {"run": made.name})


@job_kind("register.list", mark("Write a list of households"))
def write_list(work: Work) -> Done:
    """Write the persons of the households that a list's filters leave as a roster that can be imported again.

    What was searched for stays in the sealed search; the job knows its opaque number alone.
    """
    work.progress.step(0, 2, mark("Selecting the households"))
    kept = search_named(str(work.job.request["search"]), work.by, work.home.keys)
    asked = Asked(**{**work.job.request["asked"], "facts": ()})
    scope = scope_required(work.by, Can.READ_REGISTER)
    chosen = selected(scope, work.home, replace(asked, words=kept.words if kept else ""), every=True)
    work.progress.step(1, 2, mark("Writing the list"))
    out = work.folder.path / _STORED
    told = export_roster(by=work.by, out=out, households=chosen.frame["household"].to_list())
    out.chmod(0o600)
    work.progress.finish(2)
    files = [{"stored": _STORED, "name": "建档立卡名册.xlsx"}]
    return Done(
        mark("%(rows)s persons of %(households)s households written; the count agrees with the register."),
        {"rows": told.rows, "households": told.households},
        {"rows": told.rows, "households": told.households, "sha256": told.sha256, "files": files},
    )
