"""Counts what a written list holds by reading it again: the proof that nothing was lost on the way."""

from pathlib import Path

from python_calamine import CalamineWorkbook


def rows_in_list(path: Path, above: int) -> int:
    """Return the rows of data in all sheets of a list that `workbook.write_list` wrote.

    above  lines over the header of each sheet
    """
    book = CalamineWorkbook.from_path(str(path))
    ends = (book.get_sheet_by_index(number).end for number in range(len(book.sheet_names)))
    return sum(max(end[0] - above, 0) for end in ends if end)
