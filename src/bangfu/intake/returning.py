"""The rejected rows of a whole file, as the returned workbook shows them."""

from bangfu.documents.returned import ReturnedSheet
from bangfu.intake.gathering import StagedFile
from bangfu.intake.rejected import returned_sheet


def returned_sheets(file: StagedFile) -> list[ReturnedSheet]:
    """Return each sheet of the file that has rejected rows, with its reasons (退回表)."""
    sheets = (returned_sheet(one.sheet.unfolded(), one.layout, one.problems) for one in file.sheets if one.rejected)
    return [sheet for sheet in sheets if sheet is not None]
