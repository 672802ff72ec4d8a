"""Codes of household cards (明白卡验证码): with number and code a household opens its own page, without an account.

A code is ten characters: nine derived by keyed digest from the household and the issue of its card, and one that
tells most slips of the pen. Nothing is stored; a new issue makes a new code. Its letters and digits cannot be taken
for one another, and it is read in two groups of five.
"""

import hmac
import unicodedata
from typing import Final

from django.db.models import F, Max

from bangfu.kernel.errors.access import CardUnknown
from bangfu.kernel.secrets import Keys
from bangfu.registry.models import CardIssue, Household

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs without 0, O, 1, I and L: a prime number of them, so that one check character tells a wrong sign and two
neighbours exchanged."""
LENGTH: Final = 10
FIRST_ISSUE: Final = 1
_GROUP: Final = LENGTH // 2
_NOBODY: Final = 0
"""A number that no household has: who names an unknown one waits as long as who names a known one."""
LONGEST_NUMBER: Final = 60
_MOST_DIGITS: Final = 18


def code_of(keys: Keys, household: int, issue: int) -> str:
    """Return the code of a household's card, ten characters without a space.

    household  register number
    issue      which card of the household: 1 for the first
    """
    number = int.from_bytes(keys.digest(f"card|{household}|{issue}"), "big")
    signs = []
    for _ in range(LENGTH - 1):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(sign)
    return "".join(ALPHABET[sign] for sign in (*signs, _check(signs)))


def grouped(code: str) -> str:
    """Return a code as it is printed: ABCDE FGHJK."""
    return f"{code[:_GROUP]} {code[_GROUP:]}"


def typed_code(text: str) -> str | None:
    """Return what somebody typed as a code, without spaces and dashes, in capitals; None where it cannot be one."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_NUMBER]).upper()
    code = "".join(sign for sign in plain if not sign.isspace() and sign not in "-‐‑–—_·.")
    if len(code) != LENGTH or any(sign not in ALPHABET for sign in code):
        return None
    *signs, last = (ALPHABET.index(sign) for sign in code)
    return code if last == _check(signs) else None


def typed_number(text: str) -> str:
    """Return what somebody typed as a household number, half-width and without spaces around."""
    plain = unicodedata.normalize("NFKC", text[: LONGEST_NUMBER * 2]).strip()
    return plain if len(plain) <= LONGEST_NUMBER and plain.isprintable() else ""


def counted_number(text: str) -> str:
    """Return under which number tries with it are counted: all spellings that may open one household are one.

    Made from what was typed alone, so that an unknown number is counted like a known one.
    """
    number = typed_number(text)
    return number.lstrip("0") if number.isascii() and number.isdigit() else number


def issue_of(household: int) -> int:
    """Return which card of a household counts: 1, or the last one that took the place of a lost one."""
    last: int | None = CardIssue.objects.filter(household_id=household).aggregate(last=Max("issue"))["last"]
    return FIRST_ISSUE if last is None else last


def card_code(keys: Keys, household: int) -> str:
    """Return the code of the card that counts, as it is printed."""
    return grouped(code_of(keys, household, issue_of(household)))


def card_number(household: int, household_no: str | None) -> str:
    """Return the number by which a household is named on its card: its own, or where it has none the register's."""
    return str(household) if household_no is None else household_no


def card_holder(keys: Keys, number: str, code: str) -> tuple[int, int]:
    """Return the household whose card has this number and code, and the card's issue (凭卡查询).

    number  as typed: the household number that stands on the card
    code    as typed, grouped or not
    Raises  CardUnknown, the same and after the same work whatever is wrong
    """
    household = _household_of(typed_number(number))
    issue = issue_of(_NOBODY if household is None else household)
    right = code_of(keys, _NOBODY if household is None else household, issue)
    fits = hmac.compare_digest(right, typed_code(code) or "0" * LENGTH)
    if household is None or not fits:
        raise CardUnknown
    return household, issue


def _household_of(number: str) -> int | None:
    """Return whose card bears a number: who has it as its own goes before whom the register's number names."""
    known = Household.objects.filter(live=True, household_no=number)
    if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS:
        known |= Household.objects.filter(live=True, household_no__isnull=True, pk=int(number))
    return known.order_by(F("household_no").asc(nulls_last=True)).values_list("pk", flat=True).first()


def _check(signs: list[int]) -> int:
    """Return the last sign: the weighted sum of all ten is a multiple of 31."""
    weighted = sum((place + 2) * sign for place, sign in enumerate(signs))
    return -weighted % len(ALPHABET)
