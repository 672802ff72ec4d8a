"""From files to statements: read, recognise, parse and place every sheet, and keep count of every row."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from bangfu.intake.attempts import DEEPEST_HEADER, TALLEST_HEADER
from bangfu.intake.corrections import Correction
from bangfu.intake.layouts import Layout, recognise_all
from bangfu.intake.parsing import parse
from bangfu.intake.placing import VillageFinder
from bangfu.intake.problems import PROBLEMS
from bangfu.intake.reading import read_file
from bangfu.intake.refusals import Refusal, refuse
from bangfu.intake.sheets import FoldedSheet, Sheet
from bangfu.kernel.errors import BangfuError, InputError
from bangfu.kernel.texts import Text
from bangfu.params import Parameters
from bangfu.places.scope import Scope


@dataclass(slots=True)
class StagedSheet:
    """One ledger sheet with its typed rows and all that was found about them.

    number    the sheet's number within the batch
    frame     parsed rows that nothing refused so far: row, the layout's fields, county, village; `row` alone
              once the statements are joined
    problems  see problems.PROBLEMS; `column` is the label on the sheet
    rows      rows of data in the sheet: accepted + rejected
    """

    number: int
    file: Path
    sheet: FoldedSheet
    layout: Layout
    frame: pl.DataFrame
    problems: pl.DataFrame
    rows: int

    def add(self, refused: pl.DataFrame) -> None:
        """Note refusals (see refusals.REFUSED) and take the rows refused with an error out of the frame."""
        mine = refused.filter(pl.col("sheet") == self.number)
        labels = {name: self.layout.label(name) for name in mine["field"].unique().to_list()}
        noted = mine.with_columns(pl.col("field").replace(labels).alias("column")).select(list(PROBLEMS))
        self.problems = pl.concat([self.problems, noted]).unique(maintain_order=True)
        errors = noted.filter(pl.col("severity") == "error").select("row").unique()
        self.frame = self.frame.join(errors, on="row", how="anti", maintain_order="left")

    @property
    def rejected(self) -> int:
        """Return how many rows were refused."""
        return self.rows - self.frame.height


@dataclass(frozen=True, slots=True)
class Top:
    """The first rows of a sheet, among which its header is: enough to try other columns.

    merges  as `Sheet.merges`
    """

    name: str
    rows: list[list[str]]
    merges: list[tuple[int, int, int, int]]

    @classmethod
    def of(cls, sheet: Sheet) -> "Top":
        """Return the top of a sheet."""
        most = DEEPEST_HEADER + TALLEST_HEADER
        return cls(sheet.name, sheet.rows(0, most), [merge for merge in sheet.merges if merge[2] < most])


@dataclass(slots=True)
class StagedFile:
    """One file of a batch: its ledger sheets, or the one error for which it was refused as a whole.

    tops  the first rows of each of its sheets, ledgers or not; none where it could not be read
    """

    path: Path
    sheets: list[StagedSheet] = field(default_factory=list)
    skipped: tuple[tuple[str, Text], ...] = ()
    error: BangfuError | None = None
    tops: list[Top] = field(default_factory=list)


def gather(
    paths: Sequence[Path],
    parameters: Parameters,
    names: pl.DataFrame,
    scope: Scope,
    *,
    corrections: Sequence[Correction],
    on_file: Callable[[Path], None],
) -> list[StagedFile]:
    """Read every file into placed, typed sheets; a file that cannot be read keeps its one error.

    names    village names for placing, see placing.VillageFinder; of the whole register
    scope    the area of the person who imports; rows outside are refused
    corrections  what that person said of columns before, see corrections.Correction
    on_file  called before each file, for progress
    """
    finder = VillageFinder(names)
    files: list[StagedFile] = []
    count = 0
    for path, sheets in _read_ahead(paths):
        on_file(path)
        staged = StagedFile(path)
        files.append(staged)
        try:
            staged.tops = [Top.of(sheet) for sheet in sheets.result()]
            found = recognise_all(sheets.result(), path.name, parameters, corrections)
        except InputError as error:
            staged.error = error
            continue
        staged.skipped = found.skipped
        for sheet, layout in found.ledgers:
            staged.sheets.append(_staged(count, path, sheet, layout, parameters))
            _place(staged.sheets[-1], finder, scope)
            count += 1
    return files


def _read_ahead(paths: Sequence[Path]) -> Iterator[tuple[Path, Future[list[Sheet]]]]:
    """Yield every file with its sheets, and let the reader process read the next one meanwhile."""
    with ThreadPoolExecutor(1) as reader:
        ahead: deque[tuple[Path, Future[list[Sheet]]]] = deque()
        for path in paths:
            ahead.append((path, reader.submit(read_file, path)))
            if len(ahead) > _AHEAD:
                yield ahead.popleft()
        yield from ahead


_AHEAD: Final = 1


def _staged(number: int, path: Path, sheet: Sheet, layout: Layout, parameters: Parameters) -> StagedSheet:
    parsed = parse(sheet, layout, parameters)
    problems = parsed.problems.select(list(PROBLEMS))
    errors = problems.filter(pl.col("severity") == "error").select("row").unique()
    accepted = _with_days(parsed.frame.join(errors, on="row", how="anti", maintain_order="left"))
    return StagedSheet(number, path, FoldedSheet(sheet), layout, accepted, problems, parsed.rows)


def _with_days(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn the days of parsed columns (yyyymmdd) into dates, as the register keeps them."""
    days = [name for name, kind in frame.schema.items() if name.endswith("_on") and kind.is_integer()]
    return frame.with_columns(
        pl.date(pl.col(name) // 10_000, pl.col(name) // 100 % 100, pl.col(name) % 100).alias(name) for name in days
    )


def _place(staged: StagedSheet, finder: VillageFinder, scope: Scope) -> None:
    staged.frame = finder.place(staged.frame)
    numbered = staged.frame.with_columns(sheet=pl.lit(staged.number, pl.Int32))
    staged.add(refuse(numbered.filter(pl.col("village").is_null()), Refusal.PLACE_UNKNOWN, "village_name"))
    if not scope.whole:
        villages = staged.frame["village"].drop_nulls().unique()
        outside = villages.filter([not scope.contains(number) for number in villages.to_list()])
        beyond = numbered.join(outside.to_frame(), on="village", how="semi")
        staged.add(refuse(beyond, Refusal.PLACE_OUTSIDE, "village_name"))
