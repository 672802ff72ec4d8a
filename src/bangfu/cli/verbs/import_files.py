"""`bangfu import`: stage ledgers, and in a demonstration home approve them at once."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.intake.actions.apply_batch import apply_batch
from bangfu.intake.actions.stage_batch import Staged, stage_batch
from bangfu.intake.returning import returned_folder, write_returned_files
from bangfu.kernel.errors.access import NotYourName
from bangfu.kernel.home import Home
from bangfu.kernel.translation import chosen_language, say

_SHOWN_ERRORS = 20


def run(
    *, paths: list[Path], dry_run: bool, approve_as: str | None, returned: Path | None, name: str | None, progress: bool
) -> dict[str, Any]:
    """Stage the files, write the returned workbooks, and approve when asked for."""
    home = Home.current()
    if approve_as is not None and not home.demo:
        raise NotYourName(login="")
    with ExitStack() as stack:
        on_file = _progress(stack) if progress else lambda _: None
        staged = stage_batch(
            by=person(name), paths=paths, home=home, language=chosen_language(), dry_run=dry_run, on_file=on_file
        )
        result: dict[str, Any] = {
            "batch": staged.batch.pk if staged.batch else None,
            "state": staged.batch.state if staged.batch else None,
            "files": _with_refused_files(staged),
            "returned": [] if dry_run else _written(staged, home, returned),
        }
        result["ok"] = not any(one.error for one in staged.files)
        staged.files.clear()  # the apply needs the memory that the sheets take
        if staged.batch and approve_as is not None:
            result |= apply_batch(by=person(approve_as, "approver"), number=staged.batch.pk, home=home)
    return result


def show(result: dict[str, Any], console: Console) -> None:
    """Print a line a file with its counts, then the first errors, then what to do next."""
    table = Table(box=None)
    for title in (
        phrase("文件", "File"),
        phrase("台账", "Ledger"),
        phrase("行数", "Rows"),
        phrase("接收", "Accepted"),
        phrase("退回", "Rejected"),
        phrase("新增", "Added"),
        phrase("变更", "Changed"),
        phrase("未变", "Unchanged"),
    ):  # fmt: skip  one heading of the table after the other
        table.add_column(title)
    for one in result["files"]:
        counts = (str(one[key]) for key in ("rows", "accepted", "rejected", "added", "changed", "unchanged"))
        table.add_row(one["file"], one["layout"] or "-", *counts)
    console.print(table)
    shown = [(one["file"], error) for one in result["files"] for error in one["errors"] if error["severity"] == "error"]
    for file, error in shown[:_SHOWN_ERRORS]:
        place = phrase("%(sheet)s 第%(row)s行 %(column)s", "%(sheet)s row %(row)s %(column)s", **error)
        console.print(f"{file} {place}: {error['code']} {error['message']}", highlight=False, markup=False)
    if len(shown) > _SHOWN_ERRORS:
        console.print(
            phrase(
                "……另有 %(count)s 条，见退回表",
                "... %(count)s more, see the returned workbooks",
                count=len(shown) - _SHOWN_ERRORS,
            )
        )
    for path in result["returned"]:
        console.print(phrase("退回表：%(path)s", "Returned rows: %(path)s", path=path), highlight=False)
    if result["batch"] is not None and result["state"] == "staged":
        console.print(
            phrase(
                "批次 %(batch)s 待审批。由另一人执行：bangfu approve %(batch)s",
                "Batch %(batch)s waits for approval. Another person runs: bangfu approve %(batch)s",
                batch=result["batch"],
            )
        )


def _progress(stack: ExitStack) -> Callable[[Path], None]:
    bar = stack.enter_context(
        Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True))
    )
    task = bar.add_task("")
    return lambda path: bar.update(task, description=path.name)


def _with_refused_files(staged: Staged) -> list[dict[str, Any]]:
    """Return the report, with the one error of each file that was refused as a whole."""
    for one, file in zip(staged.report, staged.files, strict=True):
        if file.error:
            refusal = {"sheet": "", "row": 0, "column": "", "code": file.error.code, "severity": "error"}
            one["errors"].append({**refusal, "message": say(file.error).removeprefix(f"{file.error.code} ")})
    return staged.report


def _written(staged: Staged, home: Home, folder: Path | None) -> list[str]:
    """Write the returned workbooks; return their paths."""
    batch = staged.batch.pk if staged.batch else None
    return [str(path) for path in write_returned_files(staged, folder or returned_folder(home, batch))]
