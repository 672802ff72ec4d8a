"""Made-up identity numbers, phones and certificates: well formed, never of a real region or person."""

from dataclasses import dataclass
from random import Random
from typing import Final

from bangfu.kernel.ids import check_character
from bangfu.simulate.sizes import Share

_AWAY_SHARE: Final = 0.12
_PHONE_START: Final = "19900"
_PHONE_DIGITS: Final = 6
_ELSEWHERE: Final = 5  # divisions outside the city in which people of a county were born
_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass(frozen=True, slots=True)
class Regions:
    """Six-digit divisions with which the numbers of one county's people begin, and its part of all phones.

    home       the county
    elsewhere  divisions of births elsewhere
    outsiders  of people of the county who are not in the register
    namesakes  of people elsewhere who bear the name and birth day of a registered one
    phones     first of the county's phones and how many it has
    """

    home: str
    elsewhere: tuple[str, ...]
    outsiders: tuple[str, ...]
    namesakes: str
    phones: tuple[int, int]


def regions_of(share: Share) -> Regions:
    """Return the divisions of one county; no two counties of a city have one in common, so no number comes twice."""
    number, every = share.number + 1, 10**_PHONE_DIGITS // share.size.counties
    phones = (share.number * every, every)
    if share.alone:
        return Regions("990101", ("990102", "990103", "990201", "990302", "991104"), ("990109",), "990305", phones)
    elsewhere = tuple(f"99{21 + place}{number:02d}" for place in range(_ELSEWHERE))
    return Regions(f"9901{number:02d}", elsewhere, (f"9931{number:02d}",), f"9941{number:02d}", phones)


class IdMaker:
    """Gives out identity numbers and phones, each once.

    All numbers begin with 99, a province that the standard (GB/T 2260) does not give out.

    regions    the county's divisions and phones
    outsiders  numbers for people who are not in the register
    """

    def __init__(self, rng: Random, regions: Regions, *, outsiders: bool = False) -> None:
        self._rng = rng
        self._home, self._phones_of = regions.home, regions.phones
        self._regions = regions.outsiders if outsiders else regions.elsewhere
        self._away = 1.0 if outsiders else _AWAY_SHARE
        self._ids: set[str] = set()
        self._phones: set[str] = set()

    def id_number(self, born_on: int, sex: str) -> str:
        """Return a new 18-character number for a birth day (yyyymmdd) and a sex (男 odd, 女 even)."""
        while True:
            region = self._rng.choice(self._regions) if self._rng.random() < self._away else self._home
            sequence = int(self._rng.random() * 499) * 2 + (1 if sex == "男" else 2)
            first17 = f"{region}{born_on:08d}{sequence:03d}"
            number = first17 + check_character(first17)
            if number not in self._ids:
                self._ids.add(number)
                return number

    def phone(self) -> str:
        """Return a new mobile number of 11 digits that has the national form."""
        while True:
            first, count = self._phones_of
            number = _PHONE_START + f"{first + int(self._rng.random() * count):0{_PHONE_DIGITS}d}"
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


def credit_code(rng: Random, region: str) -> str:
    """Return a unified social credit code (统一社会信用代码) of a made-up company in a division of region 99."""
    body = "91" + region + "".join(rng.choice(_CREDIT_ALPHABET) for _ in range(9))
    total = sum(_CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(body, _CREDIT_WEIGHTS, strict=True))
    return body + _CREDIT_ALPHABET[-total % len(_CREDIT_ALPHABET)]
