"""`bangfu verify`: prove that everything that is recorded holds."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from bangfu.audit import verifier
from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.kernel.actors import Can, require
from bangfu.kernel.errors import EvidenceError
from bangfu.kernel.home import Home
from bangfu.kernel.translation import say
from bangfu.places.scope import COUNTRY
from bangfu.snapshots.evidence import check_files, read_manifest
from bangfu.snapshots.models import Run, Snapshot


def run(*, name: str | None) -> dict[str, Any]:
    """Run the stand-alone verifier on the register, then check every file of evidence against its digest."""
    require(person(name), Can.VERIFY, COUNTRY)
    home = Home.current()
    chain = _chain(home)
    evidence = _evidence(home)
    return {"ok": chain["ok"] and not evidence["faults"], "chain": chain, "evidence": evidence}


def show(result: dict[str, Any], console: Console) -> None:
    """Print whether all holds, else each fault."""
    faults = [*result["chain"]["faults"], *result["evidence"]["faults"]]
    if result["ok"]:
        console.print(
            phrase(
                "核验通过：审计链、登记数据、%(folders)s 个快照和运算均与记录一致",
                "All holds: the chain, the register's rows, and %(folders)s snapshots and runs are as recorded",
                folders=result["evidence"]["checked"],
            )
        )
    for fault in faults:
        console.print(f"  {fault}", highlight=False, markup=False)


def _chain(home: Home) -> dict[str, Any]:
    """Call the verifier as an auditor would, in a process of its own; its lines are its findings."""
    register = home.database_url or str(home.database_file)
    command = [sys.executable, str(Path(verifier.__file__)), register, "--key", str(home.key_file)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own file
    *faults, summary = (finished.stdout or finished.stderr).splitlines() or [""]
    return {"ok": finished.returncode == 0, "summary": summary, "faults": faults}


def _evidence(home: Home) -> dict[str, Any]:
    faults = []
    places = [(home.snapshots / one.name, one.sha256) for one in Snapshot.objects.order_by("id")]
    places += [(home.runs / one.name, one.sha256) for one in Run.objects.order_by("id")]
    for place, sha256 in places:
        try:
            check_files(place, read_manifest(place, sha256)["files"])
        except EvidenceError as error:
            faults.append(say(error))
    return {"checked": len(places), "faults": faults}
