"""Every error that a user can meet, in one tree.

BangfuError
├── InputError          BF1xx  a file, a row or a table that cannot be taken
├── ParameterError      BF2xx  a law, line or code list that is missing or wrong
├── RegisterError       BF3xx  a verb that the register refuses
├── AccessError         BF4xx  a person who may not do this
├── EvidenceError       BF5xx  a snapshot, run or audit chain that does not hold
├── SettingError        BF6xx  a home, key or database that is not usable
└── ProcedureError      BF7xx  an act that the procedure does not allow

Each class has a stable `code`, an English `message` with named places (the message id of its
translation) and its facts by name. A message says what is wrong, where, and what to do; it never
blames and never prints an identity number. Mistakes of programmers are assertions.
"""

from bangfu.kernel.errors.access import AccessError, NotPermitted
from bangfu.kernel.errors.base import BangfuError
from bangfu.kernel.errors.comparisons import ComparisonError
from bangfu.kernel.errors.evidence import EvidenceError
from bangfu.kernel.errors.exits import ExitError
from bangfu.kernel.errors.inputs import InputError
from bangfu.kernel.errors.parameters import ParameterError
from bangfu.kernel.errors.procedures import ProcedureError
from bangfu.kernel.errors.register import RegisterError
from bangfu.kernel.errors.settings import SettingError
from bangfu.kernel.errors.tables import TableError

__all__ = [
    "AccessError",
    "BangfuError",
    "ComparisonError",
    "EvidenceError",
    "ExitError",
    "InputError",
    "NotPermitted",
    "ParameterError",
    "ProcedureError",
    "RegisterError",
    "SettingError",
    "TableError",
]
