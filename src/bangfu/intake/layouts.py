"""Which ledger a sheet is (台账识别), told by its columns alone.

Every block of one to three rows among the first rows is tried as the header of every ledger; the ledger
with all its required columns and most of its own marks wins. Sheet names, the order of columns and
the words of the title decide nothing; from title and file name comes only the day.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bangfu.intake.attempts import DEEPEST_HEADER, Attempt, attempts_of, rank
from bangfu.intake.columns import Column
from bangfu.intake.corrections import Correction
from bangfu.intake.headers import forms, stated_money_unit
from bangfu.intake.ledgers import ElsewhereList, ledgers
from bangfu.intake.sheets import Sheet
from bangfu.intake.stated import stated_day
from bangfu.kernel.errors.inputs import HeaderAmbiguous, LedgerElsewhere, LedgerUnknown
from bangfu.kernel.texts import Text
from bangfu.params import Parameters


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is to be read.

    name         roster, exited_roster, monitored, household_form, person_form, village_form, assisted_village
    subject      what a row is about: person, household or village
    header_rows  numbers of the header's rows within the sheet, counted from 0; rows of data follow
    columns      the fields that the sheet carries, each with its columns (several only for flags)
    stated_on    the day from which the sheet's facts hold; None where neither title nor name tells
    ignored      labels of columns that are no field of this ledger
    height       how many of the header's rows hold labels; units and column numbers may follow
    """

    name: str
    subject: str
    title: Text
    header_rows: tuple[int, ...]
    columns: Mapping[str, tuple[Column, ...]]
    stated_on: date | None
    ignored: tuple[str, ...]
    height: int = 1

    @property
    def first_row(self) -> int:
        """Return the number of the first row of data, counted from 0."""
        return self.header_rows[-1] + 1

    def label(self, field: str) -> str:
        """Return the header of a field's column as on the sheet; '' for a field that the sheet lacks."""
        return self.columns[field][0].label if field in self.columns else ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The ledgers of one file, and the sheets that are none.

    ledgers  sheets with their layouts
    skipped  names of sheets that are no ledger, each with the reason
    """

    ledgers: tuple[tuple[Sheet, Layout], ...]
    skipped: tuple[tuple[str, Text], ...]


def recognise(sheet: Sheet, file_name: str, parameters: Parameters, corrections: Sequence[Correction] = ()) -> Layout:
    """Tell which ledger the sheet is and what its columns carry.

    sheet        the sheet as read
    file_name    the name of its file: for messages, and for the day where the title has none
    corrections  what the sender said of columns before, the latest first
    Raises     LedgerElsewhere for a list of another department or an inspection form, LedgerUnknown
               for any other sheet that is no ledger, HeaderAmbiguous for two columns of one field
    """
    attempts = attempts_of(sheet, parameters, corrections)
    best = max((attempt for attempt in attempts if attempt.holds), key=rank, default=None)
    if best is None:
        listed = _elsewhere(sheet)
        if listed:
            raise LedgerElsewhere(file=file_name, sheet=sheet.name, title=listed.title, place=listed.place)
        raise _unknown(sheet, file_name, attempts, parameters)
    return _layout(sheet, file_name, best, parameters)


def recognise_all(
    sheets: Sequence[Sheet], file_name: str, parameters: Parameters, corrections: Sequence[Correction] = ()
) -> Recognised:
    """Tell which sheets of a file are ledgers; a cover page or legend beside them is skipped.

    Raises what `recognise` raises for the first sheet, where no sheet is a ledger; HeaderAmbiguous at once
    """
    found: list[tuple[Sheet, Layout]] = []
    skipped: list[tuple[str, Text]] = []
    refusals: list[LedgerUnknown | LedgerElsewhere] = []
    for sheet in sheets:
        try:
            found.append((sheet, recognise(sheet, file_name, parameters, corrections)))
        except (LedgerUnknown, LedgerElsewhere) as refusal:
            refusals.append(refusal)
            skipped.append((sheet.name, _reason(refusal)))
    if not found:
        raise max(refusals, key=_telling)
    return Recognised(tuple(found), tuple(skipped))


def _telling(refusal: LedgerUnknown | LedgerElsewhere) -> int:
    """Order refusals by how much they tell: a known list first, then the sheet of which most was understood."""
    return sys.maxsize if isinstance(refusal, LedgerElsewhere) else len(str(refusal.facts["understood"]))


def _reason(refusal: LedgerUnknown | LedgerElsewhere) -> Text:
    if isinstance(refusal, LedgerElsewhere):
        text = Text(
            zh="工作表“%(sheet)s”是%(title)s，应在“%(place)s”导入，本次已跳过。",
            en="Sheet %(sheet)s is %(title)s and belongs under %(place)s; it was skipped.",
        )
    else:
        text = Text(zh="工作表“%(sheet)s”不是台账，已跳过。", en="Sheet %(sheet)s is no ledger; it was skipped.")
    said = {
        language: {name: fact.say(language) if isinstance(fact, Text) else fact for name, fact in refusal.facts.items()}
        for language in ("zh", "en")
    }
    return Text(zh=text.zh % said["zh"], en=text.en % said["en"])


def _layout(sheet: Sheet, file_name: str, attempt: Attempt, parameters: Parameters) -> Layout:
    above = [cell for row in sheet.rows(0, attempt.first) for cell in row if cell.strip()]
    header_rows = tuple(range(attempt.first, attempt.first + attempt.height))
    money = stated_money_unit(above)
    columns, ignored = {}, list(attempt.match.ignored)
    for name, claims in attempt.match.columns.items():
        known = parameters.fields.get("household", {}) | parameters.fields["person"] | parameters.fields["village"]
        kept = claims if known[name].type == "flags" else _single(claims, sheet, header_rows[-1] + 1)
        if len(kept) > 1 and known[name].type != "flags":
            raise _ambiguous(sheet, file_name, attempt.first, kept, known[name].title)
        ignored.extend(column.label for column in claims if column not in kept)
        fen = known[name].type == "fen"
        columns[name] = tuple(replace(one, unit=money) if fen and not one.unit else one for one in kept)
    years = [column.year for claims in columns.values() for column in claims if column.year]
    stated = stated_day(above, file_name, sheet.name) or (date(max(years), 1, 1) if years else None)
    return Layout(
        name=attempt.ledger.name,
        subject=attempt.subject,
        title=attempt.ledger.title,
        header_rows=header_rows,
        columns=columns,
        stated_on=stated,
        ignored=tuple(ignored),
        height=attempt.labels,
    )


def _single(claims: Sequence[Column], sheet: Sheet, first_row: int) -> tuple[Column, ...]:
    """Leave of several columns for one field those of the latest year, and those that hold anything."""
    if len(claims) == 1:
        return tuple(claims)
    latest = max((column.year or 0 for column in claims), default=0)
    kept = [column for column in claims if (column.year or 0) == latest]
    filled = [column for column in kept if sheet.columns[column.index].slice(first_row).str.strip_chars().ne("").any()]
    return tuple(filled or kept[:1])


def _ambiguous(sheet: Sheet, file_name: str, first: int, kept: Sequence[Column], field: Text) -> HeaderAmbiguous:
    return HeaderAmbiguous(
        file=file_name, sheet=sheet.name, row=first + 1, field=field,
        first=kept[0].letter, first_label=kept[0].label, second=kept[1].letter, second_label=kept[1].label,
    )  # fmt: skip


def _elsewhere(sheet: Sheet) -> ElsewhereList | None:
    """Return the list of another door that one of the first rows tells, the one with most of its labels."""
    best, most = None, 0
    for row in sheet.rows(0, DEEPEST_HEADER):
        words = {form.word for cell in row if cell.strip() for form in forms(cell)}
        for listed in ledgers().elsewhere:
            hits = len(words & listed.labels)
            if hits >= listed.at_least and hits > most:
                best, most = listed, hits
    return best


def _unknown(sheet: Sheet, file_name: str, attempts: Sequence[Attempt], parameters: Parameters) -> LedgerUnknown:
    nearest = max(attempts, key=lambda one: (len(one.match.columns), -len(one.missing)), default=None)
    if nearest is None:
        return LedgerUnknown(file=file_name, sheet=sheet.name, nearest="-", understood="-", missing="-")
    known = parameters.fields["household"] | parameters.fields["person"] | parameters.fields["village"]
    understood = [claims[0].label for claims in nearest.match.columns.values()]
    missing = ["或".join(known[name].title.zh for name in names) for names in nearest.missing]
    if not missing:
        there = nearest.match.columns.keys()
        wanted = sorted((nearest.ledger.one_of or nearest.ledger.signature) - there)
        missing = ["或".join(known[name].title.zh for name in wanted[:6])]
    return LedgerUnknown(
        file=file_name,
        sheet=sheet.name,
        nearest=nearest.ledger.title,
        understood="、".join(understood),
        missing="、".join(missing),
    )
