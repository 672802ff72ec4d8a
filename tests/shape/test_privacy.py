"""Nobody real is in the repository, and nothing tells on which machine it was written."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.shape.tree import ROOT, files

ID_NUMBER = re.compile(rb"(?<![0-9A-Za-z])([1-9][0-9]{16}[0-9Xx])(?![0-9A-Za-z])")
OLD_ID_NUMBER = re.compile(rb"(?<![0-9A-Za-z.])([1-8][0-9]{14})(?![0-9A-Za-z.])")
PHONE = re.compile(rb"(?<![0-9A-Za-z.])(1[3-9][0-9]{9})(?![0-9A-Za-z.])")
CARD = re.compile(rb"(?<![0-9A-Za-z])(62[0-9]{14,17})(?![0-9A-Za-z])")

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
MADE_UP_REGION = b"99"
PRINTED_IN_THE_STANDARD = (b"11010519491231002X", b"110105491231002")
"""The example by which GB 11643 explains its check character, and its older form."""

MADE_UP_PHONES = (b"1990", b"1380000", b"1390000")
"""Beginnings of numbers that stand for no one: made-up persons have no others."""

MACHINE = re.compile(
    rb"(?<![\w.~-])/(?:work|root|home/\w+|opt|tmp/\w+)/[\w.-]|(?:index-url|find-links)[= ]|/simple/?\s"
)
"""Absolute paths of one machine and settings of one package index."""


def _contents(path: Path) -> list[bytes]:
    """Return a file's bytes, and those of the members when it is a workbook or an archive."""
    raw = (ROOT / path).read_bytes()
    if raw[:4] != b"PK\x03\x04":
        return [raw]
    with zipfile.ZipFile(io.BytesIO(raw)) as box:
        return [box.read(member) for member in box.infolist() if member.file_size < 50_000_000]


def _is_day(text: bytes) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True


def is_real_id(number: bytes) -> bool:
    """Tell whether 18 characters are a valid identity number of a region that exists."""
    if number.startswith(MADE_UP_REGION) or not _is_day(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17].decode(), WEIGHTS, strict=True))
    return b"10X98765432"[total % 11] == number.upper()[17]


def is_real_old_id(number: bytes) -> bool:
    """Tell whether 15 digits could be an identity number of before 1999."""
    return 11 <= int(number[:2]) <= 82 and _is_day(b"19" + number[6:12])


def is_card(number: bytes) -> bool:
    """Tell whether the digits pass the check of bank cards (Luhn)."""
    digits = [int(digit) for digit in number.decode()][::-1]
    return sum(digits[0::2]) % 10 == -sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2]) % 10


FILES = [path for path in files() if path.parts[0] != "locks" and path.suffix not in {".mo", ".parquet"}]


def test_no_identity_number_of_a_region_that_exists_is_in_the_repository():
    found = [
        str(path)
        for path in FILES
        for content in _contents(path)
        for pattern, real in ((ID_NUMBER, is_real_id), (OLD_ID_NUMBER, is_real_old_id))
        for number in pattern.findall(content)
        if real(number) and number not in PRINTED_IN_THE_STANDARD
    ]
    assert not found


def test_no_phone_of_a_person_is_in_the_repository():
    found = [
        f"{path}: {number.decode()[:7]}"
        for path in FILES
        for content in _contents(path)
        for number in PHONE.findall(content)
        if not number.startswith(MADE_UP_PHONES)
    ]
    assert not found


def test_no_bank_card_is_in_the_repository():
    found = [
        str(path)
        for path in FILES
        for content in _contents(path)
        for number in CARD.findall(content)
        if is_card(number) and not number.startswith(b"6299")
    ]
    assert not found


@pytest.mark.parametrize(
    ("number", "real"),
    [
        pytest.param("11010519491231002X", True, id="valid, of a region that exists"),
        pytest.param("110105194912310021", False, id="wrong check character"),
        pytest.param("99010519491231002X", False, id="made-up region"),
        pytest.param("11010519491331002X", False, id="no such month"),
    ],
)
def test_the_scan_knows_an_identity_number_when_it_sees_one(number: str, real: bool):  # noqa: FBT001 - expected result
    assert is_real_id(number.encode()) is real


def test_nothing_tells_on_which_machine_it_was_written():
    found = [
        f"{path}: {sign.decode(errors='replace')}"
        for path in files()
        if path.name != Path(__file__).name
        for sign in MACHINE.findall((ROOT / path).read_bytes())
    ]
    assert not found


SECRET = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|"
    rb"(?i:secret_key|password|token)\s*=\s*[\"'][A-Za-z0-9+/_-]{24,}[\"']"
)


def test_no_secret_is_in_the_repository():
    assert not [str(path) for path in FILES for content in _contents(path) if SECRET.search(content)]


def test_no_key_of_a_home_is_in_the_repository():
    keys = [path for path in files() if re.fullmatch(rb"\s*[0-9a-f]{64}\s*", (ROOT / path).read_bytes())]
    assert not keys
