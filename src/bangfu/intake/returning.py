"""The rejected rows of whole files, as returned workbooks show them (退回表)."""

from pathlib import Path

from bangfu.documents.returned import ReturnedSheet, write_returned
from bangfu.intake.actions.stage_batch import Staged
from bangfu.intake.gathering import StagedFile
from bangfu.intake.rejected import returned_sheet
from bangfu.kernel.home import Home


def returned_sheets(file: StagedFile) -> list[ReturnedSheet]:
    """Return each sheet of the file that has rejected rows, with its reasons (退回表)."""
    sheets = (returned_sheet(one.sheet.unfolded(), one.layout, one.problems) for one in file.sheets if one.rejected)
    return [sheet for sheet in sheets if sheet is not None]


def returned_folder(home: Home, batch: int | None) -> Path:
    """Return where the returned workbooks of a batch lie."""
    return home.batches / (f"{batch}-returned" if batch else "returned")


def write_returned_files(staged: Staged, folder: Path) -> list[Path]:
    """Write the rejected rows of each file as the same sheet with 错误说明 and red cells; return the workbooks."""
    written: list[Path] = []
    for file in staged.files:
        if any(sheet.rejected for sheet in file.sheets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = _unused(folder / f"退回-{file.path.stem}.xlsx", written)
            write_returned(path, returned_sheets(file))
            path.chmod(0o600)
            written.append(path)
    return written


def _unused(path: Path, written: list[Path]) -> Path:
    """Return the path, numbered where a file of another folder has the same name."""
    stem, number = path.stem, 1
    while path in written:
        number += 1
        path = path.with_name(f"{stem}-{number}{path.suffix}")
    return path
