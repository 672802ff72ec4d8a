"""Errors raised when a home, key or database is not usable."""

from bangfu.kernel.errors.base import BangfuError
from bangfu.kernel.texts import mark


class SettingError(BangfuError):
    """Raised when a home, key or database is not usable."""


class KeyFileMissing(SettingError):
    """Raised when the root key cannot be read."""

    code = "BF601"
    message = mark(
        "The key file %(path)s is missing or not 64 hexadecimal digits. "
        "Put the key that belongs to this home there; without it, sealed fields stay closed."
    )


class HomeMissing(SettingError):
    """Raised when the home was never prepared."""

    code = "BF602"
    message = mark(
        "There is no home in %(path)s. Start with ./run, which prepares one, or name an existing one in %(variable)s."
    )


class HomeUnusable(SettingError):
    """Raised when the home cannot be read or written, or belongs to another version."""

    code = "BF603"
    message = mark(
        "%(path)s cannot be used as a home: it is not readable and writable by this account, "
        "or was written by another version. Check its owner and rights, or choose another directory."
    )


class DatabaseUrlUnusable(SettingError):
    """Raised when the database address is not one of PostgreSQL; the address may hold a password and is not shown."""

    code = "BF604"
    message = mark(
        "%(variable)s is not the address of a PostgreSQL database. "
        "Write postgresql://user@host/database, or leave it unset for the SQLite file in the home."
    )


class SizeUnknown(SettingError):
    """Raised when a fictional place of a size is asked for that does not exist."""

    code = "BF605"
    message = mark("There is no size %(size)s. Choose one of: %(sizes)s.")


class DatabaseUnreachable(SettingError):
    """Raised when the register's database does not answer, is locked by another process, or is full."""

    code = "BF606"
    message = mark(
        "The register's database did not answer: %(reason)s. "
        "Check that it runs, that the disk has room and that no other import is under way, then try again; "
        "nothing was changed."
    )


class AddressTaken(SettingError):
    """Raised when the pages are to be served where something else answers already."""

    code = "BF607"
    message = mark("Something else already answers at %(host)s port %(port)s. Stop it, or choose another --port.")


class FontMissing(SettingError):
    """Raised before a paper is set where no font on the machine draws Chinese: it would come out empty."""

    code = "BF608"
    message = mark(
        "No font for Chinese is installed here, so papers cannot be set. Install one of: %(fonts)s "
        "(on Debian: apt-get install fonts-noto-cjk), then try again."
    )


class SignsMissing(SettingError):
    """Raised when a paper holds signs that no font on the machine draws; they would be left out unseen.

    signs  each with its code point
    """

    code = "BF609"
    message = mark(
        "No font on this machine draws %(signs)s, so a name would come out with a gap. "
        "Install a font with these signs (on Debian: fonts-hanazono), then print again."
    )
