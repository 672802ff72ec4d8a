"""What the page of a batch shows: how its files were understood, one page of one table, and what may be done."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy

from bangfu.access.acting import ActingPerson
from bangfu.intake.actions.approving import check_approval, check_undoing, counties_named
from bangfu.intake.models import STATE_NAMES, Batch, BatchState
from bangfu.intake.paged import Pages
from bangfu.intake.preview import ADDED, CHANGED, PROBLEMS, UNCHANGED, preview_file
from bangfu.intake.returning import returned_folder
from bangfu.intake.uploads import kept_files
from bangfu.kernel.actors import Can
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.web.cells import change_rows, field_title

_TABLES: Final = {
    PROBLEMS: gettext_lazy("Problems"),
    CHANGED: gettext_lazy("Changed cells"),
    ADDED: gettext_lazy("New rows"),
    UNCHANGED: gettext_lazy("Unchanged rows"),
}
_COLOURS: Final = {
    BatchState.STAGED: "warn",
    BatchState.APPLIED: "good",
    BatchState.RETURNED: "bad",
    BatchState.REFUSED: "bad",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a batch in words, and the colour of its mark."""

    name: Text
    colour: str


def standing(batch: Batch) -> Standing:
    """Return how a batch stands."""
    state = BatchState(batch.state)
    return Standing(STATE_NAMES[state], _COLOURS.get(state, ""))


def returned_workbooks(batch: Batch) -> list[Path]:
    """Return the workbooks with the refused rows."""
    return sorted(returned_folder(Home.current(), batch.pk).glob("*.xlsx"))


def batch_shown(batch: Batch, actor: ActingPerson, table: str, page: int) -> dict[str, Any]:
    """Return all that the page of a batch needs; who reads no register sees the rows of their own batches alone.

    table  which of its tables; problems where there are any, else what changes
    page   counted from 0
    """
    home = Home.current()
    pages = Pages.open(preview_file(home, batch.pk), home.keys)
    mine = batch.maker_id == actor.person_id
    reads = mine or actor.may(Can.READ_REGISTER, batch.place)
    shown: dict[str, Any] = {
        "batch": batch,
        "standing": standing(batch),
        "mine": mine,
        "reads": reads,
        "may_approve": _may(check_approval, actor, batch),
        "may_undo": _may(check_undoing, actor, batch),
        "may_send_back": batch.state == BatchState.STAGED and (mine or _approves(actor, batch)),
        "may_correct": mine and batch.state in {BatchState.STAGED, BatchState.REFUSED},
        "returned": [path.name for path in returned_workbooks(batch)] if mine else [],
    }
    shown["may_correct"] = shown["may_correct"] and bool(kept_files(batch.upload, home))
    return shown | _tables(pages, table, page) if pages and reads else shown | {"files": None}


def _may(check: Any, actor: ActingPerson, batch: Batch) -> bool:
    try:
        check(actor, batch)
    except BangfuError:
        return False
    return True


def _approves(actor: ActingPerson, batch: Batch) -> bool:
    return all(actor.may(Can.APPROVE_IMPORT, county) for county in counties_named(batch))


def _tables(pages: Pages, table: str, page: int) -> dict[str, Any]:
    counts = {name: pages.rows.get(name, 0) for name in _TABLES}
    chosen = table if table in counts else next((name for name in counts if counts[name]), PROBLEMS)
    last = pages.count(chosen)
    page = min(page, last - 1)
    frame = pages.page(chosen, page)
    rows = change_rows(frame) if chosen == CHANGED else frame.to_dicts()
    if chosen == PROBLEMS:
        zh = (get_language() or "").startswith("zh")
        for row in rows:
            row["message"] = row["message_zh" if zh else "message_en"]
    files = pages.note("files")
    for number, file in enumerate(files):
        file["number"] = number
        for sheet in file["sheets"]:
            for column in sheet["columns"]:
                column["title"] = field_title(column["field"])
    return {
        "files": files,
        "tables": [(name, title, counts[name]) for name, title in _TABLES.items()],
        "chosen": chosen,
        "rows": rows,
        "page": page,
        "pages": last,
        "unread": [file for file in files if not file["sheets"]],
    }
