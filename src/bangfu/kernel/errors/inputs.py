"""Errors raised when a file or a sheet cannot be taken.

InputError
├── FileMissing            BF101  nothing readable at the path
├── FileEmpty              BF102  no byte, or no cell with text
├── FileTooLarge           BF103  more bytes than one ledger may have
├── FileKindUnknown        BF104  neither a workbook nor a table of text
├── FileEncrypted          BF105  protected by a password
├── FileDamaged            BF106  cut off or not readable
├── FileExpandsTooFar      BF107  a small archive that unpacks to a huge one
├── FileIsWebPage          BF108  a web page or XML table that is only named .xls
├── TextUndecodable        BF109  a text file in no known or in mixed encodings
├── TableTooLarge          BF110  more rows, columns or cells than a sheet may have
├── CellTooLong            BF111  a cell longer than any spreadsheet allows
├── LedgerUnknown          BF112  no sheet is a ledger that the register knows
├── LedgerElsewhere        BF113  a list of another department, imported elsewhere
├── HeaderAmbiguous        BF114  two columns that claim the same field
├── ReaderTooSlow          BF115  a file that cannot be read within the time allowed
├── ListUnlike             BF193  no sheet has the columns of the department's list that was named
└── NumberOnPaper          BF198  a text to be made public that holds a number of a person
"""

from bangfu.kernel.errors.base import BangfuError
from bangfu.kernel.texts import mark


class InputError(BangfuError):
    """Raised when a file or a row cannot be taken."""


class FileMissing(InputError):
    """Raised when nothing readable lies at the path.

    file  the name of the file
    """

    code = "BF101"
    message = mark("There is no readable file %(file)s. Check the name and choose the file again.")


class FileEmpty(InputError):
    """Raised when a file has no byte or no cell with text.

    file  the name of the file
    """

    code = "BF102"
    message = mark("%(file)s is empty. Save the ledger again with its header and rows, then send that file.")


class FileTooLarge(InputError):
    """Raised when a file has more bytes than one ledger may have.

    file, megabytes, limit_megabytes  the file, its size and the limit
    """

    code = "BF103"
    message = mark(
        "%(file)s has %(megabytes)s MB; at most %(limit_megabytes)s MB are read. "
        "Split it by town, or remove pictures, and send the parts."
    )


class FileKindUnknown(InputError):
    """Raised when a file is neither a workbook nor a table of text.

    file, kind  the file and what its first bytes say it is
    """

    code = "BF104"
    message = mark(
        "%(file)s is not a table: its content is %(kind)s. "
        "Open it in WPS or Excel, save it as .xlsx (or CSV) and send that file."
    )


class FileEncrypted(InputError):
    """Raised when a workbook is protected by a password.

    file  the name of the file
    """

    code = "BF105"
    message = mark(
        "%(file)s is protected by a password. Open it, remove the password (File, Protect), save it and send it again."
    )


class FileDamaged(InputError):
    """Raised when a workbook is cut off or cannot be read.

    file, detail  the file and what part of it failed
    """

    code = "BF106"
    message = mark(
        "%(file)s is damaged or cut off (%(detail)s). "
        "Open it in WPS or Excel, save it as a new .xlsx and send that file; "
        "if it does not open, ask for the file again."
    )


class FileExpandsTooFar(InputError):
    """Raised when an archive would unpack to far more than a ledger can hold.

    file, megabytes, limit_megabytes  the file, its unpacked size and the limit
    """

    code = "BF107"
    message = mark(
        "%(file)s unpacks to %(megabytes)s MB; at most %(limit_megabytes)s MB are read. "
        "Copy the ledger's cells into a new workbook and send that file."
    )


class FileIsWebPage(InputError):
    """Raised when a web page or an XML table is named as a workbook.

    file, kind  the file and what it is
    """

    code = "BF108"
    message = mark(
        "%(file)s is %(kind)s, not a workbook, whatever its name says. "
        "Open it in WPS or Excel, choose Save As and the type .xlsx, and send that file."
    )


class TextUndecodable(InputError):
    """Raised when a text file is in no known encoding, or in several.

    file, row  the file and the line of the first byte that cannot be read
    """

    code = "BF109"
    message = mark(
        "%(file)s cannot be read as text at line %(row)s: neither UTF-8, GB18030 nor UTF-16, or a mixture. "
        "Save it in WPS or Excel as .xlsx, or as CSV in UTF-8."
    )


class TableTooLarge(InputError):
    """Raised when a sheet has more rows, columns or cells than are read.

    file, sheet, rows, columns    what it has (0 where it could not be counted)
    limit_rows, limit_columns     what is read
    """

    code = "BF110"
    message = mark(
        "Sheet %(sheet)s of %(file)s is too large: %(rows)s rows and %(columns)s columns "
        "(at most %(limit_rows)s rows and %(limit_columns)s columns are read). "
        "Delete empty rows and columns beyond the ledger, or split it by town, and send it again."
    )


class CellTooLong(InputError):
    """Raised when a cell is longer than any spreadsheet allows; mostly a lost quotation mark.

    file, sheet, row, limit  where, and the limit in characters
    """

    code = "BF111"
    message = mark(
        "A cell in row %(row)s of sheet %(sheet)s in %(file)s has more than %(limit)s characters. "
        "A quotation mark may be missing there. Correct the row and send the file again."
    )


class LedgerUnknown(InputError):
    """Raised when no sheet of a file is a ledger that the register knows.

    file, sheet, nearest       the file, its best sheet and the ledger it resembles
    understood, missing        labels of the columns that were understood, and that are missing
    """

    code = "BF112"
    message = mark(
        "No ledger was recognised in %(file)s. Sheet %(sheet)s is nearest to %(nearest)s: "
        "understood columns: %(understood)s; missing: %(missing)s. "
        "Add the missing columns under these names and send it again."
    )


class LedgerElsewhere(InputError):
    """Raised when a list of another department or an inspection form comes to the ledgers' door.

    file, sheet, title, place  the file, the sheet, what it is, and where it belongs
    """

    code = "BF113"
    message = mark(
        "Sheet %(sheet)s of %(file)s is %(title)s. It is not a ledger of registered households: "
        "it belongs under %(place)s. Nothing was taken from it."
    )


class HeaderAmbiguous(InputError):
    """Raised when two columns claim the same field.

    file, sheet, row                    where the header is
    first, second                       the columns as people name them (A, B, ...)
    first_label, second_label, field    their labels, and the field both claim
    """

    code = "BF114"
    message = mark(
        "In %(file)s, sheet %(sheet)s, header row %(row)s, columns %(first)s (%(first_label)s) and "
        "%(second)s (%(second_label)s) both mean %(field)s. Keep the right one, delete or rename the other, "
        "and send the file again."
    )


class ReaderTooSlow(InputError):
    """Raised when a workbook cannot be read within the time allowed.

    file, seconds  the file and the time allowed
    """

    code = "BF115"
    message = mark(
        "%(file)s could not be read within %(seconds)s seconds. Copy the ledger's cells into a new workbook, "
        "or split it by town, and send it again."
    )


class NothingToImport(InputError):
    """Raised when the given paths hold no file."""

    code = "BF189"
    message = mark("No file was found at %(paths)s. Name a ledger, or a folder with ledgers.")


class TooManyFiles(InputError):
    """Raised when more files are handed in at once than are taken.

    files, limit  how many there are, and how many are taken
    """

    code = "BF190"
    message = mark("%(files)s files were chosen; at most %(limit)s are taken at once. Hand them in in parts.")


class UploadGone(InputError):
    """Raised when files that were handed in are not there any more."""

    code = "BF191"
    message = mark("The files that were handed in are kept for a day and are not there any more. Hand them in again.")


class HeaderIsRow(InputError):
    """Raised when the row chosen as the header holds a person's cells instead of labels.

    row  the row that was chosen
    """

    code = "BF192"
    message = mark("Row %(row)s does not hold labels but a person's cells. Choose the row in which the labels stand.")


class ListUnlike(InputError):
    """Raised when no sheet of a file has the columns of the department's list that was named.

    file, title, wanted  name of the file, the list, and the columns of which some must be there
    """

    code = "BF193"
    message = mark(
        "No sheet of %(file)s is a list of this kind: %(title)s. It needs a column with names or identity numbers "
        "and some of these: %(wanted)s. Name another kind, or correct the header."
    )


class NumberOnPaper(InputError):
    """Raised when a text that shall be made public holds a number of a person; the number is not repeated.

    title  of the paper
    """

    code = "BF198"
    message = mark(
        "“%(title)s” holds what looks like an identity number, bank card or mobile phone, written out or masked. "
        "Take it out; a notice names people without their numbers."
    )
