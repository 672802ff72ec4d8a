"""Errors raised when a law, line or code list is missing or wrong.

ParameterError
├── ParameterNotInForce       BF201  asked before the first day that a law names
│   ├── ParameterClosed       BF202  asked after the day on which the law ended
│   └── ParameterNotPublished BF203  no authority has published a value yet
├── ParameterUnknown          BF204  a parameter, decision or procedure that the programme lacks
├── ProgrammeUnknown          BF205
├── DeflatorGap               BF206  a year without a price index
├── ReformWithoutEffect       BF207  a what-if that alters what nothing uses
├── ValueUnreadable           BF208  a number typed in another unit
├── PairUnreadable            BF209  an alteration without its equals sign
└── ParameterFileError               a file that cannot be taken; names file and line
    ├── ParameterFileUnreadable BF211
    ├── KeyUnknown            BF212
    ├── KeyMissing            BF213
    │   ├── SourceMissing     BF214
    │   └── TranslationMissing BF215
    ├── WrongKind             BF216
    ├── StartDaysUnordered    BF217
    ├── NameTwice             BF218
    ├── NameUnknown           BF219
    ├── TextPlaceUnknown      BF220
    └── ParameterFolderEmpty  BF221
"""

from bangfu.kernel.errors.base import BangfuError
from bangfu.kernel.texts import mark


class ParameterError(BangfuError):
    """Raised when a law, line or code list is missing or wrong."""


class ParameterNotInForce(ParameterError):
    """Raised when a rule asks for a value on a day for which no law gives one."""

    code = "BF201"
    message = mark(
        "%(name)s of %(programme)s has no value on %(day)s. It is defined from %(first)s in %(file)s, "
        "line %(line)s. Add a dated value with its source there, or choose a later day."
    )


class ParameterClosed(ParameterNotInForce):
    """Raised when a rule asks for a value after the day on which its law ended."""

    code = "BF202"
    message = mark(
        "%(name)s of %(programme)s has no value on %(day)s: it ended on %(closed)s (%(file)s, line %(line)s). "
        "For that day use %(successor)s, or add a dated value with its source there."
    )


class ParameterNotPublished(ParameterNotInForce):
    """Raised when a rule asks for a value that no authority has published yet."""

    code = "BF203"
    message = mark(
        "%(name)s of %(programme)s has no value on %(day)s: %(awaits)s "
        "Once it is published, add it with its start day and source in %(file)s, line %(line)s."
    )


class ParameterUnknown(ParameterError):
    """Raised when a programme has no parameter, decision or procedure of that name."""

    code = "BF204"
    message = mark("%(programme)s has no %(kind)s named %(name)s. Use one of: %(known)s.")


class ProgrammeUnknown(ParameterError):
    """Raised when no programme has that id."""

    code = "BF205"
    message = mark("There is no programme %(name)s. Use one of: %(known)s.")


class ReformWithoutEffect(ParameterError):
    """Raised when a what-if alters a parameter that identification does not use."""

    code = "BF207"
    message = mark(
        "Identification under %(programme)s does not use %(name)s, so that altering it changes nothing. "
        "Alter one of: %(known)s."
    )


class ValueUnreadable(ParameterError):
    """Raised when a number typed for a parameter is none of its unit."""

    code = "BF208"
    message = mark(
        "%(value)s is no value for %(name)s. Give a number of %(unit)s with at most %(decimals)s decimals, digits only."
    )


class PairUnreadable(ParameterError):
    """Raised when an alteration is not typed as a name and what it shall be."""

    code = "BF209"
    message = mark("%(text)s is not NAME=VALUE. Write the name, an equals sign and the value, without spaces.")


class DeflatorGap(ParameterError):
    """Raised when a constant-price value shall go to a year that the price index does not reach."""

    code = "BF206"
    message = mark(
        "%(name)s cannot carry a value from prices of %(base)s to prices of %(year)s. "
        "It holds the years %(first)s to %(last)s: add the missing years with their source in %(file)s."
    )


class ParameterFileError(ParameterError):
    """Raised when a parameter file cannot be taken; every sentence names the file and the line."""


class ParameterFileUnreadable(ParameterFileError):
    """Raised when a parameter file is not UTF-8 or not YAML."""

    code = "BF211"
    message = mark("%(file)s, line %(line)s: the file cannot be read as YAML (%(problem)s). Correct this line.")


class KeyUnknown(ParameterFileError):
    """Raised when a mapping holds a key that the loader does not know."""

    code = "BF212"
    message = mark(
        "%(file)s, line %(line)s: the key %(key)s is not known here. "
        "Correct it to one of these, or remove it: %(known)s."
    )


class KeyMissing(ParameterFileError):
    """Raised when a mapping lacks a key that it needs."""

    code = "BF213"
    message = mark("%(file)s, line %(line)s: the key %(key)s is missing. Add it to this entry.")


class SourceMissing(KeyMissing):
    """Raised when a value of law stands without its source."""

    code = "BF214"
    message = mark(
        "%(file)s, line %(line)s: this entry names no source. "
        "Add source: {title, text, mark}, or the name of a source in sources.yaml."
    )


class TranslationMissing(KeyMissing):
    """Raised when a text lacks its Chinese or its English wording."""

    code = "BF215"
    message = mark("%(file)s, line %(line)s: the text has no %(key)s wording. Add %(key)s beside the other language.")


class WrongKind(ParameterFileError):
    """Raised when a value is of another kind than the key asks for."""

    code = "BF216"
    message = mark("%(file)s, line %(line)s: %(key)s is %(found)s. Write %(wanted)s.")


class StartDaysUnordered(ParameterFileError):
    """Raised when start days do not rise, or one stands twice."""

    code = "BF217"
    message = mark(
        "%(file)s, line %(line)s: %(name)s starts on %(day)s, which is not after %(previous)s above it. "
        "Put start days in rising order, each once."
    )


class NameTwice(ParameterFileError):
    """Raised when a key, name, number, label or alias stands twice where it must be the only one."""

    code = "BF218"
    message = mark(
        "%(file)s, line %(line)s: %(kind)s %(name)s already stands in %(other)s. Keep it in one of the two places."
    )


class NameUnknown(ParameterFileError):
    """Raised when a file refers to a name that nothing defines."""

    code = "BF219"
    message = mark(
        "%(file)s, line %(line)s: %(kind)s %(name)s is not defined. Define it first, or use one of: %(known)s."
    )


class TextPlaceUnknown(ParameterFileError):
    """Raised when a text has a place to fill that nobody fills, or a bare percent sign."""

    code = "BF220"
    message = mark(
        "%(file)s, line %(line)s: the text '%(text)s' cannot be filled. "
        "Use only these places, and write %%%% for a percent sign: %(known)s."
    )


class ParameterFolderEmpty(ParameterFileError):
    """Raised when the folder of parameters holds no YAML file."""

    code = "BF221"
    message = mark("%(folder)s holds no parameter file. Name the folder that holds code_lists, fields and programmes.")


class QualityRuleWrong(ParameterError):
    """Raised when a data-quality rule cannot be read: an unknown key, operator, field or label."""

    code = "BF230"
    message = mark(
        "The data-quality rule %(rule)s cannot be read at: %(part)s. "
        "Use the keys, operators, fields and labels that the reference of the condition language lists."
    )
