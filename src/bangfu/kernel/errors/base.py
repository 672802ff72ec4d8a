"""The root of the error tree."""

from typing import ClassVar


class BangfuError(Exception):
    """Raised when a user's file, wish or setting cannot be followed; says what, where and what to do.

    facts  the named values of the message; none may be an identity number, phone or card
    """

    code: ClassVar[str] = "BF000"
    message: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(f"{self.code} {self.message % facts}")
