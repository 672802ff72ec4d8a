"""Hand in a list of another department to be compared, as a job."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bangfu.access.acting import ActingPerson
from bangfu.intake.lists import list_forms
from bangfu.intake.uploads import HandedFile, check_files, drop_files, keep_files
from bangfu.kernel.actors import Can, require
from bangfu.kernel.errors.comparisons import ListKindUnknown
from bangfu.kernel.home import Home
from bangfu.work.actions.start_job import start_job
from bangfu.work.models import Job


@dataclass(frozen=True, slots=True)
class ListHanded:
    """What is said about a list when it is handed in; see compare_list.HandedList."""

    kind: str
    on: date | None = None
    office: str = ""
    complete: bool = False
    ids_only: bool = False


def hand_in_list(*, by: ActingPerson, county: int, file: HandedFile | None, told: ListHanded, home: Home) -> Job:
    """Keep a file that came over a page and have it compared with the register of a county (提交比对名单).

    by      needs the right to compare lists in the county
    Raises  NotPermitted, ListKindUnknown, NothingToImport, FileEmpty, FileTooLarge
    """
    require(by, Can.COMPARE, county)
    if told.kind not in list_forms():
        raise ListKindUnknown(kind=told.kind, known=", ".join(list_forms()))
    files = [] if file is None else [file]
    check_files(files)
    upload = keep_files(files, home)
    request: dict[str, Any] = {"upload": upload, "county": county, "kind": told.kind}
    request |= {"complete": told.complete, "ids_only": told.ids_only}
    request |= {"on": told.on.isoformat()} if told.on else {}
    request |= {"office": told.office} if told.office else {}
    try:
        return start_job(by=by, kind="decisions.compare", request=request, subject=f"list {upload}", place=county)
    except BaseException:
        drop_files(upload, home)
        raise
