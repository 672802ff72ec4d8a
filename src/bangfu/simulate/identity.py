"""Made-up identity numbers, phones and certificates: well formed, never of a real region or person."""

from random import Random
from typing import Final

from bangfu.kernel.ids import check_character

HOME_REGION: Final = "990101"
_OTHER_REGIONS: Final = ("990102", "990103", "990201", "990302", "991104")
_AWAY_SHARE: Final = 0.12
OUTSIDERS: Final = ("990109",)  # people of the county who are not in the register
_PHONE_START: Final = "19900"
_PHONE_DIGITS: Final = 6
_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class IdMaker:
    """Gives out identity numbers and phones, each once.

    All numbers begin with 99, a province that the standard (GB/T 2260) does not give out.

    regions, away  six-digit divisions of births elsewhere, and the share of such births
    """

    def __init__(self, rng: Random, regions: tuple[str, ...] = _OTHER_REGIONS, away: float = _AWAY_SHARE) -> None:
        self._rng = rng
        self._regions, self._away = regions, away
        self._ids: set[str] = set()
        self._phones: set[str] = set()

    def id_number(self, born_on: int, sex: str) -> str:
        """Return a new 18-character number for a birth day (yyyymmdd) and a sex (男 odd, 女 even)."""
        while True:
            region = self._rng.choice(self._regions) if self._rng.random() < self._away else HOME_REGION
            sequence = int(self._rng.random() * 499) * 2 + (1 if sex == "男" else 2)
            first17 = f"{region}{born_on:08d}{sequence:03d}"
            number = first17 + check_character(first17)
            if number not in self._ids:
                self._ids.add(number)
                return number

    def phone(self) -> str:
        """Return a new mobile number of 11 digits that has the national form."""
        while True:
            number = _PHONE_START + f"{int(self._rng.random() * 10**_PHONE_DIGITS):0{_PHONE_DIGITS}d}"
            if number not in self._phones:
                self._phones.add(number)
                return number


def disability_certificate(id_no: str, kind: int, grade: int) -> str:
    """Return the 20-digit disability certificate (残疾人证): identity number, kind 1-7, grade 1-4."""
    return f"{id_no}{kind}{grade}"


def old_form(id_no: str) -> str:
    """Return the 15-digit form that was in use before 1999; only for births of the 20th century."""
    assert id_no[6:8] == "19"
    return id_no[:6] + id_no[8:17]


def with_check(first17: str) -> str:
    """Return the 18 characters whose check character is right for the first 17."""
    return first17 + check_character(first17)


def credit_code(rng: Random) -> str:
    """Return a unified social credit code (统一社会信用代码) of a made-up company in region 99."""
    body = "91" + HOME_REGION + "".join(rng.choice(_CREDIT_ALPHABET) for _ in range(9))
    total = sum(_CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(body, _CREDIT_WEIGHTS, strict=True))
    return body + _CREDIT_ALPHABET[-total % len(_CREDIT_ALPHABET)]
