"""Log lines that carry no person's data."""

import logging
import re
import traceback
from typing import Any, Final

_DIGITS: Final = re.compile(r"\d{6,}")


class LineFormatter(logging.Formatter):
    """Writes time, level, logger and message; of an exception its kind and place, never its words or values.

    Words of an exception may quote a row, and a long number may be an identity number: both are left out.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return _DIGITS.sub("*", super().format(record)).replace("\r", " ")

    def formatException(self, ei: Any) -> str:
        """Return the kind of the exception and the lines of code it passed, without its words."""
        kind, _, trace = ei
        passed = traceback.extract_tb(trace)
        places = [f"{one.filename.rpartition('/')[2]}:{one.lineno} {one.name}" for one in passed]
        return f"{getattr(kind, '__name__', kind)} at {' > '.join(places[-8:])}"
