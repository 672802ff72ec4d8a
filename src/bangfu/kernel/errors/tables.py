"""Errors raised when a table cannot be measured.

TableError (an InputError)
├── ColumnMissing      BF181  a column that the table does not have
├── ColumnTwice        BF182  two columns of the name that was asked for
├── NumberUnreadable   BF183  a cell that is no number
├── WeightNegative     BF184  a weight below zero
├── AnswerNotYesNo     BF185  an indicator that is neither 0 nor 1
├── DesignUnknown      BF186  rows without stratum or cluster
├── NothingToMeasure   BF187  no row, or no weight, that could be measured
└── OptionUnusable     BF188  an option whose value means nothing here
"""

from bangfu.kernel.errors.inputs import InputError
from bangfu.kernel.texts import mark


class TableError(InputError):
    """Raised when a table cannot be measured."""


class ColumnMissing(TableError):
    """Raised when a table has no column of the name that was asked for.

    file, column, columns  the file, the wanted name, and the names that the table has
    """

    code = "BF181"
    message = mark("%(file)s has no column %(column)s. Its columns are: %(columns)s. Name one of them.")


class ColumnTwice(TableError):
    """Raised when two columns of a table bear the name that was asked for.

    file, column  the file and the name
    """

    code = "BF182"
    message = mark("%(file)s has the column %(column)s more than once. Rename or delete all but the right one.")


class NumberUnreadable(TableError):
    """Raised when a cell that should hold a number holds something else; the cell itself is not repeated.

    file, column, row, count  where the first such cell stands, and how many there are
    """

    code = "BF183"
    message = mark(
        "Column %(column)s of %(file)s is not a number in row %(row)s (%(count)s such cells). "
        "Correct them, or leave a cell empty where the value is unknown."
    )


class WeightNegative(TableError):
    """Raised when a weight is below zero.

    file, column, row, count  where the first such weight stands, and how many there are
    """

    code = "BF184"
    message = mark(
        "Column %(column)s of %(file)s has a weight below zero in row %(row)s (%(count)s such rows). "
        "A weight says for how many people a row stands: correct it, or name the right column."
    )


class AnswerNotYesNo(TableError):
    """Raised when an indicator of deprivation is neither 0 nor 1.

    file, column, row, count  where the first such answer stands, and how many there are
    """

    code = "BF185"
    message = mark(
        "Column %(column)s of %(file)s is neither 0 nor 1 in row %(row)s (%(count)s such rows). "
        "Write 1 where the person is deprived, 0 where not, and leave unknown cells empty."
    )


class DesignUnknown(TableError):
    """Raised when rows have no stratum or no cluster, so that no standard error can be told.

    file, column, row, count  where the first such row stands, and how many there are
    """

    code = "BF186"
    message = mark(
        "Column %(column)s of %(file)s is empty in row %(row)s (%(count)s such rows), so the design of the sample "
        "is not known there. Fill it in, or leave the option away."
    )


class NothingToMeasure(TableError):
    """Raised when no row is left to measure.

    file, read, dropped  the file, its rows, and how many of them lack a value; the others have no weight
    """

    code = "BF187"
    message = mark(
        "Nothing can be measured in %(file)s: of %(read)s rows, %(dropped)s lack a value and the others have "
        "no weight. Check that the right columns are named."
    )


class OptionUnusable(TableError):
    """Raised when an option has a value that means nothing.

    option, given, wanted  the option, what it was given, and what it takes
    """

    code = "BF188"
    message = mark("%(option)s cannot be %(given)s. It takes %(wanted)s.")
